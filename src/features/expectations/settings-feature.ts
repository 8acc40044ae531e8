import type { Due, Setting } from '../../chat/feature.ts';
import { numberIn, numberSetting, type Range } from '../../chat/number-setting.ts';
import { readSettings } from '../../store/settings.ts';
import { monthsOf, usualMost, usualReviewDays } from './expectations.ts';

type Name = 'most' | 'review';
type At = Pick<Due, 'tx' | 'tenant' | 'platform'>;

const ranges: Record<Name, Range> = {
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
  return numberIn(ranges[name], kept.get(`tenant.expectations.${name}`)) ?? ranges[name].usual;
}

function setting(name: Name): Setting {
  return numberSetting({
    ...{ key: `expectations.${name}`, scope: 'tenant', who: 'admin', range: ranges[name] },
    ...{ label: `expectations.setting-${name}`, hint: `expectations.setting-${name}-hint` },
    shown: `expectations.setting-${name}-value`,
  });
}
