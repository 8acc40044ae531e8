import type { Colleague } from '../clients/clients.ts';
import { parted } from '../expectations/expectations.ts';
import { choiceOf, type Improvement } from './improvements.ts';

/** What whoever fills in a form has seen, so that what another wrote meanwhile is not written over. Pure. */

/** `doers`: the ids of the two that the plan's form named. */
export type Seen = { id: string; revision: string; doers: string[] };

/** What a form shows of it. */
export function seenIn({ id, revision, doers }: Improvement): Seen {
  return { id, revision: `${revision}`, doers: doers.slice(0, 2).map((doer) => doer.id) };
}

/** It as a form's subject. */
export function subjectOf({ id, revision, doers }: Seen): string {
  return `${id}.${revision}.${doers.join(' ')}`;
}

/** It from a form's subject. */
export function seenOf(subject: string): Seen {
  const [id, more = ''] = parted(subject);
  const [revision, doers = ''] = parted(more);
  return { id, revision, doers: doers.split(' ').filter((doer) => doer !== '') };
}

/** Whether what is in words differs, so that whoever saw the one has not seen the other; who takes part is not. */
export function readsOtherwise(one: Improvement, other: Improvement): boolean {
  return wordsOf(one) !== wordsOf(other);
}

function wordsOf({ text, expects, tries, serves }: Improvement): string {
  const words = serves?.kind === 'words' ? serves.words : undefined;
  return JSON.stringify([text, expects ?? '', tries ?? '', choiceOf(serves), words ?? '']);
}

/** Who does it, once these are named; who joined meanwhile stays, and who stepped out meanwhile does not come back. */
export function doersAfter(now: Colleague[], seen: string[], named: Colleague[]): Colleague[] {
  const isThere = ({ id }: Colleague) => now.some((doer) => doer.id === id);
  const stay = named.filter((doer) => !seen.includes(doer.id) || isThere(doer));
  const beside = now.filter(({ id }) => !seen.includes(id));
  return [...new Map([...stay, ...beside].map((doer) => [doer.id, doer])).values()];
}
