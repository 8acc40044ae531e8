import type { Due, Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readSettings } from '../../store/settings.ts';
import { usualLimit } from './improvements.ts';

const key = 'improvements.limit';
const range = { from: 1, to: 50 };

/** What an administrator can set: how many are worked on at once. */
export const settings: Setting[] = [
  {
    key,
    scope: 'tenant',
    who: 'admin',
    field: (say, kept) => ({
      kind: 'text',
      id: key,
      label: say('improvements.setting-limit'),
      hint: say('improvements.setting-limit-hint', { ...range, usual: usualLimit }),
      optional: true,
      maxLength: 5,
      value: kept,
    }),
    parse(value) {
      if (value === '') return undefined;
      const number = numberOf(value);
      if (number === undefined) throw new Refusal('error.setting-number', range, { field: key });
      return `${number}`;
    },
    show: (_, kept) => `${numberOf(kept) ?? usualLimit}`,
  },
];

/** So many may stand in each column of a board that is worked on. */
export async function limitOf({
  tx,
  tenant,
  platform,
}: Pick<Due, 'tx' | 'tenant' | 'platform'>): Promise<number> {
  const kept = await readSettings(tx, { tenant, platform });
  return numberOf(kept.get(`tenant.${key}`)) ?? usualLimit;
}

/** A whole number within the range; undefined when the text is none. */
function numberOf(text: string | undefined): number | undefined {
  const number = /^\d{1,2}$/.test(text ?? '') ? Number(text) : undefined;
  return number !== undefined && number >= range.from && number <= range.to ? number : undefined;
}
