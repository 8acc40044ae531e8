import type { Voice } from '../../src/chat/voice.ts';
import { type Client, newClient } from '../../src/features/clients/clients.ts';
import {
  answeredCard,
  askingCard,
  askingSeveralCard,
  colleagueCard,
  moreForm,
} from '../../src/features/conversations/after-cards.ts';
import { briefingCard, dayCard } from '../../src/features/conversations/briefing-cards.ts';
import {
  agendaCard,
  calendarForm,
  readCard,
  untieCard,
} from '../../src/features/conversations/calendar-cards.ts';
import {
  plannedCard,
  talkForm,
  typedWhen,
  whenForm,
  whenOf,
} from '../../src/features/conversations/cards.ts';
import type { Conversation } from '../../src/features/conversations/conversations.ts';
import { listCard } from '../../src/features/conversations/list-cards.ts';
import { lookAheadCard } from '../../src/features/conversations/look-ahead-feature.ts';
import {
  newsCard,
  passedOnCard,
  warnForm,
  warningCard,
} from '../../src/features/conversations/warning-cards.ts';
import type { Warning } from '../../src/features/conversations/warning-store.ts';
import { betweenCard, clientForm, pauseForm, stateCard } from '../../src/features/nudges/cards.ts';
import { sentenceOf } from '../../src/text/nudges.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';
import { anna, bram } from './house.ts';
import { reportSights } from './report-sights.ts';

const now = Temporal.Instant.from('2026-11-26T08:20:00Z');

