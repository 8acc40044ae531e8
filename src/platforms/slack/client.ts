import { type Logger, LogLevel, type webApi } from '@slack/bolt';
import type { Logger as Log } from 'pino';
import { z } from 'zod';
import type { SlackConfig } from '../../config.ts';
import type { Directory } from '../../store/directory.ts';

export type Client = webApi.WebClient;

/** What Slack's parts work with. */
export type Parts = {
  client: Client;
  installation: () => Promise<Installation>;
  directory: Directory;
  now: () => Temporal.Instant;
  log: Log;
};

/** How the SDK speaks to Slack. Retries are the outbox's: the SDK's own would post twice after a cut connection. */
export function clientOptions(config: SlackConfig, log: Log): webApi.WebClientOptions {
  return {
    ...(config.apiUrl ? { slackApiUrl: config.apiUrl } : {}),
    retryConfig: { retries: 0 },
    timeout: 10_000,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: sdkLogger(log),
  };
}

/** The SDK's voice in Belay's log. What it says below a warning holds people's words, so it is not kept. */
export function sdkLogger(log: Log): Logger {
  const say = (words: unknown[]) =>
    words.map((word) => (word instanceof Error ? word.message : String(word))).join(' ');
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: (...words) => log.warn(say(words)),
    error: (...words) => log.error(say(words)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.WARN,
    setName: () => undefined,
  };
}

/** Where Belay is installed, and as whom. */
export type Installation = {
  team: string;
  /** The organisation, where the workspace belongs to one. */
  enterprise: string | undefined;
  /** The workspace's address, with a slash at its end. */
  url: string;
  botUser: string;
  bot: string;
};

const authSchema = z.object({
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  url: z.string(),
  user_id: z.string(),
  bot_id: z.string(),
});

/** Asks Slack once who we are; asks again only while it could not be found out. Throws the SDK's errors. */
export function installationOf(client: Client): () => Promise<Installation> {
  let asked: Promise<Installation> | undefined;
  return () => {
    asked ??= client.auth.test().then(
      (answer) => {
        const { team_id, enterprise_id, url, user_id, bot_id } = authSchema.parse(answer);
        return { team: team_id, enterprise: enterprise_id ?? undefined, url, botUser: user_id, bot: bot_id };
      },
      (error) => {
        asked = undefined;
        throw error;
      },
    );
    return asked;
  };
}
