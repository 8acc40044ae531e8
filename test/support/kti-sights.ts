import type { Language } from '../../src/chat/request.ts';
import type { Action } from '../../src/features/actions/actions.ts';
import { newClient } from '../../src/features/clients/clients.ts';
import type { Average } from '../../src/features/kti/grade-rules.ts';
import type { Grade, Kti, Round } from '../../src/features/kti/kti.ts';
import { sharedCard, shareForm, unsharedCard } from '../../src/features/kti/share-cards.ts';
import { summaryCard } from '../../src/features/kti/summary-cards.ts';
import { reasonsCard } from '../../src/features/kti/summary-reasons-cards.ts';
import {
  actionFirst,
  type Row,
  rowOf,
  type Standstill,
  type Summary,
  standingIn,
} from '../../src/features/kti/summary-rules.ts';
import { teamCard } from '../../src/features/kti/team-cards.ts';
import type { ClientStanding } from '../../src/features/kti/team-rules.ts';
import { planButton } from '../../src/features/kti/weekly-button-feature.ts';
import { posted } from '../../src/features/kti/words-cards.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';
import { anna, bram, daan, eva, finn } from './house.ts';
import { ktiOf } from './kti.ts';

const now = Temporal.Instant.from('2026-11-23T09:00:00Z');
const people = [daan, eva, finn, { id: 'gert', name: 'Finn Mulder' }];

/** What was asked of Acme, with what was given in each round of the year, and why in the last. */
const asked = [
  {
    nl: 'Als er een storing is, belt iemand van het team ons binnen een uur, ook zonder oplossing',
    en: 'When something is down, somebody of the team calls us within the hour, even without a solution',
    rounds: [
      [8, 7, 7],
      [7, 7],
      [6, 7, 5],
      [5, 6, 5],
    ],
    whys: {
      nl: [
        'Vorige week hoorde ik het pas van mijn eigen mensen.',
        'Twee van de drie keer ging het goed.',
        'De laatste storing duurde een middag en niemand belde.',
      ],
      en: [
        'Last week I heard it from my own people first.',
        'It went well two times out of three.',
        'The last outage took an afternoon and nobody called.',
      ],
    },
  },
  {
    nl: 'Elke maand een overzicht van wat er af is',
    en: 'Every month an overview of what is done',
    rounds: [
      [6, 7, 7],
      [7, 8],
      [8, 9, 9],
      [9, 9, 9],
    ],
    whys: {
      nl: ['Mijn directeur vroeg wie dat maakt.', undefined, undefined],
      en: ['My director asked who makes it.', undefined, undefined],
    },
  },
  {
    nl: 'Eén vaste contactpersoon die onze omgeving kent',
    en: 'One contact who knows our systems',
    rounds: [
      [7, 7, 8],
      [7, 8],
      [6, 6, 6],
      [8, 8, 7],
    ],
    whys: {
      nl: ['Fijn dat het steeds dezelfde is.', 'Bij vakantie weet niemand het.', undefined],
      en: ['Good that it is always the same person.', 'During holidays nobody knows.', undefined],
    },
  },
  {
    nl: 'Hoe goed helpen wij u als u ons nodig hebt?',
    en: 'How well do we help you when you need us?',
    theme: { nl: 'Behulpzaam', en: 'Helpful' },
    rounds: [[], [], [], [6, 7]],
    whys: {
      nl: ['Vriendelijk, soms wat traag.', undefined],
      en: ['Friendly, sometimes a little slow.', undefined],
    },
  },
  {
    nl: 'Merkt u dat we hieraan werken?',
    en: 'Do you notice that we work on this?',
    theme: { nl: 'Merkbare inzet', en: 'Effort that shows' },
    rounds: [[6, 7], [7, 7, 6], [], [7, 7, 8]],
    whys: {
      nl: ['Sinds dat maandoverzicht wel.', undefined, undefined],
      en: ['Since that monthly overview, yes.', undefined, undefined],
    },
  },
];

function kti(language: Language, at: number): Kti {
  const { nl, en, theme } = asked[at] ?? { nl: '', en: '', theme: undefined };
  const madeAt =
    at === 2 ? Temporal.Instant.from('2026-06-20T09:00:00Z') : Temporal.Instant.from('2026-01-05T09:00:00Z');
  return ktiOf({
    id: `k${at}`,
    text: { nl, en },
    theme,
    kind: at === 2 ? 'one-point-of-contact' : 'helpful',
    madeAt,
    about: `${language}${at}`,
  });
}

function gradesOf(language: Language, at: number): Grade[] {
  const { rounds, whys } = asked[at] ?? { rounds: [], whys: { nl: [], en: [] } };
  return rounds.flatMap((grades, round) =>
    grades.map((grade, index) => ({
      ...{ round: `r${round}`, kti: `k${at}`, grader: `g${index}`, name: people[index]?.name ?? '', grade },
      why: round === rounds.length - 1 ? whys[language][index] : undefined,
      at: now.subtract({ hours: 24 * (2 + 95 * (rounds.length - 1 - round)) + index * 7 }),
    })),
  );
}

