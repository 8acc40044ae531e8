import { webApi } from '@slack/bolt';
import type { Parts } from './client.ts';
import { type User, userSchema } from './users.ts';

/** users.info allows 100 a minute; some are left for others who use the same token. */
const lookUpsPerMinute = 90;

/** short: too many were asked about in this minute. undefined: Slack does not tell. */
type LookedUp = User | 'short' | undefined;

/** One users.info a person at a time, at most so many a minute. */
export function lookingUp({ client, now, log }: Parts): (id: string) => Promise<LookedUp> {
  const under = new Map<string, Promise<LookedUp>>();
  let recent: number[] = [];

  async function ask(id: string): Promise<LookedUp> {
    const at = now().epochMilliseconds;
    recent = recent.filter((before) => before > at - 60_000);
    if (recent.length >= lookUpsPerMinute) return 'short';
    recent.push(at);
    try {
      const answer = await client.users.info({ user: id, include_locale: true });
      return userSchema.parse(answer.user);
    } catch (error) {
      if (error instanceof webApi.WebAPIRateLimitedError) return 'short';
      log.warn({ err: error, person: id }, 'a person could not be looked up');
      return undefined;
    }
  }

  return (id) => {
    const running = under.get(id) ?? ask(id).finally(() => under.delete(id));
    under.set(id, running);
    return running;
  };
}
