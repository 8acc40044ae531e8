import { DummyDriver, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import { type Button, type Card, line } from '../../src/chat/card.ts';
import type { Asked } from '../../src/chat/feature.ts';
import type { Form } from '../../src/chat/form.ts';
import { Refusal } from '../../src/chat/refusal.ts';
import { refusalCard } from '../../src/chat/refusal-card.ts';
import { saySkipped } from '../../src/features/fatigue/said-rules.ts';
import { featuresOf } from '../../src/features/features.ts';
import { doneForm, followCard, handForm } from '../../src/features/follow-ups/cards.ts';
import type { FollowUp } from '../../src/features/follow-ups/follow-ups.ts';
import { helpCard, hubCard, welcomeCard } from '../../src/features/help/cards.ts';
import { askedCard, askForm, participationCard, silentCard } from '../../src/features/polls/asking-cards.ts';
import { endedCard, questionCard, reminderCard, wordingOf } from '../../src/features/polls/cards.ts';
import { invitationCard, invitedCard, inviteForm } from '../../src/features/polls/invitation-cards.ts';
import { summarise } from '../../src/features/polls/measure-rules.ts';
import { type Answer, type Kind, type Poll, scales } from '../../src/features/polls/polls.ts';
import {
  clientResultCard,
  exportCard,
  privateResultCard,
  type Result,
  resultCard,
} from '../../src/features/polls/result-cards.ts';
import { seriesCard } from '../../src/features/polls/series-cards.ts';
import type { Series } from '../../src/features/polls/series-rules.ts';
import type { Round } from '../../src/features/polls/trend-cards.ts';
import { ballotForm, thanksCard, votedCard, whyForm } from '../../src/features/polls/vote-cards.ts';
import { roleForm, settingsCard, settingsForm } from '../../src/features/settings/cards.ts';
import { ownSettings } from '../../src/features/settings/settings.ts';
import type { Db } from '../../src/store/database.ts';
import { voice } from '../../src/text/say.ts';
import { actionSights } from './action-sights.ts';
import { clientSights } from './client-sights.ts';
import { conversationSights } from './conversation-sights.ts';
import { dailyStartSights } from './daily-start-sights.ts';
import { clientSideSights } from './expectation-client-sights.ts';
import { noteSights } from './expectation-note-sights.ts';
import { teamSights } from './expectation-team-sights.ts';
import { feedbackSights } from './feedback-sights.ts';
import { gradesSights } from './grades-sights.ts';
import { acme, anna, direct, general } from './house.ts';
import { improvementSights } from './improvement-sights.ts';
import { knowledgeSights } from './knowledge-sights.ts';
import { ktiClientSights } from './kti-client-sights.ts';
import { ktiPlanSights } from './kti-plan-sights.ts';
import { ktiSights } from './kti-sights.ts';

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
const day = (date: string) => Temporal.Instant.from(`${date}T09:00:00Z`);

/** Every card and form of every feature, with believable content, in one language. */
export function gallery(language: 'nl' | 'en'): Sight[] {
  return [
    ...pollSights(language),
    ...clientSights(language),
    ...noteSights(language),
    ...teamSights(language),
    ...clientSideSights(language),
    ...conversationSights(language),
    ...dailyStartSights(language),
    ...feedbackSights(language),
    ...knowledgeSights(language),
    ...improvementSights(language),
    ...actionSights(language),
    ...gradesSights(language),
    ...ktiSights(language),
    ...ktiClientSights(language),
    ...ktiPlanSights(language),
    ...houseSights(language),
  ];
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

function answers(grades: number[], language: 'nl' | 'en', named = true): Answer[] {
  return grades.map((grade, at) => ({
    name: named ? (people[at % people.length] ?? '') : undefined,
    grade,
    why: whys[language][at % 3],
  }));
}

function countsOf(kind: Kind, grades: number[]): number[] {
  const { from, to } = scales[kind];
  return Array.from({ length: to - from + 1 }, (_, at) => grades.filter((one) => one === from + at).length);
}

function pollOf(kind: Kind, language: 'nl' | 'en', more: Partial<Poll> = {}): Poll {
  const topic = language === 'nl' ? 'de overgang naar het nieuwe systeem' : 'the move to the new system';
  return {
    id: 'p1',
    kind,
    wording: wordingOf(kind, topic, voice(language)),
    anonymous: false,
    series: undefined,
    place: 'general',
    placeName: 'Accountteam',
    shared: false,
    topic,
    language,
    timeZone: 'Europe/Amsterdam',
    asker: { id: 'anna', name: 'Anna de Vries', language },
    invited: 14,
    askedAt: now,
    closesAt: now.add({ hours: 7 * 24 }),
    state: 'open',
    resultShared: false,
    counts: undefined,
    answered: undefined,
    reasons: undefined,
    ...more,
  };
}

function resultOf(poll: Poll, grades: number[], past: Round[] = []): Result {
  const told = answers(grades, poll.language, !poll.anonymous).filter(({ why }) => why || grades.length < 5);
  return {
    poll: { ...poll, state: 'closed' },
    summary: summarise(poll.kind, countsOf(poll.kind, grades)),
    answers: told.slice(0, 10),
    told: told.length,
    past,
    followUps: { open: 1, calling: 0, done: 1, dropped: 0 },
  };
}

/** Some months of answers, the oldest first; before the fourth the question read otherwise. */
function roundsOf(poll: Poll, rounds: number[][], anewAt?: number): Round[] {
  return rounds.map((grades, at) => ({
    poll: {
      ...poll,
      wording: at < (anewAt ?? 0) ? { ...poll.wording, question: 'Beveelt u ons aan?' } : poll.wording,
      closesAt: poll.closesAt
        .toZonedDateTimeISO('UTC')
        .subtract({ months: rounds.length - at })
        .toInstant(),
      resultShared: true,
    },
    summary: summarise(poll.kind, countsOf(poll.kind, grades)),
  }));
}

const ten = [9, 8, 4, 10, 9, 7, 8, 9, 10, 6];

function pollSights(language: 'nl' | 'en'): Sight[] {
  const say = voice(language);
  const heard = { say, language, timeZone: 'Europe/Amsterdam' };
  const poll = pollOf('nps', language);
  const why = whys[language][0] ?? '';
  const link = 'https://belay.example/answer/eyJuIjoicG9sbHMuYW5zd2VyIn0.3q2-7wAAAAB';
  return [
    { name: 'question', card: questionCard(poll, heard, 3) },
    { name: 'question-changing', card: questionCard(poll, heard, 0, 8) },
    ...(['ces', 'csat', 'trust'] as const).map((kind) => ({
      name: `question-${kind}`,
      card: questionCard(pollOf(kind, language), heard),
    })),
    { name: 'asked', card: askedCard(poll, heard) },
    { name: 'voted', card: votedCard(poll, heard, 8, undefined), form: whyForm(poll, say, 8, undefined) },
    { name: 'why', form: whyForm(poll, say, 8, undefined) },
    { name: 'thanks', card: thanksCard(poll, heard, 8, why) },
    { name: 'ask-form', form: askForm(say, 'nps') },
    {
      name: 'participation',
      card: participationCard(poll, heard, { answered: 6, mayEnd: true, closed: [poll], series: undefined }),
    },
    { name: 'closed', card: endedCard({ ...poll, state: 'closed' }, heard, now, 10) },
    { name: 'cancelled', card: endedCard({ ...poll, state: 'cancelled' }, heard, now, 0) },
    { name: 'reminder', card: reminderCard(poll, heard, 'https://chat.example/1') },
    { name: 'silent', card: silentCard(poll, heard, { silent: 5, invited: 14, reminded: 4, spared: 1 }) },
    { name: 'invite-form', form: inviteForm(poll, say, false) },
    {
      name: 'invited',
      card: invitedCard(
        heard,
        [
          { name: 'Eva Jansen', link },
          { name: 'Finn Mulder', link },
        ],
        false,
        saySkipped(
          [
            {
              name: 'Daan Visser',
              spent: { why: 'survey', lastAt: day('2026-11-10'), againAt: day('2026-12-10') },
            },
            {
              name: 'daan@acme.example',
              spent: { why: 'nps', lastAt: day('2026-09-01'), againAt: day('2027-02-28') },
            },
          ],
          heard,
          now,
        ),
      ),
    },
    { name: 'invitation', card: invitationCard(poll, heard, link, false) },
    ...anonymousSights(language),
    ...resultSights(language),
    ...followSights(language),
    { name: 'series', card: seriesCard(seriesOf(language), heard, { kind: 'nps', at: now }) },
  ];
}

function anonymousSights(language: 'nl' | 'en'): Sight[] {
  const heard = { say: voice(language), language, timeZone: 'Europe/Amsterdam' };
  const poll = pollOf('nps', language, { anonymous: true });
  const csat = pollOf('csat', language, { anonymous: true });
  return [
    { name: 'anonymous', card: questionCard(poll, heard) },
    { name: 'anonymous-form', form: ballotForm(poll, heard, 8) },
    { name: 'anonymous-form-csat', form: ballotForm(csat, heard, 4) },
    { name: 'anonymous-received', card: line(heard.say('polls.received')) },
    { name: 'anonymous-result', card: resultCard(resultOf(poll, ten), heard) },
    { name: 'anonymous-few', card: resultCard(resultOf(poll, [9, 4, 8]), heard) },
  ];
}

function resultSights(language: 'nl' | 'en'): Sight[] {
  const heard = { say: voice(language), language, timeZone: 'Europe/Amsterdam' };
  const poll = pollOf('nps', language);
  const shared = { ...poll, shared: true };
  const rounds = [
    [7, 5, 8, 6, 9, 3, 8],
    [7, 8, 6, 9],
    [9, 8, 8, 6, 9, 7, 10, 9, 8],
    [9, 9, 8, 10, 7, 9, 10, 6, 9, 10, 9, 8],
  ];
  const ces = pollOf('ces', language);
  return [
    { name: 'result', card: resultCard(resultOf(poll, ten, roundsOf(poll, [[7, 8, 6, 9, 5, 7]])), heard) },
    { name: 'result-trend', card: resultCard(resultOf(poll, ten, roundsOf(poll, rounds)), heard) },
    { name: 'result-anew', card: resultCard(resultOf(poll, ten, roundsOf(poll, rounds, 3)), heard) },
    {
      name: 'result-ces',
      card: resultCard(
        resultOf(
          ces,
          [7, 6, 5, 3, 7, 4, 6, 7],
          roundsOf(ces, [
            [4, 5, 3, 6, 7],
            [5, 6, 6, 7, 2, 6],
          ]),
        ),
        heard,
      ),
    },
    { name: 'result-csat', card: resultCard(resultOf(pollOf('csat', language), [5, 4, 4, 2, 5, 3]), heard) },
    {
      name: 'result-many',
      card: resultCard(
        resultOf(
          poll,
          Array.from({ length: 60 }, (_, at) => (at * 7) % 11),
        ),
        heard,
      ),
    },
    { name: 'result-few', card: resultCard(resultOf(poll, [9, 4, 8]), heard) },
    { name: 'result-none', card: resultCard(resultOf(poll, []), heard) },
    { name: 'result-private', card: privateResultCard(resultOf(shared, ten), heard) },
    { name: 'result-client', card: clientResultCard(resultOf(shared, ten, roundsOf(shared, rounds)), heard) },
    { name: 'result-client-few', card: clientResultCard(resultOf(shared, [9, 4]), heard) },
    { name: 'export', card: exportCard(heard, 'https://belay.example/download/x') },
  ];
}

function followSights(language: 'nl' | 'en'): Sight[] {
  const say = voice(language);
  const heard = { say, language, timeZone: 'Europe/Amsterdam' };
  const where = `${say('polls.name.nps')} · ${say('polls.in', { place: 'Acme' })}`;
  const poll = { name: 'Daan Visser', grade: 3, to: 10, why: whys[language][2], where, isLow: true };
  const open: FollowUp = {
    id: 'f1',
    kind: 'polls',
    subject: 'p1',
    person: 'daan',
    owner: anna,
    timeZone: 'Europe/Amsterdam',
    state: 'open',
    note: undefined,
    told: 1,
    changedAt: now,
  };
  const more =
    language === 'nl' ? ['Elke maandag bellen', 'Vooruitdenken'] : ['Call every Monday', 'Think ahead'];
  const note = language === 'nl' ? 'Gebeld. We bellen nu elke maandag.' : 'Called. We now call every Monday.';
  return [
    { name: 'follow', card: followCard(open, poll, heard) },
    {
      name: 'follow-more',
      card: followCard(
        open,
        { ...poll, where: `Acme · ${more[0]}`, more: [{ grade: 5, where: `Acme · ${more[1]}` }] },
        heard,
      ),
    },
    { name: 'follow-again', card: followCard({ ...open, told: 2 }, { ...poll, why: undefined }, heard) },
    { name: 'follow-calling', card: followCard({ ...open, state: 'calling' }, poll, heard) },
    { name: 'follow-done', card: followCard({ ...open, state: 'done', note }, poll, heard) },
    { name: 'follow-hand', form: handForm('f1', say, [{ id: 'bram', name: 'Bram Bakker' }]) },
    { name: 'follow-note', form: doneForm('f1', say) },
  ];
}

function seriesOf(language: 'nl' | 'en'): Series {
  return {
    id: 's1',
    subject: 'nps',
    rhythm: 'month',
    place: 'general',
    placeName: 'Accountteam',
    topic: undefined,
    anonymous: false,
    period: Temporal.Duration.from({ days: 7 }),
    language,
    timeZone: 'Europe/Amsterdam',
    asker: { id: 'anna', name: 'Anna de Vries', language },
    startedAt: now,
    rounds: 3,
    skipped: 1,
    nextAt: now,
    shared: false,
  };
}

function askedIn(language: 'nl' | 'en'): Asked {
  const say = voice(language);
  return {
    link: () => undefined,
    mails: false,
    seal: () => undefined,
    defaults: { language, timeZone: 'Europe/Amsterdam' },
    tx: unconnected,
    now,
    platform: 'test',
    tenant: 'T1',
    person: { ...anna, language, timeZone: 'Europe/Amsterdam' },
    place: { ...general, language, timeZone: 'Europe/Amsterdam' },
    say,
    sayHere: say,
  };
}

const hubButtons = { nl: await buttonsIn('nl'), en: await buttonsIn('en') };

async function buttonsIn(language: 'nl' | 'en'): Promise<Button[]> {
  const hub = featuresOf().flatMap((feature) => feature.hub ?? []);
  const ordered = [...hub.filter(({ first }) => first), ...hub.filter(({ first }) => !first)];
  const buttons = await Promise.all(ordered.map(({ button }) => button(askedIn(language))));
  return buttons.flatMap((button) => button ?? []);
}

function houseSights(language: 'nl' | 'en'): Sight[] {
  const asked = askedIn(language);
  const { say } = asked;
  const features = featuresOf();
  const buttons = hubButtons[language];
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
    { name: 'welcome', card: welcomeCard(asked, buttons.slice(1, 2)) },
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