function row(language: Language, at: number, more: Partial<Row> = {}): Row {
  const all = gradesOf(language, at);
  const isNow = at === 2;
  const mine = isNow ? all.filter(({ round }) => round > 'r1') : all;
  const made = rowOf(kti(language, at), {
    ...{ grades: mine.filter(({ round }) => round === 'r3'), standing: standingIn(mine, 'r3') },
    company: at === 3 ? { clients: 11, mean: 7.1 } : undefined,
    forecast: at === 0 ? { n: 4, sum: 29 } : undefined,
    work: undefined,
    former: isNow ? { kti: formerly(language), mean: 7.5 } : undefined,
    ...{ history: mine, formerHistory: isNow ? all.filter(({ round }) => round <= 'r1') : [] },
    anew: isNow ? [kti(language, at).madeAt] : [],
  });
  return { ...made, ...more };
}

function formerly(language: Language): Kti {
  const text = { nl: 'Steeds dezelfde aan de telefoon', en: 'Always the same person on the phone' };
  const last = { n: 2, sum: 15 };
  const { standing } = kti(language, 2);
  return ktiOf({ text, theme: undefined, standing: { ...standing, last } });
}

/** What the team does about it. */
function action(language: Language, more: Partial<Action> = {}): Action {
  const title = {
    nl: 'Belrooster: wie dienst heeft, belt de klant',
    en: 'A rota: whoever is on duty calls the client',
  }[language];
  const who = { id: 'bram', name: bram.name };
  return {
    ...{ id: 'a1', client: 'c1', kti: 'k0', catalogue: undefined, title, owner: who, notice: title },
    ...{ due: Temporal.PlainDate.from('2026-12-04'), consulted: undefined, state: 'open', revision: 1 },
    ...{ startedBy: who, startedAt: now, endedBy: undefined, doneAt: undefined, reason: undefined },
    ...{ shown: undefined, shownAt: undefined, shownNote: undefined, ...more },
  };
}

const doneAt = now.subtract({ hours: 24 * 20 });
const since = { doneAt, before: { n: 3, sum: 18 }, after: { n: 3, sum: 23 } };

const round: Round = {
  ...{ id: 'r3', client: 'c1', state: 'closed', spread: false, asker: { id: 'anna', name: anna.name } },
  ...{
    timeZone: 'Europe/Amsterdam',
    madeAt: now,
    opensAt: now.subtract({ hours: 24 * 7 }),
    closesAt: now,
    endedAt: now,
  },
};

function summary(language: Language, more: Partial<Summary> = {}): Summary {
  return {
    ...{ client: { id: 'c1', name: 'Acme' }, round, ungraded: [], isKept: false, asked: 4, answered: 3 },
    rows: actionFirst([0, 1, 2, 3, 4].map((at) => row(language, at))),
    others: [
      standstill(ktiOf({ theme: { nl: 'Ongevraagd meedenken', en: 'Thinking along unasked' } }), {
        ...{ mean: 5.3, n: 3, days: 97, verdict: 'action' as const, isFormer: true },
      }),
      standstill(ktiOf({ theme: { nl: 'Geduldig en respectvol', en: 'Patient and respectful' } }), {
        ...{ mean: 8, n: 1, days: 190 },
      }),
    ],
    ...more,
  };
}

function standstill(
  kti: Kti,
  { days, ...more }: { mean: number; n: number; days: number } & Partial<Standstill>,
): Standstill {
  const { id, client, about, source, kind } = kti;
  return {
    ...{ id, client, about, source, kind, kti, round: 'r2', change: undefined, average: undefined },
    ...{ lastAt: now.subtract({ hours: 24 * days }).toString(), verdict: 'good', isFormer: false },
    ...{ work: undefined, before: { n: 0, sum: 0 }, ...more },
  };
}

