import type { Setting } from '../../chat/feature.ts';
import { numberSetting } from '../../chat/number-setting.ts';
import { before } from './conversations.ts';

/** How long before a conversation its briefing comes. */
export const settings: Setting[] = [
  numberSetting({
    ...{ key: 'conversations.before', scope: 'tenant', who: 'admin', range: before },
    ...{ label: 'conversations.setting-before', hint: 'conversations.setting-before-hint' },
    shown: 'conversations.setting-before-value',
  }),
];
