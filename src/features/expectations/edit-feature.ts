import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { reword } from './change-store.ts';
import { changedFrom } from './concrete-feature.ts';
import { after } from './expectations.ts';
import { editForm } from './note-cards.ts';
import { mustBeNew, mustBeRead, ownedForm, readText } from './owned-feature.ts';

/** Another wording: the form. */
export async function openEdit(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { expectation } = await ownedForm(asked, subject);
  return [{ do: 'ask', form: editForm(expectation, asked.say), alone: true }];
}

/** Another wording was sent. What the client had confirmed is not changed: it is a new wording, to be confirmed. */
export async function editSent(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const { client, expectation, read } = await ownedForm(asked, subject);
  const { id, direction, wording: before } = expectation;
  const text = readText(fields.text);
  if (text === before.text) throw new Refusal('error.expectation-unchanged', {}, { field: 'text' });
  mustBeRead(asked, expectation, read);
  await mustBeNew(asked, client, { direction, words: text, but: id });
  const state = expectation.state === 'noted' ? 'noted' : after(expectation.state, 'make-concrete', 'team');
  if (!state) throw new Refusal('error.expectation-over');
  const { tx, tenant, person, now } = asked;
  const wording = { text, seen: before.seen, author: person, byClient: false };
  await reword(tx, tenant, expectation, { state, happened: 'edit', wording }, { who: person, now });
  return changedFrom(asked, client, expectation);
}
