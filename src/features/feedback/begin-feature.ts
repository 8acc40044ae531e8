import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { mustWrite } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import type { Feedback } from './feedback.ts';
import { beginForm } from './form-cards.ts';
import { held } from './held-feature.ts';
import { changeFeedback } from './store.ts';

/** A complaint told of an expectation that nobody had noted: it is noted now, and the complaint touches it. */

/** Notes what a client expects, in these words. The expectations hand it in. */
export type NoteExpectation = (
  asked: Asked,
  client: Client,
  direction: 'theirs',
  text: string | undefined,
) => Promise<{ expectation: string; effects: Effect[] }>;

type Pressed = { subject: string };

/** Asks for the words of the expectation; those of the complaint stand there. */
export async function beginAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one } = await toBegin(asked, subject);
  return [{ do: 'ask', form: beginForm(one, asked.say), alone: true }];
}

/** Held: of two who begin it at once the second is shown what the first has noted. */
async function toBegin(asked: Asked, id: string): Promise<{ one: Feedback; client: Client }> {
  const { one, client } = await held(asked, id);
  if (!client) throw new Refusal('error.feedback-gone');
  await mustWrite(asked, client);
  if (one.expectation !== undefined) {
    const buttons = [{ press: 'feedback.show', subject: id, label: asked.say('feedback.show') }];
    throw new Refusal('error.feedback-begun', {}, { buttons });
  }
  return { one, client };
}

/** The words are kept as an expectation, with the complaint it came from. */
export function begun(note: NoteExpectation) {
  return async (
    asked: Asked,
    { subject, fields }: Pressed & { fields: Record<string, string> },
  ): Promise<Effect[]> => {
    const { one, client } = await toBegin(asked, subject);
    const { expectation, effects } = await note(asked, client, 'theirs', fields.text);
    const { tx, tenant, person, now } = asked;
    const by = { id: person.id, name: person.name };
    const changed = { ...one, expectation, unnoted: true };
    await changeFeedback(tx, tenant, changed, { happened: 'changed', by, now, text: undefined });
    return effects;
  };
}
