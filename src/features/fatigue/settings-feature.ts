import type { Setting } from '../../chat/feature.ts';
import { numberSetting } from '../../chat/number-setting.ts';
import { periods, ranges } from './fatigue.ts';

/** What an administrator can set, each in days: how long somebody is left alone. */
export const settings: Setting[] = periods.map((period) =>
  numberSetting({
    ...{ key: `fatigue.${period}`, scope: 'tenant', who: 'admin', range: ranges[period] },
    ...{ label: `fatigue.setting-${period}`, hint: `fatigue.setting-${period}-hint` },
    shown: 'fatigue.setting-value',
  }),
);
