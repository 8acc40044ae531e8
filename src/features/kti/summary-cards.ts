import type { Button, Card, Element } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { daysBetween, sayDay } from '../../text/when.ts';
import { isRunning, type Round } from './kti.ts';
import { gradesPicture } from './picture-cards.ts';
import { runningButtons } from './round-cards.ts';
import { rowElements } from './summary-row-cards.ts';
import { actionsIn, isFew, type Row, type Summary, titleOf, waitingIn } from './summary-rules.ts';
import { gradeOf, plainText, strong, subtle } from './words-cards.ts';

const mostOthers = 5;

/** mayWrite: the reader is of the client's team. share: the client can be told of this round. */
type Reader = { mayWrite: boolean; share: boolean; weekly?: Button | undefined };

/** What a client's grades say, for the team alone. */
export function summaryCard(summary: Summary, reader: Reader, voice: Voice, now: Temporal.Instant): Card {
  const { say } = voice;
  const { client, rows, ungraded } = summary;
  const title = say('kti.summary-title', { client: client.name });
  if (rows.length === 0) return emptyCard(summary, title, reader, voice, now);
  const takeaway = takeawayOf(rows, say);
  // One idea that somebody takes up is worth more than five that nobody reads.
  const idea = rows.findIndex(({ verdict }) => verdict === 'good');
  return {
    summary: `${title}: ${takeaway}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      plainText(takeaway),
      subtle(courseOf(summary, voice, now)),
      ...gradesPicture(rows, voice, now),
      ...rows.flatMap((row, at) =>
        rowElements(row, { count: rows.length, mayWrite: reader.mayWrite, idea: at === idea, now }, voice),
      ),
      ...(ungraded.length > 0 ? [subtle(ungradedOf(summary, voice))] : []),
      ...othersOf(summary, voice),
      { kind: 'buttons', buttons: buttonsOf(summary, reader, say) },
    ],
  };
}

function takeawayOf(rows: Row[], say: Say): string {
  const [actions, waiting] = [actionsIn(rows), waitingIn(rows)];
  const celebrated = rows.filter(({ verdict }) => verdict === 'celebrate').length;
  const told = [
    ...(waiting > 0 ? [say('kti.takeaway-action', { count: waiting, of: rows.length })] : []),
    ...(actions > waiting ? [say('kti.takeaway-worked', { count: actions - waiting })] : []),
    ...(celebrated > 0 ? [say('kti.takeaway-celebrate', { count: celebrated })] : []),
  ];
  if (told.length > 0) return told.join(' ');
  return say(rows.some(({ average }) => average) ? 'kti.takeaway-fine' : 'kti.takeaway-first');
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
  const course = [
    say(asked === 1 ? 'kti.summary-one' : 'kti.summary-answered', { count: answered, asked }),
    ...state,
  ];
  const few = isFew(summary) ? [say(answered === 1 ? 'kti.summary-few-one' : 'kti.summary-few')] : [];
  return [`${course.join(' · ')}.`, ...few].join(' ');
}

function ungradedOf({ ungraded, round }: Summary, { say, language }: Voice): string {
  const names = ungraded.map((kti) => `“${shortened(titleOf(kti, language), 60)}”`).join(', ');
  return say(round && isRunning(round) ? 'kti.summary-ungraded' : 'kti.summary-skipped', { names });
}

/** What was not asked this time, as it stands: the lowest. */
function othersOf({ others }: Summary, voice: Voice): Element[] {
  const { say, language, timeZone } = voice;
  if (others.length === 0) return [];
  const lowest = others.toSorted((one, other) => one.mean - other.mean).slice(0, mostOthers);
  const facts = lowest.map(({ kti, mean, n, at }) => ({
    label: shortened(titleOf(kti, language), 60),
    value: say('kti.other', { mean: gradeOf(mean, n, say), count: n, day: sayDay(at, language, timeZone) }),
  }));
  return [strong(say('kti.summary-others')), { kind: 'facts', facts }];
}

function buttonsOf(
  { round, client, rows }: Summary,
  { share, mayWrite, weekly }: Reader,
  say: Say,
): Button[] {
  const isOver = round !== undefined && !isRunning(round);
  const graded = rows.length > 0;
  return [
    ...(round && !isOver && mayWrite ? runningButtons(round, { client: client.name, graded }, say) : []),
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
      ...(round && isRunning(round) ? [subtle(courseOf(summary, voice, now))] : []),
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
