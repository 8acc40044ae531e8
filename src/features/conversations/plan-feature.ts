import type { Effect } from '../../chat/effect.ts';

/**
 * Plans anew who is told what: now, and from now on each quarter of an hour. Where the latter waits already it stays as it
 * is; in a workspace that is new it would begin within the hour only, and a briefing could be due before.
 */
export function planNow(now: Temporal.Instant): Effect[] {
  return ['now', ''].map((subject) => ({ do: 'later', job: 'nudges.plan', subject, at: now, once: true }));
}
