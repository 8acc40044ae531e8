import type { IncomingMessage } from 'node:http';

const mostBytes = 32_768;

/** What could not be read, as an HTTP status: too long, or no form. */
export class Unreadable extends Error {
  readonly status: 413 | 415;
  constructor(status: 413 | 415) {
    super(`unreadable request: ${status}`);
    this.name = 'Unreadable';
    this.status = status;
  }
}

/**
 * The fields of a form that a browser sent, without the empty ones; the first counts where a name comes twice. Throws
 * Unreadable when it is over 32 KB or no such form.
 */
export async function readForm(req: IncomingMessage): Promise<Record<string, string>> {
  const [type = ''] = (req.headers['content-type'] ?? '').toLowerCase().split(';', 1);
  if (type.trim() !== 'application/x-www-form-urlencoded') throw new Unreadable(415);
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(await readText(req)))
    if (!fields.has(name)) fields.set(name, typed(value));
  return Object.fromEntries([...fields].filter(([, value]) => value.trim() !== ''));
}

/** What is too much is read and not kept, because a browser shows an answer only when it was let finish. */
async function readText(req: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size <= mostBytes) chunks.push(chunk);
  }
  if (size > mostBytes) throw new Unreadable(413);
  return Buffer.concat(chunks).toString('utf8');
}

/** Lines end as everywhere else in Belay, and PostgreSQL keeps no NUL. */
function typed(value: string): string {
  return value.replace(/\r\n?/g, '\n').replaceAll('\0', '').toWellFormed();
}
