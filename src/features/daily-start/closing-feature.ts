import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { findMessage } from '../../store/messages.ts';
import { voiceIn } from '../clients/voice-store.ts';
import { storyOfWeek } from '../feedback/cheer-store.ts';
import { feedbackSince } from '../feedback/store.ts';
import type { Item } from './cards.ts';
import type { Deed, Start } from './daily-start.ts';
import { deedsOf, openDeeds } from './deed-store.ts';
import { dayOf, isLastOfWeek } from './schedule-rules.ts';
import { type At, cameSince, held, heldOpen, isOurs, itemsOf, keyOf, waysOf } from './standing-feature.ts';
import { withdraw } from './stopping-feature.ts';
import { changeStart, closeStart, findStart, lastIn, learnedIn, openIn, partsOf } from './store.ts';
import { type Summary, summaryCard, type Trend, trendCard } from './summary-cards.ts';
import { cameIn, type Team, teamIn } from './team-store.ts';

/** A team's daily start is over: what it came to takes its card's place, and can be added to. */

/** `daily close`. */
export async function closeTyped(asked: Asked): Promise<Effect[]> {
  const open = await openIn(asked.tx, asked, asked.place.id);
  if (!open) throw new Refusal('error.daily-start-not-open');
  return [...(await close(asked, open)), answer(line(asked.say('daily-start.is-closed')), 'internal')];
}

/** The button on its card, which says by itself that it is over; or the one on the card of how it is here. */
export async function closePressed(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return subject === '' ? closeTyped(asked) : close(asked, await heldOpen(asked, subject));
}

/** Its time is over. */
export async function closeDue(due: Due): Promise<Effect[]> {
  const start = await findStart(due.tx, due, due.subject);
  return start && !start.closedAt ? close(due, start) : [];
}

/** Ends one that is held; nothing when somebody did so a moment ago. */
export async function close(at: At, start: Start): Promise<Effect[]> {
  // What the morning's card told goes with it: the summary is what is left of the day.
  const span = { since: start.since, until: at.now.add({ milliseconds: 1 }) };
  const came = await cameIn(at, await teamIn(at, start.place), span);
  const lines = { ...start.lines, items: came.map(({ id }) => id) };
  const over: Start = { ...start, lines, closedAt: at.now };
  if (!(await closeStart(at.tx, at.tenant, over, at.now))) return [];
  if (!(await isOurs(at, start.place))) return withdraw(at, over);
  const { tenant, platform } = at;
  const where = { tenant, platform, place: start.place };
  const [summary] = await summarised(at, over);
  // Nobody knows whether its card arrived: what it came to is said in a message of its own.
  const isThere = await findMessage(at.tx, where, keyOf(start));
  if (isThere || summary?.do !== 'update') return summary ? [summary] : [];
  const { key, to, card, audience } = summary;
  return [{ do: 'post', key, to, card, audience, resend: false, until: at.now.add({ hours: 4 }) }];
}

/** Once it is over, its card says what it came to, as that stands now. */
export async function summarised(at: At, start: Start): Promise<Effect[]> {
  if (!start.closedAt) return [];
  const card = summaryCard(await summaryOf(at, start), await voiceIn(at, start.place));
  const to = { place: start.place };
  return [{ do: 'update', key: keyOf(start), to, card, audience: 'internal', pace: 'final' }];
}

/** What somebody brought by the form of one that was over when he sent it stands in its summary too. */
export async function addLate(at: At, start: Start, person: string): Promise<Start> {
  const { lines } = start;
  const until = at.now.add({ milliseconds: 1 });
  const brought = await feedbackSince(at.tx, at.tenant, { since: at.now, until });
  const ids = brought.filter(({ by }) => by.id === person).map(({ id }) => id);
  const known = { ...start, lines: { ...lines, items: [...(lines.items ?? []), ...ids] } };
  await changeStart(at.tx, at.tenant, known);
  return known;
}

async function summaryOf(at: At, start: Start): Promise<Summary> {
  const { tx, tenant } = at;
  const team = await teamIn(at, start.place);
  const { timeZone, country } = await waysOf(at, start.place);
  const isWeekOver = isLastOfWeek(dayOf(start.openedAt, timeZone), country);
  return {
    start,
    items: await itemsOf(at, await cameSince(at, team, start)),
    parts: (await partsOf(tx, tenant, [start.id])).get(start.id) ?? [],
    learned: await learnedIn(tx, tenant, start.id),
    deeds: await deedsAt(at, start),
    trend: await trendOf(at, start),
    story: isWeekOver ? await storyOf(at, start, team) : undefined,
    isWeekOver,
  };
}

/** What was taken on at this one, and what was not done yet of what had been before. */
async function deedsAt(at: At, start: Start): Promise<Deed[]> {
  const own = await deedsOf(at.tx, at, start.id);
  const open = await openDeeds(at.tx, at, start.place);
  const isEarlier = (one: Deed) => one.start !== start.id && one.id < start.id;
  return [...own, ...open.filter(isEarlier)];
}

/** The story of the week that colleagues applauded most, of the clients that the team serves. */
async function storyOf(at: At, { openedAt, closedAt }: Start, { clients }: Team): Promise<Item | undefined> {
  const until = (closedAt ?? at.now).add({ milliseconds: 1 });
  const ids = clients.map(({ id }) => id);
  const story = await storyOfWeek(at.tx, at.tenant, ids, openedAt.subtract({ hours: 24 * 7 }), until);
  const [item] = await itemsOf(at, story ? [story.one] : []);
  return item;
}

/** After so many daily starts there is something to see. */
const fewest = 5;
/** Of so many the mood is shown. */
const shown = 10;

/** How it went in the channel of one until then; undefined when that is too little to show. */
async function trendOf(at: At, { place, openedAt }: Start): Promise<Trend | undefined> {
  const { tx, tenant } = at;
  const last = await lastIn(tx, at, place, { until: openedAt, most: shown });
  if (last.length < fewest) return undefined;
  const { timeZone } = await waysOf(at, place);
  const parts = await partsOf(
    tx,
    tenant,
    last.map(({ id }) => id),
  );
  const days = last
    .toReversed()
    .map(({ id, openedAt }) => ({ day: dayOf(openedAt, timeZone), parts: parts.get(id) ?? [] }));
  const today = dayOf(openedAt, timeZone);
  const monday = today.subtract({ days: today.dayOfWeek - 1 });
  return { weeks: await weeksOf(at, place, [monday.subtract({ weeks: 1 }), monday], timeZone), days };
}

async function weeksOf(at: At, place: string, mondays: Temporal.PlainDate[], timeZone: string) {
  const team = await teamIn(at, place);
  const weeks: Trend['weeks'] = [];
  for (const monday of mondays) {
    const since = monday.toZonedDateTime(timeZone).toInstant();
    const until = monday.add({ weeks: 1 }).toZonedDateTime(timeZone).toInstant();
    const came = await cameIn(at, team, { since, until });
    const count = (kind: string) => came.filter((one) => one.kind === kind).length;
    weeks.push({ monday, complaints: count('complaint'), compliments: count('compliment') });
  }
  return weeks;
}

/** How it went in this channel, for whoever asks. */
export async function trend(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const start = await held(asked, subject);
  return [answer(trendCard(await trendOf(asked, start), readers(asked)), 'person')];
}
