import { line } from '../../src/chat/card.ts';
import { refusalCard } from '../../src/chat/refusal-card.ts';
import type { Language } from '../../src/chat/request.ts';
import type { Voice } from '../../src/chat/voice.ts';
import { newClient } from '../../src/features/clients/clients.ts';
import { askedCard } from '../../src/features/kti/ask-cards.ts';
import {
  forecastCard,
  forecastKeptCard,
  forecastOverCard,
  predictedCard,
  predictForm,
} from '../../src/features/kti/forecast-cards.ts';
import { hindered, notPutCard, whyButtons, whyText } from '../../src/features/kti/hindrance-cards.ts';
import type { Round } from '../../src/features/kti/kti.ts';
import {
  beginning,
  endedByHandCard,
  hinderedCard,
  lateCard,
  planCard,
  planForm,
  readPlanCard,
  takenOverCard,
} from '../../src/features/kti/plan-cards.ts';
import type { Plan } from '../../src/features/kti/plan-rules.ts';
import { chooseForm, questionCard, questionsCard, wordsForm } from '../../src/features/kti/question-cards.ts';
import { listOf, type StandardQuestion } from '../../src/features/kti/question-rules.ts';
import { runningButtons } from '../../src/features/kti/round-cards.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';
import { sightKtis, sightRound } from './kti-client-sights.ts';

const now = Temporal.Instant.from('2026-11-23T09:00:00Z');
const day = (date: string) => Temporal.Instant.from(`${date}T09:00:00Z`);
const acme = newClient({ id: 'c1', name: 'Acme', owner: sightRound.asker, createdAt: now });

const monthly: Plan = {
  ...{ id: 'p1', client: 'c1', rhythm: 'month', by: { id: 'bram', name: 'Bram Bakker' } },
  began: Temporal.PlainDateTime.from('2026-11-23T10:00'),
  ...{ rounds: 1, skipped: 0, nextAt: day('2026-12-23'), lastDay: undefined, told: undefined },
};
const daily: Plan = { ...monthly, rhythm: 'day', nextAt: day('2026-11-24') };

const notAsked = {
  skipped: ['Daan Visser', 'Eva Jansen'].map((name) => ({
    name,
    spent: { why: 'survey', lastAt: day('2026-11-20'), againAt: day('2026-12-20') } as const,
  })),
  unreachable: ['Finn Mulder'],
};

/** What the team sees of a client that is asked again and again, of its forecast, and of the standard questions. */
export function ktiPlanSights(language: Language): Sight[] {
  const words = { say: voice(language), language, timeZone: 'Europe/Amsterdam' };
  return [...planSights(words), ...forecastSights(words), ...questionSights(words)];
}

