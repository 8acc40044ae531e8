import type { IncomingMessage, ServerResponse } from 'node:http';

const mostBytes = 1_000_000;

/** What could not be read, as an HTTP status. */
export class Unreadable extends Error {
  readonly status: 400 | 413;
  constructor(status: 400 | 413) {
    super(`unreadable request: ${status}`);
    this.status = status;
  }
}

/** The request's JSON. Throws Unreadable when it is over 1 MB or no JSON. */
export async function readJson(req: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += chunk.length;
    if (size > mostBytes) throw new Unreadable(413);
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8'));
  } catch {
    throw new Unreadable(400);
  }
}

/** Answers with a status and, when there is one, a JSON body. */
export function respond(res: ServerResponse, status: number, body?: object): void {
  if (!body) {
    res.writeHead(status).end();
    return;
  }
  res.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
