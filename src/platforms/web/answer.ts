import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Logger } from 'pino';
import type { Pages } from '../../chat/pages.ts';
import type { Route } from '../../chat/platform.ts';
import { Refusal } from '../../chat/refusal.ts';
import { type Language, languageOf } from '../../chat/request.ts';
import type { Say } from '../../text/say.ts';
import { readForm, Unreadable } from './body.ts';
import type { LinkKind, Links, Target } from './links.ts';
import { drawNotice, drawPage, gradesOf } from './page.ts';
import { policy } from './style.ts';

type Options = {
  links: Links;
  pages: Pages;
  now: () => Temporal.Instant;
  log: Pick<Logger, 'error'>;
};

/** What is said instead of a page: its heading and its sentence are `web.<name>-title` and `web.<name>`. */
type Notice = 'forged' | 'expired' | 'too-long' | 'unreadable' | 'failed';

/**
 * `GET|POST /answer/:token` and `GET /download/:token`: what somebody outside the chat sees, answers and takes along.
 * Whoever has the token may; there are no cookies.
 */
export function answerRoutes(options: Options): Record<string, Route> {
  const routes = {
    'GET /answer/:token': verified(options, 'page', show),
    'POST /answer/:token': verified(options, 'page', send),
    'GET /download/:token': verified(options, 'download', download),
  };
  return Object.fromEntries(
    Object.entries(routes).map(([name, route]) => [name, telling(options.log, name, route)]),
  );
}

type Handle = (options: Options, target: Target, req: IncomingMessage, res: ServerResponse) => Promise<void>;

function verified(options: Options, kind: LinkKind, handle: Handle): Route {
  return async (req, res) => {
    const token = addressOf(req).pathname.split('/').at(-1) ?? '';
    const reading = options.links.read(kind, token, options.now());
    if (reading.kind === 'forged') return notice(req, res, 404, 'forged');
    if (reading.kind === 'expired') return notice(req, res, 410, 'expired');
    await handle(options, reading.target, req, res);
  };
}

/** Whatever goes wrong, a person reads what it means for him. */
function telling(log: Pick<Logger, 'error'>, name: string, route: Route): Route {
  return async (req, res) => {
    try {
      await route(req, res);
    } catch (error) {
      if (res.headersSent) throw error;
      if (error instanceof Refusal) return refused(req, res, error);
      if (error instanceof Unreadable) {
        req.resume();
        return notice(req, res, error.status, error.status === 413 ? 'too-long' : 'unreadable');
      }
      log.error({ err: error, route: name }, 'A request failed.');
      notice(req, res, 500, 'failed');
    }
  };
}

async function show({ pages }: Options, target: Target, req: IncomingMessage, res: ServerResponse) {
  const { searchParams } = addressOf(req);
  const asked = languageOf(searchParams.get('language') ?? undefined);
  const sheet = await pages.show(target, asked);
  // A grade may be chosen in the link, so that a mail can have one for each; that changes nothing yet.
  const typed = gradesOf(sheet.form?.fields ?? [], Object.fromEntries(searchParams));
  respond(res, 200, drawPage({ sheet, asked, typed }));
}

/**
 * Answers 200 with what to show now. No redirect to the GET: who has just answered is thanked even if the database went
 * away since, and going back or loading again never sends twice, because nothing of it is kept by the browser and a
 * second sending is the page's own to refuse.
 */
async function send({ pages }: Options, target: Target, req: IncomingMessage, res: ServerResponse) {
  const asked = languageOf(addressOf(req).searchParams.get('language') ?? undefined);
  const fields = await readForm(req);
  const { sheet, refused } = await pages.send(target, fields, asked);
  respond(res, refused ? 422 : 200, drawPage({ sheet, asked, typed: refused ? fields : {}, refused }));
}

async function download({ pages }: Options, target: Target, _req: IncomingMessage, res: ServerResponse) {
  const { name, type, body } = await pages.download(target);
  res.writeHead(200, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${fileName(name)}"`,
  });
  res.end(body);
}

/** Letters, digits and a few signs: nothing that ends the header's quotes or leaves the folder. */
function fileName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 100);
  return plain || 'download';
}

function refused(req: IncomingMessage, res: ServerResponse, { code, values }: Refusal): void {
  const title = (say: Say) => say('web.refused-title');
  respond(
    res,
    410,
    drawNotice(preferred(req), title, (say) => say(code, values)),
  );
}

function notice(req: IncomingMessage, res: ServerResponse, status: number, name: Notice): void {
  const title = (say: Say) => say(`web.${name}-title`);
  respond(
    res,
    status,
    drawNotice(preferred(req), title, (say) => say(`web.${name}`)),
  );
}

/** The language to begin with for somebody of whom nothing is known: Dutch, unless his browser likes English better. */
function preferred(req: IncomingMessage): Language {
  const ranked = (req.headers['accept-language'] ?? '')
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.find((parameter) => parameter.trim().startsWith('q='));
      return {
        language: languageOf(tag.slice(0, 2)),
        quality: quality ? Number(quality.trim().slice(2)) : 1,
      };
    })
    .filter(({ quality }) => quality > 0)
    .toSorted((one, other) => other.quality - one.quality);
  return ranked.find(({ language }) => language)?.language ?? 'nl';
}

/** Its path and its query; the host is nobody's business. */
function addressOf(req: IncomingMessage): URL {
  return new URL(`http://belay.invalid${req.url?.startsWith('/') ? req.url : '/'}`);
}

function respond(res: ServerResponse, status: number, page: string): void {
  res.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': policy,
    'X-Robots-Tag': 'noindex, nofollow',
  });
  res.end(page);
}
