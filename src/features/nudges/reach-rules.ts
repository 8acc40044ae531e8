import type { Reachable } from './nudges.ts';

/** What holds for whoever has set nothing. */
export const usual = { days: '12345', hours: '08:30-17:30', country: 'NL' } as const;
/** Of these the public holidays are known and asked for; none: he works through them. */
export const countries = ['NL', 'BE', 'DE', 'FR', 'LU', 'GB', 'IE', 'US', 'none'] as const;

/** The country that was set, or the usual one. */
export function countryOf(text: string | undefined): (typeof countries)[number] {
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
