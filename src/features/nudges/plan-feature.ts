import type { Effect } from '../../chat/effect.ts';
import type { Due, Feature, Reason } from '../../chat/feature.ts';
import { readPeople } from '../../store/people.ts';
import { personalSettings, readSettings } from '../../store/settings.ts';
import { readClients } from '../clients/store.ts';
import { talksFor } from '../conversations/store.ts';
import {
  horizonOf,
  type Kind,
  type Message,
  type Pace,
  plan,
  type Reachable,
  type Situation,
} from './nudges.ts';
import { paceOf, reachableOf } from './settings-feature.ts';
import { forgetSent, readMutes, readSnoozes, sentInMind } from './store.ts';

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
    const pace = await paceOf(due);
    const situation = await situationOf(due, until, pace, others);
    await forgetSent(due.tx, due, now);
    const messages = plan(situation, now, until, pace);
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
async function situationOf(
  due: Due,
  until: Temporal.Instant,
  pace: Pace,
  others: Feature[],
): Promise<Situation> {
  const { tx, now } = due;
  const people = await peopleOf(due);
  const snoozes = await readSnoozes(tx, due);
  const clients = new Map((await readClients(tx, due.tenant)).map((client) => [client.id, client]));
  const talks = await talksFor(tx, due, {
    now,
    until: horizonOf(people, now, until, pace),
    snoozed: snoozes.map(({ key }) => key),
    owner: (client) => clients.get(client)?.owner.id,
  });
  const reasons: Reason[] = [];
  for (const { reasons: ours } of others)
    for (const { find } of ours ?? []) reasons.push(...(await find(due)));
  return {
    people,
    talks: talks.filter(({ client }) => clients.has(client)),
    reasons,
    sent: await sentInMind(tx, due, now),
    snoozes,
  };
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
