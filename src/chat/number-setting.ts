import type { Key } from '../text/say.ts';
import type { Setting } from './feature.ts';
import { Refusal } from './refusal.ts';

/** What a number can be, ends included, and what it is when nobody has chosen. */
export type Range = { usual: number; from: number; to: number };

/** The whole number that was typed or kept; undefined when the text is none within the range. */
export function numberIn({ from, to }: Range, text: string | undefined): number | undefined {
  const number = /^\d{1,4}$/.test(text ?? '') ? Number(text) : undefined;
  return number !== undefined && number >= from && number <= to ? number : undefined;
}

/** A number that somebody can set; empty is what is usual. shown: its value in words; without it the bare number. */
export function numberSetting({
  range,
  label,
  hint,
  shown,
  ...whose
}: Pick<Setting, 'key' | 'scope' | 'who'> & { range: Range; label: Key; hint: Key; shown?: Key }): Setting {
  const { key } = whose;
  const { from, to, usual } = range;
  return {
    ...whose,
    field: (say, kept) => ({
      ...{ kind: 'text', id: key, label: say(label), hint: say(hint, { from, to, usual }) },
      ...{ optional: true, maxLength: 5, value: kept },
    }),
    parse(value) {
      if (value === '') return undefined;
      const number = numberIn(range, value);
      if (number === undefined) throw new Refusal('error.setting-number', { from, to }, { field: key });
      return `${number}`;
    },
    show({ say }, kept) {
      const count = numberIn(range, kept) ?? usual;
      return shown ? say(shown, { count }) : `${count}`;
    },
  };
}
