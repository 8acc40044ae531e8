import type { Button } from '../../chat/card.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Place } from '../../chat/request.ts';
import type { Say } from '../../text/say.ts';
import { clientOfPlace } from '../clients/access-store.ts';
import { teamIn } from '../daily-start/team-store.ts';
import { weeklyIn } from './weekly-store.ts';

/** Where a team can hear each week how its clients stand. */

/** A channel of the team alone: no client reads along, or is going to. Where the question came from, unless another is named. */
export async function isInternal(asked: Asked, place: Place = asked.place): Promise<boolean> {
  if (place.kind !== 'channel' || place.shared || !place.reachable) return false;
  return (await clientOfPlace(asked, place.id))?.kind !== 'shared';
}

/** Plans it here, or stops it; none where clients read along or the team serves nobody. */
export async function weeklyButton(asked: Asked): Promise<Button | undefined> {
  if (!(await isInternal(asked))) return undefined;
  if ((await teamIn(asked, asked.place.id)).clients.length === 0) return undefined;
  const isOn = (await weeklyIn(asked.tx, asked, asked.place.id)) !== undefined;
  return planButton(isOn, asked.place.id, asked.say);
}

/**
 * Its subject says what is wanted, so that an old card cannot do the opposite, and in which channel: the answer can stand
 * in another conversation than the question.
 */
export function planButton(isOn: boolean, place: string, say: Say): Button {
  const label = say(isOn ? 'kti.weekly-stop' : 'kti.weekly-start');
  return { press: 'kti.weekly', subject: `${isOn ? 'off' : 'on'}.${place}`, label };
}
