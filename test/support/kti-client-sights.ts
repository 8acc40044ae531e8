import type { Language } from '../../src/chat/request.ts';
import { newClient } from '../../src/features/clients/clients.ts';
import { askedCard, askForm, linksCard } from '../../src/features/kti/ask-cards.ts';
import { gradeForm } from '../../src/features/kti/grade-cards.ts';
import {
  channelCard,
  endedCard,
  gradedCard,
  invitationCard,
  mailCard,
  thanksCard,
  unaskedCard,
} from '../../src/features/kti/invitation-cards.ts';
import type { Grade, Invitation, Kti, Round } from '../../src/features/kti/kti.ts';
import { silentCard } from '../../src/features/kti/silent-cards.ts';
import { questions } from '../../src/text/satisfaction.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';

const now = Temporal.Instant.from('2026-11-23T09:00:00Z');
const nothing = { n: 0, sum: 0 };
const standing = { round: undefined, last: nothing, before: nothing, total: nothing, lastAt: undefined };

const expected = {
  nl: [
    'Als er een storing is, belt iemand van het team ons binnen een kwartier, ook in het weekend',
    'Elke maand een overzicht van wat er af is en wat er nog komt',
  ],
  en: [
    'When something breaks, somebody of the team calls us within a quarter of an hour, weekends included',
    'A monthly overview of what is done and what is still to come',
  ],
};

/** What a round asks: two expectations and two standard questions. */
export function sightKtis(language: Language): Kti[] {
  const base = { client: 'c1', wording: 'w1', kind: undefined, madeAt: now, askedAt: now, standing };
  const own = expected[language].map((text, at): Kti => {
    const id = `k${at + 1}`;
    return { ...base, id, source: 'expectation', about: id, text: { nl: text, en: text }, theme: undefined };
  });
  const standard = questions.slice(0, 2).map(({ id, nl, en, theme }): Kti => {
    return { ...base, id, source: 'question', about: id, text: { nl, en }, theme };
  });
  return [...own, ...standard];
}

export const sightRound: Round = {
  ...{ id: 'r1', client: 'c1', state: 'open', spread: false, timeZone: 'Europe/Amsterdam' },
  asker: { id: 'anna', name: 'Anna de Vries' },
  ...{ madeAt: now, opensAt: now, closesAt: now.add({ hours: 24 * 7 }), endedAt: undefined },
};

const daan: Invitation = {
  ...{ id: 'i1', round: 'r1', contact: 'person:daan', grader: 'daan', name: 'Daan Visser', person: 'daan' },
  ...{ email: undefined, language: undefined, kti: undefined, way: 'direct', invitedAt: now },
  ...{ remindedAt: undefined, doneAt: undefined },
};

/** What the client's people see of a round of grades, and who asks them. */
export function ktiClientSights(language: Language): Sight[] {
  const words = { say: voice(language), language, timeZone: 'Europe/Amsterdam' };
  const ktis = sightKtis(language);
  const about = { round: sightRound, ktis, again: false };
  const why =
    language === 'nl'
      ? 'Er werd snel gebeld, maar niet uitgelegd wat er was.'
      : 'You called soon, but did not explain.';
  const grade = (kti: string, value: number, because?: string): Grade => {
    return { round: 'r1', kti, grader: 'daan', name: daan.name, grade: value, why: because, at: now };
  };
  const one = [grade('k1', 7)];
  const all = [grade('k1', 7, why), grade('k2', 9), grade('helpful', 8)];
  const acme = newClient({ id: 'c1', name: 'Acme', owner: sightRound.asker, createdAt: now });
  const spent = {
    why: 'survey',
    lastAt: now.subtract({ hours: 24 * 9 }),
    againAt: now.add({ hours: 24 * 21 }),
  } as const;
  const put = {
    ...{ round: sightRound, ktis, effects: [], invited: [daan, { ...daan, id: 'i2', name: 'Eva Jansen' }] },
    ...{ skipped: [{ name: 'Finn Mulder', spent }], unreachable: [], links: [] },
  };
  const links = ['Gijs Mol', 'Hanna Bos'].map((name, at) => ({
    ...{ name, link: `https://belay.example/answer/${at}123456789` },
  }));
  const silent = {
    ...{ count: 5, asked: 6, reminded: [daan.name], inChannel: ['Eva Jansen'] },
    ...{ spared: ['Finn Mulder'], links },
  };
  return [
    { name: 'kti-invitation', card: invitationCard(daan, about, words) },
    {
      name: 'kti-invitation-again',
      card: invitationCard(daan, { ...about, ktis: ktis.slice(0, 1), again: true }, words),
    },
    { name: 'kti-channel', card: channelCard(about, words) },
    { name: 'kti-mail', card: mailCard(about, words, 'https://belay.example/answer/0123456789') },
    { name: 'kti-graded', ...graded(one) },
    { name: 'kti-form', form: gradeForm(daan, { ...about, given: all }, words) },
    { name: 'kti-thanks', card: thanksCard(daan, { ...about, given: all }, words) },
    { name: 'kti-ended', card: endedCard('closed', words) },
    { name: 'kti-asked', card: askedCard(acme, put, words, now) },
    {
      name: 'kti-ask-form',
      form: askForm(words.say, [acme, { ...acme, id: 'c2', name: 'Bakkerij De Linde' }]),
    },
    { name: 'kti-asked-links', card: askedCard(acme, { ...put, links }, words, now, { apart: true }) },
    { name: 'kti-links', card: linksCard(acme, links, words) },
    { name: 'kti-channel-again', card: channelCard({ ...about, again: true }, words) },
    { name: 'kti-silent', card: silentCard(acme, silent, words) },
    { name: 'kti-unasked', card: unaskedCard(daan, acme, words, 'https://belay.example/answer/0123456789') },
  ];

  function graded(given: Grade[]): { card: NonNullable<Sight['card']>; form: NonNullable<Sight['form']> } {
    return {
      card: gradedCard({ ...about, given }, words),
      form: gradeForm(daan, { ...about, given }, words),
    };
  }
}
