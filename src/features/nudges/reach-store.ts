import type { Due } from '../../chat/feature.ts';
import { numberIn } from '../../chat/number-setting.ts';
import { holdPerson, readPerson } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import { askedAfter, before } from '../conversations/conversations.ts';
import { dateOf, isStillReached, morningOf, nextReachable, sendUntil } from './moments-rules.ts';
import type { Pace, Reachable } from './nudges.ts';
import { reachableOf } from './reach-rules.ts';
import { hadBetween, mutesOf } from './store.ts';

/** When somebody of the team may be told something by itself: for whatever capability has something to tell. */

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'defaults'>;

/** How long before and after a conversation somebody hears of it. */
export async function paceOf({ tx, tenant, platform }: Omit<At, 'defaults'>): Promise<Pace> {
  const kept = (await readSettings(tx, { tenant, platform })).get('tenant.conversations.before');
  return { beforeMinutes: numberIn(before, kept) ?? before.usual, afterMinutes: askedAfter.minutes };
}

/** When one of the team can be reached; undefined for whoever is not, or not any more. */
export async function reachOf(at: At, id: string): Promise<Reachable | undefined> {
  const { tx, tenant, platform } = at;
  const person = await readPerson(tx, platform, tenant, id);
  return person && !person.outsider ? reachFrom(at, person) : undefined;
}

/** When this one of the team can be reached. */
export async function reachFrom(
  at: At,
  { id, timeZone: own }: { id: string; timeZone?: string | undefined },
): Promise<Reachable> {
  const { tx, tenant, platform, defaults } = at;
  const kept = await readSettings(tx, { tenant, platform, person: id });
  const set = [...kept].flatMap(([key, value]) =>
    key.startsWith('person.') ? [[key.slice('person.'.length), value] as const] : [],
  );
  const timeZone = own ?? kept.get('tenant.timeZone') ?? defaults.timeZone;
  return reachableOf({ id, timeZone, muted: await mutesOf(tx, at, id) }, new Map(set));
}

/** When something may be told, now or later, and after when it makes no sense any more to send it. */
type Moment = { at: Temporal.Instant; until: Temporal.Instant };

/**
 * When he may be told something about a client next: at once, or when he can be reached. Undefined: he is not of the team,
 * has muted the client, or never works.
 */
export async function nextMoment(
  at: At & Pick<Due, 'now'>,
  id: string,
  client?: string,
): Promise<Moment | undefined> {
  const reach = await heardBy(at, id, client);
  return reach && momentOf(reach, at.now);
}

/** The same for the one message a day that may come between conversations. */
export async function nextBetween(
  at: At & Pick<Due, 'now'>,
  id: string,
  client?: string,
): Promise<Moment | undefined> {
  // Another instance may be about to tell him something at this very moment.
  await holdPerson(at.tx, at.platform, at.tenant, id);
  const reach = await heardBy(at, id, client);
  const moment = reach && momentOf(reach, at.now);
  if (!reach || !moment?.at.equals(at.now)) return moment;
  const today = dateOf(reach, at.now);
  const since = Temporal.Instant.fromEpochMilliseconds(morningOf(reach, today).dayBegins);
  const isTold = await hadBetween(at.tx, at, id, since);
  return isTold ? momentOf(reach, morningOf(reach, today.add({ days: 1 })).at) : moment;
}

async function heardBy(at: At, id: string, client: string | undefined): Promise<Reachable | undefined> {
  const reach = await reachOf(at, id);
  return client !== undefined && reach?.muted.includes(client) ? undefined : reach;
}

function momentOf(reach: Reachable, now: Temporal.Instant): Moment | undefined {
  const at = isStillReached(reach, now) ? now : nextReachable(reach, now);
  return at && { at, until: sendUntil(reach, at) };
}
