import type { Due, Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readSettings } from '../../store/settings.ts';
import type { Say } from '../../text/say.ts';
import type { Pace, Reachable } from './nudges.ts';
import { readDays, readHours } from './work-rules.ts';

/** When somebody works, as he set it: nudges come only then. */

const usual = { days: '12345', hours: '08:30-17:30', country: 'NL' } as const;
/** Of these the public holidays are known and asked for; none: he works through them. */
const countries = ['NL', 'BE', 'DE', 'FR', 'LU', 'GB', 'IE', 'US', 'none'] as const;

/** The days, the hours and the country of a person's work. */
export const settings: Setting[] = [
  personal('days', readDays, (kept, say) => sayDays(kept ?? usual.days, say('nudges.day-names'))),
  personal('hours', readHours, (kept) => (kept ?? usual.hours).replace('-', '–')),
  {
    key: 'nudges.country',
    scope: 'person',
    who: 'member',
    field: (say, kept) => ({
      kind: 'choice',
      id: 'nudges.country',
      label: say('nudges.setting-country'),
      choices: countries.map((value) => ({ value, label: say(`nudges.country-${value}`) })),
      value: countryOf(kept),
    }),
    parse: (value) => (countryOf(value) === usual.country ? undefined : countryOf(value)),
    show: ({ say }, kept) => say(`nudges.country-${countryOf(kept)}`),
  },
];

type Shown = (kept: string | undefined, say: Say) => string;

function personal(name: 'days' | 'hours', read: (text: string) => string | undefined, shown: Shown): Setting {
  const key = `nudges.${name}`;
  return {
    key,
    scope: 'person',
    who: 'member',
    field: (say, kept) => ({
      kind: 'text',
      id: key,
      label: say(`nudges.setting-${name}`),
      hint: say(`nudges.setting-${name}-hint`),
      optional: true,
      maxLength: 100,
      value: shown(kept, say),
    }),
    parse(value) {
      if (value === '') return undefined;
      const kept = read(value);
      if (!kept) throw new Refusal(`error.nudges-${name}`, {}, { field: key });
      return kept === usual[name] ? undefined : kept;
    },
    show: ({ say }, kept) => shown(kept, say),
  };
}

function sayDays(days: string, names: string): string {
  const each = names.split(' ');
  return [...days].map((day) => each[Number(day) - 1] ?? '').join(' ');
}

function countryOf(text: string | undefined): (typeof countries)[number] {
  return countries.find((country) => country === text) ?? usual.country;
}

/** When and where somebody can be reached, by what he set. */
export function reachableOf(
  { id, timeZone, muted }: Pick<Reachable, 'id' | 'timeZone' | 'muted'>,
  own: ReadonlyMap<string, string>,
): Reachable {
  const [from = '', to = ''] = (own.get('nudges.hours') ?? usual.hours).split('-');
  const country = countryOf(own.get('nudges.country'));
  return {
    id,
    timeZone,
    workdays: [...(own.get('nudges.days') ?? usual.days)].map(Number),
    hours: { from, to },
    country: country === 'none' ? '' : country,
    pausedUntil: own.get('nudges.paused'),
    muted,
  };
}

/** How long before and after a conversation somebody hears of it. */
export async function paceOf({
  tx,
  tenant,
  platform,
}: Pick<Due, 'tx' | 'tenant' | 'platform'>): Promise<Pace> {
  const kept = Number((await readSettings(tx, { tenant, platform })).get('tenant.conversations.before'));
  return { beforeMinutes: kept > 0 ? kept : 30, afterMinutes: 10 };
}

/** When somebody can be reached, in words. */
export function sayReach({ workdays, hours }: Reachable, say: Say): string {
  const days = sayDays(workdays.join(''), say('nudges.day-names'));
  return say('nudges.reach', { days, from: hours.from, to: hours.to });
}
