import type { Logger } from 'pino';
import { createCalendarReader } from './calendars/reader.ts';
import type { Feature, Outside } from './chat/feature.ts';
import { createPages, linkKinds } from './chat/pages.ts';
import type { Platform, Route } from './chat/platform.ts';
import { createRouter } from './chat/router.ts';
import type { Config } from './config.ts';
import { countConversations } from './features/conversations/raised-store.ts';
import { featuresOf } from './features/features.ts';
import { createCalendarRound } from './jobs/calendars.ts';
import { createClock } from './jobs/clock.ts';
import { createCarryOut } from './jobs/effects.ts';
import { jobLag } from './jobs/queue.ts';
import { createSender } from './jobs/sender.ts';
import { drawEarly } from './pictures/early.ts';
import { mail } from './platforms/mail/mail.ts';
import { slack } from './platforms/slack/slack.ts';
import { teams } from './platforms/teams/teams.ts';
import { answerRoutes } from './platforms/web/answer.ts';
import { healthRoute } from './platforms/web/health.ts';
import { createLinks, type Links } from './platforms/web/links.ts';
import { createMetrics, type Metrics } from './platforms/web/metrics.ts';
import { startServer } from './platforms/web/server.ts';
import type { Store } from './store/database.ts';
import { directory } from './store/directory.ts';
import { claim, forgetHeard } from './store/inbox.ts';
import { kernelMigrations } from './store/kernel-migrations.ts';
import { openStore } from './store/open.ts';
import { outboxState } from './store/outbox.ts';
import { createSeal, type Seal } from './store/seal.ts';
import { keptSecret } from './store/secret.ts';
import { readSettings } from './store/settings.ts';

export type Belay = { port: number; stop(): Promise<void> };

/** A platform does not let Belay in. The message says which one, and its reason. */
export class ConnectError extends Error {
  override readonly name = 'ConnectError';
}

const now = () => Temporal.Now.instant();

/** How long a thing that was heard is remembered: no platform delivers one again after that. */
const remembered = { hours: 7 * 24 };

