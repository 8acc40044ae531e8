import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.ts';
import { type Outgoing, type Platform, SendError } from '../../../src/chat/platform.ts';
import { mail } from '../../../src/platforms/mail/mail.ts';
import { freePort } from '../../support/belay-process.ts';
import { gradeRow, gradesOf } from '../../support/grades.ts';
import { type Mailbox, startSmtp } from '../../support/smtp.ts';

const link = 'https://belay.example/answer/abc.def?grade=8&language=nl';
const card: Card = {
  summary: 'Anna de Vries vraagt: bent u tevreden? Één vraag 👍',
  elements: [
    { kind: 'text', style: 'heading', text: 'Eén vraag van Anna — ü 👩‍👩‍👧‍👦' },
    { kind: 'text', text: 'Het team ziet uw naam.\nTweede regel.' },
    { kind: 'quote', text: '<b>Niet vet</b>', by: 'Daan Visser' },
    { kind: 'facts', facts: [{ label: 'Tot', value: 'maandag' }] },
    { kind: 'buttons', buttons: [{ url: link, label: 'Antwoorden' }] },
  ],
};

let box: Mailbox;
let platform: Platform;

function open(url: string, patienceMs = 5_000): Platform {
  return mail({ smtp: { url, from: 'Belay <belay@belay.example>' }, language: 'nl', patienceMs });
}

beforeEach(async () => {
  box = await startSmtp();
  platform = open(box.url);
});

afterEach(async () => {
  await platform.stop();
  await box.stop();
});

function letter(more: Partial<Outgoing> = {}): Outgoing {
  const person = 'daan@acme.example';
  return { id: '019ab5f0-0001', tenant: 'T1', kind: 'post', person, audience: 'person', card, ...more };
}

/** How sending this failed. */
async function failure(message: Outgoing = letter()): Promise<string> {
  const error = await platform.send(message).then(
    () => new Error('It was sent.'),
    (reason: unknown) => reason,
  );
  if (!(error instanceof SendError)) throw error;
  expect(error.message).not.toMatch(/acme|secret words/);
  return error.failure;
}

it('delivers a card as text and as HTML, with every letter as it was', async () => {
  await platform.send(letter());
  const [{ email, to, raw } = { email: undefined, to: [], raw: '' }] = box.received;
  expect(to).toEqual(['daan@acme.example']);
  expect(email?.subject).toBe(card.summary);
  expect(email?.from).toEqual({ name: 'Belay', address: 'belay@belay.example' });
  expect(email?.messageId).toBe('<019ab5f0-0001@belay.example>');
  expect(email?.headers).toContainEqual(
    expect.objectContaining({ key: 'auto-submitted', value: 'auto-generated' }),
  );
  for (const words of [
    'Eén vraag van Anna — ü 👩‍👩‍👧‍👦',
    'Tweede regel.',
    '> <b>Niet vet</b>',
    'Tot: maandag',
    `Antwoorden:\n${link}`,
  ])
    expect(email?.text).toContain(words);
  expect(email?.html).toContain('<html lang="nl">');
  expect(email?.html).toContain('href="https://belay.example/answer/abc.def?grade=8&#38;language=nl"');
  expect(email?.html).toContain('&#60;b&#62;Niet vet');
  expect(email?.html).not.toMatch(/<img|<script|<link|<b>|url\(/);
  expect(raw.split('\n').every((line) => line.length < 1000)).toBe(true);
});

it('speaks the language of the card where it adds words', async () => {
  await platform.send(letter({ card: { ...card, language: 'en' } }));
  expect(box.received[0]?.email.text).toContain('sent automatically');
  expect(box.received[0]?.email.html).toContain('<html lang="en">');
});

it('keeps the id of a message that is sent a second time', async () => {
  await platform.send(letter());
  await platform.send(letter());
  const [one, other] = box.received.map(({ email }) => email.messageId);
  expect(one).toBe(other);
});

it.each([
  [{ recipient: { code: 451, text: 'greylisted' } }, 'later'],
  [{ text: { code: 452, text: 'too full' } }, 'later'],
  [{ greeting: { code: 421, text: 'too many' } }, 'later'],
  [{ recipient: { code: 550, text: 'nobody <daan@acme.example>' } }, 'never'],
  [{ text: { code: 554, text: 'secret words refused' } }, 'never'],
  ['cut at once', 'later'],
  ['cut before the text', 'later'],
  ['cut after the text', 'unknown'],
] as const)('%j means: %s; the next message goes', async (behaviour, expected) => {
  box.behave(behaviour);
  expect(await failure()).toBe(expected);
  expect(box.received).toHaveLength(0);
  // Nobody but the outbox tries again.
  expect(box.connections()).toBe(1);
  await platform.send(letter());
  expect(box.received).toHaveLength(1);
});

it('says in words what a chat shows as a picture, and fetches none', async () => {
  await platform.send(letter({ card: { summary: 'x', elements: [gradesOf([gradeRow([7, 8])])] } }));
  const [sent] = box.received;
  expect(sent?.email.text).toContain('Cijfers\nIn woorden.');
  expect(sent?.email.html).toContain('<strong>Cijfers</strong><br>In woorden.');
  expect(sent?.email.html).not.toMatch(/<img|url\(/);
});

it('does not know whether a message arrived when the server keeps silent after it', async () => {
  await platform.stop();
  platform = open(box.url, 150);
  box.behave('silent after the text');
  expect(await failure()).toBe('unknown');
});

it('tries again later when no server is there', async () => {
  await platform.stop();
  platform = open(`smtp://127.0.0.1:${await freePort()}`);
  expect(await failure()).toBe('later');
});

it('lets no word become a header or an address', async () => {
  const summary = 'Hallo\r\nBcc: eva@acme.example\r\n\r\n<p>tekst\u0000\u2028X-Planted: 1';
  await platform.send(letter({ card: { summary, elements: [] } }));
  const [sent] = box.received;
  expect(sent?.to).toEqual(['daan@acme.example']);
  expect(sent?.email.bcc ?? []).toEqual([]);
  expect(sent?.email.headers.map(({ key }) => key)).not.toContain('x-planted');
  expect(sent?.email.subject).toBe('Hallo Bcc: eva@acme.example <p>tekst X-Planted: 1');
});

it.each([
  '',
  'daan',
  'a@b@c',
  'a@b, c@d',
  'a@b\r\nRCPT TO:<c@d>',
  '<a@b>',
  'Daan <a@b>',
  'a b@c',
  `${'x'.repeat(300)}@b`,
])('sends nothing to %j', async (person) => {
  expect(await failure(letter({ person }))).toBe('never');
  expect(box.received).toHaveLength(0);
});

it('sends nothing internal, and nothing that is no message of its own', async () => {
  expect(await failure(letter({ audience: 'internal' }))).toBe('never');
  expect(await failure(letter({ kind: 'whisper' }))).toBe('never');
});

it('sends many over few connections, each once', async () => {
  const ids = Array.from({ length: 25 }, (_, index) => `id-${index}`);
  await Promise.all(ids.map((id) => platform.send(letter({ id, person: `${id}@acme.example` }))));
  expect(box.received.flatMap(({ to }) => to).toSorted()).toEqual(
    ids.map((id) => `${id}@acme.example`).toSorted(),
  );
});
