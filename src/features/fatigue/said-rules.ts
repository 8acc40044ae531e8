import type { Voice } from '../../chat/voice.ts';
import { sayDay, sayMoment } from '../../text/when.ts';
import type { Spent } from './fatigue.ts';

/** What is said of those who are not asked, to the one who asks and never to a client. Pure. */

export type Skipped = { name: string; spent: Spent };

/** So many are named where there is little room. */
const named = 10;

/** Who is skipped, why, and from when on he can be asked again: a line a person, in the asker's words. */
export function saySkipped(skipped: Skipped[], words: Voice, now: Temporal.Instant): string[] {
  return skipped.map(({ name, spent }) => {
    const { why, lastAt, againAt } = spent;
    const last = sayDay(lastAt, words.language, words.timeZone);
    return words.say(`fatigue.skipped-${why}`, { name, last, again: sayAgain(againAt, words, now) });
  });
}

/** The same for a refusal, which has room for few. */
export function sayFewSkipped(skipped: Skipped[], words: Voice, now: Temporal.Instant): string {
  const lines = saySkipped(skipped.slice(0, named), words, now);
  const more = skipped.length - named;
  return [...lines, ...(more > 0 ? [words.say('fatigue.skipped-more', { count: more })] : [])].join('\n');
}

/** The day; within a day of it the hour too, because until then he cannot be. */
function sayAgain(again: Temporal.Instant, { language, timeZone }: Voice, now: Temporal.Instant): string {
  const isSoon = again.since(now).total('hours') <= 24;
  return (isSoon ? sayMoment : sayDay)(again, language, timeZone);
}

/** How many of the client's people in a channel were asked lately; undefined when none were. `days`: how long that is. */
export function sayLately(
  { count, of, days }: { count: number; of: number; days: number },
  { say }: Pick<Voice, 'say'>,
): string | undefined {
  return count > 0 ? say('fatigue.lately', { count, of, days }) : undefined;
}
