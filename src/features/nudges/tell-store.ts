import type { Card } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import type { Sent } from './nudges.ts';
import { noteSent } from './store.ts';

/**
 * The message that tells somebody of these matters, kept as told by now; when it cannot be sent in time (`until`) that is
 * taken back, so that the next plan tells of them anew.
 */
export async function tell(
  due: Due,
  { person, kind, keys }: Omit<Sent, 'at'>,
  card: Card,
  until: Temporal.Instant,
): Promise<Extract<Effect, { do: 'post' }>> {
  await noteSent(due.tx, due, { person, kind, keys, at: due.now });
  const subject = JSON.stringify({ person, kind, keys, at: due.now });
  const otherwise = { job: 'nudges.unsent', subject, only: 'expired' } as const;
  // A nudge that may have come twice is one too many.
  return { do: 'post', to: { person }, card, audience: 'internal', resend: false, until, otherwise };
}
