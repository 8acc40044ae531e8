import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Reason } from '../../../src/chat/contributions.ts';
import { stillToTell } from '../../../src/features/nudges/guard-rules.ts';
import {
  type Message,
  plan,
  type Reachable,
  type Sent,
  type Situation,
  type Snooze,
  type Talk,
  talkKey,
} from '../../../src/features/nudges/nudges.ts';

/**
 * Weeks of a few people, a quarter of an hour at a time. What is planned waits for its moment, while other things change,
 * are planned anew or fail; what is still to be told by then is fed back as sent.
 */

const pace = { beforeMinutes: 30, afterMinutes: 10 };
const minute = 60_000;
const quarter = 15 * minute;
const hour = 60 * minute;
const day = 24 * hour;
const zones = ['Europe/Amsterdam', 'America/New_York', 'Asia/Kolkata'];
const clients = ['acme', 'noord', 'west'];
/** By hand, so that the rules are not measured by themselves. */
const holidays: Record<string, string[]> = {
  NL: ['2026-12-25', '2026-12-26', '2027-01-01', '2027-03-28', '2027-03-29', '2027-04-27'],
  US: ['2026-11-11', '2026-11-26', '2026-12-25', '2027-01-01', '2027-01-18'],
  IN: ['2026-12-25', '2027-01-26', '2027-03-26', '2027-04-14'],
  '': [],
};

const instant = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms);
/** Kept, as a quarter of an hour is looked at very often. */
const kept = new Map<string, Temporal.ZonedDateTime>();
function local({ timeZone }: Reachable, ms: number): Temporal.ZonedDateTime {
  const key = `${timeZone} ${ms}`;
  const known = kept.get(key) ?? instant(ms).toZonedDateTimeISO(timeZone);
  kept.set(key, known);
  return known;
}
const dateOf = (person: Reachable, ms: number) => local(person, ms).toPlainDate().toString();

function isWorkday({ workdays, country }: Reachable, date: Temporal.PlainDate): boolean {
  return workdays.includes(date.dayOfWeek) && !holidays[country]?.includes(date.toString());
}

function minutesIn(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}

function isReachable(person: Reachable, ms: number): boolean {
  const at = local(person, ms);
  const minutes = at.hour * 60 + at.minute + at.second / 60 + at.millisecond / minute;
  const [from, to] = [minutesIn(person.hours.from), minutesIn(person.hours.to)];
  return minutes >= from && minutes <= to && isWorkday(person, at.toPlainDate()) && !isPaused(person, ms);
}

function isPaused(person: Reachable, ms: number): boolean {
  return person.pausedUntil !== undefined && dateOf(person, ms) < person.pausedUntil;
}

/** After the day of the one, up to that of the other. */
function workdaysBetween(person: Reachable, one: number, other: number): number {
  const last = local(person, other).toPlainDate();
  let count = 0;
  for (
    let date = local(person, one).toPlainDate().add({ days: 1 });
    Temporal.PlainDate.compare(date, last) <= 0;
    date = date.add({ days: 1 })
  )
    if (isWorkday(person, date)) count += 1;
  return count;
}

/** aims: it waits until it concerns a message that waits itself, and comes a minute before that does. */
type Change = { minute: number; who: number; talk: number; aims: boolean } & (
  | { what: 'move'; zone: string }
  | { what: 'pause'; days: number }
  | { what: 'mute' | 'unmute'; client: string }
  | { what: 'down'; hours: number }
  | { what: 'shift'; minutes: number }
  | { what: 'add' | 'answer' | 'arise' | 'lapse' | 'put-off' }
);
type Planned = {
  day: number;
  quarter: number;
  minutes: number;
  length: number;
  client: number;
  people: number[];
};
type Scenario = {
  monday: string;
  weeks: number;
  people: Omit<Reachable, 'id' | 'muted'>[];
  talks: Planned[];
  fullDays: Planned[][];
  /** Some end after so many hours, and come back some time later. */
  reasons: {
    client: string | undefined;
    who: number[];
    weight: number;
    since: number;
    gone: { after: number; hours: number } | undefined;
  }[];
  changes: Change[];
  moods: number[];
  /** By how many minutes what was planned comes later than it was to, each in its turn. */
  troubles: number[];
  /** How much later than the quarter the clock of the planner is, in milliseconds. */
  late: number;
  /** Whether what was snoozed is kept when it has come back. */
  keeps: boolean;
};

