import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';

export type Member = {
  id: string;
  aadObjectId: string;
  name: string;
  email: string;
  tenantId: string;
  userRole: string;
};

export type Call = { method: string; path: string; body: Posted };
type Posted = {
  type?: string;
  text?: string;
  summary?: string;
  members?: { id: string }[];
  attachments?: { contentType: string; content: object }[];
};

export type Message = { conversation: string; id: string; card: object; summary: string };

/** How the next calls go wrong, one each: a status, no answer ever, or cut off after the message was taken. */
type Fault = { status: number; retryAfter?: number; code?: string } | 'hang' | 'drop';

export const tenant = '11111111-1111-1111-1111-111111111111';
export const bot = { id: '28:belay', name: 'Belay' };

function member(number: number, name: string, domain: string): Member {
  const first = name.split(' ')[0] ?? name;
  const aadObjectId = `00000000-0000-0000-0000-0000000000a${number}`;
  const email = `${first.toLowerCase()}@${domain}`;
  return { id: `user-${number}`, aadObjectId, name, email, tenantId: tenant, userRole: 'user' };
}

export const anna = member(0, 'Anna de Vries', 'ons.example');
export const bram = member(1, 'Bram Bakker', 'ons.example');
const carla = member(2, 'Carla Smit', 'ons.example');
export const daan = member(3, 'Daan Visser', 'acme.example');
const eva = member(4, 'Eva Jansen', 'acme.example');
const finn = member(5, 'Finn Mulder', 'acme.example');
const cast = [anna, bram, carla, daan, eva, finn];

/** A stand-in of Microsoft's Bot Connector on this machine: records every call, and goes wrong when told to. */
export async function startConnector() {
  const calls: Call[] = [];
  const messages: Message[] = [];
  const faults: Fault[] = [];
  const members = new Map<string, Member[]>([
    ['team-id', [...cast]],
    ['channel-acme', [...cast]],
  ]);
  let count = 1_000;

  function place(path: string) {
    const [, conversation = '', rest = '', id = ''] =
      path.match(/^\/v3\/conversations\/?([^/]*)\/?([^/]*)\/?(.*)$/) ?? [];
    return { conversation: decodeURIComponent(conversation), rest, id: decodeURIComponent(id) };
  }

  function take(conversation: string, body: Posted): { status: number; answer: object } {
    if (body.text !== undefined && body.attachments) return { status: 202, answer: {} };
    count += 1;
    const id = `${count}`;
    messages.push({
      conversation,
      id,
      card: body.attachments?.[0]?.content ?? {},
      summary: body.summary ?? '',
    });
    return { status: 201, answer: { id } };
  }

  function answerTo({ method, path, body }: Call): { status: number; answer: object } {
    const { conversation, rest, id } = place(path);
    const here = members.get(conversation.replace(/;messageid=.*/, '')) ?? [];
    const wrong = (code: string) => ({ status: 404, answer: { error: { code, message: 'not found' } } });
    if (method === 'POST' && conversation === '')
      return { status: 201, answer: { id: `a:${body.members?.[0]?.id}` } };
    if (method === 'POST' && rest === 'activities') return take(conversation, body);
    if (method === 'PUT') {
      const old = messages.find((message) => message.id === id);
      if (!old) return wrong('ActivityNotFoundInConversation');
      old.card = body.attachments?.[0]?.content ?? {};
      return { status: 200, answer: { id } };
    }
    if (rest === 'pagedmembers') return { status: 200, answer: { members: here } };
    const found = [...here, ...cast].find((who) => who.id === id);
    return rest === 'members' && found
      ? { status: 200, answer: found }
      : wrong('MemberNotFoundInConversation');
  }

  async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const sent = await text(req);
    const path = (req.url ?? '').replace(/\?.*$/, '');
    const call: Call = { method: req.method ?? '', path, body: sent ? JSON.parse(sent) : {} };
    calls.push(call);
    const fault = faults.shift();
    if (fault === 'hang') return;
    if (fault === 'drop') {
      answerTo(call);
      res.destroy();
      return;
    }
    const { status, answer } = fault
      ? {
          status: fault.status,
          answer: { error: { code: fault.code ?? 'ServiceError', message: 'a message' } },
        }
      : answerTo(call);
    if (status === 307) res.setHeader('location', '/elsewhere');
    if (fault?.retryAfter !== undefined) res.setHeader('retry-after', `${fault.retryAfter}`);
    res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  }

  const server = createServer((req, res) => void serve(req, res));
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The stand-in has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    messages,
    faults,
    members,
    async stop() {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
