import { existsSync } from 'node:fs';
import { type Logger, pino } from 'pino';
import { type Belay, ConnectError, startBelay } from './belay.ts';
import { type Config, ConfigError, readConfig } from './config.ts';
import { type Playground, PlaygroundError, startPlayground } from './platforms/teams/playground.ts';
import { ListenError } from './platforms/web/server.ts';
import { StoreError } from './store/store-error.ts';

/** Runs Belay until it is told to stop. */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const config = readConfig(process.env);
  const log = logOf(config);
  const belay = await startBelay(config, log);
  const playground = await playgroundBeside(config, belay, log);
  banner(config, belay, playground);
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => stop(belay, playground, log));
  // The page is the sandbox's point: without it Belay would go on unseen.
  void playground?.exited.then(() => {
    if (!stopping)
      process.stdout.write('The Playground has ended, so Belay stops too. Start both with `npm start`.\n');
    return stop(belay, playground, log);
  });
}

function logOf(config: Config): Logger {
  return pino({
    level: config.logLevel,
    redact: ['*.token', '*.password', '*.authorization', 'err.config', 'err.detail', 'err.where'],
  });
}

async function playgroundBeside(config: Config, belay: Belay, log: Logger): Promise<Playground | undefined> {
  const port = config.sandbox?.playgroundPort;
  if (port === undefined) return undefined;
  try {
    return await startPlayground({ port, belayUrl: `http://127.0.0.1:${belay.port}/api/messages`, log });
  } catch (error) {
    await belay.stop();
    throw error;
  }
}

/** What is under way has this long to finish. */
const patienceMs = 20_000;
let stopping = false;

async function stop(belay: Belay, playground: Playground | undefined, log: Logger): Promise<void> {
  if (stopping) return;
  stopping = true;
  setTimeout(() => {
    log.error('Belay could not finish what was under way in time');
    process.exit(1);
  }, patienceMs).unref();
  try {
    await Promise.all([belay.stop(), playground?.stop()]);
    process.exit(0);
  } catch (error) {
    log.error({ err: error }, 'Belay could not stop in order');
    process.exit(1);
  }
}

/** One look tells where to go and what to type. */
function banner(config: Config, belay: Belay, playground: Playground | undefined): void {
  const say = (line: string) => process.stdout.write(`${line}\n`);
  if (playground) {
    const [add, expect] =
      config.language === 'nl'
        ? ['klant toevoegen Acme', 'verwacht Acme: Meer creativiteit']
        : ['client add Acme', 'expect Acme: More creativity'];
    say(`\nBelay's sandbox is ready. Open ${playground.url}`);
    say(`In the channel General, type:  @Belay ${add}`);
    say(`and what this client expects:  @Belay ${expect}`);
    say(`All that you can do:           @Belay help`);
    say('Ctrl-C stops it.\n');
    return;
  }
  const over = [
    config.slack && 'Slack',
    config.teams && 'Teams',
    config.sandbox && 'Teams, without authentication',
  ];
  say(`Belay listens on http://${config.host}:${belay.port} (${over.filter(Boolean).join(', ')}).`);
}

/** What a person can mend is told in a few plain words; anything else shows where it came from. */
function fail(error: unknown): void {
  const plain = [ConfigError, StoreError, PlaygroundError, ListenError, ConnectError].some(
    (kind) => error instanceof kind,
  );
  const mistakes = error instanceof ConfigError ? error.mistakes.map((mistake) => `  - ${mistake}`) : [];
  const text =
    error instanceof Error ? (plain ? error.message : (error.stack ?? error.message)) : String(error);
  process.stderr.write(`${[`Belay cannot start. ${text}`, ...mistakes].join('\n')}\n`);
  process.exit(1);
}

main().catch(fail);
