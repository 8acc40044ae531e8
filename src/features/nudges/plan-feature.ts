import type { Effect } from '../../chat/effect.ts';
import type { Due, Feature, Reason } from '../../chat/feature.ts';
import { readSome } from '../../store/people.ts';
import { personalSettings, readSettings } from '../../store/settings.ts';
import { readClients } from '../clients/store.ts';
import { talksFor } from '../conversations/store.ts';
import { type Kind, type Message, plan, type Reachable, type Situation, type Talk } from './nudges.ts';
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
    const situation = await situationOf(due, others);
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

/** All that the rules need to know of a workspace now. */
async function situationOf(due: Due, others: Feature[]): Promise<Situation> {
  const { tx, now } = due;
  const clients = new Map((await readClients(tx, due.tenant)).map((client) => [client.id, client]));
  const talks = (await talksFor(tx, due, now, (client) => clients.get(client)?.owner.id)).filter(
    ({ client }) => clients.has(client),
  );
  const reasons: Reason[] = [];
  for (const { reasons: ours } of others)
    for (const { find } of ours ?? []) reasons.push(...(await find(due)));
  return {
    people: await peopleOf(due, talks, reasons),
    talks,
    reasons,
    sent: await sentSince(tx, due, now.subtract(remembered)),
    snoozes: await readSnoozes(tx, due),
  };
}

/** Those whom anything is about, as long as they are of the workspace. */
async function peopleOf(due: Due, talks: Talk[], reasons: Reason[]): Promise<Reachable[]> {
  const { tx, tenant, platform } = due;
  const ids = [...new Set([...talks.flatMap(({ people }) => people), ...reasons.flatMap(({ who }) => who)])];
  const known = (await readSome(tx, platform, tenant, ids)).filter(({ outsider }) => !outsider);
  const [own, workspace, mutes] = [
    await personalSettings(tx, { tenant, platform }),
    await readSettings(tx, { tenant, platform }),
    await readMutes(tx, due),
  ];
  const zone = workspace.get('tenant.timeZone') ?? due.defaults.timeZone;
  return known.map(({ id, timeZone }) =>
    reachableOf({ id, timeZone: timeZone ?? zone, muted: mutes.get(id) ?? [] }, own.get(id) ?? new Map()),
  );
}
