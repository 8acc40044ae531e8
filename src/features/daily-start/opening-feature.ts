import { z } from 'zod';
import { type Card, line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due, Feature } from '../../chat/feature.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { voiceIn, voiceOf } from '../clients/voice-store.ts';
import { morningCard, titleOf } from './cards.ts';
import { close } from './closing-feature.ts';
import { type Lines, limits, type Start } from './daily-start.ts';
import { findPlan, planIn, setPlan } from './plan-store.ts';
import { dayOf, isStartOf, lastDue, nextStart } from './schedule-rules.ts';
import { type At, keyOf, mustBeOurs, standingOf, waysOf } from './standing-feature.ts';
import { reasonToStop, stop } from './stopping-feature.ts';
import { addStart, changeStart, findStart, lastIn, openIn, removeStart } from './store.ts';
import { teamIn } from './team-store.ts';

/** So far back the first one looks, and one after a holiday at most. */
const firstSince = { hours: 24 };
const longestSince = { hours: 24 * 14 };

/** A team's day begins: at its time, or when somebody says so; what other capabilities tell is contributed. */
export function opening(others: Feature[]) {
  /** `daily now`: whatever the time and the day. One that is open is put below what was said since. */
  async function now(asked: Asked): Promise<Effect[]> {
    await mustBeOurs(asked);
    const { place } = asked;
    const { known, over } = await openNow(asked, place.id);
    if (known) return again(asked, known);
    const begun = await begin(asked, { id: place.id, name: place.name }, undefined, asked.person.id);
    if (!begun) return again(asked, await openIn(asked.tx, asked, place.id));
    const text = asked.say('daily-start.begun', { title: titleOf(begun.start, readers(asked)) });
    return [...over, ...begun.effects, answer(line(text), 'internal')];
  }

  /** Its time has come. */
  async function due(at: Due): Promise<Effect[]> {
    const plan = await findPlan(at.tx, at, at.subject);
    if (!plan) return [];
    const stopped = await reasonToStop(at, plan.place);
    if (stopped) return stop(at, plan, stopped);
    const ways = await waysOf(at, plan.place);
    const { dueAt, missed } = lastDue(plan, ways, at.now);
    // Its channel may keep other holidays by now, or another clock.
    const isDue = Temporal.Instant.compare(dueAt, at.now) <= 0 && isStartOf(plan, ways, dueAt);
    const isAhead = Temporal.Instant.compare(dueAt, at.now) > 0;
    const nextAt = isAhead ? dueAt : nextStart(plan.at, ways, at.now);
    await setPlan(at.tx, at, { ...plan, nextAt, skipped: plan.skipped + missed });
    const next: Effect = { do: 'later', job: 'daily-start.open', subject: plan.id, at: nextAt };
    if (!isDue) return [next];
    const { known, over } = await openNow(at, plan.place);
    if (known) return [next];
    const where = { id: plan.place, name: plan.placeName };
    const begun = await begin(at, where, dayOf(dueAt, ways.timeZone));
    return [next, ...over, ...(begun?.effects ?? [])];
  }

  /** Undefined: one is open there, or was planned for this day already. */
  async function begin(
    at: At,
    place: { id: string; name: string | undefined },
    plannedOn: Temporal.PlainDate | undefined,
    by?: string,
  ): Promise<{ start: Start; effects: Effect[] } | undefined> {
    const { tx, now } = at;
    const { minutes, timeZone } = await waysOf(at, place.id);
    const [last] = await lastIn(tx, at, place.id, { until: now, most: 1 });
    const start: Start = {
      ...{ id: newId(), place: place.id, placeName: place.name, openedAt: now, closedAt: undefined },
      closesAt: now.add({ minutes }),
      since: sinceOf(last, now, timeZone),
      ...{ lines: { news: [], today: [] }, posting: 0 },
    };
    start.lines = await linesOf(at, start);
    if (!(await addStart(tx, at, start, plannedOn))) return undefined;
    const card = morningCard(await standingOf(at, start), await voiceIn(at, place.id));
    const half = now.add({ minutes: Math.floor(minutes / 2) });
    return {
      start,
      effects: [
        post(start, card, by),
        { do: 'later', job: 'daily-start.remind', subject: start.id, at: half },
        { do: 'later', job: 'daily-start.close', subject: start.id, at: start.closesAt },
      ],
    };
  }

  async function linesOf(at: At, { place, since }: Start): Promise<Lines> {
    const { people, clients } = await teamIn(at, place);
    const voice = await voiceIn(at, place);
    const { tx, tenant, platform, now } = at;
    const morning = { tx, tenant, platform, now, voice, clients, people: people.map(({ id }) => id), since };
    const lines: Lines = { news: [], today: [] };
    for (const { dailyStart } of others) {
      const told = await dailyStart?.show(morning);
      lines.news.push(...(told?.news ?? []));
      lines.today.push(...(told?.today ?? []));
    }
    const most = (all: string[]) =>
      all.length > limits.lines
        ? [...all.slice(0, limits.lines), voice.say('daily-start.more', { count: all.length - limits.lines })]
        : all;
    return { news: most(lines.news), today: most(lines.today) };
  }

  return { now, due };
}

