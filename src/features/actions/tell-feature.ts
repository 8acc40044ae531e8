import { z } from 'zod';
import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText, typedText } from '../../chat/typed-text.ts';
import { mustWrite } from '../clients/access-store.ts';
import { clientVoice, voiceOf } from '../clients/voice-store.ts';
import { channelOf, type Found, me, type Pressed, type Sent } from './access-feature.ts';
import { limits } from './actions.ts';
import { heldUnseen } from './end-feature.ts';
import { tellForm } from './form-cards.ts';
import { changeAction, findAction } from './store.ts';
import { toldCard, untoldCard } from './told-cards.ts';

/** The client is told, on purpose and once, what was done for which expectation of his. */

/** Asks what he is told: it is read before it goes out. */
export async function tellAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one, client, kti } = await heldToTell(asked, subject);
  const voice = await clientVoice(asked, client);
  return [{ do: 'ask', form: tellForm(one, { kti, client, voice }, asked.say), alone: true }];
}

async function heldToTell(asked: Asked, id: string): Promise<Found & { place: string }> {
  const it = await heldUnseen(asked, id);
  // Only its team speaks to a client.
  await mustWrite(asked, it.client);
  const place = await channelOf(asked, it.client);
  if (!place) throw new Refusal('error.feedback-no-channel', { client: it.client.name });
  return { ...it, place };
}

/** What was written goes to the client's shared channel now. */
export async function told(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const { one, client, kti, place } = await heldToTell(asked, subject);
  const said = typedText(fields.said, { most: limits.said, field: 'said' });
  const did = requiredText(fields.did, {
    ...{ most: limits.did, field: 'did' },
    empty: 'error.actions-did',
  });
  const by = me(asked);
  const now = { ...one, shown: 'told' as const, shownAt: asked.now, shownNote: did };
  await changeAction(asked.tx, asked.tenant, now);
  const card = toldCard({ said, did, source: kti?.source }, await clientVoice(asked, client));
  // What it was before comes back when it could not be posted.
  const before = { shown: one.shown, note: one.shownNote, shownAt: one.shownAt?.toString() };
  const otherwise = {
    job: 'actions.untold',
    subject: JSON.stringify({ id: one.id, by, before }),
  };
  return [
    answer(line(asked.say('actions.told', { client: client.name })), 'person'),
    {
      ...{ do: 'post', to: { place }, card, audience: 'anyone', key: `actions-told:${one.id}` },
      ...{ resend: false, otherwise },
    },
  ];
}

const untoldSchema = z.object({
  id: z.string(),
  by: z.object({ id: z.string(), name: z.string() }),
  before: z.object({
    shown: z.enum(['noticed', 'not-yet']).optional(),
    note: z.string().optional(),
    shownAt: z.string().optional(),
  }),
});

/** The client could not be told: whoever wanted to hears so, and may try again. */
export async function untold(due: Due): Promise<Effect[]> {
  const { id, by, before } = untoldSchema.parse(JSON.parse(due.subject));
  const one = await findAction(due.tx, due.tenant, id);
  if (one?.shown !== 'told') return [];
  const shownAt = before.shownAt ? Temporal.Instant.from(before.shownAt) : undefined;
  await changeAction(due.tx, due.tenant, {
    ...{ ...one, shown: before.shown, shownAt, shownNote: before.note },
  });
  const card = untoldCard(one, await voiceOf(due, by.id));
  return [{ do: 'post', to: { person: by.id }, card, audience: 'internal', resend: true }];
}
