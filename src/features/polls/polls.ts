import { readPeriod } from '../../chat/grammar.ts';

/** The rules of a one-question poll and of the NPS. Pure: no I/O, no clock. */

export type PollState = 'open' | 'closed' | 'cancelled';

export type Poll = {
  id: string;
  place: string;
  placeName: string | undefined;
  /** Asked where the client's people are: only they count, and the team gets the result first. */
  shared: boolean;
  topic: string | undefined;
  language: 'nl' | 'en';
  asker: { id: string; name: string; language: 'nl' | 'en' };
  /** The clock by which its times are told. */
  timeZone: string;
  /** How many people could answer when it was asked, where the platform told. */
  invited: number | undefined;
  askedAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  state: PollState;
  /** The client has been shown the result. */
  resultShared: boolean;
};

/** The name under which a poll's message is found again. */
export function keyOf(poll: { id: string }): string {
  return `poll:${poll.id}`;
}

export type Answer = { person: string; name: string; grade: number; why: string | undefined };

export const limits = { topic: 150, why: 1000, days: 90 };

/** What was typed after `nps ask`. */
export type Asking = { period: Temporal.Duration; topic: string | undefined };
export type AskingMistake = 'not-understood' | 'no-period' | 'period-too-long' | 'topic-too-long';

const standardPeriod = Temporal.Duration.from({ days: 7 });
const periodWords = '(?:for|voor)\\s+((?:\\S+\\s+)?[\\p{L}\\d]+)';
const atTheEnd = new RegExp(`^(.*?)\\s*\\b${periodWords}$`, 'isu');
const atTheBeginning = new RegExp(`^${periodWords}(?:\\s+(.*))?$`, 'isu');

/** Reads "[for 7 days] [about TEXT]", the period before or after the text, in English or Dutch. */
export function readAsking(text: string): Asking | AskingMistake {
  // Longer than any period and topic together; the expressions below must not toil over it.
  if (text.length > 400) return 'topic-too-long';
  const about = /^(?:(.*?)\s+)?(?:about|over)\s+(.+)$/isu.exec(text.trim());
  const before = about ? (about[1] ?? '') : text.trim();
  let topic = about?.[2]?.trim();
  let period = standardPeriod;
  if (before !== '') {
    const read = atTheBeginning.exec(before);
    if (!read?.[1]) return 'not-understood';
    const found = readPeriod(read[1]);
    if (!found) return 'no-period';
    period = found;
  } else if (topic) {
    // "about our support for 3 days": only a real period at the end is one; "for a friend" stays text.
    const read = atTheEnd.exec(topic);
    const found = read?.[2] && /\d/.test(read[2]) ? readPeriod(read[2]) : undefined;
    if (read && found) {
      topic = read[1];
      period = found;
    }
  }
  return checkAsking({ period, topic: topic || undefined });
}

/** The same checks for what came from a form. */
export function checkAsking(asking: Asking): Asking | AskingMistake {
  if (tooLong(asking.period)) return 'period-too-long';
  if (asking.topic && [...asking.topic].length > limits.topic) return 'topic-too-long';
  return asking;
}

function tooLong(period: Temporal.Duration): boolean {
  const { months, weeks, days, hours } = period;
  // A month is counted as the longest there is, so that no poll can stay open beyond the limit.
  return months * 31 + weeks * 7 + days + hours / 24 > limits.days;
}

/** When a poll asked now closes: the same hour so many days, weeks or months later, by the place's own clock. */
export function closingTime(
  now: Temporal.Instant,
  period: Temporal.Duration,
  timeZone: string,
): Temporal.Instant {
  return now.toZonedDateTimeISO(timeZone).add(period).toInstant();
}

/** promoter 9–10, passive 7–8, detractor 0–6 (Reichheld 2003). */
export type NpsGroup = 'promoter' | 'passive' | 'detractor';

export function groupOf(grade: number): NpsGroup {
  if (grade >= 9) return 'promoter';
  return grade >= 7 ? 'passive' : 'detractor';
}

