import fc from 'fast-check';
import type { Element, Tone } from '../../../src/chat/card.ts';
import type { Field, Form } from '../../../src/chat/form.ts';
import { anyGrades } from '../grades.ts';
import { anyTrend } from '../trends.ts';

const nasty = [
  '<at>Belay</at>',
  '<script>alert(1)</script>',
  '[here](https://evil.example)',
  'https://evil.example',
  '**bold** _it_ `code` # head\n- list\n1. one',
  '{{DATE(2025-12-01T17:00:00Z,SHORT)}}',
  '{{{{TIME(2025-12-01T17:00:00Z)}}}}',
  '\u202eright to left\u202c \u2066x\u2069',
  'a\0b\u0007c\u009f\ud800',
  '\r\n\n\n\t',
  '👩‍👩‍👧‍👦🏳️‍🌈',
  'e\u0301'.repeat(50),
  `z${'\u0301'.repeat(40_000)}`,
  'x'.repeat(40_000),
  '"}],"type":"Action.OpenUrl","url":"https://evil.example"',
  '',
];

/** What people, or people who mean harm, may have written. */
const text: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...nasty),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc
    .array(fc.constantFrom(...nasty.map((part) => part.slice(0, 200))), { maxLength: 20 })
    .map((all) => all.join(' ')),
);

const tone: fc.Arbitrary<Tone> = fc.constantFrom('good', 'neutral', 'bad', 'accent');
const bar = fc.record({ label: text, value: fc.double(), tone });
const press = fc.constantFrom('polls.close', 'polls.share');
const confirm = fc.option(fc.record({ title: text, text, yes: text, no: text }), { nil: undefined });
const style = fc.constantFrom('primary' as const, 'danger' as const, undefined);
const button = fc.oneof(
  fc.record({ press, subject: fc.uuid(), label: text, style, confirm }),
  fc.record({ url: fc.oneof(fc.webUrl(), fc.constant('javascript:alert(1)')), label: text }),
);

export const element: fc.Arbitrary<Element> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text,
    style: fc.constantFrom('heading' as const, 'strong' as const, 'subtle' as const, undefined),
  }),
  fc.record({ kind: fc.constant('address' as const), url: fc.oneof(fc.webUrl(), text) }),
  fc.record({ kind: fc.constant('quote' as const), text, by: fc.option(text, { nil: undefined }) }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: text, value: text }), { maxLength: 10 }),
  }),
  fc.record({
    kind: fc.constant('figures' as const),
    figures: fc.array(fc.record({ value: text, label: text }), { minLength: 2, maxLength: 4 }),
  }),
  fc.record({
    kind: fc.constant('scale' as const),
    press: fc.constant('polls.vote'),
    subject: fc.uuid(),
    from: fc.constantFrom(0, 1),
    to: fc.constantFrom(5, 7, 10),
    low: text,
    high: text,
    spoken: fc.array(text, { maxLength: 11 }),
    chosen: fc.option(fc.nat(10), { nil: undefined }),
  }),
  fc.record({
    kind: fc.constant('chart' as const),
    title: text,
    alt: text,
    bars: fc.array(bar, { maxLength: 12 }),
  }),
  anyTrend(text),
  anyGrades(text),
  fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(button, { maxLength: 8 }) }),
  fc.constant({ kind: 'divider' as const }),
);

const shared = { label: text, optional: fc.boolean(), hint: fc.option(text, { nil: undefined }) };
const choice = fc.record({ value: fc.uuid(), label: text });
const person = fc.record({ id: fc.uuid(), name: text });
const optionalText = fc.option(text, { nil: undefined });
const field: fc.Arbitrary<Field> = fc.oneof(
  fc.record({
    ...shared,
    id: fc.uuid(),
    kind: fc.constant('grade' as const),
    from: fc.constantFrom(0, 1),
    to: fc.constantFrom(5, 7, 10),
    low: text,
    high: text,
    spoken: fc.array(text, { maxLength: 11 }),
    value: fc.option(fc.nat(10), { nil: undefined }),
  }),
  fc.record({
    ...shared,
    id: fc.uuid(),
    kind: fc.constant('text' as const),
    maxLength: fc.constantFrom(100, 2000),
    multiline: fc.boolean(),
    value: optionalText,
    placeholder: optionalText,
  }),
  fc.record({
    ...shared,
    id: fc.uuid(),
    kind: fc.constant('choice' as const),
    choices: fc.array(choice, { minLength: 1, maxLength: 12 }),
  }),
  fc.record({
    ...shared,
    id: fc.uuid(),
    kind: fc.constant('person' as const),
    people: fc.array(person, { minLength: 1, maxLength: 120 }),
  }),
);

export const form: fc.Arbitrary<Form> = fc.record({
  name: fc.constant('polls.why'),
  subject: fc.uuid(),
  title: text,
  intro: fc.array(element, { maxLength: 2 }),
  fields: fc.array(field, { maxLength: 2 }),
  send: text,
  cancel: text,
});
