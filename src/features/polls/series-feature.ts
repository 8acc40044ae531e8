import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { languageOf } from '../../chat/request.ts';
import { readers } from '../../chat/voice.ts';
import { someAdmin } from '../../store/admins.ts';
import { newId } from '../../store/id.ts';
import { hasLeft } from '../../store/people.ts';
import { readPlace } from '../../store/places.ts';
import { readSettings } from '../../store/settings.ts';
import { inviteAgain } from './again-feature.ts';
import { askedCard } from './asking-cards.ts';
import { type Asking, fitsRhythm, type Rhythm, readAsking, readEvery, readSubject } from './asking-rules.ts';
import { askerOf, sayAskedLately, wordsFor } from './people-feature.ts';
import { type Kind, kindsOf, mayEnd, type Poll, type Subject } from './polls.ts';
import {
  type At,
  alreadyOpen,
  hereOf,
  openOf,
  putQuestion,
  understood,
  type Where,
} from './question-feature.ts';
import { nextOf, rhythmOf, seriesCard, seriesLines, seriesNotice } from './series-cards.ts';
import { nextKind, roundTime, type Series, tooLate } from './series-rules.ts';
import { countRound, endSeries, findSeries, runningSeries, startSeries } from './series-store.ts';

/** "nps every month about TEXT", and "nps every off". */
export async function everyTyped(
  asked: Asked,
  { words, text }: { words: string; text: string },
): Promise<Effect[]> {
  const subject = readSubject(words);
  const off = /(uit|off)$/.test(words);
  const read = off ? { rhythm: 'off' as const, rest: text } : readEvery(text);
  if (!read) throw new Refusal('error.series-rhythm', { word: asked.say(`polls.word.${subject}`) });
  if (read.rhythm === 'off') return stop(asked, await runningHere(asked, subject));
  return every(asked, subject, read.rhythm, understood(readAsking(read.rest)));
}

/** Asks now, and again every month or quarter. */
export async function every(
  asked: Asked,
  subject: Subject,
  rhythm: Rhythm,
  asking: Asking,
): Promise<Effect[]> {
  if (subject === 'loyalty') throw new Refusal('error.series-loyalty', {}, { field: 'rhythm' });
  if (!fitsRhythm(asking.period, rhythm)) throw new Refusal('error.series-period', {}, { field: 'days' });
  return begin(asked, subject, rhythm, asking);
}

/** Satisfaction now, trust and binding later, each some weeks after the one before. */
export function startLoyalty(asked: Asked, asking: Asking): Promise<Effect[]> {
  return begin(asked, 'loyalty', 'weeks', asking);
}

async function begin(
  asked: Asked,
  subject: Subject,
  rhythm: Series['rhythm'],
  { anonymous, period, topic }: Asking,
): Promise<Effect[]> {
  const { tx, tenant, platform, now, place } = asked;
  if (await runningSeries(tx, tenant, { platform, place: place.id }, subject))
    throw await alreadyRuns(asked, subject);
  if (await openOf(asked, kindsOf[subject])) throw await alreadyOpen(asked, kindsOf[subject]);
  const series: Series = {
    id: newId(),
    subject,
    rhythm,
    place: place.id,
    placeName: place.name,
    topic,
    anonymous,
    period,
    language: place.language,
    timeZone: place.timeZone,
    asker: askerOf(asked),
    startedAt: now,
    rounds: 0,
    skipped: 0,
    nextAt: undefined,
    shared: place.shared,
  };
  if (!(await startSeries(tx, tenant, platform, series))) throw await alreadyRuns(asked, subject);
  const { poll, next, effects } = await round(asked, hereOf(asked), series);
  if (!poll) throw await alreadyOpen(asked, kindsOf[subject]);
  const words = readers(asked);
  const card = askedCard(poll, words, await sayAskedLately(asked, poll, words));
  // Of the series what it is and when it comes again; its buttons would stand beside those of the poll.
  const lines = seriesLines(series, words, next).map((text) => ({ kind: 'text' as const, text }));
  card.elements.splice(1, 0, ...lines);
  return [...effects, answer(card, 'internal')];
}

