import { pino } from 'pino';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../src/platforms/teams/playground.ts';
import { voice } from '../../src/text/say.ts';
import { type BelayProcess, startBelay } from '../support/belay-process.ts';
import { type Cast, openWire, type PlaygroundWire, type Shown } from '../support/playground-wire.ts';
import { type Row, rowsOf } from '../support/rows.ts';
import { eventually } from '../support/slack/at-work.ts';

/** Conversations and nudges in the sandbox, one after the other. It shows Anna's private messages only, so she gets them. */

const say = voice('nl');
const [general, acme, own] = ['team-id', 'channel-acme', 'personal-chat-1'];
const [annasId, bramsId] = [0, 1].map((at) => `00000000-0000-0000-0000-0000000000a${at}`);
const expected = 'Elke week een belletje';

let belay: BelayProcess;
let playground: Playground;
let wire: PlaygroundWire;

beforeAll(async () => {
  belay = await startBelay();
  const log = pino({ level: 'silent' });
  playground = await startPlayground({ port: 0, belayUrl: `${belay.url}/api/messages`, log });
  wire = await openWire(playground.url);
}, 60_000);

afterAll(async () => {
  wire.close();
  await playground.stop();
  expect(await belay.stop()).toBe(0);
});

function written(sight: unknown): string {
  return JSON.stringify(sight);
}

function rows(query: string): Promise<Row[]> {
  return rowsOf(belay.env.DATABASE_URL ?? '', query);
}

/** Says something, and waits for what it is answered with: not for an earlier message that says the same. */
async function answerTo(text: string, pattern: RegExp, conversation = own, by?: Cast): Promise<Shown> {
  const heard = wire.messages.length;
  await wire.say(conversation, text, by);
  return eventually(() => {
    const fresh = wire.messages.slice(heard).filter((shown) => shown.conversation.startsWith(conversation));
    const found = fresh.find(({ content }) => pattern.test(written(content)));
    if (found) return found;
    throw new Error(`${text} is not answered with ${pattern}: ${written(fresh)}`);
  });
}

/** Presses a button of what somebody sees: of the message itself, or of the card that stands in its place for him. */
async function press(by: Cast, on: Shown, verb: string, more: object = {}, seen: unknown = on.content) {
  const [, id] =
    new RegExp(`"verb":"${verb}","data":\\{(?:"form":true,)?"id":"([^"]+)"`).exec(written(seen)) ?? [];
  return written(await wire.invokeAs(by, on, verb, { ...(id && { id }), ...more }));
}

/** The value of the choice with this title. */
function choice(form: string, title: string): string {
  return new RegExp(`"title":"${title}[^"]*","value":"([^"]+)"`).exec(form)?.[1] ?? '';
}

function saidIn(...places: string[]): string {
  return written(
    wire.messages.filter(({ conversation }) => places.some((one) => conversation.startsWith(one))),
  );
}

test('the team sets when it works: at any hour, so that these tests may run at any', async () => {
  await answerTo('klant toevoegen Acme', /Acme is toegevoegd/, general);
  await answerTo('klant koppelen Acme intern', /interne kanaal van Acme/, general);
  await answerTo('klant koppelen Acme gedeeld', /eigen gesprek/, acme);
  await answerTo(`verwacht Acme: ${expected}`, /Genoteerd: dit verwacht/);
  const card = await answerTo('seintjes', /Werkdagen en -tijden/);
  expect(written(card.content)).toContain('ma di wo do vr, 08:30–17:30');
  const settings = await answerTo('instellingen', /settings\.person/, general);
  const always = { 'nudges.days': 'ma di wo do vr za zo', 'nudges.hours': '00:00-23:59' };
  const filled = { form: true, language: 'automatic', ...always, 'nudges.country': 'none' };
  for (const person of ['user-0', 'user-1'] as const)
    expect(await press(person, settings, 'settings.person', filled)).toContain('ma di wo do vr za zo');
});

test('a conversation is planned and understood, and its briefing comes to those who take part, alone', async () => {
  const plan = 'gesprek Acme over 20 minuten';
  const planned = await answerTo(plan, /Gesprek met Acme staat genoteerd/, general, 'user-1');
  const [, day, time] = /(\d+ \p{L}+), (\d\d:\d\d)–/u.exec(written(planned.content)) ?? [];
  const mine = await answerTo(`gesprek Acme ${day} ${time}`, /Anna de Vries, Bram Bakker/);
  expect(written(mine.content)).toContain(`${time}–`);
  await wire.message(new RegExp(`Acme.*${expected}.*${say('conversations.question')}`), {
    conversation: own,
  });
  await eventually(async () =>
    expect(await rows("select person_id from nudge_sent where kind = 'before' order by person_id")).toEqual([
      { person_id: annasId },
      { person_id: bramsId },
    ]),
  );
  expect(saidIn(general, acme, 'group-chat')).not.toContain(expected);
  // Whoever cannot wait for it sees it in his own chat, and nobody beside him does.
  await press('user-0', planned, 'conversations.brief.beside');
  await wire.message(new RegExp(`Briefing voor.*${say('expectations.briefing-title')}.*${expected}`), {
    conversation: own,
  });
  expect(saidIn(general, acme, 'group-chat')).not.toContain(expected);
  for (const button of ['brief.beside', 'change', 'cancelled'])
    expect(await press('user-3', planned, `conversations.${button}`)).toContain(say('error.members-only'));
});

