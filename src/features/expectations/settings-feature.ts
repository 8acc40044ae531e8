import type { Due, Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readSettings } from '../../store/settings.ts';
import { monthsOf, usualMost, usualReviewDays } from './expectations.ts';

type Name = 'most' | 'review';
type At = Pick<Due, 'tx' | 'tenant' | 'platform'>;

const ranges: Record<Name, { usual: number; from: number; to: number }> = {
  most: { usual: usualMost, from: 1, to: 20 },
  review: { usual: usualReviewDays, from: 30, to: 730 },
};

/** What an administrator can set: how many open ones are many, and when a confirmed one is looked at again. */
export const settings: Setting[] = [setting('most'), setting('review')];

/** More open ones of a client than this are warned of. */
export function mostOf(at: At): Promise<number> {
  return readNumber(at, 'most');
}

/** Days after which a confirmed one is looked at again. */
export function reviewDaysOf(at: At): Promise<number> {
  return readNumber(at, 'review');
}

/** The same in whole months, as the client is told. */
export async function reviewMonthsOf(at: At): Promise<number> {
  return monthsOf(await reviewDaysOf(at));
}

async function readNumber({ tx, tenant, platform }: At, name: Name): Promise<number> {
  const kept = await readSettings(tx, { tenant, platform });
  return numberOf(name, kept.get(`tenant.expectations.${name}`)) ?? ranges[name].usual;
}

function setting(name: Name): Setting {
  const { usual, from, to } = ranges[name];
  const key = `expectations.${name}`;
  return {
    key,
    scope: 'tenant',
    who: 'admin',
    field: (say, kept) => ({
      kind: 'text',
      id: key,
      label: say(`expectations.setting-${name}`),
      hint: say(`expectations.setting-${name}-hint`, { from, to, usual }),
      optional: true,
      maxLength: 5,
      value: kept,
    }),
    parse(value) {
      if (value === '') return undefined;
      const number = numberOf(name, value);
      if (number === undefined) throw new Refusal('error.setting-number', { from, to }, { field: key });
      return `${number}`;
    },
    show: ({ say }, kept) =>
      say(`expectations.setting-${name}-value`, { count: numberOf(name, kept) ?? usual }),
  };
}

/** A whole number within its range; undefined when the text is none. */
function numberOf(name: Name, text: string | undefined): number | undefined {
  const number = /^\d{1,4}$/.test(text ?? '') ? Number(text) : undefined;
  const { from, to } = ranges[name];
  return number !== undefined && number >= from && number <= to ? number : undefined;
}
