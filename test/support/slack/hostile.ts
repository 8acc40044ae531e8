import fc from 'fast-check';
import type { Bar, Button, Card, Element } from '../../../src/chat/card.ts';
import type { Form } from '../../../src/chat/form.ts';
import { anyGrades } from '../grades.ts';
import { anyTrend } from '../trends.ts';

const nasty = [
  '<!channel>',
  '<!here|here>',
  '<@U_ANNA>',
  '<#C_ACME|acme>',
  '<https://evil.example|click>',
  '<!date^1^{date}|x>',
  'https://evil.example',
  '*bold*',
  '_it_',
  '~no~',
  '`code`',
  '```\nblock\n```',
  '> quote',
  ':smile:',
  '&lt;!channel&gt;',
  '\u0000',
  '\u0007',
  '\r\n',
  '\n\n',
  '\u202E',
  '\u200F',
  '\uD800',
  '👩‍👩‍👧‍👦',
  '🇳🇱',
  'é',
  'e\u0301',
  ' ',
  '',
  '{{DATE(1)}}',
  '…',
]; // prettier-ignore

/** What somebody would type to break a message. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .array(fc.oneof(fc.constantFrom(...nasty), fc.string()), { maxLength: 8 })
      .map((parts) => parts.join('')),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...nasty).map((part) => part.repeat(40_000 / Math.max(part.length, 1))),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 50 }) },
);

const name = fc.constantFrom('polls.vote', 'polls.why', 'daily-start.mood');
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const style = optional(fc.constantFrom('primary' as const, 'danger' as const));
const confirm = fc.record({ title: hostileText, text: hostileText, yes: hostileText, no: hostileText });

const anyButton: fc.Arbitrary<Button> = fc.oneof(
  fc.record({
    press: name,
    subject: optional(hostileText),
    label: hostileText,
    style,
    confirm: optional(confirm),
  }),
  fc.record({ url: fc.oneof(fc.webUrl(), hostileText), label: hostileText }),
);

const anyElement: fc.Arbitrary<Element> = fc.oneof(
  fc.record({
    kind: fc.constant('text' as const),
    text: hostileText,
    style: optional(fc.constantFrom('heading' as const, 'strong' as const, 'subtle' as const)),
  }),
  fc.record({ kind: fc.constant('address' as const), url: hostileText }),
  fc.record({ kind: fc.constant('quote' as const), text: hostileText, by: optional(hostileText) }),
  fc.record({
    kind: fc.constant('facts' as const),
    facts: fc.array(fc.record({ label: hostileText, value: hostileText }), { maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant('figures' as const),
    figures: fc.array(fc.record({ value: hostileText, label: hostileText }), { maxLength: 12 }),
  }),
  fc.record({
    kind: fc.constant('scale' as const),
    press: name,
    subject: fc.uuid(),
    from: fc.integer({ min: 0, max: 1 }),
    to: fc.integer({ min: 0, max: 10 }),
    low: hostileText,
    high: hostileText,
    spoken: fc.array(hostileText, { maxLength: 11 }),
    chosen: optional(fc.integer({ min: 0, max: 10 })),
  }),
  fc.record({
    kind: fc.constant('chart' as const),
    title: hostileText,
    bars: fc.constant<Bar[]>([]),
    alt: hostileText,
  }),
  anyTrend(hostileText),
  anyGrades(hostileText),
  fc.record({ kind: fc.constant('buttons' as const), buttons: fc.array(anyButton, { maxLength: 8 }) }),
  fc.record({ kind: fc.constant('divider' as const) }),
);

export const anyCard: fc.Arbitrary<Card> = fc.record({
  summary: hostileText,
  elements: fc.array(anyElement, { maxLength: 12 }),
});

const anyField = fc.oneof(
  fc.record({
    kind: fc.constant('grade' as const),
    from: fc.constantFrom(0, 1),
    to: fc.constantFrom(0, 5, 7, 10, 200),
    low: hostileText,
    high: hostileText,
    spoken: fc.array(hostileText, { maxLength: 11 }),
    value: optional(fc.integer({ min: -1, max: 201 })),
  }),
  fc.record({
    kind: fc.constant('text' as const),
    multiline: optional(fc.boolean()),
    maxLength: fc.integer({ min: 1, max: 5000 }),
    value: optional(hostileText),
    placeholder: optional(hostileText),
  }),
  fc.record({
    kind: fc.constant('choice' as const),
    choices: fc.uniqueArray(fc.record({ value: fc.uuid(), label: hostileText }), {
      maxLength: 120,
      selector: (choice) => choice.value,
    }),
    value: optional(fc.uuid()),
  }),
  fc.record({
    kind: fc.constant('person' as const),
    people: fc.constant<{ id: string; name: string }[]>([]),
    value: optional(hostileText),
  }),
);

export const anyForm: fc.Arbitrary<Form> = fc.record({
  name,
  subject: optional(fc.uuid()),
  title: hostileText,
  intro: optional(fc.array(anyElement, { maxLength: 3 })),
  send: hostileText,
  cancel: hostileText,
  fields: fc
    .array(
      fc.record({
        label: hostileText,
        hint: optional(hostileText),
        optional: optional(fc.boolean()),
        rest: anyField,
      }),
      { minLength: 1, maxLength: 5 },
    )
    .map((fields) => fields.map(({ rest, ...field }, index) => ({ ...field, ...rest, id: `field${index}` }))),
});
