import { line } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import { someAdmin } from '../../store/admins.ts';
import { hasLeft } from '../../store/people.ts';
import { readPlace } from '../../store/places.ts';
import { voiceIn, voiceOf } from '../clients/voice-store.ts';
import type { Start } from './daily-start.ts';
import { dropPlan, planIn } from './plan-store.ts';
import type { Plan } from './schedule-rules.ts';
import { type At, isOurs, keyOf } from './standing-feature.ts';

/** Where a team's day cannot be started any more, and who hears of it. */

export type Reason = 'unreachable' | 'shared';

/** Why it cannot be there; undefined when it can. */
export async function reasonToStop(at: At, place: string): Promise<Reason | undefined> {
  const known = await readPlace(at.tx, at.platform, at.tenant, place);
  if (!known?.reachable) return 'unreachable';
  return (await isOurs(at, place)) ? undefined : 'shared';
}

/** It comes no more, and whoever set it hears why; an administrator, when he has left. */
export async function stop(at: At, { place, placeName, by }: Plan, why: Reason): Promise<Effect[]> {
  await dropPlan(at.tx, at, place);
  const left = await hasLeft(at.tx, at.platform, at.tenant, by.id);
  const to = left ? await someAdmin(at.tx, at, by.id) : by;
  if (!to) return [];
  const { say } = await voiceOf(at, to.id);
  const named = placeName ?? say('daily-start.that-channel');
  const card = line(say(`daily-start.stopped-${why}`, { place: named }));
  return [{ do: 'post', to: { person: to.id }, card, audience: 'internal', resend: true }];
}

/** Clients read along where one is open: its card says nothing more of it, and it comes there no more. */
export async function withdraw(at: At, start: Start): Promise<Effect[]> {
  const { say } = await voiceIn(at, start.place);
  const plan = await planIn(at.tx, at, start.place);
  return [
    {
      ...{ do: 'update', key: keyOf(start), to: { place: start.place }, audience: 'anyone', pace: 'final' },
      card: line(say('daily-start.withdrawn')),
    },
    ...(plan ? await stop(at, plan, 'shared') : []),
  ];
}
