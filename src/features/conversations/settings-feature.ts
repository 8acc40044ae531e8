import type { Setting } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { before, readBefore } from './conversations.ts';

const key = 'conversations.before';

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
      hint: say('conversations.setting-before-hint', before),
      optional: true,
      maxLength: 4,
      value: kept,
    }),
    parse(value) {
      if (value === '') return undefined;
      const { from, to } = before;
      if (readBefore(value) === undefined)
        throw new Refusal('error.setting-number', { from, to }, { field: key });
      return value;
    },
    show: ({ say }, kept) =>
      say('conversations.setting-before-value', { count: readBefore(kept) ?? before.usual }),
  },
];
