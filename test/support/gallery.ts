import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { type Card, line } from '../../src/chat/card.ts';
import type { Asked } from '../../src/chat/feature.ts';
import type { Form } from '../../src/chat/form.ts';
import { Refusal } from '../../src/chat/refusal.ts';
import { refusalCard } from '../../src/chat/refusal-card.ts';
import { featuresOf } from '../../src/features/features.ts';
import { helpCard, hubCard, welcomeCard } from '../../src/features/help/cards.ts';
import {
  askedCard,
  askForm,
  endedCard,
  participationCard,
  questionCard,
  thanksCard,
  votedCard,
  whyForm,
} from '../../src/features/polls/cards.ts';
import { type Answer, type Poll, summarise } from '../../src/features/polls/polls.ts';
import {
  clientResultCard,
  privateResultCard,
  type Result,
  resultCard,
} from '../../src/features/polls/result-cards.ts';
import { roleForm, settingsCard, settingsForm } from '../../src/features/settings/cards.ts';
import { ownSettings } from '../../src/features/settings/settings.ts';
import type { Db } from '../../src/store/database.ts';
import { voice } from '../../src/text/say.ts';
import { acme, anna, direct, general } from './house.ts';

/** One thing a person can see: a card, a form, or a card with the form that follows it. */
export type Sight = { name: string; card?: Card; form?: Form };

/** A card asks nothing of the database. */
const unconnected: Db = new Kysely({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

const now = Temporal.Instant.from('2026-11-23T09:00:00Z');

/** Every card and form of every feature, with believable content, in one language. */
export function gallery(language: 'nl' | 'en'): Sight[] {
  return [...pollSights(language), ...houseSights(language)];
}

const people = ['Daan Visser', 'Eva Jansen', 'Finn Mulder', 'Bram Bakker', 'Carla Smit', 'Anna de Vries'];
const whys = {
  nl: [
    'Jullie denken mee voordat we erom vragen.',
    undefined,
    'De overgang duurde langer dan beloofd, en niemand belde.',
  ],
  en: ['You think along before we ask.', undefined, 'The move took longer than promised, and nobody called.'],
};

function answers(grades: number[], language: 'nl' | 'en'): Answer[] {
  return grades.map((grade, at) => ({
    person: `p${at}`,
    name: people[at % people.length] ?? '',
    grade,
    why: whys[language][at % 3],
  }));
}

function pollSights(language: 'nl' | 'en'): Sight[] {
  const say = voice(language);
  const heard = { say, language, timeZone: 'Europe/Amsterdam' };
  const poll: Poll = {
    id: 'p1',
    place: 'general',
    placeName: 'Accountteam',
    shared: false,
    topic: language === 'nl' ? 'de overgang naar het nieuwe systeem' : 'the move to the new system',
    language,
    timeZone: 'Europe/Amsterdam',
    asker: { id: 'anna', name: 'Anna de Vries', language },
    invited: 14,
    askedAt: now,
    closesAt: now.add({ hours: 7 * 24 }),
    state: 'open',
    resultShared: false,
  };
  const result = (grades: number[], previous?: number[]): Result => ({
    poll: { ...poll, state: 'closed' },
    summary: summarise(grades),
    answers: answers(grades, language),
    previous: previous && { summary: summarise(previous), shared: true },
  });
  const ten = [9, 8, 4, 10, 9, 7, 8, 9, 10, 6];
  const why = whys[language][0] ?? '';
  return [
    { name: 'question', card: questionCard(poll, heard, 3) },
    { name: 'question-changing', card: questionCard(poll, heard, 0, 8) },
    { name: 'asked', card: askedCard(poll, heard) },
    { name: 'voted', card: votedCard(poll, heard, 8, undefined), form: whyForm(poll, say, 8, undefined) },
    { name: 'why', form: whyForm(poll, say, 8, undefined) },
    { name: 'thanks', card: thanksCard(poll, heard, 8, why) },
    { name: 'ask-form', form: askForm(say) },
    { name: 'participation', card: participationCard(poll, heard, 6, true) },
    { name: 'closed', card: endedCard({ ...poll, state: 'closed' }, heard, now, 10) },
    { name: 'cancelled', card: endedCard({ ...poll, state: 'cancelled' }, heard, now, 0) },
    { name: 'result', card: resultCard(result(ten, [7, 8, 6, 9, 5, 7]), heard) },
    {
      name: 'result-many',
      card: resultCard(result(Array.from({ length: 60 }, (_, at) => (at * 7) % 11)), heard),
    },
    { name: 'result-few', card: resultCard(result([9, 4, 8]), heard) },
    { name: 'result-none', card: resultCard(result([]), heard) },
    {
      name: 'result-private',
      card: privateResultCard({ ...result(ten), poll: { ...poll, shared: true, state: 'closed' } }, heard),
    },
    { name: 'result-client', card: clientResultCard(result(ten), heard) },
    { name: 'result-client-few', card: clientResultCard(result([9, 4]), heard) },
  ];
}

function houseSights(language: 'nl' | 'en'): Sight[] {
  const say = voice(language);
  const asked: Asked = {
    tx: unconnected,
    now,
    platform: 'test',
    tenant: 'T1',
    person: { ...anna, language, timeZone: 'Europe/Amsterdam' },
    place: { ...general, language, timeZone: 'Europe/Amsterdam' },
    say,
    sayHere: say,
  };
  const features = featuresOf();
  const buttons = features
    .flatMap((feature) => feature.hub ?? [])
    .flatMap(({ button }) => button(asked) ?? []);
  const commands = features.flatMap((feature) => feature.commands ?? []).filter(({ bare }) => !bare);
  const shown = {
    scopes: ['person', 'place', 'tenant'] as const,
    admins: ['Anna de Vries', 'Bram Bakker'],
    appointed: true,
    colleagues: ['Finn Mulder'],
    mayAppoint: true,
  };
  const kept = new Map([['place.timeZone', 'America/New_York']]);
  const unknown = new Refusal(
    'error.unknown-nearest',
    { typed: 'nsp vragen', nearest: 'nps vragen' },
    { buttons: buttons.slice(0, 1) },
  );
  return [
    { name: 'welcome', card: welcomeCard(asked, buttons.slice(0, 1)) },
    { name: 'welcome-shared', card: welcomeCard({ ...asked, place: { ...asked.place, ...acme } }, []) },
    {
      name: 'welcome-direct',
      card: welcomeCard({ ...asked, place: { ...asked.place, ...direct } }, buttons.slice(1)),
    },
    { name: 'hub', card: hubCard(asked, buttons) },
    { name: 'help', card: helpCard(say, commands, buttons) },
    {
      name: 'settings',
      card: settingsCard(asked, ownSettings, kept, { ...shown, scopes: [...shown.scopes] }),
    },
    {
      name: 'settings-form',
      form: settingsForm(
        asked,
        'place',
        ownSettings.filter(({ scope }) => scope === 'place'),
        kept,
      ),
    },
    { name: 'role-form', form: roleForm(say, 'settings.add-admin', [{ id: 'bram', name: 'Bram Bakker' }]) },
    { name: 'refused', card: refusalCard(unknown, say) },
    { name: 'line', card: line(say('polls.closed-now')) },
  ];
}
