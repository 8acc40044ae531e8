import fc from 'fast-check';
import type { Element, GradeRow, Tone } from '../../src/chat/card.ts';

type Grades = Extract<Element, { kind: 'grades' }>;

/** A row whose grades were given one after another, evenly over the time. */
export function gradeRow(grades: number[], more: Partial<GradeRow> = {}): GradeRow {
  const dots = grades.map((grade, at) => ({ at: at / Math.max(grades.length - 1, 1), grade }));
  return { label: 'Bereikbaarheid', shown: '7,5', tone: 'good', average: 7, dots, ...more };
}

export function gradesOf(rows: GradeRow[], more: Partial<Grades> = {}): Grades {
  const time = { begin: 'jan 2026', end: 'nov 2026' };
  return { kind: 'grades', title: 'Cijfers', from: 1, to: 10, ...time, rows, alt: 'In woorden.', ...more };
}

/** Any grades, with `text` wherever there are words. */
export function anyGrades(text: fc.Arbitrary<string>): fc.Arbitrary<Grades> {
  const at = fc.oneof(fc.double({ min: 0, max: 1 }), fc.constantFrom(0, 0.5, 1), fc.double());
  const grade = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.double());
  const row = fc.record({
    label: text,
    shown: text,
    tone: fc.constantFrom<Tone[]>('good', 'neutral', 'bad', 'accent'),
    average: fc.option(grade, { nil: undefined }),
    dots: fc.array(fc.record({ at, grade }), { maxLength: 40 }),
    anew: fc.option(fc.array(at, { maxLength: 3 }), { nil: undefined }),
  });
  return fc.record({
    kind: fc.constant('grades' as const),
    title: text,
    from: fc.oneof(fc.constantFrom(0, 1), fc.double()),
    to: fc.oneof(fc.constantFrom(5, 10), fc.double()),
    begin: text,
    end: text,
    rows: fc.array(row, { maxLength: 9 }),
    alt: text,
  });
}
