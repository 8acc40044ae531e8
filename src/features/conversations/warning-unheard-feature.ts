import { z } from 'zod';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { findClient } from '../clients/store.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { unheardCard } from './warning-cards.ts';
import { findWarning } from './warning-store.ts';

const subjectSchema = z.object({ id: z.string(), to: z.string() });

/** A warning could not be told to who was asked: who asked for help hears so, as nobody is coming. */
export async function unheard(due: Due): Promise<Effect[]> {
  const { id, to } = subjectSchema.parse(JSON.parse(due.subject));
  const warning = await findWarning(due.tx, due.tenant, id);
  const client = warning && (await findClient(due.tx, due.tenant, warning.client));
  if (!client || warning.state !== 'told' || warning.to.id !== to) return [];
  const card = unheardCard(client, warning, await voiceOf(due, warning.from.id));
  return [{ do: 'post', to: { person: warning.from.id }, card, audience: 'internal', resend: true }];
}
