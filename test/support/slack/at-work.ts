import { afterAll, beforeAll, describe, expect, vi } from 'vitest';
import { type BelayProcess, startBelay } from '../belay-process.ts';
import { newDatabase } from '../databases.ts';
import { type Row, rowsOf } from '../rows.ts';
import type { Result } from './acting.ts';
import { type Call, type StandIn, startSlack, tokens } from './stand-in.ts';
import { belay as app, type Message, type View } from './workspace.ts';

/** Belay as a process of its own, in a made-up Slack. */
export type AtWork = {
  at: StandIn;
  belay: BelayProcess;
  /** A new channel with our own three and Belay in it; `client`: shared with Acme, whose three are in it too. */
  channel(options?: { client?: boolean; belay?: boolean; more?: string[] }): string;
  /** New people beside the cast, of our workspace T1 or the client's T2. */
  people(team: 'T1' | 'T2', count: number): string[];
  /** The newest message in a channel that this person sees and whose words match; waits for it. */
  sees(person: string, channel: string, words: RegExp): Promise<Message>;
  /** The newest form that is open before this person, with these words; waits for it. */
  form(person: string, words?: RegExp): Promise<View>;
  /** All that was ever put into a channel for everybody, in its order. */
  saidIn(channel: string): Call[];
  /** What the database holds now. */
  rows(query: string): Promise<Row[]>;
  stop(): Promise<number | null>;
};

type Options = { databaseUrl: string; mode?: 'http' | 'socket'; env?: Record<string, string> };

/** Starts both and connects them. */
export async function startAtWork({ databaseUrl, mode = 'http', env = {} }: Options): Promise<AtWork> {
  const at = await startSlack();
  const belay = await startBelay({
    env: { ...slackEnvironment(at, mode), DATABASE_URL: databaseUrl, ...env },
  });
  if (mode === 'http') at.deliverTo(`${belay.url}/slack/events`);
  // It is healthy before its socket is open.
  await belay.waitFor(/^Belay listens/);
  const { users, channels, modals } = at.workspace;
  const saying = new Set(['chat.postMessage', 'chat.update']);
  return {
    at,
    belay,
    channel({ client = false, belay = true, more = [] } = {}) {
      const id = `C_NEW${channels.size}`;
      const members = ['U_ANNA', 'U_BRAM', 'U_CARLA', ...(belay ? [app.user] : []), ...more];
      if (client) members.push('U_DAAN', 'U_EVA', 'U_FINN');
      channels.set(id, { id, name: id.toLowerCase(), members: new Set(members), extShared: client });
      return id;
    },
    people: (team, count) =>
      Array.from({ length: count }, () => {
        const id = `U_${team}_${users.size}`;
        users.set(id, {
          id,
          team,
          name: id.toLowerCase(),
          realName: `Person ${users.size}`,
          locale: 'nl-NL',
        });
        return id;
      }),
    sees: (person, channel, words) =>
      eventually(() => {
        const seen = at.seenBy(person, channel);
        const found = seen.findLast((message) => words.test(wordsOf(message)));
        if (found) return found;
        throw new Error(
          `${person} does not see ${words} in ${channel}, but:\n${seen.map(wordsOf).join('\n')}`,
        );
      }),
    form: (person, words = /./) =>
      eventually(() => {
        const view = modals.findLast((modal) => modal.user === person && words.test(wordsOf(modal)));
        if (!view) throw new Error(`${person} sees no form with ${words}`);
        return view;
      }),
    saidIn: (channel) =>
      at.calls.filter(({ method, args }) => saying.has(method) && args.channel === channel),
    rows: (query) => rowsOf(databaseUrl, query),
    async stop() {
      const code = await belay.stop();
      await at.close();
      return code;
    },
  };
}

/** What Belay is started with to work in this Slack. */
export function slackEnvironment(at: StandIn, mode: 'http' | 'socket'): Record<string, string> {
  return {
    HOST: '127.0.0.1',
    SLACK_BOT_TOKEN: tokens.bot,
    SLACK_API_URL: at.apiUrl,
    ...(mode === 'http' ? { SLACK_SIGNING_SECRET: tokens.signingSecret } : { SLACK_APP_TOKEN: tokens.app }),
  };
}

/** Says of Belay on each database what `define` says: one process and one Slack for all its tests, side by side. */
export function onEachDatabase(define: (work: () => AtWork) => void): void {
  for (const kind of ['sqlite', 'postgres'] as const) onDatabase(kind, define);
}

/** The same on one of them. `env`: what Belay is started with beside the usual. */
export function onDatabase(
  kind: 'sqlite' | 'postgres',
  define: (work: () => AtWork) => void,
  env: Record<string, string> = {},
): void {
  describe(`on ${kind}`, { concurrent: true, timeout: 60_000 }, () => {
    let work: AtWork;
    let remove: () => Promise<void>;

    beforeAll(async () => {
      const database = await newDatabase(kind);
      remove = database.remove;
      work = await startAtWork({ databaseUrl: database.url, env });
    });

    afterAll(async () => {
      expect(await work.stop()).toBe(0);
      await remove();
    });

    define(() => work);
  });
}

/** Expects that Slack got its acknowledgement in time. */
export async function acknowledged(done: Promise<Result>): Promise<Result> {
  const result = await done;
  expect(result).toMatchObject({ status: 200 });
  expect(result.elapsedMs).toBeLessThan(3000);
  return result;
}

/** The value, as soon as `look` does not throw; its last error after ten seconds. */
export function eventually<T>(look: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(look, { timeout: 10_000, interval: 20 });
}

/** All that a person reads in a message or a view. */
export function wordsOf({ text = '', blocks }: { text?: string; blocks: unknown[] }): string {
  return `${text} ${JSON.stringify(blocks)}`;
}
