import type { Voice } from '../../src/chat/voice.ts';
import type { Client } from '../../src/features/clients/clients.ts';
import type { Expectation, Inside, State, Wording } from '../../src/features/expectations/expectations.ts';
import { feasibleCard, judgedCard, noManagerCard } from '../../src/features/expectations/feasible-cards.ts';
import { type Event, type History, historyCard } from '../../src/features/expectations/history-cards.ts';
import { listCard, overCard } from '../../src/features/expectations/list-cards.ts';
import {
  firstCard,
  firstChosenCard,
  firstThanksCard,
  firstToldCard,
  orderCard,
} from '../../src/features/expectations/order-cards.ts';
import { endedCard, reviewCard } from '../../src/features/expectations/review-cards.ts';
import { showCard } from '../../src/features/expectations/show-cards.ts';
import { unheardCard } from '../../src/features/expectations/told-cards.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';

const anna = { id: 'anna', name: 'Anna de Vries' };
const bram = { id: 'bram', name: 'Bram Bakker' };
const carla = { id: 'carla', name: 'Carla Smit' };
const daan = { id: 'daan', name: 'Daan Visser' };

const now = Temporal.Instant.from('2026-11-23T09:00:00Z');
const ago = (days: number) => now.subtract({ hours: 24 * days });

const acme: Client = {
  id: 'c1',
  name: 'Acme',
  owner: anna,
  manager: bram,
  rhythmDays: 14,
  language: 'nl',
  knowsNeed: true,
  archived: false,
  createdAt: ago(200),
};

const texts = {
  nl: {
    words: 'Meer creativiteit',
    ideas: 'U komt elke maand zelf met één idee waarmee wij beter uit de markt komen.',
    seen: 'Op het maandoverleg ligt er een idee op tafel, met wat het oplevert.',
    answer: 'Op een vraag van ons komt binnen één werkdag een antwoord, ook als dat nog niet alles oplost.',
    carla: 'Carla is bij elk maandoverleg, en kent de cijfers van de maand ervoor.',
    briefing: 'U geeft ons een briefing van hoogstens één kant, drie weken voor de start.',
    why: 'De directie vergelijkt ons dit najaar met twee anderen.',
    whyOurs: 'Zonder goede briefing beginnen we aan het verkeerde.',
    notes: 'Daan vertelde dit bij de lunch; Eva denkt er net zo over.',
  },
  en: {
    words: 'More creativity',
    ideas: 'Every month you bring one idea of your own that helps us in our market.',
    seen: 'At the monthly meeting an idea lies on the table, with what it brings.',
    answer: 'A question of ours is answered within one working day, even when that does not solve it all.',
    carla: 'Carla attends every monthly meeting, and knows the figures of the month before.',
    briefing: 'You give us a briefing of one page at most, three weeks before the start.',
    why: 'This autumn the board compares us with two others.',
    whyOurs: 'Without a good briefing we begin with the wrong things.',
    notes: 'Daan told this over lunch; Eva thinks the same.',
  },
};

const inside: Inside = {
  why: undefined,
  importance: undefined,
  kano: undefined,
  about: 'company',
  person: undefined,
  category: undefined,
  notes: undefined,
};

function one(id: string, text: string, state: State, more: Partial<Expectation> = {}): Expectation {
  const wording: Wording = {
    id: `${id}-w`,
    expectation: id,
    number: 2,
    text,
    seen: undefined,
    author: anna,
    byClient: false,
    writtenAt: ago(38),
    sentAt: ago(30),
    sentTo: { place: 'acme' },
    confirmed: { by: daan, at: ago(28) },
  };
  return {
    ...inside,
    id,
    client: 'c1',
    direction: 'theirs',
    state,
    position: 1,
    wording,
    doing: undefined,
    feasible: undefined,
    notedBy: anna,
    notedAt: ago(40),
    reviewAt: state === 'confirmed' ? now.add({ hours: 24 * 152 }) : undefined,
    firstAt: undefined,
    ...more,
  };
}

function someOf(language: 'nl' | 'en'): Expectation[] {
  const words = texts[language];
  return [
    one('e1', words.ideas, 'confirmed', { firstAt: ago(3), notedAt: ago(130) }),
    one('e2', words.answer, 'sent', { notedAt: ago(20) }),
    one('e3', words.carla, 'concrete', { about: 'person', person: carla, notedAt: ago(5) }),
    one('e4', words.briefing, 'noted', { direction: 'ours', notedAt: now }),
  ];
}

/** What the client has agreed to that we ask of it. */
function oursOf(language: 'nl' | 'en'): Expectation {
  return one('e4', texts[language].briefing, 'confirmed', { direction: 'ours' });
}

/** As long as they can be: every one of a full card, and a text of the greatest length. */
function manyOf(language: 'nl' | 'en'): Expectation[] {
  const words = texts[language];
  const long = `${words.answer} ${words.ideas} `.repeat(14).slice(0, 2000).trim();
  return Array.from({ length: 23 }, (_, at) =>
    one(`m${at}`, long, 'confirmed', { firstAt: ago(1), about: 'person', person: carla, feasible: false }),
  );
}

