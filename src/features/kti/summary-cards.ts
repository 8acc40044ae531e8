import { type Button, type Card, plainText, subtle } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import { listOf } from '../../text/list.ts';
import type { Say } from '../../text/say.ts';
import { daysBetween, sayDay } from '../../text/when.ts';
import { isRunning, type Round } from './kti.ts';
import { gradesPicture } from './picture-cards.ts';
import type { Plan } from './plan-rules.ts';
import { runningButtons } from './round-cards.ts';
import { earlierElements } from './summary-earlier-cards.ts';
import { rowElements } from './summary-row-cards.ts';
import {
  actionsIn,
  earlierOf,
  failingIn,
  isFew,
  type Row,
  type Summary,
  waitingIn,
} from './summary-rules.ts';

/**
 * mayWrite: the reader is of the client's team. share: the client can be told of this round. daily: the plan that asks.
 * team: to all clients.
 */
export type Reader = {
  mayWrite: boolean;
  share: boolean;
  weekly?: Button | undefined;
  team?: Button | undefined;
  daily?: Plan | undefined;
};

/** What a client's grades say, for the team alone. */
export function summaryCard(summary: Summary, reader: Reader, voice: Voice, now: Temporal.Instant): Card {
  const { say } = voice;
  const { client, rows } = summary;
  const title = say('kti.summary-title', { client: client.name });
  if (rows.length === 0) return emptyCard(summary, title, reader, voice, now);
  const takeaway = takeawayOf(summary, voice);
  // One idea that somebody takes up is worth more than five that nobody reads.
  const idea = rows.findIndex(({ verdict }) => verdict === 'good');
  return {
    summary: `${title}: ${takeaway}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      plainText(takeaway),
      subtle(courseOf(summary, reader, voice, now)),
      ...gradesPicture(rows, voice, now),
      ...rows.flatMap((row, at) =>
        rowElements(row, { count: rows.length, mayWrite: reader.mayWrite, idea: at === idea, now }, voice),
      ),
      ...earlierElements(summary, reader.mayWrite, voice),
      { kind: 'buttons', buttons: buttonsOf(summary, reader, say) },
    ],
  };
}

/** What asks for action, since an earlier round too, who is not satisfied behind a mean that is, and what is to be celebrated. */
function takeawayOf(summary: Summary, { say, language }: Voice): string {
  const { rows } = summary;
  const failing = failingIn(rows);
  const names = listOf(failing, language);
  const celebrated = rows.filter(({ verdict }) => verdict === 'celebrate').length;
  const told = [
    ...actionsText([...rows, ...earlierOf(summary)], say),
    ...(failing.length > 0 ? [say('kti.takeaway-failing', { count: failing.length, names })] : []),
    ...(celebrated > 0 ? [say('kti.takeaway-celebrate', { count: celebrated })] : []),
  ];
  if (told.length > 0) return told.join(' ');
  return say(rows.some(({ average }) => average) ? 'kti.takeaway-fine' : 'kti.takeaway-first');
}

function actionsText(all: Pick<Row, 'verdict' | 'work'>[], say: Say): string[] {
  const [actions, waiting] = [actionsIn(all), waitingIn(all)];
  const key = all.length === 1 ? 'kti.takeaway-action-only' : 'kti.takeaway-action';
  return [
    ...(waiting > 0 ? [say(key, { count: waiting, of: all.length })] : []),
    ...(actions > waiting ? [say('kti.takeaway-worked', { count: actions - waiting })] : []),
  ];
}

/** Who answered, until when one can, and that so few say little. */
function courseOf(
  summary: Summary,
  { daily }: Reader,
  { say, language, timeZone }: Voice,
  now: Temporal.Instant,
): string {
  const { round, answered, asked } = summary;
  const dayOf = (at: Temporal.Instant) => {
    const isLong = Math.abs(daysBetween(at, now, timeZone)) > 300;
    const year = isLong ? ` ${at.toZonedDateTimeISO(timeZone).year}` : '';
    return `${sayDay(at, language, timeZone)}${year}`;
  };
  // Of a round that is spread each has a week of his own: the end of the quarter is nobody's.
  const untilText = ({ spread, closesAt }: Round) =>
    spread && daily ? say('kti.summary-spread') : say('kti.summary-until', { day: dayOf(closesAt) });
  const state =
    round === undefined
      ? []
      : isRunning(round)
        ? [untilText(round)]
        : [say('kti.summary-closed', { day: dayOf(round.endedAt ?? round.closesAt) })];
  const course = [
    say(asked === 1 ? 'kti.summary-one' : 'kti.summary-answered', { count: answered, asked }),
    ...state,
  ];
  const few = isFew(summary) ? [say(answered === 1 ? 'kti.summary-few-one' : 'kti.summary-few')] : [];
  return [`${course.join(' · ')}.`, ...few].join(' ');
}

function buttonsOf(
  { round, client, rows, isKept }: Summary,
  { share, mayWrite, weekly, team, daily }: Reader,
  say: Say,
): Button[] {
  const isOver = round !== undefined && !isRunning(round);
  const graded = rows.length > 0 || isKept;
  return [
    ...(round && !isOver && mayWrite
      ? runningButtons(round, { client: client.name, graded, daily: round.spread ? daily : undefined }, say)
      : []),
    ...(share && mayWrite && isOver
      ? [{ press: 'kti.share', subject: round.id, label: say('kti.share') }]
      : []),
    { press: 'clients.show', subject: client.id, label: say('clients.to-dossier') },
    ...[team, weekly].filter((one) => one !== undefined),
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
  const text = say(emptyKey(summary, reader), {
    ...{ client: client.name, asked },
    day: round ? sayDay(round.endedAt ?? round.closesAt, language, timeZone) : '',
  });
  // That nothing of this round is graded has been said.
  const known = summary.ungraded.filter(({ last }) => last);
  const mayAsk = reader.mayWrite && !summary.isKept && (!round || !isRunning(round));
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
      plainText([text, ...actionsText(earlierOf(summary), say)].join(' ')),
      ...earlierElements({ ...summary, ungraded: known }, reader.mayWrite, voice),
      ...(round?.state === 'open' ? [subtle(courseOf(summary, reader, voice, now))] : []),
      {
        kind: 'buttons',
        buttons: [...(mayAsk ? [ask] : []), ...buttonsOf(summary, { ...reader, share: false }, say)],
      },
    ],
  };
}

function emptyKey({ round, isKept }: Summary, { daily }: Reader) {
  if (isKept) return 'kti.summary-kept';
  if (!round) return 'kti.summary-never';
  if (round.state === 'forecast') return 'kti.summary-not-yet';
  if (!isRunning(round)) return 'kti.summary-nobody';
  return round.spread && daily ? 'kti.summary-waiting-day' : 'kti.summary-waiting';
}
