import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

/** What a link opens. A link of one kind is none of the other. */
export type LinkKind = 'page' | 'download';

/** What a link is for: a page's or download's name, the workspace, and what of it; until when it opens. */
export type Target = {
  platform: string;
  tenant: string;
  name: string;
  subject: string;
  until: Temporal.Instant;
};

type Reading = { kind: 'valid'; target: Target } | { kind: 'expired' } | { kind: 'forged' };

export type Links = {
  /** The token that stands at the end of a link. */
  sign(kind: LinkKind, target: Target): string;
  /** What a token is for; expired ones are told apart from those that Belay never made. */
  read(kind: LinkKind, token: string, now: Temporal.Instant): Reading;
};

/** A list, not an object, because a person sees the link. The last is in seconds since 1970. */
const payloadSchema = z.tuple([z.string(), z.string(), z.string(), z.string(), z.int()]);

/** Signs and reads links with Belay's secret, 64 hexadecimal digits. */
export function createLinks(secret: string): Links {
  const keys = { page: keyFor(secret, 'page'), download: keyFor(secret, 'download') };
  return {
    sign(kind, { platform, tenant, name, subject, until }) {
      const seconds = Math.floor(until.epochMilliseconds / 1000);
      const payload = encode(JSON.stringify([platform, tenant, name, subject, seconds]));
      return `${payload}.${signature(keys[kind], payload)}`;
    },
    read(kind, token, now) {
      const [payload = '', signed = '', ...more] = token.split('.');
      if (more.length > 0 || !same(signed, signature(keys[kind], payload))) return { kind: 'forged' };
      const [platform, tenant, name, subject, seconds] = payloadSchema.parse(JSON.parse(decode(payload)));
      const until = Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
      if (Temporal.Instant.compare(until, now) <= 0) return { kind: 'expired' };
      return { kind: 'valid', target: { platform, tenant, name, subject, until } };
    },
  };
}

/** Each purpose has a key of its own, so that what is signed for one is worth nothing for another. */
function keyFor(secret: string, kind: LinkKind): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'hex'), '', `belay link ${kind}`, 32));
}

function signature(key: Buffer, payload: string): string {
  return createHmac('sha256', key).update(payload).digest('base64url');
}

/** Compared as text: the last letter of base64 has bits that decoding drops, and they count too. */
function same(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function decode(text: string): string {
  return Buffer.from(text, 'base64url').toString();
}
