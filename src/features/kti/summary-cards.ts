import type { Button, Card, Element } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { experienceFor } from '../../text/proposals.ts';
import type { Say } from '../../text/say.ts';
import { daysBetween, sayDay } from '../../text/when.ts';
import { insufficient, isRunning, type Kti, type Round } from './kti.ts';
import { gradesPicture } from './picture-cards.ts';
import { actionsIn, isFew, type Row, type Summary, titleOf } from './summary-rules.ts';
import { differenceOf, gradeOf, plainText, quoteOf, strong, subtle } from './words-cards.ts';

/** So many explanations a KTI stand in a summary; of one that needs no action fewer, where there are many KTIs. */
const mostQuotes = 3;
const manyRows = 4;
const quoteLetters = 160;
const mostOthers = 8;

/** mayWrite: the reader is of the client's team. share: the client can be told of this round. */
export type Reader = { mayWrite: boolean; share: boolean; weekly?: Button | undefined };

/** What a client's grades say, for the team alone. */
export function summaryCard(summary: Summary, reader: Reader, voice: Voice, now: Temporal.Instant): Card {
  const { say } = voice;
  const { client, rows, ungraded } = summary;
  const title = say('kti.summary-title', { client: client.name });
  if (rows.length === 0) return emptyCard(summary, title, reader, voice, now);
  const takeaway = takeawayOf(rows, say);
  return {
    summary: `${title}: ${takeaway}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      plainText(takeaway),
      subtle(courseOf(summary, voice, now)),
      ...rows.flatMap((row, at) => rowElements(row, { at, count: rows.length, reader, now }, voice)),
      ...gradesPicture(rows, voice, now),
      ...(ungraded.length > 0 ? [subtle(ungradedOf(ungraded, voice))] : []),
      ...othersOf(summary, voice),
      { kind: 'buttons', buttons: buttonsOf(summary, reader, say) },
    ],
  };
}

function takeawayOf(rows: Row[], say: Say): string {
  const actions = actionsIn(rows);
  const celebrated = rows.filter(({ verdict }) => verdict === 'celebrate').length;
  const told = [
    ...(actions > 0 ? [say('kti.takeaway-action', { count: actions, of: rows.length })] : []),
    ...(celebrated > 0 ? [say('kti.takeaway-celebrate', { count: celebrated })] : []),
  ];
  return told.length > 0 ? told.join(' ') : say('kti.takeaway-fine');
}

/** Who answered, until when one can, and that so few say little. */
function courseOf(summary: Summary, { say, language, timeZone }: Voice, now: Temporal.Instant): string {
  const { round, answered, asked } = summary;
  const dayOf = (at: Temporal.Instant) => {
    const isLong = Math.abs(daysBetween(at, now, timeZone)) > 300;
    const year = isLong ? ` ${at.toZonedDateTimeISO(timeZone).year}` : '';
    return `${sayDay(at, language, timeZone)}${year}`;
  };
  const state =
    round === undefined
      ? []
      : isRunning(round)
        ? [say('kti.summary-until', { day: dayOf(round.closesAt) })]
        : [say('kti.summary-closed', { day: dayOf(round.endedAt ?? round.closesAt) })];
  const few = isFew(summary) ? ` ${say('kti.summary-few')}` : '';
  return `${[say('kti.summary-answered', { count: answered, asked }), ...state].join(' · ')}.${few}`;
}

type At = { at: number; count: number; reader: Reader; now: Temporal.Instant };

function rowElements(row: Row, { at, count, reader, now }: At, voice: Voice): Element[] {
  const { say, language } = voice;
  const { kti, grades, verdict } = row;
  const most = count > manyRows && verdict !== 'action' ? mostQuotes - 1 : mostQuotes;
  const explained = grades.filter(({ why }) => why !== undefined);
  const more = explained.length - most;
  const buttons: Button[] = [
    ...(verdict === 'action' && reader.mayWrite
      ? [
          {
            press: 'actions.start',
            subject: kti.id,
            label: say('kti.summary-act'),
            style: 'primary' as const,
          },
        ]
      : []),
    ...(more > 0 ? [reasonsButton(row, more, say)] : []),
  ];
  const notes = notesOf(row, voice, turnOf(now) + at);
  return [
    { kind: 'divider' },
    strong(shortened(titleOf(kti, language), 150)),
    { kind: 'figures', figures: figuresOf(row, say) },
    plainText(verdictText(row, say)),
    ...(notes === '' ? [] : [subtle(notes)]),
    ...explained.slice(0, most).map((grade) => quoteOf(grade, quoteLetters)),
    ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
  ];
}

function reasonsButton({ kti, grades }: Row, count: number, say: Say): Button {
  const subject = `${grades[0]?.round ?? ''}.${kti.id}`;
  return { press: 'kti.reasons', subject, label: say('kti.reasons-more', { count }) };
}

/** Each month other ideas. */
function turnOf(now: Temporal.Instant): number {
  return Math.floor(now.epochMilliseconds / (30 * 24 * 3600 * 1000));
}

/** The grade and of how many, what it did, and with what it is compared. */
function figuresOf({ n, mean, change, average }: Row, say: Say): { value: string; label: string }[] {
  return [
    { value: gradeOf(mean, n, say), label: say('kti.figure-grades', { count: n }) },
    ...(change === undefined ? [] : [{ value: differenceOf(change, say), label: say('kti.figure-change') }]),
    ...(average === undefined
      ? []
      : [
          {
            value: gradeOf(average.mean, 2, say),
            label:
              average.of === 'own'
                ? say('kti.figure-own')
                : say('kti.figure-company', { count: average.clients }),
          },
        ]),
  ];
}

function verdictText({ verdict, mean = 0 }: Row, say: Say): string {
  if (verdict !== 'action') return say(`kti.verdict-${verdict ?? 'fair'}`);
  return say(mean < insufficient ? 'kti.verdict-insufficient' : 'kti.verdict-action');
}

/** What else is to be known: an idea, what the team expected, that the words are new. */
function notesOf(
  { kti, verdict, forecast, former }: Row,
  { say, language, timeZone }: Voice,
  turn: number,
): string {
  return [
    ...(verdict === 'good' ? [say('kti.idea', { idea: experienceFor(kti.kind, turn)[language] })] : []),
    ...(forecast ? [forecastText(forecast, say)] : []),
    ...(former
      ? [
          say('kti.anew', {
            day: sayDay(kti.madeAt, language, timeZone),
            text: shortened(titleOf(former.kti, language), 80),
            mean: gradeOf(former.mean, former.kti.standing.last.n, say),
          }),
        ]
      : []),
  ].join(' ');
}

function forecastText({ mean, gap }: NonNullable<Row['forecast']>, say: Say): string {
  const values = { mean: gradeOf(mean, 2, say), gap: gradeOf(Math.abs(gap), 2, say) };
  if (gap === 0) return say('kti.forecast-same', values);
  return say(gap < 0 ? 'kti.forecast-lower' : 'kti.forecast-higher', values);
}

function ungradedOf(ungraded: Kti[], { say, language }: Voice): string {
  const names = ungraded.map((kti) => `“${shortened(titleOf(kti, language), 60)}”`);
  return say('kti.summary-ungraded', { names: names.join(', ') });
}

/** What was not asked this time: as it stands. */
function othersOf({ others }: Summary, voice: Voice): Element[] {
  const { say, language, timeZone } = voice;
  if (others.length === 0) return [];
  const facts = others.slice(0, mostOthers).map(({ kti, mean, n, at }) => ({
    label: shortened(titleOf(kti, language), 60),
    value: say('kti.other', { mean: gradeOf(mean, n, say), count: n, day: sayDay(at, language, timeZone) }),
  }));
  return [strong(say('kti.summary-others')), { kind: 'facts', facts }];
}

function buttonsOf({ round, client }: Summary, { share, mayWrite, weekly }: Reader, say: Say): Button[] {
  const isOver = round !== undefined && !isRunning(round);
  return [
    ...(share && mayWrite && isOver
      ? [{ press: 'kti.share', subject: round.id, label: say('kti.share') }]
      : []),
    { press: 'clients.show', subject: client.id, label: say('clients.to-dossier') },
    ...(weekly ? [weekly] : []),
  ];
}

/** Nothing was graded: why, and what one can do. */
function emptyCard(
  summary: Summary,
  title: string,
  reader: Reader,
  voice: Voice,
  now: Temporal.Instant,
): Card {
  const { say, language, timeZone } = voice;
  const { round, client, asked } = summary;
  const text = say(emptyKey(round), {
    ...{ client: client.name, asked },
    day: round ? sayDay(round.endedAt ?? round.closesAt, language, timeZone) : '',
  });
  const mayAsk = reader.mayWrite && (!round || !isRunning(round));
  const ask: Button = {
    press: 'kti.ask',
    subject: client.id,
    label: say('kti.summary-ask'),
    style: 'primary',
  };
  return {
    summary: `${title}: ${text}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      plainText(text),
      ...othersOf(summary, voice),
      ...(round ? [subtle(courseOf(summary, voice, now))] : []),
      {
        kind: 'buttons',
        buttons: [...(mayAsk ? [ask] : []), ...buttonsOf(summary, { ...reader, share: false }, say)],
      },
    ],
  };
}

function emptyKey(round: Round | undefined) {
  if (!round) return 'kti.summary-never';
  if (round.state === 'forecast') return 'kti.summary-not-yet';
  return isRunning(round) ? 'kti.summary-waiting' : 'kti.summary-nobody';
}
