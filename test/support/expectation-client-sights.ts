import type { Voice } from '../../src/chat/voice.ts';
import type { Client } from '../../src/features/clients/clients.ts';
import { correctForm, standingCard, thanksCard } from '../../src/features/expectations/answer-cards.ts';
import { type Asking, answeredCard, questionCard } from '../../src/features/expectations/cards.ts';
import type { Expectation, Wording } from '../../src/features/expectations/expectations.ts';
import { documentSheet, questionSheet, standingSheet } from '../../src/features/expectations/page-cards.ts';
import { mailCard } from '../../src/features/expectations/send-cards.ts';
import { confirmedCard, correctedCard, doubtedCard } from '../../src/features/expectations/told-cards.ts';
import { type Shown, viewCard } from '../../src/features/expectations/view-cards.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';

const now = Temporal.Instant.from('2026-11-23T09:00:00Z');

const client: Client = {
  id: 'c1',
  name: 'Acme',
  owner: { id: 'anna', name: 'Anna de Vries' },
  manager: { id: 'bram', name: 'Bram Bakker' },
  rhythmDays: 14,
  language: undefined,
  knowsNeed: undefined,
  archived: false,
  createdAt: now,
};

const texts = {
  nl: {
    text: 'Als er iets misgaat, belt een vaste contactpersoon ons binnen een uur, ook buiten kantoortijd.',
    seen: 'Bij elke storing staat het tijdstip van het telefoontje in het maandverslag.',
    other: 'Bij een storing belt u ons binnen een half uur.',
    second: 'Elk kwartaal laat u zien welke verbetering ons het meeste tijd bespaart.',
    secondSeen: 'Wij kiezen er elk kwartaal één uit die u uitvoert.',
    ours: 'Eén persoon bij u beslist binnen twee dagen over onze voorstellen.',
    over: 'De overgang naar het nieuwe systeem is klaar vóór de zomer.',
    doing: 'Carla heeft deze maand dienst; vanaf januari wisselt zij af met Bram.',
    link: 'https://belay.example/answer/eyJuIjoiZXhwZWN0YXRpb25zIn0.3q2-7wAAAAB',
  },
  en: {
    text: 'When something goes wrong, one regular person calls us within an hour, outside office hours too.',
    seen: 'For every outage the monthly report says when we were called.',
    other: 'When there is an outage you call us within half an hour.',
    second: 'Every quarter you show us which improvement saves us most time.',
    secondSeen: 'Every quarter we choose one of them, and you carry it out.',
    ours: 'One person on your side decides on our proposals within two days.',
    over: 'The move to the new system is finished before the summer.',
    doing: 'Carla is on call this month; from January she and Bram take turns.',
    link: 'https://belay.example/answer/eyJuIjoiZXhwZWN0YXRpb25zIn0.3q2-7wAAAAB',
  },
};

function wordingOf(text: string, more: Partial<Wording> = {}): Wording {
  return {
    id: 'w1',
    expectation: 'e1',
    number: 2,
    text,
    seen: undefined,
    author: client.owner,
    byClient: false,
    writtenAt: now,
    sentAt: now,
    sentTo: { place: 'acme' },
    confirmed: undefined,
    ...more,
  };
}

function expectationOf(wording: Wording, more: Partial<Expectation> = {}): Expectation {
  return {
    id: 'e1',
    client: 'c1',
    direction: 'theirs',
    state: 'sent',
    position: 1,
    wording,
    about: 'company',
    person: undefined,
    feasible: undefined,
    why: undefined,
    importance: 5,
    kano: 'basic',
    category: undefined,
    notes: undefined,
    doing: undefined,
    notedBy: client.owner,
    notedAt: now,
    reviewAt: undefined,
    firstAt: undefined,
    ...more,
  };
}

const daan = { id: 'daan', name: 'Daan Visser' };
const reviewAt = now.add({ hours: 24 * 180 });

/** What may stand before the client, each in another state. */
function examples(language: 'nl' | 'en') {
  const { text, seen, other, second, secondSeen, ours, over, doing } = texts[language];
  const confirmed = { by: daan, at: now };
  return {
    sent: expectationOf(wordingOf(text, { seen })),
    confirmed: expectationOf(wordingOf(second, { seen: secondSeen, confirmed }), {
      state: 'confirmed',
      reviewAt,
      doing,
    }),
    corrected: expectationOf(wordingOf(other, { byClient: true, author: daan, seen, sentAt: undefined }), {
      state: 'corrected',
    }),
    doubted: expectationOf(wordingOf(second), { state: 'doubted' }),
    ours: expectationOf(wordingOf(ours), { direction: 'ours' }),
    met: expectationOf(wordingOf(over, { confirmed }), { state: 'met' }),
  };
}

