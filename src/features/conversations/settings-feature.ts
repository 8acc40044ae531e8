import type { Due, Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readSettings } from '../../store/settings.ts';

const key = 'conversations.before';
const range = { usual: 30, from: 5, to: 240 };

/** How long before a conversation its briefing comes. */
export const settings: Setting[] = [
  {
    key,
    scope: 'tenant',
    who: 'admin',
    field: (say, kept) => ({
      kind: 'text',
      id: key,
      label: say('conversations.setting-before'),
      hint: say('conversations.setting-before-hint', range),
      optional: true,
      maxLength: 4,
      value: kept,
    }),
    parse(value) {
      if (value === '') return undefined;
      const { from, to } = range;
      if (minutesOf(value) === undefined)
        throw new Refusal('error.setting-number', { from, to }, { field: key });
      return value;
    },
    show: ({ say }, kept) =>
      say('conversations.setting-before-value', { count: minutesOf(kept) ?? range.usual }),
  },
];

/** Minutes between a briefing and its conversation. */
export async function beforeMinutesOf({
  tx,
  tenant,
  platform,
}: Pick<Due, 'tx' | 'tenant' | 'platform'>): Promise<number> {
  const kept = await readSettings(tx, { tenant, platform });
  return minutesOf(kept.get(`tenant.${key}`)) ?? range.usual;
}

function minutesOf(text: string | undefined): number | undefined {
  const minutes = /^\d{1,3}$/.test(text ?? '') ? Number(text) : undefined;
  return minutes !== undefined && minutes >= range.from && minutes <= range.to ? minutes : undefined;
}
