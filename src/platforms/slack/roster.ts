import { webApi } from '@slack/bolt';
import { z } from 'zod';
import type { PersonRecord } from '../../store/directory.ts';
import type { Parts } from './client.ts';
import { recordOf, type User, userSchema } from './users.ts';

/** Slack allows 20 pages a minute: so 10,000 people, and each page is there soon enough for who waits for it. */
const pageSize = 500;
const everyHours = 1;
const afterTroubleMinutes = 1;

const pageSchema = z.object({
  members: z.array(userSchema),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

export type Roster = {
  /**
   * Reads the next page of the workspace's people into the directory, or waits for the page that is under way. Goes
   * on where it stopped, and begins anew at most once an hour. False when there is nothing more to read now.
   */
  readOn(): Promise<boolean>;
};

/** Everybody of our own workspace, page by page, as far as somebody needs it. */
export function roster(parts: Parts): Roster {
  const { client, now, log } = parts;
  let page: Promise<boolean> | undefined;
  let cursor: string | undefined;
  let beginsAt = now();

  async function read(): Promise<boolean> {
    const isDue = Temporal.Instant.compare(beginsAt, now()) <= 0;
    if (!isDue && cursor === undefined) return false;
    if (isDue) {
      cursor = undefined;
      beginsAt = now().add({ hours: everyHours });
    }
    try {
      const askedAt = now();
      const more = cursor === undefined ? {} : { cursor };
      const answer = await client.users.list({ limit: pageSize, include_locale: true, ...more });
      const { members, response_metadata } = pageSchema.parse(answer);
      await keep(parts, members, askedAt);
      cursor = response_metadata?.next_cursor || undefined;
      return true;
    } catch (error) {
      return troubled(error);
    }
  }

  async function troubled(error: unknown): Promise<boolean> {
    if (error instanceof webApi.WebAPIRateLimitedError) {
      log.info({ seconds: error.retryAfter }, 'Slack lets the list of people wait');
      await new Promise((resolve) => setTimeout(resolve, error.retryAfter * 1000).unref());
      // Asked for again at the same place; the first page was not had, so the reading has not begun.
      if (cursor === undefined) beginsAt = now();
      return true;
    }
    log.warn({ err: error }, 'the list of people could not be read');
    // The cursor may be what is wrong.
    cursor = undefined;
    beginsAt = now().add({ minutes: afterTroubleMinutes });
    return false;
  }

  return {
    readOn() {
      page ??= read().finally(() => {
        page = undefined;
      });
      return page;
    },
  };
}

/** Keeps a page, in one transaction. */
async function keep(
  { directory, installation, now }: Parts,
  users: User[],
  askedAt: Temporal.Instant,
): Promise<void> {
  const home = await installation();
  const ids = users.map(({ id }) => id);
  const before = new Map((await directory.people(home.team, ids)).map((person) => [person.id, person]));
  const wanted = users.filter((user) => {
    const known = before.get(user.id);
    // The many bots and those who left are no concern of Belay's until it meets one of them.
    return known ? !isNewer(known, askedAt) : !user.deleted && !user.is_bot;
  });
  const records = wanted.map((user) => recordOf(user, home, before.get(user.id), now()));
  await directory.savePeople(home.team, records);
}

/** Whether an event told more of this person while the page was on its way. */
function isNewer({ checkedAt }: PersonRecord, askedAt: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(checkedAt), askedAt) > 0;
}