test('one is noted afterwards with one press', async () => {
  const asked = await answerTo('gesprek Acme', /Je sprak Acme/);
  expect(await press('user-0', asked, 'conversations.raised')).toContain(
    'Mooi. Bij Acme staat vandaag genoteerd',
  );
  const outcomes = 'select outcome from conversation where outcome is not null';
  expect(await rows(outcomes)).toEqual([{ outcome: 'raised' }]);
});

test('what is at risk is told early: a colleague takes it, and who was there hears the answer', async () => {
  const yesterday = 'gesprek Acme gisteren 15:00';
  await answerTo(yesterday, /kwam de verwachting ter sprake/);
  const asked = await answerTo(yesterday, /kwam de verwachting ter sprake/, general, 'user-1');
  const form = await press('user-1', asked, 'conversations.more');
  const said = { kind: 'at-risk', expectation: choice(form, expected), said: 'Vrijdag halen jullie niet' };
  const noted = await press('user-1', asked, 'conversations.more', { form: true, ...said });
  expect(noted).toMatch(/Meld het vroeg.*Vrijdag halen jullie niet/);
  await wire.message(/Bram Bakker gaf aan dat de verwachting van Acme ter sprake kwam/, {
    conversation: own,
  });

  const help = JSON.parse(noted);
  const whom = await press('user-1', asked, 'conversations.warn', {}, help);
  const filled = { person: choice(whom, 'Anna de Vries'), said: 'De levering van vrijdag' };
  const told = await press('user-1', asked, 'conversations.warn', { form: true, ...filled }, help);
  expect(told).toContain('Anna de Vries is gevraagd');
  const warning = await wire.message(new RegExp(`${expected}.*De levering van vrijdag`), {
    conversation: own,
  });
  await press('user-0', warning, 'conversations.take');
  await wire.message(/Anna de Vries pakt het op/, { conversation: own });
  expect(saidIn(general, acme, 'group-chat')).not.toMatch(/[Vv]rijdag/);
});

test('how often the expectation was raised is told with its picture', async () => {
  const report = written((await answerTo('gesprek overzicht', /2 van de 2/)).content);
  expect(report).toContain(say('conversations.report-chart'));
  expect(report).toMatch(/Acme.*2 van 2 · laatst vandaag/);
});

test('nudges pause until a day, fall silent about a client, and come back', async () => {
  const state = await answerTo('seintjes', /Jouw seintjes/);
  const pause = await press('user-0', state, 'nudges.pause');
  const paused = await press('user-0', state, 'nudges.pause', {
    form: true,
    until: choice(pause, '7 dagen'),
  });
  expect(paused).toMatch(/Het is stil tot \d+ .*nudges\.resume/);
  const mute = await press('user-0', state, 'nudges.mute');
  const muted = await press('user-0', state, 'nudges.mute', { form: true, client: choice(mute, 'Acme') });
  expect(muted).toContain('Over Acme krijg je geen seintjes meer');
  expect(await press('user-0', state, 'nudges.resume')).toContain('staan weer aan');
  const unmute = await press('user-0', state, 'nudges.unmute');
  const heard = { form: true, client: choice(unmute, 'Acme') };
  expect(await press('user-0', state, 'nudges.unmute', heard)).toContain('Over Acme krijg je weer seintjes');
});

test('a calendar’s address is taken in private alone, and none that leads inside; nobody else reads it', async () => {
  const secret = 'private-4d1e';
  const address = `https://calendar.example/${secret}/basic.ics`;
  await answerTo(`agenda ${address}`, /alleen in een privégesprek met mij/, general);
  await answerTo(
    `agenda http://127.0.0.1:8080/${secret}.ics`,
    /geen adres dat ik mag lezen.*openbare server/,
  );
  expect(await rows('select * from calendar')).toEqual([]);
  const asked = await answerTo('agenda', /iCalendar-adres/);
  const inside = { form: true, address: `https://10.0.0.1/${secret}` };
  expect(await press('user-0', asked, 'conversations.calendar', inside)).toContain(
    'geen adres dat ik mag lezen',
  );
  const given = await press('user-0', asked, 'conversations.calendar', { form: true, address });
  expect(given).toContain('Ik lees je agenda');
  const kept = await rows('select * from calendar');
  expect(kept).toHaveLength(1);
  for (const said of [kept, wire.messages, belay.lines, given]) expect(written(said)).not.toContain(secret);
  const shown = await answerTo('agenda', /conversations\.calendar-remove/);
  expect(await press('user-0', shown, 'conversations.calendar-remove')).toContain('Het adres is gewist');
});

test('a contact of the client can do none of it, and the shared channel never hears of it', async () => {
  const before = await rows('select id from conversation');
  for (const typed of ['gesprek morgen 10:00', 'gesprek overzicht', 'agenda', 'seintjes']) {
    const heard = wire.messages.length;
    await wire.say(acme, typed, 'user-3');
    await eventually(() => expect(wire.messages.length).toBeGreaterThan(heard));
    expect(written(wire.messages.slice(heard))).toContain(say('error.members-only'));
  }
  expect(await rows('select id from conversation')).toEqual(before);
  await answerTo('gesprek morgen 14:00', /eigen gesprek/, acme);
  expect(await rows('select id from conversation')).toHaveLength(before.length + 1);
  expect(saidIn(acme, 'group-chat')).not.toMatch(/[Gg]esprek met Acme|conversations\.|nudges\.|belletje/);
});