function historyOf(expectation: Expectation, first: string, times = 1): History {
  const { wording } = expectation;
  const noted: Wording = { ...wording, id: 'w0', number: 1, text: first, seen: undefined };
  const event = (happened: Event['happened'], who: Event['who'], days: number, id = wording.id): Event => ({
    happened,
    who,
    at: ago(days),
    wording: id,
  });
  const life: Event[] = [
    event('note', anna, 40, noted.id),
    event('make-concrete', anna, 38),
    event('send', anna, 30),
    event('confirm', daan, 28),
    event('matters-most', daan, 3),
  ];
  return { events: Array.from({ length: times }, () => life).flat(), wordings: [noted, wording] };
}

/** What the team sees of a client's expectations. */
export function teamSights(language: 'nl' | 'en'): Sight[] {
  const say = voice(language);
  const words: Voice = { say, language, timeZone: 'Europe/Amsterdam' };
  return [...listSights(language, words), ...orderSights(language, words), ...deedSights(language, words)];
}

function listSights(language: 'nl' | 'en', words: Voice): Sight[] {
  const some = someOf(language);
  const many = manyOf(language);
  const { words: first, seen, why, notes } = texts[language];
  const [ideas] = some;
  if (!ideas) throw new Error('There is nothing to look at.');
  const full: Expectation = {
    ...ideas,
    why,
    notes,
    importance: 5,
    kano: 'excitement',
    about: 'team',
    category: 'creativity',
    wording: { ...ideas.wording, seen },
  };
  const longest = many[0] ?? full;
  const team = { write: true, judge: false };
  const list = { over: 2, mayWrite: true, page: 1 };
  const ended = [
    one('e5', texts[language].answer, 'met', { endedAt: ago(2) }),
    one('e6', texts[language].ideas, 'withdrawn', { endedAt: ago(340) }),
  ];
  const show = (about: Expectation, may = team, times = 1) =>
    showCard(acme, about, historyOf(about, first, times), may, words, now);
  const person = some[2] ?? full;
  const { events, wordings } = historyOf(person, first);
  return [
    { name: 'expectations-list', card: listCard(acme, { ...list, shown: some }, words, now) },
    {
      name: 'expectations-list-none',
      card: listCard(acme, { ...list, shown: [], over: 0 }, words, now),
    },
    { name: 'expectations-list-many', card: listCard(acme, { ...list, shown: many, page: 2 }, words, now) },
    { name: 'expectations-over', card: overCard(acme, { shown: ended, page: 1 }, words, now) },
    { name: 'expectations-show', card: show(full) },
    {
      name: 'expectations-show-ours',
      card: show({ ...oursOf(language), importance: 5, why: texts[language].whyOurs }),
    },
    {
      name: 'expectations-show-person',
      card: showCard(
        acme,
        person,
        { events: events.slice(0, 2), wordings },
        { write: true, judge: true },
        words,
        now,
      ),
    },
    {
      name: 'expectations-show-long',
      card: show({ ...longest, why: notes.repeat(9), notes: notes.repeat(18) }, team, 4),
    },
    { name: 'expectations-history', card: historyCard(full, historyOf(full, first), 1, words) },
    {
      name: 'expectations-history-long',
      card: historyCard(longest, historyOf(longest, longest.wording.text, 4), 2, words),
    },
  ];
}

function orderSights(language: 'nl' | 'en', words: Voice): Sight[] {
  const some = someOf(language).filter(({ direction }) => direction === 'theirs');
  const many = manyOf(language);
  const [ideas, answer] = some;
  if (!ideas || !answer) throw new Error('There is nothing to look at.');
  return [
    { name: 'expectations-order', card: orderCard(acme, { all: some, page: 1, askable: 2 }, words) },
    { name: 'expectations-order-many', card: orderCard(acme, { all: many, page: 2, askable: 9 }, words) },
    { name: 'expectations-first', card: firstCard([ideas, answer], words, anna.name) },
    { name: 'expectations-first-many', card: firstCard(many.slice(0, 10), words, anna.name) },
    { name: 'expectations-first-chosen', card: firstChosenCard(ideas, daan.name, words) },
    { name: 'expectations-first-thanks', card: firstThanksCard(ideas, words.say) },
    { name: 'expectations-first-told', card: firstToldCard(acme, ideas, daan.name, words) },
  ];
}

function deedSights(language: 'nl' | 'en', words: Voice): Sight[] {
  const [ideas, , person] = someOf(language);
  const ours = oursOf(language);
  if (!ideas || !person) throw new Error('There is nothing to look at.');
  const seen = { ...ideas, wording: { ...ideas.wording, seen: texts[language].seen } };
  return [
    { name: 'expectations-review', card: reviewCard(acme, seen, words, now) },
    { name: 'expectations-review-ours', card: reviewCard(acme, ours, words, now) },
    { name: 'expectations-unheard', card: unheardCard(acme, seen, words, { whom: anna, now }) },
    { name: 'expectations-ended', card: endedCard(acme, seen, words, 'met') },
    { name: 'expectations-ended-withdrawn', card: endedCard(acme, seen, words, 'withdrawn') },
    { name: 'expectations-ended-ours', card: endedCard(acme, ours, words, 'not-met') },
    { name: 'expectations-feasible', card: feasibleCard(acme, person, words) },
    { name: 'expectations-no-manager', card: noManagerCard(acme, person, words) },
    {
      name: 'expectations-judged',
      card: judgedCard(acme, { ...person, feasible: false }, words, true),
    },
    {
      name: 'expectations-judged-feasible',
      card: judgedCard(acme, { ...person, feasible: true }, words, true),
    },
  ];
}
