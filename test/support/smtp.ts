import { once } from 'node:events';
import PostalMime, { type Email } from 'postal-mime';
import { SMTPServer } from 'smtp-server';

type Answer = { code: number; text: string };

/** What the server does with the next message: takes it, refuses the recipient or the text, cuts, or keeps silent. */
type Behaviour =
  | 'take'
  | { recipient: Answer }
  | { text: Answer }
  | { greeting: Answer }
  | 'cut at once'
  | 'cut before the text'
  | 'cut after the text'
  | 'silent after the text';

export type Mailbox = {
  url: string;
  received: { email: Email; raw: string; to: string[] }[];
  /** One for each further message or connection; without any it takes all. */
  behave(...next: Behaviour[]): void;
  /** How many connections there were. */
  connections(): number;
  stop(): Promise<void>;
};

/** A real SMTP server on this machine that keeps what it is sent. */
export async function startSmtp(): Promise<Mailbox> {
  const received: Mailbox['received'] = [];
  const sockets = new Set<{ destroy(): void }>();
  let script: Behaviour[] = [];
  let now: Behaviour = 'take';
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    disableReverseLookup: true,
    closeTimeout: 100,
    onConnect(_session, done) {
      now = script[0] ?? 'take';
      if (typeof now === 'object' && 'greeting' in now) {
        script.shift();
        return done(errorOf(now.greeting));
      }
      done();
    },
    onRcptTo(_address, _session, done) {
      now = script.shift() ?? 'take';
      if (now === 'cut before the text') return cut();
      done(typeof now === 'object' && 'recipient' in now ? errorOf(now.recipient) : null);
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        if (now === 'cut after the text') return cut();
        if (now === 'silent after the text') return;
        if (typeof now === 'object' && 'text' in now) return done(errorOf(now.text));
        const raw = Buffer.concat(chunks).toString();
        const to = session.envelope.rcptTo.map(({ address }) => address);
        received.push({ email: await PostalMime.parse(raw), raw, to });
        done();
      });
    },
  });
  function cut(): void {
    for (const socket of sockets) socket.destroy();
  }
  let connections = 0;
  server.server.on('connection', (socket: { destroy(): void }) => {
    connections += 1;
    sockets.add(socket);
    if (script[0] === 'cut at once') {
      script.shift();
      socket.destroy();
    }
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  const address = listening.address();
  if (typeof address !== 'object' || !address) throw new Error('The SMTP server has no port.');
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    connections: () => connections,
    behave: (...next) => {
      script = next;
    },
    async stop() {
      cut();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function errorOf({ code, text }: Answer): Error {
  return Object.assign(new Error(text), { responseCode: code });
}