export type NpsSummary = {
  n: number;
  /** How often each grade 0–10 was given. */
  counts: number[];
  promoters: number;
  passives: number;
  detractors: number;
  /** −100…+100; undefined below 5 answers, where a score would say nothing. */
  score: number | undefined;
  /** The middle of the 95 % interval: with few answers nearer 0 than the score. */
  centre: number;
  /** Half the width of the 95 % interval, in points. */
  margin: number;
  /** The interval's ends, within −100…+100. */
  low: number;
  high: number;
  /** few: below 5 answers. indicative: 5 to 29. */
  weight: 'few' | 'indicative' | 'firm';
};

const z = 1.96;

/** Sums up grades 0–10. The margin is an adjusted Wald interval: see `adjusted`. */
export function summarise(grades: number[]): NpsSummary {
  const counts = Array.from({ length: 11 }, (_, grade) => grades.filter((given) => given === grade).length);
  const count = (group: NpsGroup) => grades.filter((grade) => groupOf(grade) === group).length;
  const [n, promoters, detractors] = [grades.length, count('promoter'), count('detractor')];
  const { centre, error } = adjusted(n, promoters, detractors);
  const margin = 100 * z * error;
  return {
    n,
    counts,
    promoters,
    passives: n - promoters - detractors,
    detractors,
    score: n < 5 ? undefined : Math.round((100 * (promoters - detractors)) / n),
    centre: Math.round(100 * centre),
    margin: Math.round(margin),
    low: Math.max(-100, Math.round(100 * centre - margin)),
    high: Math.min(100, Math.round(100 * centre + margin)),
    weight: n < 5 ? 'few' : n < 30 ? 'indicative' : 'firm',
  };
}

/**
 * Centre and standard error of the NPS as a fraction, by the adjusted Wald method for trinomial data: 3 answers are
 * added, ¾ to the promoters and ¾ to the detractors (Rocks 2016; the adjustment of Bonett and Price).
 */
function adjusted(n: number, promoters: number, detractors: number): { centre: number; error: number } {
  const total = n + 3;
  const high = (promoters + 0.75) / total;
  const low = (detractors + 0.75) / total;
  return { centre: high - low, error: Math.sqrt((high + low - (high - low) ** 2) / total) };
}

/** The change from one poll to the next: points, and whether it is more than chance (two-sided, 95 %). */
export function change(before: NpsSummary, after: NpsSummary): { points: number; real: boolean } | undefined {
  if (before.score === undefined || after.score === undefined) return undefined;
  const one = adjusted(before.n, before.promoters, before.detractors);
  const other = adjusted(after.n, after.promoters, after.detractors);
  const far = Math.abs(other.centre - one.centre) / Math.hypot(one.error, other.error);
  return { points: after.score - before.score, real: far > z };
}

/** Shares in whole percents that add up to 100 (largest remainders). All 0 when nothing was counted. */
export function percentages(counts: number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return counts.map(() => 0);
  const exact = counts.map((count) => (100 * count) / total);
  const whole = exact.map(Math.floor);
  const missing = 100 - whole.reduce((sum, share) => sum + share, 0);
  const byRemainder = exact
    .map((share, at) => ({ at, remainder: share - Math.floor(share) }))
    .sort((one, other) => other.remainder - one.remainder);
  for (const { at } of byRemainder.slice(0, missing)) whole[at] = (whole[at] ?? 0) + 1;
  return whole;
}

/** Why this person's vote does not count here; undefined when it does. */
export function voteRefusal(
  poll: Poll,
  voter: { outsider: boolean; unknown?: boolean | undefined },
  now: Temporal.Instant,
): 'closed' | 'cancelled' | 'own-team' | 'unknown-voter' | undefined {
  if (poll.state !== 'open') return poll.state;
  if (Temporal.Instant.compare(now, poll.closesAt) >= 0) return 'closed';
  if (poll.shared && voter.unknown) return 'unknown-voter';
  return poll.shared && !voter.outsider ? 'own-team' : undefined;
}

/** Whoever asked may close or cancel, and an admin. */
export function mayEnd(poll: Poll, person: { id: string; admin: boolean; outsider: boolean }): boolean {
  return !person.outsider && (person.admin || person.id === poll.asker.id);
}