async function alreadyRuns(asked: Asked, subject: Subject): Promise<Refusal> {
  const { say, tx, tenant, platform, place } = asked;
  const series = await runningSeries(tx, tenant, { platform, place: place.id }, subject);
  if (!series) return new Refusal('error.unexpected');
  const values = {
    subject: say(`polls.subject.${subject}`),
    rhythm: rhythmOf(series, readers(asked)),
    asker: series.asker.name,
    stop: `${say(`polls.word.${subject}`)} ${say(subject === 'loyalty' ? 'polls.verb.cancel' : 'polls.verb.off')}`,
  };
  return new Refusal('error.series-runs', values);
}

async function runningHere(asked: Asked, subject: Subject): Promise<Series> {
  const { tx, tenant, platform, place, say } = asked;
  const series = await runningSeries(tx, tenant, { platform, place: place.id }, subject);
  if (!series) throw new Refusal('error.series-none', { subject: say(`polls.subject.${subject}`) });
  return series;
}

/** Asks no more after this; a round that is open stays open. */
async function stop(asked: Asked, series: Series): Promise<Effect[]> {
  if (!mayEnd(series, asked.person)) throw new Refusal('error.poll-not-yours', { asker: series.asker.name });
  await endSeries(asked.tx, asked.tenant, series.id, asked.now);
  const text = asked.say('series.stopped', { subject: asked.say(`polls.subject.${series.subject}`) });
  return [answer(line(text), 'internal')];
}

/** The button under a series. */
export async function stopPressed(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const series = await findSeries(asked.tx, asked.tenant, subject);
  if (!series) throw new Refusal('error.poll-gone');
  return stop(asked, series);
}

/**
 * What becomes of the series of a question that was withdrawn: one that has only just begun was a mistake too, and of
 * loyalty nothing follows. Returns the series that goes on.
 */
export async function afterWithdrawal(asked: Asked, poll: Poll): Promise<Series | undefined> {
  const series = poll.series ? await findSeries(asked.tx, asked.tenant, poll.series) : undefined;
  if (!series || (series.rhythm !== 'weeks' && series.rounds > 1)) return series;
  await endSeries(asked.tx, asked.tenant, series.id, asked.now);
  return undefined;
}

/** Loyalty between two of its questions: nothing is open, and it is called off. */
export async function cancelLoyalty(asked: Asked): Promise<Effect[]> {
  return stop(asked, await runningHere(asked, 'loyalty'));
}

/** The series that runs here, for who asks; undefined when none does. */
export async function standingSeries(asked: Asked, subject: Subject): Promise<Effect[] | undefined> {
  const { tx, tenant, platform, place } = asked;
  const series = await runningSeries(tx, tenant, { platform, place: place.id }, subject);
  if (!series) return undefined;
  return [answer(seriesCard(series, readers(asked), nextOf(series)), 'internal')];
}

/** The next round's time has come. */
export async function roundDue(due: Due): Promise<Effect[]> {
  const series = await findSeries(due.tx, due.tenant, due.subject);
  if (!series) return [];
  const { where, reachable } = await whereNow(due, series);
  const stopped = await reasonToStop(due, series, { where, reachable });
  if (stopped) return end(due, series, stopped);
  const missed = await skipMissed(due, series);
  const current = { ...series, rounds: series.rounds + missed };
  const told = missed > 0 ? [await notice(due, series, 'round-skipped')] : [];
  // A round of loyalty has no day of its own, so it is never too late for it.
  const at = series.rhythm === 'weeks' ? due.now : roundTime(current, current.rounds, due.now);
  if (Temporal.Instant.compare(at, due.now) > 0)
    return [...told, { do: 'later', job: 'polls.round', subject: series.id, at }];
  const { poll, effects } = await round(due, where, current);
  if (!poll) return [...effects, await notice(due, series, 'round-skipped')];
  return [...told, ...effects, ...(await inviteAgain(due, poll))];
}

