import { z } from 'zod';

const text = z.string().trim().min(1);
const portWords = 'must be a port number, 0 to 65535';
const port = z.coerce.number(portWords).int(portWords).min(0, portWords).max(65535, portWords);
const guid = z.guid('must be an id such as 00000000-0000-0000-0000-000000000000');
const address = z.url({
  protocol: /^https?$/,
  error: 'must be an address that begins with http:// or https://',
});

const environmentSchema = z.object({
  PORT: port.default(3978),
  HOST: text.optional(),
  PUBLIC_URL: address.optional(),
  DATABASE_URL: text
    .refine((url) => /^(sqlite:.+|postgres(ql)?:\/\/.+)$/.test(url), 'must be sqlite:PATH or postgres://…')
    .refine(
      (url) => !url.startsWith('postgres') || URL.canParse(url),
      'cannot be read: write signs such as / and @ in the password as %2F and %40',
    )
    .default('sqlite:data/belay.db'),
  BELAY_SECRET: z
    .string()
    .regex(/^[0-9a-f]{64}$/i, 'must be 64 hexadecimal digits')
    .optional(),
  BELAY_LANGUAGE: z.enum(['nl', 'en'], 'must be nl or en').default('nl'),
  BELAY_TIME_ZONE: text
    .refine(isTimeZone, 'must be a time zone such as Europe/Amsterdam')
    .default('Europe/Amsterdam'),
  BELAY_PLAYGROUND: z.enum(['on', 'off']).optional(),
  BELAY_PLAYGROUND_PORT: port.default(56150),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/, error: 'must be an address that begins with smtp:// or smtps://' })
    .optional(),
  SMTP_FROM: text
    .regex(
      /^([^<>"@\p{Cc}]+<[^\s<>"@,]+@[^\s<>"@,]+>|[^\s<>"@,]+@[^\s<>"@,]+)$/u,
      'must be an address such as Belay <belay@example.com>',
    )
    .optional(),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).optional(),
  SLACK_BOT_TOKEN: text.startsWith('xoxb-', 'must begin with xoxb-').optional(),
  SLACK_SIGNING_SECRET: text.optional(),
  SLACK_APP_TOKEN: text.startsWith('xapp-', 'must begin with xapp-').optional(),
  SLACK_API_URL: address.optional(),
  MicrosoftAppType: z.literal('SingleTenant', 'must be SingleTenant').optional(),
  MicrosoftAppId: guid.optional(),
  MicrosoftAppPassword: text.optional(),
  MicrosoftAppTenantId: guid.optional(),
});

type Environment = z.infer<typeof environmentSchema>;

export type SlackConfig = {
  botToken: string;
  /** One of the two is there: requests come over HTTP, or through a socket that Belay opens. */
  signingSecret?: string | undefined;
  appToken?: string | undefined;
  apiUrl?: string | undefined;
};

/** The server that e-mail leaves by, and the address it comes from. */
export type SmtpConfig = { url: string; from: string };

export type TeamsConfig = { appId: string; password: string; tenantId: string };

export type Config = {
  port: number;
  host: string;
  databaseUrl: string;
  /** 64 hexadecimal digits: what signed links are signed with. The sandbox makes one of its own. */
  secret: string | undefined;
  /** How the world reaches Belay, without a slash at its end. In the sandbox it is where Belay listens. */
  publicUrl: string | undefined;
  smtp: SmtpConfig | undefined;
  language: 'nl' | 'en';
  timeZone: string;
  logLevel: NonNullable<Environment['LOG_LEVEL']>;
  slack: SlackConfig | undefined;
  teams: TeamsConfig | undefined;
  /**
   * Set when Belay plays on this machine alone, without credentials. `playgroundPort`: none is without
   * the Playground. `cast`: nobody real is there, so its people may be made to answer.
   */
  sandbox: { playgroundPort: number | undefined; cast: boolean } | undefined;
};

