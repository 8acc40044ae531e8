import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainText } from '../../../src/platforms/teams/plain.ts';

test.each([
  ['<div><p>One</p><p>Two<br>Three</p></div>', 'One\n\nTwo\nThree'],
  ['<p>Hello <at id="0">Bram Bakker</at>, look</p>', 'Hello @Bram Bakker, look'],
  ['<ul><li>one</li><li>two</li></ul>', '- one\n- two'],
  ['a &lt;b&gt; &amp;amp; &quot;c&quot; &#8364; &#x1F600; &eacute;', 'a <b> &amp; "c" € 😀 &eacute;'],
  ['<a href="https://evil.example" title="x">order 7</a>', 'order 7'],
  [
    'sad <img alt="🙁" itemtype="http://schema.skype.com/Emoji" src="x"> <emoji id="s" alt="😀" title="S"></emoji>',
    'sad 🙁 😀',
  ],
  ['<img alt="a photo" src="https://a.example/x.png">', ''],
  ['<attachment id="1"></attachment>', ''],
  [
    '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="1"><strong>Eva</strong><p>before</p></blockquote><p>after</p>',
    'after',
  ],
  ['<blockquote>his words</blockquote>', 'his words'],
  ['a\n   b\t c&nbsp;&nbsp;d', 'a b c d'],
  ['<table><tr><td>1</td><td>2</td></tr></table>', '1 2'],
])('%s reads “%s”', (html, text) => {
  expect(plainText(html)).toBe(text);
});

test.each([
  ['<script>alert(1)</script>x', 'x'],
  ['<SCRIPT src=//evil.example>alert(1)</SCRIPT >x', 'x'],
  ['<style>p{}</style>x<title>y</title>', 'x'],
  ['<script>never ends', ''],
  ['&lt;script&gt;alert(1)&lt;/script&gt;', '<script>alert(1)</script>'],
  ['<img src=x onerror="alert(1)">x', 'x'],
  ['<svg><script>1</script></svg>x', 'x'],
  ['1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ['<', '<'],
  ['<>', '<>'],
  ['<p', '<p'],
  ['<<p>>', '<\n>'],
  ['&#0;&#xD800;&#999999;a', /^.{0,3}a$/su],
])('hostile: %s', (html, text) => {
  const read = plainText(html);
  if (typeof text === 'string') expect(read.replace(/ ?\n ?/g, '\n')).toBe(text);
  else expect(read).toMatch(text);
  expect(read).not.toContain('\0');
  expect(read.isWellFormed()).toBe(true);
});

test('whatever comes is read, and without NUL', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '/',
    'p',
    'script',
    'at',
    '&',
    '&#',
    ';',
    '\0',
    '\ud800',
    ' ',
    '!--',
  );
  const html = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(piece).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(html, (text) => {
      const read = plainText(text);
      expect(read).not.toContain('\0');
      expect(read.isWellFormed()).toBe(true);
    }),
    { numRuns: 1000, endOnFailure: true },
  );
});

test.each(['<', '<a ', '<a alt="', '&#', '<blockquote ', '<script>', ' \n', '<p>\n'])(
  'a megabyte of “%s” takes no time',
  (piece) => {
    const started = performance.now();
    plainText(piece.repeat(1_000_000 / piece.length));
    expect(performance.now() - started).toBeLessThan(1000);
  },
);