/** Cards of conversations and nudges, with believable content. */
export function conversationSights(language: 'nl' | 'en'): Sight[] {
  const say = voice(language);
  const words: Voice = { say, language, timeZone: 'Europe/Amsterdam' };
  const owner = { id: 'anna', name: anna.name };
  const manager = { id: 'bram', name: bram.name };
  const acme = { ...newClient({ id: 'c1', name: 'Acme', owner, createdAt: now }), manager };
  const support = newClient({ id: 'c2', name: 'Support', owner, createdAt: now });
  const dutch = language === 'nl';
  const talk: Conversation = {
    id: '1',
    client: 'c1',
    title: dutch ? 'Voortgang vierde kwartaal' : 'Progress fourth quarter',
    start: Temporal.Instant.from('2026-11-26T09:00:00Z'),
    end: Temporal.Instant.from('2026-11-26T10:00:00Z'),
    source: 'calendar',
    people: [owner, manager],
    answer: undefined,
  };
  const later: Conversation = {
    ...talk,
    id: '2',
    client: 'c2',
    title: undefined,
    start: Temporal.Instant.from('2026-11-26T10:30:00Z'),
    end: Temporal.Instant.from('2026-11-26T11:00:00Z'),
    people: [owner],
  };
  const both: { client: Client; conversation: Conversation }[] = [
    { client: acme, conversation: talk },
    { client: support, conversation: later },
  ];
  const question = dutch
    ? 'Over “Meer creativiteit”: wanneer vond u iets van ons echt origineel?'
    : 'About “More creativity”: when did you find something of ours really original?';
  const known = [
    { kind: 'text' as const, text: say('expectations.briefing-title'), style: 'strong' as const },
    {
      kind: 'text' as const,
      text: dutch
        ? '1. Elke maand één voorstel dat u niet had verwacht'
        : '1. One idea a month that you did not expect',
    },
    {
      kind: 'text' as const,
      text: dutch
        ? 'bevestigd door Daan Visser op 3 september · 3 maanden oud · 12 dagen geleden besproken'
        : 'confirmed by Daan Visser on 3 September · 3 months old · discussed 12 days ago',
      style: 'subtle' as const,
    },
    {
      kind: 'text' as const,
      text: dutch ? '2. Binnen een dag antwoord op vragen' : '2. Questions answered within a day',
    },
    {
      kind: 'text' as const,
      text: dutch
        ? 'voorgelegd op 12 november, wacht op antwoord · 2 weken oud'
        : 'put to the client on 12 November, waiting for an answer · 2 weeks old',
      style: 'subtle' as const,
    },
  ];
  const brief = { client: acme, conversation: talk, known, question };
  const opening = (group: Parameters<typeof sentenceOf>[0], turn = 0) =>
    sentenceOf(group, language, turn, {
      client: 'Acme',
      time: say('conversations.at-today', { time: '10:00' }),
      day: say('conversations.on-tomorrow'),
      months: say('expectations.months', { count: 6 }),
      owner: anna.name,
      count: 2,
      days: 16,
      name: anna.name,
      text: dutch ? 'Meer creativiteit' : 'More creativity',
    });
  const said = dutch
    ? 'De levering van januari dreigt twee weken te schuiven.'
    : 'The January delivery may slip by two weeks.';
  const warning: Warning = {
    ...{ id: 'w', client: 'c1', expectation: 'e', said, from: owner, to: manager, state: 'told' },
    toldAt: now,
  };
  const open = (
    dutch
      ? ['Elke maand één voorstel dat u niet had verwacht', 'Binnen een dag antwoord op vragen']
      : ['One idea a month that you did not expect', 'Questions answered within a day']
  ).map((text, at) => ({ id: `e${at}`, wording: { text } }));
  const [never, january] = dutch ? ['31 februari', '5 januari'] : ['31 February', '5 January'];
  const when = say('nudges.reach', {
    days: say('nudges.day-names').split(' ').slice(0, 5).join(' '),
    from: '08:30',
    to: '17:30',
  });
  const zone = 'Europe/Amsterdam';
  const told = [
    {
      text: opening('quiet'),
      buttons: [
        { press: 'conversations.talk', subject: 'c1', label: say('conversations.just-spoken') },
        { press: 'conversations.plan', subject: 'c1', label: say('conversations.plan') },
      ],
    },
    {
      text: opening('unconfirmed'),
      buttons: [{ press: 'expectations.show', subject: 'e', label: say('expectations.show') }],
    },
  ];
  const given = { name: anna.name, readAt: now, failures: 0, trouble: undefined };
  return [
    {
      name: 'conversation-planned',
      card: plannedCard(acme, talk, words, {
        now,
        next: `${say('conversations.planned-before', { count: 30 })} ${say('conversations.planned-question', { count: 2 })}`,
      }),
    },
    {
      name: 'conversation-planned-known',
      card: plannedCard(acme, talk, words, {
        ...{ known: true, others: [bram.name], now },
        next: say('conversations.planned-paused', { day: january }),
      }),
    },
    { name: 'conversation-list', card: listCard(both, words, now) },
    {
      name: 'conversation-list-long',
      card: listCard([...both, ...both, ...both, ...both, ...both], words, now),
    },
    { name: 'conversation-list-none', card: listCard([], words, now) },
    {
      name: 'conversation-change-form',
      form: whenForm(say, {
        ...{ subject: '1', client: 'Acme', value: typedWhen(talk, words) },
        intro: say('conversations.when-now', { when: whenOf(talk, words, now) }),
      }),
    },
    { name: 'conversation-talk-form', form: talkForm(say, [acme, support]) },
    {
      name: 'conversation-when-form',
      form: whenForm(say, {
        subject: 'client.c1',
        client: 'Acme',
        value: never,
        intro: say('conversations.when-wrong', { typed: never }),
      }),
    },
    { name: 'conversation-briefing', card: briefingCard(brief, opening('before'), words) },
    {
      name: 'conversation-day',
      card: dayCard([brief, { ...brief, client: support, conversation: later }], opening('day'), words),
    },
    { name: 'conversation-asking', card: askingCard(acme, talk, words, opening('after'), '1', 'now') },
    {
      name: 'conversation-asking-several',
      card: askingSeveralCard(both, words, 'now', { opening: opening('after-several') }),
    },
    {
      name: 'conversation-answered-several',
      card: askingSeveralCard(
        both.map((one, at) =>
          at > 0
            ? one
            : {
                ...one,
                conversation: {
                  ...one.conversation,
                  answer: { outcome: 'raised', by: owner, at: now },
                },
              },
        ),
        words,
        'now',
        {},
      ),
    },
    {
      name: 'conversation-answered',
      card: answeredCard({ client: acme, conversation: talk }, 'raised', words),
    },
    {
      name: 'conversation-colleague',
      card: colleagueCard({ client: acme, conversation: talk }, 'raised', words, owner),
    },
    {
      name: 'conversation-colleague-anew',
      card: colleagueCard({ client: acme, conversation: talk }, 'anew', words, owner),
    },
    { name: 'conversation-more-form', form: moreForm('1', acme, open, say) },
    { name: 'conversation-more-form-none', form: moreForm('1', acme, [], say) },
    { name: 'conversation-warn-form', form: warnForm('c1.', acme, [manager, owner], say) },
    {
      name: 'conversation-warning',
      card: warningCard(
        acme,
        warning,
        dutch ? 'Op tijd leveren' : 'Deliver on time',
        'to',
        words,
        opening('warning'),
      ),
    },
    {
      name: 'conversation-warning-taken',
      card: warningCard(acme, { ...warning, state: 'taken' }, undefined, 'from', words),
    },
    {
      name: 'conversation-warning-passed-back',
      card: newsCard(acme, { ...warning, state: 'passed-back' }, 'from', words),
    },
    { name: 'conversation-warning-passed-on', card: passedOnCard(acme, warning, words) },
    ...reportSights(acme, manager, words),
    {
      name: 'conversation-look-ahead',
      card: lookAheadCard(
        acme,
        {
          coverage: { raised: 5, known: 6, unknown: 0 },
          notes: [{ conversation: '1', expectation: undefined, kind: 'new', said, by: owner, at: now }],
          turn: 0,
        },
        words,
      ),
    },
    { name: 'conversation-agenda', card: agendaCard(given, both, words) },
    { name: 'conversation-agenda-trouble', card: agendaCard({ ...given, trouble: 'refused' }, [], words) },
    { name: 'conversation-calendar-form', form: calendarForm(say) },
    {
      name: 'conversation-calendar-read',
      card: readCard(say('conversations.calendar-first', { count: 5 }), say),
    },
    { name: 'conversation-untie', card: untieCard({ client: acme, conversation: talk }, words) },
    { name: 'nudge-between', card: betweenCard(told, opening('between'), 'x', say) },
    { name: 'nudge-single', card: betweenCard(told.slice(0, 1), '', 'x', say) },
    {
      name: 'nudge-state',
      card: stateCard(
        {
          paused: undefined,
          muted: [],
          when,
          zone,
        },
        say,
      ),
    },
    {
      name: 'nudge-paused',
      card: stateCard(
        {
          paused: say('nudges.paused-until', { day: january }),
          muted: [acme],
          when,
          zone,
        },
        say,
        say('nudges.paused-now', { day: january }),
      ),
    },
    {
      name: 'nudge-pause-form',
      form: pauseForm(
        [
          {
            value: '1',
            label: say('nudges.pause-days', { count: 1, day: dutch ? '27 november' : '27 November' }),
          },
        ],
        say,
      ),
    },
    { name: 'nudge-mute-form', form: clientForm('nudges.mute', [acme], say) },
  ];
}
