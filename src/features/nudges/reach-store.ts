import type { Due } from '../../chat/feature.ts';
import { readPerson } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import type { Pace, Reachable } from './nudges.ts';
import { reachableOf } from './reach-rules.ts';
import { mutesOf } from './store.ts';

/** When somebody of the team may be told something by itself: for whatever capability has something to tell. */

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'defaults'>;

/** How long before and after a conversation somebody hears of it. */
export async function paceOf({ tx, tenant, platform }: Omit<At, 'defaults'>): Promise<Pace> {
  const kept = Number((await readSettings(tx, { tenant, platform })).get('tenant.conversations.before'));
  return { beforeMinutes: kept > 0 ? kept : 30, afterMinutes: 10 };
}

/** When one of the team can be reached; undefined for whoever is not, or not any more. */
export async function reachOf(at: At, id: string): Promise<Reachable | undefined> {
  const { tx, tenant, platform, defaults } = at;
  const person = await readPerson(tx, platform, tenant, id);
  if (!person || person.outsider) return undefined;
  const kept = await readSettings(tx, { tenant, platform, person: id });
  const own = [...kept].flatMap(([key, value]) =>
    key.startsWith('person.') ? [[key.slice('person.'.length), value] as const] : [],
  );
  const timeZone = person.timeZone ?? kept.get('tenant.timeZone') ?? defaults.timeZone;
  return reachableOf({ id, timeZone, muted: await mutesOf(tx, at, id) }, new Map(own));
}