/** All that a client's page and view can hold. */
function shownExamples(language: 'nl' | 'en'): Shown[] {
  const { sent, confirmed, corrected, ours, met } = examples(language);
  return [
    ...[sent, confirmed, corrected, ours].map((expectation) => ({
      expectation,
      wording: expectation.wording,
      said: undefined,
    })),
    { expectation: met, wording: met.wording, said: { name: client.owner.name, at: now } },
  ];
}

/** What a contact sees of expectations, and what his answers tell the team. */
export function clientSideSights(language: 'nl' | 'en'): Sight[] {
  const words: Voice = { say: voice(language), language, timeZone: 'Europe/Amsterdam' };
  const { text, other, link } = texts[language];
  const { sent, confirmed, corrected, doubted, ours } = examples(language);
  const shown = shownExamples(language);
  const view = { from: 0, forTeam: false, link };
  const asking: Asking = { months: 6, by: client.owner.name, alone: false };
  const alone = { ...asking, alone: true };
  const answered = { by: daan.name, now };
  const said = { before: text, name: daan.name };
  const answeredBy = { name: daan.name, now };
  return [
    { name: 'expectation-question', card: questionCard(client, sent, words, asking) },
    { name: 'expectation-question-alone', card: questionCard(client, sent, words, alone) },
    { name: 'expectation-question-ours', card: questionCard(client, ours, words, asking) },
    { name: 'expectation-answered', card: answeredCard(sent, words, { ...answered, outcome: 'confirmed' }) },
    {
      name: 'expectation-answered-ours',
      card: answeredCard(ours, words, { ...answered, outcome: 'confirmed' }),
    },
    {
      name: 'expectation-answered-doubt',
      card: answeredCard(sent, words, { ...answered, outcome: 'doubted' }),
    },
    {
      name: 'expectation-answered-correct',
      card: answeredCard(corrected, words, { ...answered, outcome: 'corrected' }),
    },
    { name: 'expectation-replaced', card: answeredCard(sent, words, { now, outcome: 'replaced' }) },
    { name: 'expectation-mail', card: mailCard(sent, words, { url: link, by: client.owner.name }) },
    { name: 'expectation-correct', form: correctForm(sent, words.say) },
    {
      name: 'expectation-thanks',
      card: thanksCard(client, { ...sent, reviewAt }, words, { move: 'confirm', now }),
    },
    {
      name: 'expectation-thanks-correct',
      card: thanksCard(client, corrected, words, { move: 'correct', now }),
    },
    { name: 'expectation-thanks-doubt', card: thanksCard(client, doubted, words, { move: 'doubt', now }) },
    {
      name: 'expectation-stale',
      card: standingCard(client, sent, words, { ...asking, standing: 'stale', typed: other, now }),
    },
    {
      name: 'expectation-already',
      card: standingCard(client, confirmed, words, { ...asking, standing: 'done', now }),
    },
    {
      name: 'expectation-waits',
      card: standingCard(client, corrected, words, { ...asking, standing: 'waits', typed: other, now }),
    },
    { name: 'expectation-mine', card: viewCard(client, shown, words, view) },
    { name: 'expectation-mine-empty', card: viewCard(client, [], words, { ...view, link: undefined }) },
    { name: 'expectation-mine-team', card: viewCard(client, shown, words, { ...view, forTeam: true }) },
    { name: 'expectation-mine-many', card: viewCard(client, manyOf(shown, text), words, view) },
    {
      name: 'expectation-told-confirmed',
      card: confirmedCard(client, { ...confirmed, id: 'e1' }, words, answeredBy),
    },
    { name: 'expectation-told-corrected', card: correctedCard(client, corrected, words, said) },
    { name: 'expectation-told-doubted', card: doubtedCard(client, doubted, words, daan.name) },
  ];
}

/** As many, and as long, as a client may have. */
function manyOf([first]: Shown[], text: string): Shown[] {
  if (!first) return [];
  const wording = {
    ...first.wording,
    text: `${text} `.repeat(20).trim().slice(0, 2000),
    seen: `${text} `.repeat(5).slice(0, 500),
  };
  return Array.from({ length: 12 }, () => ({ ...first, wording }));
}

/** The pages of Belay's own that a contact opens. */
export function clientSideSheets(language: 'nl' | 'en') {
  const words: Voice = { say: voice(language), language, timeZone: 'Europe/Amsterdam' };
  const { link } = texts[language];
  const shown = shownExamples(language);
  const [, confirmed] = shown;
  if (!confirmed) throw new Error('There are examples.');
  const { sent, ours } = examples(language);
  const asked = { name: 'Eva Jansen', isChanged: false, months: 6, by: client.owner.name, alone: true };
  return {
    document: documentSheet(client, shown, words, now),
    question: questionSheet(client, sent, words, asked),
    ours: questionSheet(client, ours, words, asked),
    changed: questionSheet(client, sent, words, { ...asked, isChanged: true }),
    answered: standingSheet(client, confirmed, words, link),
  };
}
