import type { Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Say } from '../../text/say.ts';
import type { Reachable } from './nudges.ts';
import { countries, countryOf, usual } from './reach-rules.ts';
import { readDays, readHours } from './work-rules.ts';

/** When somebody works, as he set it: nudges come only then. */

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

/** When somebody can be reached, in words. */
export function sayReach({ workdays, hours }: Reachable, say: Say): string {
  const days = sayDays(workdays.join(''), say('nudges.day-names'));
  return say('nudges.reach', { days, from: hours.from, to: hours.to });
}
