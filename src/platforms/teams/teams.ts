import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Hear, Platform } from '../../chat/platform.ts';
import type { Language } from '../../chat/request.ts';
import type { TeamsConfig } from '../../config.ts';
import type { Directory } from '../../store/directory.ts';
import { gateway } from './adapter.ts';
import { refusal } from './admission.ts';
import { background } from './background.ts';
import { hearing } from './hear.ts';
import { readJson, respond, Unreadable } from './http.ts';
import { activitySchema, tenantOf } from './parse.ts';
import type { World } from './scene.ts';
import { sender } from './send.ts';

type Options = {
  config: TeamsConfig | 'sandbox';
  hear: Hear;
  directory: Directory;
  now: () => Temporal.Instant;
  log: Logger;
  /** Spoken to whoever reports no language of his own. */
  language: Language;
};

/** Microsoft Teams; with `sandbox` its local Playground, without authentication. */
export function teams({ config, hear, directory, now, log, language }: Options): Platform {
  const world: World = {
    gateway: gateway(config),
    directory,
    background: background(log),
    lookUps: new Map(),
    now,
    log,
    language,
    sandbox: config === 'sandbox',
  };
  const handle = hearing(world, hear, sender(world, config), language);

  return {
    name: 'teams',
    // Teams takes 7 messages a second from a bot in one conversation, but only 60 in 30 seconds and 1800 an hour:
    // one every two seconds is what can be kept up, and nobody reads faster.
    // Of one tenant it takes more than 30 a second.
    pace: { laneGapMs: 2000, counting: false, burst: 30, perSecond: 20 },
    routes: { 'POST /api/messages': (req, res) => receive(world, config, handle, req, res) },
    async start() {},
    stop: () => world.background.settled(),
    send: sender(world, config),
  };
}

/** In the place of what has not the shape of an activity: whoever has no token is told no more than that. */
const noActivity = { type: 'none' };

async function receive(
  world: World,
  config: TeamsConfig | 'sandbox',
  handle: ReturnType<typeof hearing>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  const authorization = req.headers.authorization ?? '';
  try {
    const body = await readJson(req);
    const activity = activitySchema.safeParse(body);
    if (!(await isAuthentic(world, activity.success ? body : noActivity, authorization)))
      return respond(res, 401);
    if (!activity.success) {
      world.log.warn({ at: activity.error.issues.map(({ path }) => path.join('.')) }, 'Teams: no activity');
      return respond(res, 400);
    }
    const tenant = tenantOf(activity.data);
    const reason = refusal(config, activity.data);
    if (reason || tenant === undefined) {
      world.log.warn({ reason: reason ?? 'tenant', tenant }, 'Teams: refused an activity');
      return respond(res, 403);
    }
    const { status, body: answer } = await handle(tenant, activity.data, body);
    respond(res, status, answer);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    res.setHeader('connection', 'close');
    const isBroken = error.status === 400;
    const isRefused = isBroken && !(await isAuthentic(world, noActivity, authorization));
    respond(res, isRefused ? 401 : error.status);
  }
}

async function isAuthentic(world: World, body: unknown, authorization: string): Promise<boolean> {
  try {
    await world.gateway.authenticate(body, authorization);
    return true;
  } catch (error) {
    world.log.warn({ reason: error instanceof Error ? error.message : 'unknown' }, 'Teams: no valid token');
    return false;
  }
}