/** Every mistake in the environment, each a sentence that names its variable. */
export class ConfigError extends Error {
  readonly mistakes: string[];
  constructor(mistakes: string[]) {
    super(`The configuration has ${mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`}:`);
    this.name = 'ConfigError';
    this.mistakes = mistakes;
  }
}

/** Reads the configuration. Throws a ConfigError that names all mistakes at once. */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()));
  const parsed = environmentSchema.safeParse(filled);
  const mistakes = [
    ...(parsed.error?.issues.map((issue) => `${issue.path.join('.')} ${issue.message}`) ?? []),
    ...contradictions(filled),
    ...linkContradictions(filled),
  ];
  if (!parsed.success || mistakes.length > 0) throw new ConfigError(mistakes);
  return configOf(parsed.data);
}

/** What is wrong with the variables together, whatever is wrong with each. */
function contradictions(env: Record<string, string | undefined>): string[] {
  const mistakes: string[] = [];
  const slack = [env.SLACK_BOT_TOKEN, env.SLACK_SIGNING_SECRET, env.SLACK_APP_TOKEN].some(Boolean);
  if (slack && !env.SLACK_BOT_TOKEN) mistakes.push('SLACK_BOT_TOKEN is missing: Slack needs it.');
  if (slack && !env.SLACK_SIGNING_SECRET && !env.SLACK_APP_TOKEN)
    mistakes.push(
      'SLACK_SIGNING_SECRET (over HTTP) or SLACK_APP_TOKEN (Socket Mode) is missing: Slack needs one.',
    );
  const teams = { MicrosoftAppId: 1, MicrosoftAppPassword: 1, MicrosoftAppTenantId: 1 } as const;
  const names = Object.keys(teams) as (keyof typeof teams)[];
  if (names.some((name) => env[name]))
    for (const name of names) if (!env[name]) mistakes.push(`${name} is missing: Teams needs it.`);
  if (env.BELAY_PLAYGROUND === 'on' && names.some((name) => env[name]))
    mistakes.push(
      'BELAY_PLAYGROUND=on and MicrosoftAppId exclude each other: the Playground has no Teams account.',
    );
  return mistakes;
}

/** What links need beyond their own variable. The sandbox has an address and makes its secret. */
function linkContradictions(env: Record<string, string | undefined>): string[] {
  const mistakes: string[] = [];
  if (isSandbox(env)) return mistakes;
  if (env.PUBLIC_URL && !env.BELAY_SECRET)
    mistakes.push(
      'BELAY_SECRET is missing: with PUBLIC_URL Belay signs links. `openssl rand -hex 32` makes one; keep it.',
    );
  if (env.SMTP_URL && !env.PUBLIC_URL)
    mistakes.push('PUBLIC_URL is missing: what Belay mails are links, and they need its address.');
  return mistakes;
}

/** Nobody has to prove who he is, so Belay plays on this machine alone. */
function isSandbox(
  env: Partial<Record<'MicrosoftAppId' | 'SLACK_BOT_TOKEN' | 'BELAY_PLAYGROUND', string | undefined>>,
): boolean {
  return !env.MicrosoftAppId && (!env.SLACK_BOT_TOKEN || env.BELAY_PLAYGROUND === 'on');
}

function smtpOf({ SMTP_URL: url, SMTP_FROM: from, PUBLIC_URL: publicUrl }: Environment) {
  if (!url) return undefined;
  return { url, from: from ?? `Belay <belay@${publicUrl ? new URL(publicUrl).hostname : 'localhost'}>` };
}

function configOf(env: Environment): Config {
  const slack: SlackConfig | undefined = env.SLACK_BOT_TOKEN
    ? {
        botToken: env.SLACK_BOT_TOKEN,
        signingSecret: env.SLACK_SIGNING_SECRET,
        appToken: env.SLACK_APP_TOKEN,
        apiUrl: env.SLACK_API_URL,
      }
    : undefined;
  const teams: TeamsConfig | undefined =
    env.MicrosoftAppId && env.MicrosoftAppPassword && env.MicrosoftAppTenantId
      ? { appId: env.MicrosoftAppId, password: env.MicrosoftAppPassword, tenantId: env.MicrosoftAppTenantId }
      : undefined;
  const sandbox = isSandbox(env)
    ? { playgroundPort: env.BELAY_PLAYGROUND === 'off' ? undefined : env.BELAY_PLAYGROUND_PORT, cast: !slack }
    : undefined;
  return {
    port: env.PORT,
    // Without authentication nobody but this machine may speak to Belay.
    host: sandbox ? '127.0.0.1' : (env.HOST ?? '0.0.0.0'),
    databaseUrl: env.DATABASE_URL,
    secret: env.BELAY_SECRET,
    publicUrl: env.PUBLIC_URL?.replace(/\/+$/, ''),
    smtp: smtpOf(env),
    language: env.BELAY_LANGUAGE,
    timeZone: env.BELAY_TIME_ZONE,
    // In the sandbox the screen is for what to do next.
    logLevel: env.LOG_LEVEL ?? (sandbox && !slack ? 'error' : 'info'),
    slack,
    teams,
    sandbox,
  };
}

function isTimeZone(name: string): boolean {
  try {
    Temporal.Now.instant().toZonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}
