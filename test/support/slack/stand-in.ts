import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { type Acting, acting } from './acting.ts';
import { methodScopes } from './scopes.ts';
import { type Socket, socketMode } from './socket.ts';
import { type Answer, methods } from './web-api.ts';
import { type Workspace, workspace } from './workspace.ts';

export type Call = {
  method: string;
  args: Record<string, unknown>;
  at: number;
  answer: Answer | Fault['how'];
};

/**
 * What goes wrong with the next call (of `method`, if given). drop: it is done, and the connection then cut. refused:
 * Slack says no, with this error.
 */
type Fault = {
  method?: string;
  how: 'limited' | 'broken' | 'hang' | 'drop' | 'refused';
  retryAfter?: number;
  error?: string;
};

type Settings = {
  /** How many times a picture is refused before Slack has it ready. */
  filesReadyAfter: number;
  scopes: Set<string>;
  /** Methods that answer only after their promise. */
  hold: Map<string, Promise<void>>;
  /** How long an envelope of Socket Mode waits for its acknowledgement. */
  patienceMs: number;
};

export type StandIn = Acting & {
  /** For SLACK_API_URL. */
  apiUrl: string;
  workspace: Workspace;
  calls: Call[];
  /** Queues faults, one a call. */
  fail(...faults: Fault[]): void;
  settings: Settings;
  /** Calls of one method. */
  callsOf(method: string): Call[];
  close(): Promise<void>;
};

export const tokens = {
  bot: 'xoxb-stand-in',
  app: 'xapp-stand-in',
  signingSecret: 'stand-in-signing-secret',
};

type Options = { now?: () => number };

/** A strict slack.com on this machine: it knows who may do what, and refuses what Slack would refuse. */
export async function startSlack({ now = Date.now }: Options = {}): Promise<StandIn> {
  const place = workspace();
  const calls: Call[] = [];
  const faults: Fault[] = [];
  const settings: Settings = {
    filesReadyAfter: 0,
    scopes: manifestScopes(),
    hold: new Map(),
    patienceMs: 3000,
  };
  let origin = '';
  const baseUrl = () => origin;
  const api = methods({
    workspace: place,
    now,
    baseUrl,
    filesReadyAfter: () => settings.filesReadyAfter,
    scopes: () => settings.scopes,
  });

  const server = createServer((req, res) => {
    serve(req, res).catch((error) => res.writeHead(500).end(String(error)));
  });
  const socket = socketMode(server, now);

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const path = new URL(req.url ?? '/', 'http://slack').pathname;
    const body = await readAll(req);
    if (path.startsWith('/upload/v1/')) return takeUpload(place, path, body, res);
    const name = path.replace(/^\/api\//, '');
    const args = readArgs(body.toString('utf8'));
    const fault = takeFault(faults, name);
    const call: Call = { method: name, args, at: now(), answer: fault?.how ?? { ok: true } };
    calls.push(call);
    if (fault && fault.how !== 'drop') return misbehave(fault, res);
    await settings.hold.get(name);
    call.answer = answerTo(name, args, req.headers.authorization);
    if (fault) req.socket.destroy();
    else json(res, call.answer);
  }

  function answerTo(name: string, args: Record<string, unknown>, authorization: string | undefined): Answer {
    const token = authorization?.replace(/^Bearer /, '');
    if (!token) return { ok: false, error: 'not_authed' };
    if (name === 'apps.connections.open') return openSocket(token, args, origin, socket);
    if (token !== tokens.bot) return { ok: false, error: 'invalid_auth' };
    const run = api[name];
    if (!run) return { ok: false, error: 'unknown_method' };
    const needed = (methodScopes[name] ?? []).find((scope) => !settings.scopes.has(scope));
    return needed ? { ok: false, error: 'missing_scope' } : run(args);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the stand-in has no port');
  origin = `http://127.0.0.1:${address.port}`;

  return {
    ...acting({ workspace: place, now, socket, settings, secret: tokens.signingSecret }),
    apiUrl: `${origin}/api/`,
    workspace: place,
    calls,
    settings,
    fail: (...more) => void faults.push(...more),
    callsOf: (method) => calls.filter((call) => call.method === method),
    close: () => closeAll(server, socket),
  };
}

function openSocket(token: string, args: Record<string, unknown>, origin: string, socket: Socket): Answer {
  if (token !== tokens.app) return { ok: false, error: 'invalid_auth' };
  if (Object.keys(args).length > 0) return { ok: false, error: 'invalid_arguments' };
  return { ok: true, url: `${origin.replace('http', 'ws')}/link?ticket=${socket.ticket()}` };
}

function misbehave(fault: Fault, res: ServerResponse): void {
  if (fault.how === 'limited')
    res
      .writeHead(429, { 'retry-after': String(fault.retryAfter ?? 1) })
      .end('{"ok":false,"error":"ratelimited"}');
  if (fault.how === 'refused') json(res, { ok: false, error: fault.error ?? 'restricted_action' });
  if (fault.how === 'broken') res.writeHead(500).end('Internal Server Error');
  // hang: nobody ever answers.
}

function takeFault(faults: Fault[], method: string): Fault | undefined {
  const index = faults.findIndex((fault) => fault.method === undefined || fault.method === method);
  return index < 0 ? undefined : faults.splice(index, 1)[0];
}

function takeUpload(place: Workspace, path: string, body: Buffer, res: ServerResponse): void {
  const file = place.files.get(path.split('/').at(-1) ?? '');
  if (!file || body.length !== file.length) return void res.writeHead(400).end();
  Object.assign(file, { uploaded: true, bytes: body });
  res.writeHead(200).end(`OK - ${body.length}`);
}

/** Form fields; what looks like JSON is JSON, as Slack takes it. */
function readArgs(body: string): Record<string, unknown> {
  const fields = [...new URLSearchParams(body)].map(([name, value]): [string, unknown] => {
    const isJson = ['blocks', 'view', 'files'].includes(name);
    return [name, isJson ? JSON.parse(value) : value];
  });
  // The SDK adds the workspace to each call of a Bolt listener.
  return Object.fromEntries(fields.filter(([name]) => name !== 'team_id'));
}

async function readAll(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function json(res: ServerResponse, body: unknown): void {
  res.writeHead(200, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

async function closeAll(server: Server, socket: Socket): Promise<void> {
  socket.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}

const manifestSchema = z.object({
  oauth_config: z.object({ scopes: z.object({ bot: z.array(z.string()) }) }),
});

function manifestScopes(): Set<string> {
  const text = readFileSync(new URL('../../../manifests/slack/manifest.json', import.meta.url), 'utf8');
  return new Set(manifestSchema.parse(JSON.parse(text)).oauth_config.scopes.bot);
}
