import { expect, it } from 'vitest';
import { closingTime } from '../../../src/features/polls/polls.ts';

it('closes at the same hour by the place’s clock, over summer time', () => {
  const asked = Temporal.Instant.from('2026-10-23T10:00:00Z');
  const closes = closingTime(asked, Temporal.Duration.from({ days: 7 }), 'Europe/Amsterdam');
  expect(closes.toString()).toBe('2026-10-30T11:00:00Z');
});
