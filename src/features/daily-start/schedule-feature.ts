import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { sayMoment } from '../../text/when.ts';
import { planCard, timeForm } from './form-cards.ts';
import { dropPlan, planIn, setPlan } from './plan-store.ts';
import { dayOf, isStartOf, nextStart, type Plan, readTime } from './schedule-rules.ts';
import { mustBeOurs, waysOf } from './standing-feature.ts';
import { isPlannedOn, openIn } from './store.ts';

/** In which channels the day is started by itself, and at what time. */

/** `daily`: how it is here, and what one can do about it. */
export async function show(asked: Asked): Promise<Effect[]> {
  await mustBeOurs(asked);
  const { tx, place } = asked;
  const kept = await planIn(tx, asked, place.id);
  const ways = await waysOf(asked, place.id);
  const isStill = kept && isStartOf(kept, ways, kept.nextAt);
  const plan = kept && { ...kept, nextAt: isStill ? kept.nextAt : nextStart(kept.at, ways, asked.now) };
  const open = await openIn(tx, asked, place.id);
  return [answer(planCard(plan, open, { ...readers(asked), timeZone: place.timeZone }), 'internal')];
}

/** `daily at 08:45`; without a time the form. */
export async function atTyped(asked: Asked, text: string): Promise<Effect[]> {
  return text.trim() === '' ? atAsked(asked) : set(asked, text);
}

/** The form, from a button. */
export async function atAsked(asked: Asked): Promise<Effect[]> {
  await mustBeOurs(asked);
  const plan = await planIn(asked.tx, asked, asked.place.id);
  return [{ do: 'ask', form: timeForm(asked.say, plan?.at) }];
}

/** The form was sent. */
export function atFilled(asked: Asked, { fields }: { fields: Record<string, string> }): Promise<Effect[]> {
  return set(asked, fields.time ?? '');
}

async function set(asked: Asked, typed: string): Promise<Effect[]> {
  await mustBeOurs(asked);
  const { tx, now, place, person, say } = asked;
  const at = readTime(typed);
  if (at === undefined) throw new Refusal('error.daily-start-time', {}, { field: 'time' });
  const ways = await waysOf(asked, place.id);
  const today = dayOf(now, ways.timeZone);
  // One a day: when today's has been, the first one at this time is the next day's.
  const isDone = await isPlannedOn(tx, asked, place.id, today);
  const from = isDone ? today.add({ days: 1 }).toZonedDateTime(ways.timeZone).toInstant() : now;
  const plan: Plan = {
    ...{ id: newId(), place: place.id, placeName: place.name, at, skipped: 0 },
    by: { id: person.id, name: person.name },
    nextAt: nextStart(at, ways, from),
  };
  await setPlan(tx, asked, plan);
  const when = sayMoment(plan.nextAt, person.language, place.timeZone);
  return [
    answer(line(say('daily-start.set', { time: at, when })), 'internal'),
    { do: 'later', job: 'daily-start.open', subject: plan.id, at: plan.nextAt },
  ];
}

/** `daily off`: one that is open stays open. */
export async function off(asked: Asked): Promise<Effect[]> {
  const dropped = await dropPlan(asked.tx, asked, asked.place.id);
  if (!dropped) throw new Refusal('error.daily-start-none');
  return [answer(line(asked.say('daily-start.is-off')), 'internal')];
}
