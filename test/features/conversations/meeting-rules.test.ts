import { describe, expect, it } from 'vitest';
import type { Conversation } from '../../../src/features/conversations/conversations.ts';
import {
  beginningOf,
  endingOf,
  heldIn,
  isNear,
  isUnderWay,
} from '../../../src/features/conversations/meeting-rules.ts';
import { spanAround } from '../../../src/features/conversations/same-rules.ts';

/** A time of this Monday. */
const at = (time: string) => Temporal.Instant.from(`2026-11-23T${time}:00Z`);
const kept = (start: string, end?: string) => ({
  conversation: 'c',
  start: at(start),
  end: end === undefined ? undefined : at(end),
});

describe('a meeting of the platform’s own', () => {
  it.each([
    [undefined, '10:00', 'another'],
    [kept('10:00'), '10:00', 'known'],
    [kept('10:00'), '09:59', 'known'],
    [kept('10:00'), '10:20', 'known'],
    [kept('10:00', '10:30'), '10:00', 'known'],
    [kept('10:00', '10:30'), '10:20', 'known'],
    [kept('10:00', '10:30'), '10:30', 'resumed'],
    [kept('10:00', '10:30'), '11:00', 'resumed'],
    [kept('10:00', '10:30'), '11:01', 'another'],
  ])('%j begins at %s: %s', (before, start, beginning) => {
    expect(beginningOf(before, at(start))).toBe(beginning);
  });

  it('whose end nobody told begins anew a day later', () => {
    const start = at('10:00').add({ hours: 24 });
    expect(beginningOf(kept('10:00'), start.subtract({ minutes: 1 }))).toBe('known');
    expect(beginningOf(kept('10:00'), start)).toBe('another');
  });

  it.each([
    [undefined, '10:30', 'another'],
    [kept('10:00'), '10:30', 'its'],
    [kept('10:00'), '09:30', 'another'],
    [kept('10:00', '10:30'), '10:30', 'known'],
    [kept('10:00', '10:30'), '10:40', 'another'],
  ])('%j ends at %s: %s', (before, end, ending) => {
    expect(endingOf(before, at(end))).toBe(ending);
  });

  it('of another day is not ended by what ends now', () => {
    expect(endingOf(kept('10:00'), at('10:01').add({ hours: 24 }))).toBe('another');
  });

  it('is told of within a day', () => {
    expect(isNear(at('10:00'), at('10:00').add({ hours: 24 }))).toBe(true);
    expect(isNear(at('10:00'), at('10:01').add({ hours: 24 }))).toBe(false);
    expect(isNear(Temporal.Instant.from('0001-01-01T00:00:00Z'), at('10:00'))).toBe(false);
  });

  it('goes on until two hours after the conversation was to end, when nobody tells of its end', () => {
    const one = { end: at('11:00') };
    expect(isUnderWay(kept('10:00'), one, at('12:59'))).toBe(true);
    expect(isUnderWay(kept('10:00'), one, at('13:00'))).toBe(false);
    expect(isUnderWay(kept('10:00', '10:59'), one, at('11:10'))).toBe(false);
    expect(isUnderWay(undefined, one, at('11:10'))).toBe(false);
  });
});

describe('the conversation that a meeting is', () => {
  const one = (start: string, end: string, more: Partial<Conversation> = {}): Conversation => ({
    ...{ id: start, client: 'c1', title: undefined, start: at(start), end: at(end) },
    ...{ source: 'typed', people: [], answer: undefined },
    ...more,
  });
  const answered = (outcome: 'raised' | 'cancelled') => ({
    answer: { outcome, by: { id: 'anna', name: 'Anna' }, at: at('10:00') },
  });

  it.each([
    [[], undefined],
    [[one('09:30', '09:45')], '09:30'],
    [[one('09:29', '09:45')], undefined],
    [[one('08:00', '10:01')], '08:00'],
    [[one('08:00', '10:00')], undefined],
    [[one('10:30', '11:00')], '10:30'],
    [[one('10:31', '11:00')], undefined],
    [[one('08:00', '12:00'), one('10:15', '11:00')], '10:15'],
    [[one('10:15', '11:00'), one('09:55', '11:00')], '09:55'],
    [[one('09:40', '09:50', answered('raised'))], undefined],
    [[one('09:40', '10:50', answered('raised'))], '09:40'],
    [[one('10:00', '11:00', answered('cancelled'))], undefined],
  ])('of %j at ten: %s', (conversations, id) => {
    expect(heldIn(conversations, at('10:00'))?.id).toBe(id);
    const { from, until } = spanAround({ start: at('10:00'), end: at('10:00') });
    for (const { start } of conversations)
      if (id) {
        expect(Temporal.Instant.compare(start, from)).toBeGreaterThanOrEqual(0);
        expect(Temporal.Instant.compare(start, until)).toBeLessThan(0);
      }
  });
});