function planSights(words: Voice): Sight[] {
  const { say, language } = words;
  const names = ['Daan Visser', 'Eva Jansen'];
  const invited = names.map((name, at) => ({
    ...{ id: `i${at}`, round: 'r1', contact: `person:${at}`, grader: `${at}`, name, person: `${at}` },
    ...{ email: undefined, language: undefined, kti: undefined, way: 'direct' as const, invitedAt: now },
    ...{ remindedAt: undefined, doneAt: undefined },
  }));
  const put = {
    ...{ round: sightRound, ktis: sightKtis(language), effects: [], invited },
    ...{ skipped: [], unreachable: [], links: [] },
  };
  const missing = {
    text: whyText(acme, 'no-expectation', words, now),
    buttons: whyButtons(acme, 'no-expectation', say),
  };
  const ways = runningButtons(sightRound, { client: acme.name, graded: true }, say);
  const nobody = hindered(acme, notAsked, words, now);
  const client = { client: acme.name };
  const gone = { ...client, name: monthly.by.name };
  return [
    {
      name: 'kti-plan-form',
      form: planForm(say, { clients: [acme, { ...acme, id: 'c2', name: 'Bakkerij' }] }),
    },
    { name: 'kti-plan-change-form', form: planForm(say, { client: acme, plan: monthly }) },
    {
      name: 'kti-plan-begun',
      card: beginning(askedCard(acme, put, words, now), acme, monthly, words),
    },
    { name: 'kti-plan', card: planCard(acme, { ...monthly, skipped: 2 }, words) },
    { name: 'kti-plan-colleague', card: readPlanCard(acme, monthly, words) },
    {
      name: 'kti-plan-day',
      card: planCard(acme, daily, words, missing),
    },
    {
      name: 'kti-plan-running',
      card: hinderedCard(acme, monthly, { why: 'running', ways }, words, now),
    },
    { name: 'kti-plan-nobody', card: hinderedCard(acme, daily, { why: notAsked, ways: [] }, words, now) },
    {
      name: 'kti-plan-round-closed',
      card: endedByHandCard(say('kti.closed-now', { client: acme.name }), daily, words),
    },
    { name: 'kti-plan-late', card: lateCard(acme, monthly, 2, words) },
    { name: 'kti-plan-taken-over', card: takenOverCard(acme, monthly, monthly.by.name, words) },
    { name: 'kti-plan-ended', card: line(say('kti.plan-ended', gone)) },
    { name: 'kti-plan-stopped', card: line(say('kti.plan-stopped', client)) },
    { name: 'kti-nobody-refused', card: refusalCard(nobody, say) },
  ];
}

function forecastSights(words: Voice): Sight[] {
  const { say, language } = words;
  const ktis = sightKtis(language);
  const round: Round = { ...sightRound, state: 'forecast', opensAt: day('2026-11-24') };
  const client = { client: acme.name };
  const own = new Map([
    ['k1', 8],
    ['k2', 6],
  ]);
  return [
    { name: 'kti-predicted', card: predictedCard(acme, round, words) },
    { name: 'kti-forecast', card: forecastCard(acme, { round, ktis, count: 3 }, words) },
    { name: 'kti-forecast-form', form: predictForm({ client: acme, round, ktis }, own, words) },
    { name: 'kti-forecast-kept', card: forecastKeptCard(acme, round, words) },
    { name: 'kti-forecast-over', card: forecastOverCard(acme, { how: 'asked', count: 3 }, words) },
    { name: 'kti-forecast-cancelled', card: forecastOverCard(acme, { how: 'cancelled', count: 0 }, words) },
    { name: 'kti-not-put', card: notPutCard(acme, 'no-contact', words, now) },
    { name: 'kti-spread-open', card: line(say('kti.spread-open', client)) },
  ];
}

const own = {
  id: 'q1',
  words: {
    text: { nl: 'Hoe duurzaam werken wij voor u?', en: 'How sustainably do we work for you?' },
    theme: { nl: 'Duurzaam', en: 'Sustainable' },
  },
};

function questionSights(words: Voice): Sight[] {
  const { say } = words;
  const [first, second] = listOf([]);
  if (!first || !second) throw new Error('There are standard questions.');
  const changed = { text: { ...first.text, nl: 'Hoe goed helpt ons team u?' }, theme: first.theme };
  const all = listOf([
    { id: first.id, words: changed, leftOut: false },
    { id: second.id, words: undefined, leftOut: true },
    { ...own, leftOut: false },
  ]);
  const one: StandardQuestion = { ...first, ...changed, origin: 'changed' };
  return [
    { name: 'kti-questions', card: questionsCard(all, true, words) },
    { name: 'kti-questions-colleague', card: questionsCard(listOf([]), false, words) },
    { name: 'kti-question-choose', form: chooseForm(all, words) },
    { name: 'kti-question', card: questionCard(one, words) },
    {
      name: 'kti-question-out',
      card: questionCard({ ...one, leftOut: true }, words, say('kti.question-out-now')),
    },
    { name: 'kti-question-form', form: wordsForm(first.id, first, words) },
    { name: 'kti-question-new', form: wordsForm('', undefined, words) },
  ];
}