/** Grades: what a client's say, those of all clients, and what the client is told. */
export function ktiSights(language: Language): Sight[] {
  const say = voice(language);
  const words = { say, language, timeZone: 'Europe/Amsterdam' };
  const team = { mayWrite: true, share: true };
  const card = (more: Partial<Summary> = {}, reader: Parameters<typeof summaryCard>[1] = team) =>
    summaryCard(summary(language, more), reader, words, now);
  const running: Round = {
    ...round,
    state: 'open',
    endedAt: undefined,
    closesAt: now.add({ hours: 24 * 4 }),
  };
  const first = [3].map((at) => row(language, at, { average: undefined, verdict: 'fair' }));
  const failed = standstill(kti(language, 0), {
    ...{ mean: 4, n: 1, days: 60, verdict: 'action' as const },
    average: { of: 'own' as const, mean: 7.2, n: 6 },
  });
  const none = { rows: [], ungraded: [{ kti: kti(language, 0), last: undefined }], others: [], answered: 0 };
  const rows = summary(language).rows;
  const told = {
    nl: {
      said: 'Bel ook als u nog geen oplossing heeft.',
      words:
        'Vanaf 1 december belt wie storingsdienst heeft u binnen een uur. Daarna bellen wij elk uur tot het is opgelost.',
    },
    en: {
      said: 'Call also when there is no solution yet.',
      words:
        'From 1 December whoever is on duty calls you within the hour, and every hour after that until it is solved.',
    },
  }[language];
  const weekly = planButton(false, { id: 'general', name: 'General' }, say);
  return [
    { name: 'kti-summary', card: card() },
    { name: 'kti-summary-posted', card: posted(card({ rows: rows.slice(0, 2), others: [] })) },
    {
      name: 'kti-summary-colleague',
      card: card({ rows: rows.slice(0, 2), others: [] }, { mayWrite: false, share: false }),
    },
    {
      name: 'kti-summary-first',
      card: card(
        {
          round: running,
          rows: first,
          others: [],
          answered: 1,
          ungraded: [
            { kti: kti(language, 0), last: failed },
            { kti: kti(language, 1), last: undefined },
          ],
        },
        { ...team, weekly },
      ),
    },
    {
      name: 'kti-summary-worked',
      card: card({
        rows: [
          row(language, 0, { work: { state: 'open', action: action(language) } }),
          row(language, 2, { work: { state: 'since', action: action(language, { doneAt }), since } }),
        ],
        others: [],
      }),
    },
    { name: 'kti-summary-waiting', card: card({ ...none, round: running }) },
    { name: 'kti-summary-nobody', card: card(none) },
    { name: 'kti-summary-kept', card: card({ ...none, isKept: true, ungraded: [], answered: 1 }) },
    { name: 'kti-summary-never', card: card({ ...none, round: undefined, asked: 0, ungraded: [] }) },
    {
      name: 'kti-reasons',
      card: reasonsCard(
        { kti: kti(language, 0), client: 'Acme', grades: gradesOf(language, 0).slice(-4), page: 1 },
        words,
      ),
    },
    { name: 'kti-team', card: teamCard(teamOf(language, 11), words) },
    {
      name: 'kti-team-posted',
      card: posted(
        teamCard({ ...teamOf(language, 3), weekly: planButton(true, { id: 'general' }, say) }, words),
      ),
    },
    { name: 'kti-team-none', card: teamCard({ ...teamOf(language, 0), never: 3 }, words) },
    {
      name: 'kti-share-form',
      form: shareForm(
        {
          ...{ round: 'r3', client: 'Acme', rows, before: { said: undefined, words: undefined } },
          notices: [told.words],
        },
        say,
        words,
      ),
    },
    { name: 'kti-shared', card: sharedCard({ ...told, rows }, words) },
    { name: 'kti-unshared', card: unsharedCard('r3', 'Acme', told.words, words) },
  ];
}

function teamOf(language: Language, count: number) {
  const names = ['Acme', 'Bakkerij Van Dam', 'Gemeente Oostdijk', 'Noordzee Logistiek', 'Stichting De Brug'];
  const owner = { id: 'anna', name: anna.name };
  const standings = Array.from({ length: Math.min(count, 10) }, (_, at): ClientStanding => {
    const mean = [5.3, 6.2, 7.4, 8.1, 9.2][Math.floor(at / 2)] ?? 7;
    const average: Average =
      at === 3 ? { of: 'company', mean: 7, clients: 8 } : { of: 'own', mean: 7.1, n: 9 };
    const lastAt = now.subtract({ hours: 24 * (2 + at) }).toString();
    const one = {
      ...{ id: `k${at % 5}`, client: `c${at}`, about: 'x', source: 'question' as const, kind: undefined },
      ...{ round: 'r3', lastAt, isFormer: at === 2, mean, n: 3, average },
      ...{
        change: [-1.7, 0.4, 0][at % 3],
        before: { n: 3, sum: [21, 17.4, 22.2, 23, 27.6][Math.floor(at / 2)] ?? 21 },
      },
    };
    const other = { ...one, verdict: 'good' as const, mean: 7.6, change: 0.3 };
    const verdict = mean < 7.1 ? 'action' : 'good';
    return {
      client: newClient({
        id: `c${at}`,
        name: `${names[at % 5]}${at > 4 ? ' II' : ''}`,
        owner,
        createdAt: now,
      }),
      ...{
        round: 'r3',
        lastAt,
        rows: [{ ...one, verdict }, other],
      },
    };
  });
  const ktis = new Map([0, 1, 2, 3, 4].map((at) => [`k${at}`, kti(language, at)]));
  const works = new Map([['k1', action(language)]]);
  const counts = { all: count, asking: Math.min(count, 4), worked: Math.min(count, 1), never: 2 };
  return { standings, ktis, works, ...counts, page: 1 };
}
