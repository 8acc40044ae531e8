import type { Button } from '../../chat/card.ts';
import type { Asked } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
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
  return planButton(isOn, asked.place, asked.say);
}

/**
 * Its subject says what is wanted, so that an old card cannot do the opposite, and in which channel: the answer can stand
 * in another conversation than the question, where “here” would be the wrong one.
 */
export function planButton(isOn: boolean, { id, name }: Pick<Place, 'id' | 'name'>, say: Say): Button {
  const start = name ? say('kti.weekly-start-in', { place: shortened(name, 40) }) : say('kti.weekly-start');
  return {
    press: 'kti.weekly',
    subject: `${isOn ? 'off' : 'on'}.${id}`,
    label: isOn ? say('kti.weekly-stop') : start,
  };
}
