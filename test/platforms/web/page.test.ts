import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Element } from '../../../src/chat/card.ts';
import type { Sheet } from '../../../src/chat/feature.ts';
import type { Field } from '../../../src/chat/form.ts';
import { drawPage, type Showing } from '../../../src/platforms/web/page.ts';
import { gradesOf } from '../../support/grades.ts';
import { hostileText } from '../../support/slack/hostile.ts';

/** A page that has everything, with `text` wherever somebody's words may stand. */
function everything(text: string): Showing {
  const elements: Element[] = [
    { kind: 'text', text },
    { kind: 'text', text, style: 'heading' },
    { kind: 'text', text, style: 'heading' },
    { kind: 'text', text, style: 'strong' },
    { kind: 'text', text, style: 'subtle' },
    { kind: 'quote', text, by: text },
    { kind: 'facts', facts: [{ label: text, value: text }] },
    { kind: 'figures', figures: [{ label: text, value: text }] },
    { kind: 'chart', title: text, bars: [], alt: text },
    { kind: 'trend', title: text, from: 0, to: 10, points: [], alt: text },
    { ...gradesOf([]), title: text, alt: text },
    {
      kind: 'buttons',
      buttons: [{ url: `https://belay.example/?q=${encodeURIComponent(text.toWellFormed())}`, label: text }],
    },
    { kind: 'divider' },
  ];
  const about = { label: text, hint: text };
  const fields: Field[] = [
    {
      ...about,
      id: 'grade',
      kind: 'grade',
      from: 1,
      to: 3,
      low: text,
      high: text,
      spoken: [text, text, text],
    },
    { ...about, id: 'line', kind: 'text', maxLength: 10, placeholder: text, value: text, optional: true },
    { ...about, id: 'lines', kind: 'text', maxLength: 10, multiline: true, placeholder: text, value: text },
    { ...about, id: 'choice', kind: 'choice', choices: [{ value: text, label: text }] },
  ];
  const form = { name: 'test.answer', title: text, intro: elements, fields, send: text, cancel: text };
  const sheet: Sheet = { language: 'nl', card: { summary: text, elements }, form };
  return { sheet, asked: undefined, typed: { line: text, lines: text }, refused: { text, field: 'lines' } };
}

/** Every tag with the names of its attributes, by the rules of HTML. */
function skeleton(page: string): string[] {
  const [, body = ''] = page.split('</style>');
  return [...body.matchAll(/<\/?[a-z][^\s>]*(?:\s+[^\s"=>]+(?:="[^"]*")?|\s*)*>|<|"[^"<>]*"/g)].map(
    ([tag]) => (tag.startsWith('"') ? 'loose quotes' : tag.replaceAll(/="[^"]*"/g, '')),
  );
}

it('lets no text become a tag or an attribute', () => {
  const plain = skeleton(drawPage(everything('x')));
  expect(plain).toContain('<h1>');
  expect(plain).not.toContain('loose quotes');
  const breaking = fc.oneof(
    hostileText,
    fc
      .array(
        fc.constantFrom(
          '"',
          "'",
          '<',
          '>',
          '&',
          '&lt;',
          '</style>',
          '<!--',
          '-->',
          '</textarea>',
          ' onfocus=',
          'x',
          '\n',
          '`',
        ),
      )
      .map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(breaking, (text) => {
      expect(skeleton(drawPage(everything(text)))).toEqual(plain);
    }),
    { numRuns: 300 },
  );
});

it('keeps words as they were written', () => {
  const page = drawPage(everything('5 < 6 & "zo" \'n é 👍'));
  expect(page).toContain('<p>5 &#60; 6 &#38; &#34;zo&#34; &#39;n é 👍</p>');
});

it('has one first heading, the summary where the card has none', () => {
  const card = { summary: 'Dank u wel', elements: [{ kind: 'text', text: 'Bewaard.' } as const] };
  const page = drawPage({ sheet: { language: 'nl', card }, asked: undefined, typed: {} });
  expect(page).toContain('<h1>Dank u wel</h1><p>Bewaard.</p>');
  expect(drawPage(everything('x')).match(/<h1>/g)).toHaveLength(1);
});

it('leads only to the web, and drops what is pressed in a chat', () => {
  const urls = [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'https://',
    '//evil.example',
    'mailto:a@b.nl',
  ];
  const buttons = [...urls.map((url) => ({ url, label: 'lead' })), { press: 'polls.vote', label: 'press' }];
  const card = { summary: 's', elements: [{ kind: 'buttons' as const, buttons }] };
  const page = drawPage({ sheet: { language: 'en', card }, asked: undefined, typed: {} });
  expect(page).not.toMatch(/class="button"|lead|press/);
});

it('begins at the field that is wrong', () => {
  const page = drawPage({ ...everything('x'), refused: { text: 'Kies een cijfer.', field: 'grade' } });
  expect(page.match(/ autofocus/g)).toHaveLength(1);
  expect(page).toMatch(/aria-describedby="grade-hint grade-wrong grade-ends"[\s\S]*value="1"[^>]* autofocus/);
});

it.each([
  [5, 5],
  [7, 4],
  [11, 6],
])('puts %i grades on a phone in rows of %i', (count, narrow) => {
  const showing = everything('x');
  const grade: Field = {
    id: 'g',
    label: 'l',
    kind: 'grade',
    from: 1,
    to: count,
    low: '',
    high: '',
    spoken: [],
  };
  const sheet = {
    ...showing.sheet,
    form: { name: 'n', title: 't', fields: [grade], send: 's', cancel: 'c' },
  };
  const page = drawPage({ ...showing, sheet });
  expect(page).toContain(`<div class="of-${count}">`);
  expect(page).toContain(`.of-${count}{--narrow:${narrow};--wide:${count}}`);
});
