import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { readWho } from '../../chat/mentions.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Mention } from '../../chat/request.ts';
import { readPeople } from '../../store/people.ts';
import { teamOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { readTold, saysOff, type Told } from './talk-rules.ts';
import type { When } from './when-rules.ts';

/** What somebody typed of a conversation, with the people whom it names. */

/** What stands before a name goes with it: "met @Bram over de planning" is about the planning. */
const joining = /(?:^|\s)(?:(?:samen\s+|together\s+)?(?:met|with)|en|and|&)\s+(?=@)/gi;

/** Who is named with an @, and the words without them. */
export async function peopleIn(
  { tx, platform, tenant }: Asked,
  text: string,
  mentions: Mention[] = [],
): Promise<{ who: Colleague[]; rest: string }> {
  if (!text.includes('@')) return { who: [], rest: text };
  const known = [
    ...(await readPeople(tx, platform, tenant, { outsiders: false })),
    ...(await readPeople(tx, platform, tenant, { outsiders: true })),
  ];
  return readWho(text.replace(joining, ' '), mentions, known);
}

/** Of those who were named: who is of the client's team and joins in, and the names of those who are not. */
export async function teamAmong(
  asked: Asked,
  client: Client,
  who: Colleague[],
): Promise<{ joining: Colleague[]; others: string[] }> {
  const named = who.filter(({ id }) => id !== asked.person.id);
  if (named.length === 0) return { joining: [], others: [] };
  const team = new Set((await teamOf(asked, client)).map(({ id }) => id));
  return {
    joining: named.filter(({ id }) => team.has(id)),
    others: named.filter(({ id }) => !team.has(id)).map(({ name }) => name),
  };
}

/** What was typed in a form; undefined when it was just now. Throws a Refusal at its field when it is no moment. */
export async function momentOf(
  asked: Asked,
  typed: string,
): Promise<{ when: When | undefined; title: string | undefined; who: Colleague[] }> {
  const { who, rest } = await peopleIn(asked, typed);
  const { when, justNow, wrong, stray, title } = readTold(rest, asked.now, asked.person.timeZone);
  if (justNow) return { when: undefined, title, who };
  const field = { field: 'when' };
  const odd = wrong ?? stray;
  if (!when || odd !== undefined)
    throw new Refusal('error.conversation-when', { typed: shortened(odd ?? typed) }, field);
  if (when.dayOnly) throw new Refusal('error.conversation-time', { typed: shortened(typed) }, field);
  return { when, title, who };
}

/** Why it has to be asked when it is, and the words that say so; undefined when it is understood. */
export function unclearOf({ when, wrong, stray }: Told) {
  if (wrong !== undefined) return { why: 'conversations.when-wrong', typed: wrong } as const;
  if (stray !== undefined && saysOff(stray)) return { why: 'conversations.when-off', typed: stray } as const;
  if (stray !== undefined) return { why: 'conversations.when-unclear', typed: stray } as const;
  return when?.dayOnly ? ({ why: 'conversations.when-no-time', typed: '' } as const) : undefined;
}