type Reason = 'unreachable' | 'shared' | 'left';

/** Nobody is asked in the name of who left, nor a client what was meant for the team. */
async function reasonToStop(
  due: Due,
  series: Series,
  { where, reachable }: { where: Where; reachable: boolean },
): Promise<Reason | undefined> {
  if (!reachable) return 'unreachable';
  if (where.shared && !series.shared) return 'shared';
  return (await hasLeft(due.tx, due.platform, due.tenant, series.asker.id)) ? 'left' : undefined;
}

async function end(due: Due, series: Series, why: Reason): Promise<Effect[]> {
  await endSeries(due.tx, due.tenant, series.id, due.now);
  return [await notice(due, series, why)];
}

/** To the one who asked, or to an admin when he has left. */
async function notice(due: Due, series: Series, why: Reason | 'round-skipped'): Promise<Effect> {
  const admin = why === 'left' ? await someAdmin(due.tx, due, series.asker.id) : undefined;
  const to = admin ?? series.asker;
  const card = seriesNotice(series, why, await wordsFor(due, to, series.timeZone));
  return { do: 'post', to: { person: to.id }, card, audience: 'internal', resend: false };
}

async function skipMissed({ tx, tenant, now }: Due, series: Series): Promise<number> {
  if (series.rhythm === 'weeks') return 0;
  let missed = 0;
  while (tooLate(roundTime(series, series.rounds + missed, now), now)) {
    missed += 1;
    const nextAt = roundTime(series, series.rounds + missed, now);
    await countRound(tx, tenant, series.id, { skipped: true, nextAt });
  }
  return missed;
}

type Round = {
  poll: Poll | undefined;
  next: { kind: Kind; at: Temporal.Instant } | undefined;
  effects: Effect[];
};

/** Asks one round and sets the time of the next; no poll when one of its kind is open there already. */
async function round(at: At, where: Where, series: Series): Promise<Round> {
  const kind = nextKind(series);
  if (!kind) return { poll: undefined, next: undefined, effects: [] };
  const { anonymous, period, topic, asker, id } = series;
  const put = await putQuestion(at, where, asker, { kind, anonymous, period, topic, series: id });
  const begun = { ...series, rounds: series.rounds + 1 };
  const following = nextKind(begun);
  const nextAt = following && roundTime(begun, begun.rounds, put?.poll.closesAt ?? at.now);
  await countRound(at.tx, at.tenant, id, { skipped: !put, nextAt });
  const effects = put?.effects ?? [];
  if (following === undefined || nextAt === undefined) {
    await endSeries(at.tx, at.tenant, id, at.now);
    return { poll: put?.poll, next: undefined, effects };
  }
  const next = { kind: following, at: nextAt };
  const later: Effect = { do: 'later', job: 'polls.round', subject: id, at: nextAt };
  return { poll: put?.poll, next, effects: [...effects, later] };
}

/** Who reads along there, and what is spoken there, may have changed since the series began. */
async function whereNow(
  { tx, tenant, platform }: Due,
  series: Series,
): Promise<{ where: Where; reachable: boolean }> {
  const place = await readPlace(tx, platform, tenant, series.place);
  const kept = await readSettings(tx, { tenant, platform, place: series.place });
  const where = {
    id: series.place,
    name: place?.name ?? series.placeName,
    shared: place?.shared ?? true,
    members: place?.members,
    outsiders: place?.outsiders,
    language: languageOf(kept.get('place.language')) ?? series.language,
    timeZone: kept.get('place.timeZone') ?? series.timeZone,
  };
  return { where, reachable: place?.reachable ?? false };
}
