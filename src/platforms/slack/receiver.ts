import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  type App,
  type Receiver,
  type ReceiverEvent,
  SocketModeReceiver,
  verifySlackRequest,
} from '@slack/bolt';
import type { Logger as Log } from 'pino';
import { z } from 'zod';
import type { Route } from '../../chat/platform.ts';
import type { SlackConfig } from '../../config.ts';
import { clientOptions, sdkLogger } from './client.ts';

const maxBodyBytes = 1024 * 1024;
/** Slack's clock and ours differ by less; Bolt itself takes any time in the future. */
const maxAheadSeconds = 60;

type Answer = (body: unknown) => void | Promise<void>;
type ReceiverParts = { log: Log; now: () => Temporal.Instant };

/**
 * Hands a body to Bolt and answers when all it did is stored. Bolt acknowledges events before it handles them;
 * here they are acknowledged after, so that Slack sends again what was lost. Resolves to whether it went well.
 */
async function hand(app: App, body: ReceiverEvent['body'], answer: Answer, log: Log): Promise<boolean> {
  const isEvent = 'event' in body;
  let answered = false;
  const ack = async (response?: unknown) => {
    if (isEvent || answered) return;
    answered = true;
    await answer(response);
  };
  try {
    await app.processEvent({ body, ack });
  } catch (err) {
    log.error({ err, kind: isEvent ? 'event' : body.type }, 'a Slack request could not be handled');
    return answered;
  }
  if (!answered) await answer(undefined);
  return true;
}

/** Bolt's receiver over HTTP, without a web framework, and the route that feeds it. */
export function httpReceiver(
  secret: string,
  { log, now }: ReceiverParts,
): { receiver: Receiver; route: Route } {
  let app: App | undefined;
  const underWay = new Set<Promise<unknown>>();

  const route: Route = async (req, res) => {
    const raw = await readBody(req);
    if (raw === 'cut') return end(res, 400);
    if (raw === 'too large') return end(res, 413);
    if (!isGenuine(req, raw, secret, now())) return end(res, 401);
    const body = parseBody(raw, req.headers['content-type'] ?? '');
    if (!body) return end(res, 400);
    if (body.ssl_check) return end(res, 200);
    if (body.type === 'url_verification') return end(res, 200, { challenge: body.challenge });
    if (!app) return end(res, 503);
    const handled = hand(app, body, (answer) => end(res, 200, answer), log).finally(() =>
      underWay.delete(handled),
    );
    underWay.add(handled);
    if (!(await handled)) end(res, 500);
  };
  const receiver: Receiver = {
    init: (started) => {
      app = started;
    },
    start: async () => undefined,
    // A confirmation or a form goes out after the answer: it is not cut off.
    stop: async () => {
      await Promise.allSettled(underWay);
    },
  };
  return { receiver, route };
}

/** Bolt's receiver through a socket that Belay opens: no public address is needed. */
export function socketReceiver(appToken: string, config: SlackConfig, { log }: ReceiverParts): Receiver {
  const { retryConfig: _, ...options } = clientOptions(config, log);
  // Without an app of its own it only connects; what comes in is handled below, and acknowledged after that.
  const socket = new SocketModeReceiver({
    appToken,
    logger: sdkLogger(log),
    installerOptions: { clientOptions: options },
  });
  const underWay = new Set<Promise<unknown>>();
  let stopping = false;

  return {
    init: (app) => {
      socket.client.on('slack_event', ({ body, ack }: { body: ReceiverEvent['body']; ack: Answer }) => {
        // Not acknowledged, so Slack gives it to the next connection.
        if (stopping) return;
        const handled = hand(app, body, ack, log)
          .catch((err) => log.error({ err }, 'Slack could not be answered'))
          .finally(() => underWay.delete(handled));
        underWay.add(handled);
      });
    },
    start: () => socket.start(),
    stop: async () => {
      stopping = true;
      await Promise.all(underWay);
      await socket.client.disconnect();
    },
  };
}

async function readBody(req: IncomingMessage): Promise<string | 'too large' | 'cut'> {
  if (Number(req.headers['content-length'] ?? 0) > maxBodyBytes) return 'too large';
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of req) {
      size += chunk.length;
      if (size > maxBodyBytes) return 'too large';
      chunks.push(chunk);
    }
  } catch {
    // Whoever sent it hung up in the middle: there is nothing to handle.
    return 'cut';
  }
  return Buffer.concat(chunks).toString('utf8');
}

function isGenuine(
  req: IncomingMessage,
  body: string,
  signingSecret: string,
  now: Temporal.Instant,
): boolean {
  const signature = req.headers['x-slack-signature'];
  const written = req.headers['x-slack-request-timestamp'];
  if (typeof signature !== 'string' || typeof written !== 'string' || !/^\d{1,12}$/.test(written))
    return false;
  const timestamp = Number(written);
  if (timestamp > now.epochMilliseconds / 1000 + maxAheadSeconds) return false;
  try {
    const headers = { 'x-slack-signature': signature, 'x-slack-request-timestamp': timestamp };
    verifySlackRequest({ signingSecret, body, headers, nowMilliseconds: now.epochMilliseconds });
    return true;
  } catch {
    // Its errors say only that the request is not Slack's: the answer is the same for all of them.
    return false;
  }
}

const bodySchema = z.record(z.string(), z.unknown());

function parseBody(raw: string, contentType: string): Record<string, unknown> | undefined {
  if (contentType.startsWith('application/json')) return parseJson(raw);
  const fields = Object.fromEntries(new URLSearchParams(raw));
  return fields.payload === undefined ? fields : parseJson(fields.payload);
}

function parseJson(text: string): Record<string, unknown> | undefined {
  try {
    return bodySchema.parse(JSON.parse(text));
  } catch {
    // Signed, but not readable: answered with 400.
    return undefined;
  }
}

function end(res: ServerResponse, status: number, body?: unknown): void {
  if (status === 413) res.setHeader('connection', 'close');
  if (body === undefined || body === '') {
    res.writeHead(status).end();
    return;
  }
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  res.writeHead(status, { 'content-type': type }).end(text);
}
