import type { Effect } from '../../chat/effect.ts';
import type { Due, Feature, Reason } from '../../chat/feature.ts';
import { readPeople } from '../../store/people.ts';
import { personalSettings, readSettings } from '../../store/settings.ts';
import { readClients } from '../clients/store.ts';
import { talksFor } from '../conversations/store.ts';
import { eve } from './moments-rules.ts';
import { type Kind, type Message, plan, type Reachable, type Situation } from './nudges.ts';
import { paceOf, reachableOf } from './settings-feature.ts';
import { forgetSent, readMutes, readSnoozes, sentSince } from './store.ts';

/** What was told so long ago decides nothing any more. */
const remembered = { hours: 24 * 9 };

const jobs: Record<Kind, string> = {
  before: 'conversations.before',
  day: 'conversations.day',
  after: 'conversations.after',
  between: 'nudges.between',
  again: 'nudges.between',
};

/** Plans who of a workspace is told what in the coming quarter of an hour; the reasons are contributed. */
export function planning(others: Feature[]) {
  return async (due: Due): Promise<Effect[]> => {
    const { now } = due;
    const until = nextQuarter(now);
    const situation = await situationOf(due, until, others);
    await forgetSent(due.tx, due, now.subtract(remembered));
    const messages = plan(situation, now, until, await paceOf(due));
    const again: Effect = { do: 'later', job: 'nudges.plan', subject: '', at: until, once: true };
    return [...messages.map(orderOf), ...(due.subject === '' ? [again] : [])];
  };
}

function orderOf({ person, kind, keys, at }: Message): Effect {
  return { do: 'later', job: jobs[kind], subject: JSON.stringify({ person, kind, keys }), at, once: true };
}

/** The quarter of an hour after the present one begins. */
function nextQuarter(now: Temporal.Instant): Temporal.Instant {
  return now
    .add({ milliseconds: 1 })
    .round({ smallestUnit: 'minute', roundingIncrement: 15, roundingMode: 'ceil' });
}

/** All that the rules need to know of a workspace now, to plan until then. */
async function situationOf(due: Due, until: Temporal.Instant, others: Feature[]): Promise<Situation> {
  const { tx, now } = due;
  const people = await peopleOf(due);
  const clients = new Map((await readClients(tx, due.tenant)).map((client) => [client.id, client]));
  const span = { now, until: now.add(horizonOf(people, now, until)) };
  const talks = await talksFor(tx, due, span, (client) => clients.get(client)?.owner.id);
  const reasons: Reason[] = [];
  for (const { reasons: ours } of others)
    for (const { find } of ours ?? []) reasons.push(...(await find(due)));
  return {
    people,
    talks: talks.filter(({ client }) => clients.has(client)),
    reasons,
    sent: await sentSince(tx, due, now.subtract(remembered)),
    snoozes: await readSnoozes(tx, due),
  };
}

/** By now one may be told of what is today or tomorrow; in the evening before a weekend of what is after it, too. */
const horizon = { usual: { hours: 36 }, evening: { hours: 24 * 6 } };

function horizonOf(people: Reachable[], now: Temporal.Instant, until: Temporal.Instant) {
  const clocks = new Map<string, { from: string; to: string }>();
  const isEvening = people.some(({ timeZone, hours }) => {
    const kept = clocks.get(timeZone);
    const clock = kept ?? { from: timeIn(timeZone, now), to: timeIn(timeZone, until) };
    if (!kept) clocks.set(timeZone, clock);
    const evening = hours.to < eve ? hours.to : eve;
    return clock.from <= hours.to && clock.to >= evening;
  });
  return isEvening ? horizon.evening : horizon.usual;
}

function timeIn(timeZone: string, at: Temporal.Instant): string {
  return at.toZonedDateTimeISO(timeZone).toPlainTime().toString({ smallestUnit: 'minute' });
}

/** Those of the workspace, with when each can be reached. */
async function peopleOf(due: Due): Promise<Reachable[]> {
  const { tx, tenant, platform } = due;
  const members = await readPeople(tx, platform, tenant, { outsiders: false });
  const guests = await readPeople(tx, platform, tenant, { outsiders: true });
  const [own, workspace, mutes] = [
    await personalSettings(tx, { tenant, platform }),
    await readSettings(tx, { tenant, platform }),
    await readMutes(tx, due),
  ];
  const zone = workspace.get('tenant.timeZone') ?? due.defaults.timeZone;
  return [...members, ...guests.filter(({ outsider }) => !outsider)].map(({ id, timeZone }) =>
    reachableOf({ id, timeZone: timeZone ?? zone, muted: mutes.get(id) ?? [] }, own.get(id) ?? new Map()),
  );
}