/** The one that is open in a place; one whose time was over while Belay was away is closed first. */
async function openNow(at: At, place: string): Promise<{ known: Start | undefined; over: Effect[] }> {
  const known = await openIn(at.tx, at, place);
  if (!known || Temporal.Instant.compare(known.closesAt, at.now) > 0) return { known, over: [] };
  return { known: undefined, over: await close(at, known) };
}

/** What another one of the same day told it need not tell again. */
function sinceOf(last: Start | undefined, now: Temporal.Instant, timeZone: string): Temporal.Instant {
  const farthest = now.subtract(longestSince);
  if (!last) return now.subtract(firstSince);
  if (last.closedAt && dayOf(last.openedAt, timeZone).equals(dayOf(now, timeZone))) return last.closedAt;
  return Temporal.Instant.compare(last.openedAt, farthest) < 0 ? farthest : last.openedAt;
}

/** A daily start that may have come twice is one too many; after it is over it makes no sense. `by`: who began it. */
function post(start: Start, card: Card, by?: string): Effect {
  return {
    ...{ do: 'post', to: { place: start.place }, card, audience: 'internal', key: keyOf(start) },
    ...{ resend: false, until: start.closesAt },
    otherwise: { job: 'daily-start.unposted', subject: JSON.stringify({ start: start.id, by }) },
  };
}

/** Where it stands is told above, and it stands below from now on. */
async function again(asked: Asked, start: Start | undefined): Promise<Effect[]> {
  if (!start) return [];
  const voice = await voiceIn(asked, start.place);
  const text = voice.say('daily-start.moved');
  const moved = { summary: text, elements: [{ kind: 'text' as const, text, style: 'subtle' as const }] };
  const to = { place: start.place };
  const below = { ...start, posting: start.posting + 1 };
  await changeStart(asked.tx, asked.tenant, below);
  return [
    { do: 'update', key: keyOf(start), to, card: moved, audience: 'internal', pace: 'final' },
    post(below, morningCard(await standingOf(asked, below), voice), asked.person.id),
    answer(line(asked.say('daily-start.open-already')), 'internal'),
  ];
}

const unpostedSchema = z.object({ start: z.string(), by: z.string().optional() });

/**
 * Its card could not be posted, so nobody has seen it: it was none, and what it told is for the next one. Whoever began it
 * hears that, and of one that was planned it is counted.
 */
export async function unposted(at: Due): Promise<Effect[]> {
  const { start: id, by } = unpostedSchema.parse(JSON.parse(at.subject));
  const start = await findStart(at.tx, at, id);
  if (!start || start.posting > 0) return [];
  await removeStart(at.tx, at.tenant, start.id);
  const plan = await planIn(at.tx, at, start.place);
  const why = await reasonToStop(at, start.place);
  if (by !== undefined) {
    const { say } = await voiceOf(at, by);
    const place = start.placeName ?? say('daily-start.that-channel');
    const card = line(say('daily-start.unposted', { place }));
    return [{ do: 'post', to: { person: by }, card, audience: 'internal', resend: true }];
  }
  if (!plan) return [];
  if (why) return stop(at, plan, why);
  await setPlan(at.tx, at, { ...plan, skipped: plan.skipped + 1 });
  return [];
}
