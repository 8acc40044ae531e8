import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { languageOf } from '../../chat/request.ts';
import { readPlace } from '../../store/directory.ts';
import { newId } from '../../store/id.ts';
import { readSettings } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { askedCard } from './asking-cards.ts';
import { type Asking, fitsRhythm, type Rhythm, readAsking, readEvery, readSubject } from './asking-rules.ts';
import { readers } from './cards.ts';
import { inviteAgain } from './invitation-feature.ts';
import { kindsOf, mayEnd, type Poll, type Subject } from './polls.ts';
import {
  type At,
  alreadyOpen,
  askerOf,
  hereOf,
  openOf,
  putQuestion,
  understood,
  type Where,
} from './question-feature.ts';
import { rhythmOf, seriesCard, skippedText } from './series-cards.ts';
import { nextKind, roundTime, type Series, tooLate } from './series-rules.ts';
import { countRound, endSeries, findSeries, runningSeries, startSeries } from './series-store.ts';
import { lastRound } from './store.ts';

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
  };
  if (!(await startSeries(tx, tenant, platform, series))) throw await alreadyRuns(asked, subject);
  const { poll, effects } = await round(asked, hereOf(asked), series);
  if (!poll) throw await alreadyOpen(asked, kindsOf[subject]);
  const card = askedCard(poll, readers(asked));
  const begun = { ...series, rounds: 1 };
  const [next] = effects.filter((effect) => effect.do === 'later' && effect.job === 'polls.round');
  const kind = nextKind(begun);
  const coming = kind && next?.do === 'later' ? { kind, at: next.at } : undefined;
  const { elements } = seriesCard(begun, readers(asked), coming);
  // Of the series what it is and when it comes again; its buttons would stand beside those of the poll.
  card.elements.splice(1, 0, ...elements.slice(0, 2).map((element) => plainly(element)));
  return [...effects, answer(card, 'internal')];
}

function plainly<T extends { kind: string }>(element: T): T {
  return 'style' in element ? { ...element, style: undefined } : element;
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

/** Ends what would follow a poll that was withdrawn, when it is one of loyalty's. */
export async function stopLoyalty(asked: Asked, poll: Poll): Promise<void> {
  const series = poll.series && (await findSeries(asked.tx, asked.tenant, poll.series));
  if (series && series.rhythm === 'weeks') await endSeries(asked.tx, asked.tenant, series.id, asked.now);
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
  const kind = nextKind(series);
  const last = await lastRound(tx, tenant, series.id);
  const at = roundTime(series, series.rounds, last?.closesAt ?? asked.now);
  return [answer(seriesCard(series, readers(asked), kind && { kind, at }), 'internal')];
}

/** The next round's time has come. */
export async function roundDue(due: Due): Promise<Effect[]> {
  const series = await findSeries(due.tx, due.tenant, due.subject);
  if (!series) return [];
  const missed = await skipMissed(due, series);
  const now = { ...series, rounds: series.rounds + missed };
  const told = missed > 0 ? [skipped(series)] : [];
  const at = roundTime(now, now.rounds, due.now);
  // A round of loyalty has no day of its own, so it is never too late for it.
  const isDue = series.rhythm === 'weeks' || Temporal.Instant.compare(at, due.now) <= 0;
  if (!isDue) return [...told, { do: 'later', job: 'polls.round', subject: series.id, at }];
  const where = await whereNow(due, series);
  const { poll, effects } = await round(due, where, now);
  if (!poll) return [...effects, skipped(series)];
  const before = await lastRound(due.tx, due.tenant, series.id, poll.id);
  return [...told, ...effects, ...(before ? await inviteAgain(due, before, poll) : [])];
}

async function skipMissed({ tx, tenant, now }: Due, series: Series): Promise<number> {
  if (series.rhythm === 'weeks') return 0;
  let missed = 0;
  while (tooLate(roundTime(series, series.rounds + missed, now), now)) {
    await countRound(tx, tenant, series.id, { skipped: true });
    missed += 1;
  }
  return missed;
}

function skipped({ asker, subject }: Series): Effect {
  const { language } = asker;
  const card = line(skippedText(subject, { say: voice(language), language, timeZone: 'UTC' }));
  return { do: 'post', to: { person: asker.id }, card, audience: 'internal', resend: false };
}

/** Asks one round and sets the time of the next; no poll when one of its kind is open there already. */
async function round(
  at: At,
  where: Where,
  series: Series,
): Promise<{ poll: Poll | undefined; effects: Effect[] }> {
  const kind = nextKind(series);
  if (!kind) return { poll: undefined, effects: [] };
  const { anonymous, period, topic, asker, id } = series;
  const put = await putQuestion(at, where, asker, { kind, anonymous, period, topic, series: id });
  await countRound(at.tx, at.tenant, id, { skipped: !put });
  const begun = { ...series, rounds: series.rounds + 1 };
  const effects = put?.effects ?? [];
  if (!nextKind(begun)) {
    await endSeries(at.tx, at.tenant, id, at.now);
    return { poll: put?.poll, effects };
  }
  const next = roundTime(begun, begun.rounds, put?.poll.closesAt ?? at.now);
  return {
    poll: put?.poll,
    effects: [...effects, { do: 'later', job: 'polls.round', subject: id, at: next }],
  };
}

/** Who reads along there, and what is spoken there, may have changed since the series began. */
async function whereNow({ tx, tenant, platform }: Due, series: Series): Promise<Where> {
  const place = await readPlace(tx, platform, tenant, series.place);
  const kept = await readSettings(tx, { tenant, platform, place: series.place });
  return {
    id: series.place,
    name: place?.name ?? series.placeName,
    shared: place?.shared ?? true,
    members: place?.members,
    outsiders: place?.outsiders,
    language: languageOf(kept.get('place.language')) ?? series.language,
    timeZone: kept.get('place.timeZone') ?? series.timeZone,
  };
}