/** Builds Belay from its parts and lets it hear. Throws when the database, a port or a credential cannot be used. */
export async function startBelay(config: Config, log: Logger): Promise<Belay> {
  const features = featuresOf({ sandbox: config.sandbox?.cast ?? false });
  const migrations = Object.assign({}, kernelMigrations, ...features.map((one) => one.migrations ?? {}));
  const store = await openStore(config.databaseUrl, migrations);
  const metrics = metricsOf(store);
  const platforms = new Map<string, Platform>();
  const secret = secretOf(config);
  const links = secret === undefined ? undefined : createLinks(secret);
  const seal = secret === undefined ? undefined : createSeal(secret);
  const way: Way = {
    links,
    seal,
    publicUrl: config.publicUrl,
    mails: config.smtp !== undefined,
    defaults: { language: config.language, timeZone: config.timeZone },
  };
  const outside = outsideOf(features, way);
  const carryOut = createCarryOut((name) => platforms.get(name)?.pace.counting ?? false);

  const sender = createSender({
    store,
    platforms,
    now,
    wait: (ms, then) => {
      const timer = setTimeout(then, ms);
      return () => clearTimeout(timer);
    },
    observe: ({ platform, kind, id }, outcome, reason) => {
      metrics.sent({ platform, kind, outcome });
      if (outcome !== 'sent') log.warn({ platform, kind, id, outcome, reason }, 'a message was not sent');
    },
    troubled: (error) => log.error({ err: error }, 'the sender could not use the database'),
  });
  const clock = createClock({
    store,
    regular: features.flatMap(({ regular }) => regular ?? []),
    jobs: new Map(features.flatMap((feature) => Object.entries(feature.jobs ?? {}))),
    carryOut,
    now,
    outside,
    wakeSender: sender.wake,
    tidy: async () => {
      await store.transact((tx) => forgetHeard(tx, now().subtract(remembered)));
      await store.wipe(features.flatMap(({ wiped }) => wiped ?? []));
    },
    failed: (job, error, last) => {
      log.error({ err: error, job: job.name, id: job.id, last }, 'a job failed');
      if (last) metrics.jobFailed(job.name);
    },
    troubled: (error) => log.error({ err: error }, 'the jobs could not use the database'),
  });
  const reader = createCalendarReader();
  const calendars = createCalendarRound({
    store,
    calendars: features.flatMap((one) => one.calendars ?? []),
    async read({ tenant, sealed, etag, modified }, window) {
      const address = seal?.open({ tenant, kind: 'calendar' }, sealed);
      if (address === undefined) return { kind: 'failed', reason: 'address' };
      return reader.read(address, { etag, modified }, window);
    },
    carryOut,
    now,
    outside,
    wakeSender: sender.wake,
    troubled: (error) => log.error({ err: error }, 'what a calendar says could not be kept'),
  });
  const hear = createRouter({
    features,
    transact: store.transact,
    claim,
    settings: readSettings,
    carryOut,
    now,
    outside,
    committed: sender.wake,
    failed: ({ platform, what }, error) =>
      log.error({ err: error, platform, kind: what.kind }, 'a command failed'),
    heard: ({ platform, what }, outcome, seconds) =>
      metrics.request({ platform, kind: what.kind, outcome, seconds }),
  });
  const parts = { hear, now, log, language: config.language };
  if (config.slack)
    platforms.set('slack', slack({ ...parts, config: config.slack, directory: directory(store, 'slack') }));
  const teamsConfig = config.teams ?? (config.sandbox ? 'sandbox' : undefined);
  if (teamsConfig)
    platforms.set('teams', teams({ ...parts, config: teamsConfig, directory: directory(store, 'teams') }));
  if (config.smtp) {
    platforms.set('mail', mail({ smtp: config.smtp, language: config.language }));
    log.info('Belay sends e-mail; whether its server takes it shows with the first message');
  }

  const routes: Record<string, Route> = { 'GET /healthz': healthRoute(store), 'GET /metrics': metrics.route };
  for (const platform of platforms.values()) Object.assign(routes, platform.routes);
  if (links) {
    const { db, transact } = store;
    const committed = sender.wake;
    const pages = createPages({ features, db, transact, carryOut, now, outside, committed });
    Object.assign(routes, answerRoutes({ links, pages, now, log }));
  }
  const server = await startServer({ port: config.port, host: config.host, routes, log });
  if (config.sandbox) way.publicUrl ??= `http://127.0.0.1:${server.port}`;
  for (const platform of platforms.values()) await connect(platform);
  await sender.recover();
  void sender.wake();
  clock.start();
  calendars.start();
  const drawsNoMore = drawEarly(
    () => log.debug('pictures can be drawn at once'),
    (error) => log.warn({ err: error }, 'pictures cannot be drawn'),
  );

  return {
    port: server.port,
    async stop() {
      drawsNoMore();
      // First nothing new is heard; then what was heard is finished.
      await server.stop();
      await Promise.all([...platforms.values()].map((platform) => platform.stop()));
      await clock.stop();
      await Promise.all([calendars.stop(), reader.stop()]);
      await sender.stop();
      await store.close();
    },
  };
}

/** With what links are signed and secrets are sealed; without credentials one is made and kept. */
function secretOf(config: Config): string | undefined {
  return config.secret ?? (config.sandbox ? keptSecret(config.databaseUrl) : undefined);
}

/** `publicUrl` may be known only once Belay listens. */
type Way = Pick<Outside, 'mails' | 'defaults'> & {
  links: Links | undefined;
  seal: Seal | undefined;
  publicUrl: string | undefined;
};

/** The ways out of the chat for what happens in one workspace. */
function outsideOf(features: Feature[], way: Way): (at: { tenant: string; platform: string }) => Outside {
  const kindOf = linkKinds(features);
  return (at) => ({
    mails: way.mails,
    defaults: way.defaults,
    seal: (kind, text) => way.seal?.seal({ tenant: at.tenant, kind }, text),
    link(name, subject, until) {
      const kind = kindOf(name);
      if (!way.links || way.publicUrl === undefined) return undefined;
      const path = kind === 'page' ? 'answer' : 'download';
      return `${way.publicUrl}/${path}/${way.links.sign(kind, { ...at, name, subject, until })}`;
    },
  });
}

async function connect({ name, start }: Platform): Promise<void> {
  try {
    await start();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const [first, ...rest] = name;
    throw new ConnectError(
      `${first?.toUpperCase()}${rest.join('')} does not let it in (${reason}). Check the credentials, and the way to it from this machine.`,
      { cause },
    );
  }
}

function metricsOf(store: Store): Metrics {
  return createMetrics({
    async outboxState() {
      const { waiting, oldest } = await outboxState(store.db);
      return { waiting, oldestSeconds: oldest ? now().since(oldest).total('seconds') : 0 };
    },
    jobLag: () => jobLag(store.db, now()),
    conversations: () => countConversations(store.db, now()),
  });
}
