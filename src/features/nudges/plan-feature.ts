import type { Reason } from '../../chat/contributions.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Due, Feature } from '../../chat/feature.ts';
import { batches } from '../../store/batches.ts';
import { readColleagues } from '../../store/people.ts';
import { personalSettings, readSettings } from '../../store/settings.ts';
import { readClients } from '../clients/store.ts';
import { talksAhead, talksToAsk } from '../conversations/asking-store.ts';
import {
  horizonOf,
  type Kind,
  type Message,
  type Pace,
  plan,
  type Reachable,
  reachableIn,
  type Situation,
  type Snooze,
  type Talk,
} from './nudges.ts';
import { reachableOf } from './reach-rules.ts';
import { paceOf } from './reach-store.ts';
import { forgetSent, readMutes, readSnoozes, sentInMind } from './store.ts';

const jobs: Record<Kind, string> = {
  before: 'conversations.before',
  day: 'conversations.day',
  after: 'conversations.after',
  between: 'nudges.between',
  again: 'nudges.between',
};

/**
 * Plans who of a workspace is told what in the coming quarter of an hour; the reasons are contributed. Some of its people
 * after the others, so that a large workspace takes no more memory than a small one.
 */
export function planning(others: Feature[]) {
  return async (due: Due): Promise<Effect[]> => {
    const until = nextQuarter(due.now);
    const window = { from: due.now, until, pace: await paceOf(due) };
    await forgetSent(due.tx, due, due.now);
    const all = await peopleOf(due);
    const reached = reachableIn(all, window.from, until, window.pace);
    const orders: Effect[] = [];
    if (reached.length > 0) {
      const shared = await sharedOf(due, others);
      const known = new Map(all.map((person) => [person.id, person]));
      for (const some of batches(reached))
        orders.push(...(await planFor(due, some, known, shared, window)).map(orderOf));
    }
    const again: Effect = { do: 'later', job: 'nudges.plan', subject: '', at: until, once: true };
    return [...orders, ...(due.subject === '' ? [again] : [])];
  };
}

type Window = { from: Temporal.Instant; until: Temporal.Instant; pace: Pace };
/** What concerns more people than one. */
type Shared = {
  snoozes: Snooze[];
  clients: Set<string>;
  reasons: Map<string, Reason[]>;
  toAsk: Map<string, Talk[]>;
};

async function sharedOf(due: Due, others: Feature[]): Promise<Shared> {
  const { tx, now } = due;
  const clients = new Map((await readClients(tx, due.tenant)).map((client) => [client.id, client]));
  const snoozes = await readSnoozes(tx, due);
  const snoozed = snoozes.map(({ key }) => key);
  const owner = (client: string) => clients.get(client)?.owner.id;
  const reasons: Reason[] = [];
  for (const { reasons: ours } of others)
    for (const { find } of ours ?? []) reasons.push(...(await find(due)));
  const toAsk = await talksToAsk(tx, due, { now, snoozed, owner });
  const asked = toAsk.filter(({ client }) => clients.has(client));
  return {
    ...{ snoozes, clients: new Set(clients.keys()) },
    reasons: byPerson(reasons, ({ who }) => who),
    toAsk: byPerson(asked, ({ people }) => people),
  };
}

function byPerson<T>(all: T[], peopleOf: (one: T) => string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all)
    for (const id of peopleOf(one)) {
      const group = groups.get(id);
      if (group) group.push(one);
      else groups.set(id, [one]);
    }
  return groups;
}

/** All that concerns some of these people, each once. */
function ofThese<T>(ids: Set<string>, groups: Map<string, T[]>): T[] {
  return [...new Set([...ids].flatMap((id) => groups.get(id) ?? []))];
}

async function planFor(
  due: Due,
  some: Reachable[],
  known: Map<string, Reachable>,
  { reasons, snoozes, clients, toAsk }: Shared,
  { from, until, pace }: Window,
): Promise<Message[]> {
  const ids = new Set(some.map(({ id }) => id));
  const over = ofThese(ids, toAsk);
  // Who else was there decides who of them is asked.
  const beside = new Set(over.flatMap(({ people }) => people)).difference(ids);
  const span = { now: from, until: horizonOf(some, from, until, pace), people: [...ids] };
  const ahead = (await talksAhead(due.tx, due, span)).filter(({ client }) => clients.has(client));
  const situation: Situation = {
    people: [...some, ...[...beside].flatMap((id) => known.get(id) ?? [])],
    talks: [...ahead, ...over],
    reasons: ofThese(ids, reasons),
    sent: await sentInMind(due.tx, due, [...ids], from),
    snoozes,
  };
  return plan(situation, from, until, pace).filter(({ person }) => ids.has(person));
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

/** Those of the workspace, with when each can be reached. */
async function peopleOf(due: Due): Promise<Reachable[]> {
  const { tx, tenant, platform } = due;
  const colleagues = await readColleagues(tx, platform, tenant);
  const [own, workspace, mutes] = [
    await personalSettings(tx, { tenant, platform }),
    await readSettings(tx, { tenant, platform }),
    await readMutes(tx, due),
  ];
  const zone = workspace.get('tenant.timeZone') ?? due.defaults.timeZone;
  return colleagues.map(({ id, timeZone }) =>
    reachableOf({ id, timeZone: timeZone ?? zone, muted: mutes.get(id) ?? [] }, own.get(id) ?? new Map()),
  );
}
