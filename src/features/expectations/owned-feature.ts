import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { mustWrite, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import {
  asTyped,
  type Direction,
  type Expectation,
  isOpen,
  limits,
  maySee,
  parted,
  sameWords,
} from './expectations.ts';
import { nameManager, showButton } from './list-cards.ts';
import { expectationsOf, findExpectation } from './store.ts';

/** What each handler of the team asks first: may it be seen, may it be changed, may the text be this one. */

export type Owned = { client: Client; expectation: Expectation };

/** One of the team's, by its id, with its client. Throws a Refusal for who may not see it, or not change it. */
export async function owned(asked: Asked, id: string, { write }: { write: boolean }): Promise<Owned> {
  const expectation = await findExpectation(asked.tx, asked.tenant, id);
  const client = expectation && (await findClient(asked.tx, asked.tenant, expectation.client));
  if (!expectation || !client) throw new Refusal('error.expectation-gone');
  const relation = await relationOf(asked, asked.person, client);
  if (!maySee(expectation, { id: asked.person.id, relation }, client))
    throw new Refusal('error.expectation-gone');
  if (write) await mustChange(asked, client);
  return { client, expectation };
}

/** Throws unless whoever asks may change what is expected of this client; of an archived one nobody may. */
export async function mustChange(asked: Asked, client: Client): Promise<void> {
  await mustWrite(asked, client);
  if (client.archived) throw new Refusal('error.expectation-archived', { client: client.name });
}

/** Why nobody judges what is expected of a person, and the way to name who does. */
export function noManager({ say }: Asked, { id, name }: Client): Refusal {
  const buttons = [nameManager(id, say)];
  return new Refusal('error.expectation-no-manager', { client: name }, { buttons });
}

/** Throws unless whoever asks is a contact of this client: only the client answers for itself. */
export async function mustBeContact(asked: Asked, client: Client): Promise<void> {
  if (asked.person.unknown) throw new Refusal('error.expectation-unknown-person');
  const relation = await relationOf(asked, asked.person, client);
  if (relation === 'contact') return;
  throw new Refusal(relation === 'none' ? 'error.expectation-gone' : 'error.expectation-own-team');
}

/** What such a form is about, or the button that opens it; `read`: the wording that stood in it. */
export async function ownedForm(asked: Asked, subject: string): Promise<Owned & { read: string }> {
  const [id, read] = parted(subject);
  const found = await owned(asked, id, { write: true });
  if (!isOpen(found.expectation)) throw new Refusal('error.expectation-over');
  return { ...found, read: read ?? found.expectation.wording.id };
}

/** Throws when another wording stands there by now than whoever changes it has read: that one would be lost. */
export function mustBeRead({ say }: Asked, one: Expectation, read: string): void {
  if (one.wording.id === read) return;
  const values = { name: one.wording.author.name };
  throw new Refusal('error.expectation-reworded', values, {
    field: 'text',
    buttons: [showButton(one.id, say)],
  });
}

/** Throws when another open one has the same words; returns the open ones that whoever asks may see. */
export async function mustBeNew(
  asked: Asked,
  client: Client,
  { direction, words, but }: { direction: Direction; words: string; but?: string },
): Promise<Expectation[]> {
  const { tx, tenant, person, say } = asked;
  const open = (await expectationsOf(tx, tenant, client.id, { open: true })).filter((one) =>
    maySee(one, { id: person.id, relation: 'team' }, client),
  );
  const same = open.find(
    (one) => one.id !== but && one.direction === direction && sameWords(one.wording.text, words),
  );
  if (!same) return open;
  const buttons = [{ press: 'expectations.show', subject: same.id, label: say('expectations.look') }];
  throw new Refusal('error.expectation-same', {}, { field: 'text', buttons });
}

/** A text as somebody typed it. Throws a Refusal when there is none, or too much. */
export function readText(typed: string | undefined, field = 'text', most: number = limits.text): string {
  const empty = field === 'seen' ? 'error.expectation-unseen' : 'error.expectation-empty';
  return requiredText(asTyped(typed), { most, field, empty });
}
