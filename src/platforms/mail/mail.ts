import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';
import { type Outgoing, type Platform, SendError, type Sent } from '../../chat/platform.ts';
import type { Language } from '../../chat/request.ts';
import type { SmtpConfig } from '../../config.ts';
import { sendErrorOf } from './errors.ts';
import { drawHtml, drawText } from './render.ts';

type Options = {
  smtp: SmtpConfig;
  /** For a card that does not say which it speaks. */
  language: Language;
  /** How long the server may keep silent, at each step. */
  patienceMs?: number;
};

/** Connections at once: many servers take no more of one sender. */
const connections = 2;

/** E-mail over SMTP. It only sends: nobody answers to it. A server that cannot be used shows with the first message. */
export function mail({ smtp, language, patienceMs = 10_000 }: Options): Platform {
  const transport = createTransport({
    url: smtp.url,
    pool: true,
    maxConnections: connections,
    // The outbox tries again, and it knows what may have arrived.
    maxRequeues: 0,
    idleTimeout: 5_000,
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    dnsTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const streams = new Map<string, Readable>();
  transport.use('stream', ({ message, data }, done) => {
    message?.processFunc((stream) => {
      if (data.messageId) streams.set(data.messageId, stream);
      return stream;
    });
    done();
  });
  const host = /@([^\s<>@]+)>?$/.exec(smtp.from)?.[1] ?? 'localhost';

  return {
    name: 'mail',
    // What comes faster looks like spam to many mail servers.
    pace: { laneGapMs: 0, counting: false, burst: 10, perSecond: 5 },
    routes: {},
    async start() {},
    async stop() {
      transport.close();
    },
    async send(message: Outgoing): Promise<Sent> {
      const messageId = `<${message.id}@${host}>`;
      try {
        await transport.sendMail({ ...letterOf(message, language), from: smtp.from, messageId });
        return {};
      } catch (error) {
        // Read from: the server had asked for the text, so it may have all of it.
        throw sendErrorOf(error, streams.get(messageId)?.readableDidRead ?? false);
      } finally {
        streams.delete(messageId);
      }
    },
  };
}

/** One address, and none of the signs with which a second or a header would begin. */
const addressPattern = /^[^\s<>()[\]\\,;:"@\p{Cc}]{1,64}@[^\s<>()[\]\\,;:"@\p{Cc}]{1,190}$/u;
const longestSubject = 200;

function letterOf({ kind, person = '', audience, card }: Outgoing, ours: Language) {
  if (kind !== 'post') throw new SendError('never', 'not_for_mail');
  if (audience === 'internal') throw new SendError('never', 'internal_before_a_client');
  if (!addressPattern.test(person)) throw new SendError('never', 'invalid_address');
  const language = card.language ?? ours;
  return {
    to: { name: '', address: person },
    subject: oneLine(card.summary),
    text: drawText(card, language),
    html: drawHtml(card, language),
    // No answering machine is to answer this.
    headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': language },
  };
}

function oneLine(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  const letters = [...line];
  return letters.length > longestSubject ? `${letters.slice(0, longestSubject - 1).join('')}…` : line;
}
