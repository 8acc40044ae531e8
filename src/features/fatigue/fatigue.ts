import type { Range } from '../../chat/number-setting.ts';

/** How much one person is asked, whoever asks and by whatever way. Pure: no I/O, no clock. */

/** What is asked of a person in a survey. Expectations that he confirms are none. */
export type Survey = 'kti' | 'nps' | 'ces' | 'csat' | 'loyalty';

/** What reaches somebody: an invitation to a survey, or the reminder of one. */
export type What = Survey | 'reminder';

/** Somebody to be asked: by his id on the platform at hand, his e-mail address, or both. */
export type Invitee = { person?: string | undefined; email?: string | undefined };

/** What once reached somebody. */
export type Touch = { what: What; at: Temporal.Instant };

/** Why he cannot be asked now: `lastAt` what counts reached him, and from `againAt` on he can be. */
export type Spent = { why: 'day' | 'survey' | 'nps'; lastAt: Temporal.Instant; againAt: Temporal.Instant };

export type Period = Spent['why'];

/** In days of 24 hours: between two messages, between two surveys, between two questions of the NPS. */
export type Periods = Record<Period, number>;

/**
 * What is usual and what an administrator can choose, in days. The floors are what a contact can bear: below them the
 * answers get worse, not more.
 */
export const ranges: Record<Period, Range> = {
  day: { usual: 1, from: 1, to: 14 },
  survey: { usual: 30, from: 14, to: 365 },
  nps: { usual: 180, from: 90, to: 365 },
};

export const periods: readonly Period[] = ['day', 'survey', 'nps'];

/** Which periods bind this; a reminder is no second survey. */
function periodsOf(what: What): Period[] {
  if (what === 'reminder') return ['day'];
  return what === 'nps' ? ['day', 'survey', 'nps'] : ['day', 'survey'];
}

/** Whether what reached him counts for a period. */
export function counts({ what }: Touch, period: Period): boolean {
  if (period === 'day') return true;
  return period === 'nps' ? what === 'nps' : what !== 'reminder';
}

/** So many days of 24 hours later. */
function later(at: Temporal.Instant, days: number): Temporal.Instant {
  return at.add({ hours: 24 * days });
}

/**
 * Why he cannot be asked this now; undefined when he can. Of several reasons the one that binds longest, so that on its
 * day nothing else stands in the way; of two that bind as long, the one that is named last in `periods`.
 */
export function spentOf(
  touches: readonly Touch[],
  what: What,
  days: Periods,
  now: Temporal.Instant,
): Spent | undefined {
  let binding: Spent | undefined;
  for (const why of periodsOf(what)) {
    const [last] = touches
      .filter((touch) => counts(touch, why))
      .map(({ at }) => at)
      .toSorted((one, other) => Temporal.Instant.compare(other, one));
    if (!last) continue;
    const spent = { why, lastAt: last, againAt: later(last, days[why]) };
    if (!isAfter(spent.againAt, now)) continue;
    if (!binding || !isAfter(binding.againAt, spent.againAt)) binding = spent;
  }
  return binding;
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}