const ids = ['anna', 'bram', 'carla'];
const some = fc.uniqueArray(fc.nat(2), { minLength: 1 });
const planned = fc.record({
  day: fc.nat(34),
  quarter: fc.integer({ min: 24, max: 84 }),
  /** After that quarter of an hour, so that what is told before waits in the middle of one. */
  minutes: fc.constantFrom(0, 5, 10),
  length: fc.integer({ min: 1, max: 8 }),
  client: fc.nat(2),
  people: some,
});
/** Most in working hours, where something waits that it changes. */
const moment = fc.record({ on: fc.nat(34), at: fc.integer({ min: 5 * 60, max: 20 * 60 }) });
const where = {
  minute: moment.map(({ on, at }) => on * 24 * 60 + at),
  who: fc.nat(2),
  talk: fc.nat(12),
  aims: fc.boolean(),
};
const client = fc.constantFrom(...clients);
const steadyChange = fc.record({
  ...where,
  what: fc.constant('down' as const),
  hours: fc.integer({ min: 1, max: 30 }),
});
const anyChange: fc.Arbitrary<Change> = fc.oneof(
  steadyChange,
  fc.record({ ...where, what: fc.constant('move' as const), zone: fc.constantFrom(...zones) }),
  fc.record({ ...where, what: fc.constant('pause' as const), days: fc.nat(9) }),
  fc.record({ ...where, what: fc.constantFrom('mute' as const, 'unmute' as const), client }),
  fc.record({
    ...where,
    what: fc.constant('shift' as const),
    minutes: fc.constantFrom(-90, -15, 10, 16, 60, 1440),
  }),
  fc.record({ ...where, what: fc.constantFrom('add' as const, 'answer' as const) }),
  fc.record({
    ...where,
    aims: fc.constant(true),
    what: fc.constantFrom('add' as const, 'arise' as const, 'lapse' as const, 'put-off' as const),
  }),
);
const scenarios: fc.Arbitrary<Scenario> = fc.record({
  monday: fc.constantFrom('2026-10-19', '2026-12-21', '2027-03-22'),
  weeks: fc.constantFrom(2, 2, 2, 2, 2, 2, 3, 5),
  people: fc.array(
    fc.record({
      timeZone: fc.constantFrom(...zones),
      workdays: fc.constantFrom([1, 2, 3, 4, 5], [1, 2, 3, 4, 5], [1, 2, 4], [7, 1, 2, 3, 4]),
      hours: fc.constantFrom(
        { from: '09:00', to: '17:00' },
        { from: '08:30', to: '17:30' },
        { from: '06:00', to: '09:40' },
        { from: '12:00', to: '20:00' },
        { from: '10:05', to: '16:20' },
      ),
      country: fc.constantFrom('NL', 'US', 'IN', ''),
      pausedUntil: fc.constantFrom(undefined, undefined, undefined, '2026-10-22', '2026-12-28', '2027-03-27'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  talks: fc.array(planned, { maxLength: 8 }),
  fullDays: fc.array(
    fc
      .tuple(fc.nat(13), fc.array(planned, { minLength: 4, maxLength: 6 }))
      .map(([on, talks]) => talks.map((talk) => ({ ...talk, day: on, people: [0, ...talk.people] }))),
    { maxLength: 2 },
  ),
  reasons: fc.array(
    fc.record({
      client: fc.option(client, { nil: undefined }),
      who: some,
      weight: fc.integer({ min: 1, max: 100 }),
      since: fc.integer({ min: -100, max: 400 }),
      gone: fc.option(
        fc.record({ after: fc.integer({ min: 1, max: 200 }), hours: fc.integer({ min: 1, max: 200 }) }),
        { nil: undefined, freq: 1 },
      ),
    }),
    { maxLength: 8 },
  ),
  changes: fc.oneof(fc.array(steadyChange, { maxLength: 1 }), fc.array(anyChange, { maxLength: 5 })),
  moods: fc.array(fc.nat(11), { minLength: 1, maxLength: 20 }),
  troubles: fc.oneof(
    fc.constant<number[]>([0]),
    fc.array(fc.constantFrom(0, 0, 0, 0, 1, 5, 36, 156), { minLength: 1, maxLength: 20 }),
  ),
  late: fc.constantFrom(0, 700),
  keeps: fc.boolean(),
});

type Line = Message & { ms: number; who: Reachable; starts: number[] };

/** Everything that happened in a scenario. */
type Weeks = {
  scenario: Scenario;
  begin: number;
  end: number;
  people: Map<string, Reachable>;
  talks: Map<string, Talk>;
  reasons: (Reason & { gone: [number, number] | undefined })[];
  lines: Line[];
  sent: Sent[];
  /** As they are kept. */
  kept: Snooze[];
  snoozes: (Snooze & { made: number })[];
  /** What was planned and waits for its moment. */
  waiting: (Message & { isTried: boolean })[];
  /** How many messages had their turn. */
  turn: number;
  /** Spans in which nothing was planned, and nothing sent. */
  down: [number, number][];
  /** Spans in which a message waited that was to come at their beginning. */
  troubled: [number, number][];
  /** When anything changed; of whom, or of which talk. */
  changes: { at: number; of: string }[];
  answered: Set<string>;
};

function asTalk(
  index: number,
  { day: on, quarter: at, minutes, length, client: of, people }: Planned,
  scenario: Scenario,
): Talk {
  const start = Temporal.PlainDate.from(scenario.monday)
    .add({ days: on % (scenario.weeks * 7) })
    .toZonedDateTime('Europe/Amsterdam')
    .add({ minutes: at * 15 + minutes }).epochMilliseconds;
  const names = people.flatMap((who) => ids[who % scenario.people.length] ?? []);
  return {
    id: `talk@${index}`,
    client: clients[of] ?? '',
    start,
    end: start + length * quarter,
    people: [...new Set(names)],
    asked: false,
    answered: false,
  };
}

function beginningOf(scenario: Scenario): Weeks {
  const begin = Temporal.PlainDate.from(scenario.monday).toZonedDateTime(
    'Europe/Amsterdam',
  ).epochMilliseconds;
  const people = scenario.people.map((one, index) => ({ ...one, id: ids[index] ?? '', muted: [] }));
  const talks = [...scenario.talks, ...scenario.fullDays.flat()].map((one, index) =>
    asTalk(index, one, scenario),
  );
  return {
    scenario,
    begin,
    end: begin + scenario.weeks * 7 * day,
    people: new Map(people.map((person) => [person.id, person])),
    talks: new Map(talks.map((talk) => [talk.id, talk])),
    reasons: scenario.reasons.map(({ who, since, gone, ...reason }, index) => {
      const ends = begin + (since + (gone?.after ?? 0)) * hour;
      return {
        ...reason,
        key: `reason:${index}`,
        who: who.flatMap((one) => ids[one] ?? []),
        since: instant(begin + since * hour),
        gone: gone && [ends, ends + gone.hours * hour],
      };
    }),
    ...{ lines: [], sent: [], kept: [], snoozes: [], waiting: [], turn: 0, down: [], troubled: [] },
    changes: [],
    answered: new Set(),
  };
}

/** Those that hold at a moment, each since it began last. */
function reasonsAt({ reasons }: Pick<Weeks, 'reasons'>, ms: number): Reason[] {
  return reasons.flatMap(({ gone, ...reason }) => {
    if (!gone || ms < gone[0]) return [reason];
    return ms < gone[1] ? [] : [{ ...reason, since: instant(gone[1]) }];
  });
}

function situationAt(weeks: Weeks, ms: number): Situation {
  const asked = new Set(weeks.sent.flatMap(({ kind, keys }) => (kind === 'after' ? keys : [])));
  return {
    people: [...weeks.people.values()],
    talks: [...weeks.talks.values()].map((talk) => ({ ...talk, asked: asked.has(talk.id) })),
    reasons: reasonsAt(weeks, ms),
    sent: weeks.sent,
    snoozes: weeks.kept,
  };
}

function isDown({ down }: Weeks, ms: number): boolean {
  return down.some(([from, until]) => from <= ms && ms < until);
}

function apply(weeks: Weeks, change: Change, now: number, aim?: Message): void {
  const { people, talks } = weeks;
  const person = people.get(aim?.person ?? '') ?? [...people.values()][change.who % people.size];
  const aimed = aim && talks.get(idIn(aim.keys[0] ?? ''));
  const talk = aimed ?? [...talks.values()][change.talk % Math.max(talks.size, 1)];
  switch (change.what) {
    case 'down':
      weeks.down.push([now, now + change.hours * hour]);
      return;
    case 'shift':
    case 'answer':
      if (talk) changeTalk(weeks, talk, change, now);
      return;
    case 'arise':
    case 'lapse':
    case 'put-off':
      if (person) changeReasons(weeks, person, change.what, now, aim);
      return;
    case 'add':
      if (person) addTalk(weeks, person, change.talk, now);
      return;
    default:
      if (!person) return;
      weeks.changes.push({ at: now, of: person.id });
      people.set(person.id, changed(person, change, now, talk));
  }
}

/** What was answered is not moved, and what has not begun not answered. */
function changeTalk({ talks, answered, changes }: Weeks, talk: Talk, change: Change, now: number): void {
  if (talk.answered || (change.what === 'answer' && talk.start > now)) return;
  const minutes = change.what === 'shift' ? change.minutes : 0;
  const [start, end] = [talk.start + minutes * minute, talk.end + minutes * minute];
  talks.set(talk.id, { ...talk, start, end, answered: change.what === 'answer' });
  if (change.what === 'answer') answered.add(talk.id);
  changes.push({ at: now, of: talk.id });
}

function addTalk({ talks, changes }: Weeks, { id: who }: Reachable, number: number, now: number): void {
  const id = `added@${talks.size}`;
  // Some of which a calendar tells only when they are just over.
  const start = now + (number > 8 ? -36 * minute : (number + 1) * 3 * quarter);
  const end = start + 30 * minute;
  talks.set(id, { id, client: 'acme', start, end, people: [who], asked: false, answered: false });
  changes.push({ at: now, of: id });
}

/** One begins, one ends for some hours, or the first of a message is put off once more. */
function changeReasons(
  weeks: Weeks,
  { id: person }: Reachable,
  what: 'arise' | 'lapse' | 'put-off',
  now: number,
  aim?: Message,
): void {
  const { reasons, changes } = weeks;
  const since = instant(now);
  if (what === 'arise') {
    const key = `reason:${reasons.length}`;
    reasons.push({ key, client: undefined, who: [person], weight: 100, since, gone: undefined });
    changes.push({ at: now, of: key });
  }
  const reason = reasons.find(({ key }) => aim?.keys.includes(key));
  if (!reason || what === 'arise') return;
  changes.push({ at: now, of: reason.key });
  if (what === 'lapse') reason.gone ??= [now, now + 30 * hour];
  else {
    const one = { person, key: reason.key, until: instant(now + 30 * hour) };
    // It takes the place of an earlier one that still waits.
    const isOther = ({ person: who, key, until }: Snooze) =>
      who !== person || key !== one.key || until.epochMilliseconds < now;
    weeks.kept = [...weeks.kept.filter(isOther), one];
    weeks.snoozes = [...weeks.snoozes.filter(isOther), { ...one, made: now }];
  }
}

function changed(person: Reachable, change: Change, now: number, talk?: Talk): Reachable {
  switch (change.what) {
    case 'move':
      return { ...person, timeZone: change.zone };
    case 'pause':
      return {
        ...person,
        pausedUntil: local(person, now).toPlainDate().add({ days: change.days }).toString(),
      };
    case 'mute':
      return { ...person, muted: [...person.muted, (change.aims && talk?.client) || change.client] };
    case 'unmute':
      return { ...person, muted: person.muted.filter((one) => one !== change.client) };
    default:
      return person;
  }
}

/** Lets a scenario happen. */
function live(scenario: Scenario): Weeks {
  const weeks = beginningOf(scenario);
  const { people, begin, end } = weeks;
  const changes = scenario.changes.toSorted((one, other) => one.minute - other.minute);
  const isDue = (change: Change, ms: number) => begin + change.minute * minute <= ms;
  const applyUntil = (ms: number, aim?: Message) => {
    for (const change of [...changes].filter((one) => isDue(one, ms) && (!one.aims || aim))) {
      changes.splice(changes.indexOf(change), 1);
      apply(weeks, change, ms, change.aims ? aim : undefined);
    }
  };
  let next = begin;
  for (let now = begin; now < end; now = next) {
    next = now + quarter;
    // Where nobody may be reached some hours at once, which shows as well that nothing comes in them.
    const isQuiet = (at: number) => ![...people.values()].some((one) => isReachable(one, at));
    while (next - now < 4 * hour && isQuiet(next - quarter) && isQuiet(next)) next += quarter;
    applyUntil(now);
    if (isDown(weeks, now)) continue;
    run(weeks, now, now);
    planIn(weeks, now + scenario.late, next);
    // Something changes while something waits, and all is planned at once; now and then without any reason.
    const first = weeks.waiting.toSorted((one, other) => Temporal.Instant.compare(one.at, other.at))[0];
    const middle = first && Math.min(first.at.epochMilliseconds, next) - minute;
    if (first && middle !== undefined && middle >= now) {
      run(weeks, now, middle);
      applyUntil(middle, first);
      if (isDown(weeks, middle)) continue;
      planIn(weeks, middle + scenario.late, next);
    }
    run(weeks, now, next - 1);
  }
  return weeks;
}

/** Plans a window; what waits already in the same words is kept as it is. */
function planIn(weeks: Weeks, from: number, until: number): void {
  const situation = situationAt(weeks, from);
  const window = [instant(from), instant(until)] as const;
  const messages = plan(situation, ...window, pace);
  if (weeks.turn % 9 === 0) expect(plan(reversed(situation), ...window, pace)).toEqual(messages);
  weeks.turn += 1;
  for (const message of messages) {
    const { person, kind, keys, at } = message;
    expect(at.epochMilliseconds).toBeGreaterThanOrEqual(from);
    expect(at.epochMilliseconds).toBeLessThanOrEqual(until);
    const isSame = (one: Message) =>
      one.person === person && one.kind === kind && `${one.keys}` === `${keys}`;
    if (!weeks.waiting.some(isSame)) weeks.waiting.push({ ...message, isTried: false });
  }
}

/** Tells what has its moment up to one, not before another: what is still to be told by then. */
function run(weeks: Weeks, from: number, until: number): void {
  const { scenario, waiting } = weeks;
  const isDue = ({ at }: Message) => at.epochMilliseconds <= until;
  const due = waiting.filter(isDue).toSorted((one, other) => Temporal.Instant.compare(one.at, other.at));
  for (const message of due) {
    waiting.splice(waiting.indexOf(message), 1);
    const ms = Math.max(message.at.epochMilliseconds, from);
    const trouble = message.isTried
      ? 0
      : (scenario.troubles[weeks.lines.length % scenario.troubles.length] ?? 0);
    if (trouble > 0) {
      waiting.push({ ...message, at: instant(ms + trouble * minute), isTried: true });
      weeks.troubled.push([ms, ms + trouble * minute]);
    } else tell(weeks, message, ms + scenario.late);
  }
}

function tell(weeks: Weeks, { person, kind, keys }: Message, ms: number): void {
  const { scenario, lines } = weeks;
  const at = instant(ms);
  const still = stillToTell({ person, kind, keys }, situationAt(weeks, ms), at, pace);
  if (still.length === 0) return;
  const line = lineOf(weeks, { person, kind, keys: still, at });
  check(weeks, line);
  lines.push(line);
  weeks.sent.push({ person, kind, keys: still, at });
  const isTold = (one: Snooze) => one.person === person && still.includes(one.key);
  if (!scenario.keeps) weeks.kept = weeks.kept.filter((one) => !isTold(one));
  const wait = [3 * hour, day, 7 * day][scenario.moods[lines.length % scenario.moods.length] ?? 9];
  if (wait === undefined || kind === 'before' || kind === 'day') return;
  for (const key of still) {
    const until = instant(ms + wait);
    weeks.kept.push({ person, key, until });
    weeks.snoozes.push({ person, key, until, made: ms });
  }
}

function reversed({ people, talks, reasons, sent, snoozes }: Situation): Situation {
  return {
    people: people.toReversed(),
    talks: talks.toReversed(),
    reasons: reasons.toReversed().map((one) => ({ ...one, who: one.who.toReversed() })),
    sent: sent.toReversed(),
    snoozes: snoozes.toReversed(),
  };
}

function lineOf({ people, talks }: Weeks, message: Message): Line {
  const who = people.get(message.person);
  if (!who) throw new Error(`Nobody is ${message.person}.`);
  const about = message.keys.flatMap((key) => talks.get(idIn(key)) ?? []);
  return {
    ...message,
    ms: message.at.epochMilliseconds,
    who,
    starts: about.map(({ start }) => start),
  };
}

const isBriefing = ({ kind }: Pick<Message, 'kind'>) => kind === 'before' || kind === 'day';
/** 'talk@3' of 'talk@3@2026-11-23T10:00Z'. */
const idIn = (key: string) => key.split('@').slice(0, 2).join('@');

/** What holds of each message when it comes. */
function check(weeks: Weeks, line: Line): void {
  const { ms, who, keys, kind } = line;
  const { talks, lines } = weeks;
  const reasons = reasonsAt(weeks, ms);
  // What was planned for the end of a day may come a moment later.
  const isReached = isReachable(who, ms) || isReachable(who, ms - 2 * minute);
  expect(isReached, `${kind} reaches ${who.id} at ${local(who, ms)}`).toBe(true);
  expect(new Set(keys).size).toBe(keys.length);
  const mine = lines.filter(({ person }) => person === who.id);
  for (const key of keys) {
    const talk = talks.get(idIn(key));
    const reason = reasons.find((one) => one.key === key);
    expect(who.muted).not.toContain(talk?.client ?? reason?.client);
    expect((talk?.people ?? reason?.who ?? []).includes(who.id)).toBe(true);
    if (talk && isBriefing(line)) checkBriefing(line, key, talk, mine);
    else if (talk) checkQuestion(weeks, line, talk);
    else checkReason(weeks, line, key, mine);
  }
  if (kind === 'between') {
    const isIn = ({ people, start, end }: Talk) => people.includes(who.id) && start <= ms && ms < end;
    expect([...talks.values()].some(isIn), `${who.id} is in a talk at ${local(who, ms)}`).toBe(false);
    expect(keys.length).toBeLessThanOrEqual(4);
    // By the clock of where he was then.
    const days = mine.filter((one) => one.kind === 'between').map((one) => dateOf(one.who, one.ms));
    expect(days).not.toContain(dateOf(who, ms));
  }
}

function checkBriefing({ ms, kind, keys, starts, who }: Line, key: string, talk: Talk, mine: Line[]): void {
  const start = talk.start;
  expect(ms).toBeLessThan(start);
  expect(key).toBe(talkKey(talk));
  const before = mine.findLast((one) => isBriefing(one) && one.keys.some((other) => idIn(other) === talk.id));
  const told = before?.starts[before.keys.findIndex((other) => idIn(other) === talk.id)];
  if (told !== undefined) expect(Math.abs(told - start)).toBeGreaterThan(15 * minute);
  if (kind === 'before') expect(keys).toHaveLength(1);
  const full = mine.filter((one) => one.kind === 'day' && one.who.timeZone === who.timeZone);
  const isFull = full.some((one) => dateOf(one.who, one.starts[0] ?? 0) === dateOf(who, start));
  // Beside a full day that was told only what cannot wait.
  const { hour: hours, minute: minutes } = local(who, start);
  if (kind === 'day' && isFull)
    expect(start - ms <= 30 * minute || hours * 60 + minutes < 9.5 * 60).toBe(true);
  expect(starts).toEqual(starts.toSorted((one, other) => one - other));
  expect(new Set(starts.map((at) => dateOf(who, at))).size).toBe(1);
}

function checkQuestion({ lines, snoozes }: Weeks, { ms, who }: Line, talk: Talk): void {
  expect(talk.answered).toBe(false);
  expect(ms).toBeGreaterThanOrEqual(talk.end + 10 * minute);
  const asked = lines.filter(({ kind, keys }) => kind === 'after' && keys.includes(talk.id));
  const over = snoozes.filter(({ key, until }) => key === talk.id && until.epochMilliseconds <= ms);
  // Once, and once more for each time that he wanted to hear of it later: he himself.
  expect(asked.length).toBe(over.length);
  expect(asked.filter(({ person }) => person !== who.id)).toEqual([]);
  expect(snoozes.some(({ key, until }) => key === talk.id && until.epochMilliseconds > ms)).toBe(false);
  const due = Math.max(talk.end, ...over.map(({ until }) => until.epochMilliseconds));
  expect(workdaysBetween(who, due, ms)).toBeLessThanOrEqual(3);
}

function checkReason(weeks: Weeks, { ms, who, kind }: Line, key: string, mine: Line[]): void {
  const since = reasonsAt(weeks, ms).find((one) => one.key === key)?.since.epochMilliseconds ?? Infinity;
  expect(since).toBeLessThanOrEqual(ms);
  // What was put off until before it began is of an earlier time.
  const own = weeks.snoozes.filter(
    (one) => one.person === who.id && one.key === key && one.until.epochMilliseconds >= since,
  );
  const told = mine.filter(({ keys }) => keys.includes(key));
  expect(own.filter(({ until }) => until.epochMilliseconds > ms)).toEqual([]);
  const back = told.filter((one) => one.kind === 'again' && one.ms >= since);
  expect(kind === 'again').toBe(own.length > back.length);
  const last = told.at(-1);
  if (kind === 'again' || !last) return;
  expect(ms - last.ms).toBeGreaterThan(6.5 * day - 3 * hour);
  if (last.who.timeZone === who.timeZone)
    expect(local(who, ms).toPlainDate().since(local(who, last.ms).toPlainDate()).days).toBeGreaterThanOrEqual(
      7,
    );
}

/** Since when nothing of all this changed, as seen from a moment. */
function calmSince({ changes, down, troubled, begin }: Weeks, moment: number, of?: string[]): number {
  const changed = changes
    .filter((one) => one.at < moment && (!of || of.includes(one.of)))
    .map(({ at }) => at);
  const up = [...down, ...troubled].filter(([from]) => from < moment).map(([, until]) => until);
  return Math.max(begin, ...changed, ...up);
}

/** The quarters of an hour in which something was planned. */
function* quarters({ scenario, end }: Weeks, from: number, until = end): Generator<number> {
  for (let at = Math.ceil(from / quarter) * quarter; at < Math.min(until, end); at += quarter)
    yield at + scenario.late;
}

function everyTalkIsToldOf(weeks: Weeks): void {
  for (const talk of weeks.talks.values())
    for (const id of talk.people) {
      const person = weeks.people.get(id);
      const start = talk.start;
      if (!person || start > weeks.end || person.muted.includes(talk.client)) continue;
      // By then he was another, or it was not to be yet.
      if (calmSince(weeks, weeks.end, [id, talk.id]) >= start) continue;
      const calm = calmSince(weeks, start, [id, talk.id]);
      if (![...quarters(weeks, calm, start)].some((at) => at < start && isReachable(person, at))) continue;
      const told = weeks.lines.some(
        (one) =>
          isBriefing(one) &&
          one.person === id &&
          one.ms < start &&
          one.keys.some(
            (key, at) => idIn(key) === talk.id && Math.abs((one.starts[at] ?? 0) - start) <= 15 * minute,
          ),
      );
      expect(told, `${id} is told of ${talkKey(talk)}`).toBe(true);
    }
}

function everyTalkIsAskedAbout(weeks: Weeks): void {
  const calm = calmSince(weeks, weeks.end);
  for (const talk of weeks.talks.values()) {
    if (talk.answered) continue;
    const end = talk.end;
    // With the others that end within two hours.
    const due = Math.max(end + 2 * hour + 10 * minute, calm);
    for (const at of quarters(weeks, due, due + 9 * day)) {
      const first = talk.people
        .flatMap((id) => weeks.people.get(id) ?? [])
        .find((one) => !isPaused(one, at) && !one.muted.includes(talk.client));
      if (!first || !isReachable(first, at) || workdaysBetween(first, end, at) > 3) continue;
      const asked = weeks.lines.some(
        ({ kind, keys, ms }) => kind === 'after' && keys.includes(talk.id) && ms <= at + weeks.scenario.late,
      );
      expect(asked, `${first.id} is asked about ${talk.id} by ${local(first, at)}`).toBe(true);
      break;
    }
  }
}

function everyReasonIsTold(weeks: Weeks): void {
  const calm = calmSince(weeks, weeks.end);
  for (const { key, who, client: of, since } of reasonsAt(weeks, weeks.end))
    for (const person of who.flatMap((id) => weeks.people.get(id) ?? [])) {
      const told = weeks.lines.filter((one) => one.person === person.id && one.keys.includes(key));
      if (told.length > 0 || (of && person.muted.includes(of))) continue;
      const { pausedUntil } = person;
      const resumes = pausedUntil
        ? Temporal.PlainDate.from(pausedUntil).toZonedDateTime(person.timeZone).epochMilliseconds
        : 0;
      const from = Math.max(since.epochMilliseconds, calm, resumes);
      if (from < weeks.end)
        expect(
          workdaysBetween(person, from, weeks.end - 1),
          `${key} waits for ${person.id}`,
        ).toBeLessThanOrEqual(5);
    }
}

function everySnoozeEnds(weeks: Weeks): void {
  for (const { person: id, key, until, made } of weeks.snoozes) {
    const person = weeks.people.get(id);
    const over = until.epochMilliseconds;
    if (!person || calmSince(weeks, weeks.end) > made) continue;
    const at = quarters(weeks, over).find((one) => isReachable(person, one));
    const talk = weeks.talks.get(key);
    const reason = weeks.reasons.find((one) => one.key === key);
    const begun = [made, over, at ?? over].map(
      (ms) => reasonsAt(weeks, ms).find((one) => one.key === key)?.since.epochMilliseconds,
    );
    if (reason && (begun[0] === undefined || new Set(begun).size > 1)) continue;
    if (at === undefined || person.muted.includes(talk?.client ?? reason?.client ?? '')) continue;
    const back = weeks.lines.some(
      (one) =>
        one.person === id && one.keys.includes(key) && one.ms >= over && one.ms <= at + weeks.scenario.late,
    );
    expect(back, `${key} is back for ${id} at ${local(person, at)}`).toBe(true);
  }
}

/** Unless something changed: one message for a full day, else three at most. */
function daysAreQuiet({ lines, changes, down, troubled }: Weeks): void {
  if (changes.length + down.length + troubled.length > 0) return;
  const days = Map.groupBy(
    lines.filter(isBriefing),
    ({ who, starts }) => `${who.id} ${dateOf(who, starts[0] ?? 0)}`,
  );
  for (const [on, told] of days) {
    const full = told.filter(({ kind }) => kind === 'day');
    expect(told.length, on).toBeLessThanOrEqual(full.length > 0 ? 1 : 3);
  }
}

/**
 * What chance finds too seldom. On a Monday a reason is to be told at 10:05 and put off until 13:05; three talks are to be
 * told of, the first from 12:10 to 12:25 at 11:40, and that is to be asked about at 12:35. This changes a minute before.
 */
const meddling = [
  { what: 'arise', at: '10:00' },
  { what: 'put-off', at: '10:00' },
  { what: 'put-off', at: '13:00' },
  { what: 'lapse', at: '13:00' },
  { what: 'add', at: '11:30' },
  { what: 'mute', at: '11:30', client: '' },
  { what: 'shift', at: '11:30', minutes: 60 },
  { what: 'shift', at: '12:30', minutes: 10 },
] as const;
const examples = meddling.map(({ at, ...change }): [Scenario] => [
  {
    ...{ monday: '2026-10-19', weeks: 2, fullDays: [], troubles: [0], late: 0, keeps: false },
    people: [
      {
        ...{ timeZone: 'Europe/Amsterdam', workdays: [1, 2, 3, 4, 5], country: 'NL' },
        ...{ hours: { from: '10:05', to: '16:20' }, pausedUntil: undefined },
      },
    ],
    talks: [48, 56, 60].map((quarter) => ({
      ...{ day: 0, quarter, minutes: 10, length: 1, client: 0, people: [0] },
    })),
    reasons: [{ client: undefined, who: [0], weight: 1, since: 0, gone: undefined }],
    changes: [{ ...change, minute: minutesIn(at), who: 0, talk: 0, aims: true }],
    moods: [9, 0, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9],
  },
]);

it('reaches people rarely, when they may be reached, and forgets nothing', () => {
  fc.assert(
    fc.property(scenarios, (scenario) => {
      const weeks = live(scenario);
      everyTalkIsToldOf(weeks);
      everyTalkIsAskedAbout(weeks);
      everyReasonIsTold(weeks);
      everySnoozeEnds(weeks);
      daysAreQuiet(weeks);
    }),
    { numRuns: 40, examples },
  );
});

it('plans the same for all the weeks at once as by the quarter', () => {
  const calm = scenarios.map((scenario) => ({
    ...scenario,
    people: scenario.people.map((person) => ({ ...person, pausedUntil: undefined })),
    reasons: scenario.reasons.map((reason) => ({ ...reason, gone: undefined })),
    changes: [],
    moods: [9],
    troubles: [0],
    late: 0,
  }));
  fc.assert(
    fc.property(calm, (scenario) => {
      const { people, talks, reasons, begin, end } = beginningOf(scenario);
      const situation = {
        people: [...people.values()],
        talks: [...talks.values()],
        reasons,
        sent: [],
        snoozes: [],
      };
      const shown = (messages: Message[]) =>
        messages.map(({ person, kind, keys, at }) => `${at} ${person} ${kind} ${keys}`).toSorted();
      expect(shown(plan(situation, instant(begin), instant(end), pace))).toEqual(shown(live(scenario).lines));
    }),
    { numRuns: 20 },
  );
});
