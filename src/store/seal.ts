import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/** What a sealed text is bound to: it opens for this workspace, and as this kind of secret, alone. */
type SealedFor = { tenant: string; kind: string };

/** Keeps texts secret in the database: AES-256-GCM, bound to what they are for. */
export type Seal = {
  /** The same text is sealed differently each time. */
  seal(what: SealedFor, text: string): string;
  /** Undefined when it was sealed with another secret, for something else, or was changed. */
  open(what: SealedFor, sealed: string): string | undefined;
};

const algorithm = 'aes-256-gcm';
const lengths = { nonce: 12, tag: 16 };

/** `secret` is 64 hexadecimal digits. The key's own id stands in front, so that a later key can tell which are its own. */
export function createSeal(secret: string): Seal {
  const key = Buffer.from(hkdfSync('sha256', Buffer.from(secret, 'hex'), '', 'belay sealed texts', 32));
  const id = createHash('sha256').update(key).digest('hex').slice(0, 8);
  return {
    seal(what, text) {
      const nonce = randomBytes(lengths.nonce);
      const cipher = createCipheriv(algorithm, key, nonce).setAAD(bindingOf(what));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `${id}.${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')}`;
    },
    open(what, sealed) {
      const [keyId, written = ''] = sealed.split('.');
      const bytes = Buffer.from(written, 'base64url');
      if (keyId !== id || bytes.length < lengths.nonce + lengths.tag) return undefined;
      const nonce = bytes.subarray(0, lengths.nonce);
      const tag = bytes.subarray(lengths.nonce, lengths.nonce + lengths.tag);
      const decipher = createDecipheriv(algorithm, key, nonce, { authTagLength: lengths.tag })
        .setAAD(bindingOf(what))
        .setAuthTag(tag);
      try {
        const body = decipher.update(bytes.subarray(lengths.nonce + lengths.tag));
        return Buffer.concat([body, decipher.final()]).toString('utf8');
      } catch {
        // The tag does not fit: nothing of it may be used.
        return undefined;
      }
    },
  };
}

function bindingOf({ tenant, kind }: SealedFor): Buffer {
  return Buffer.from(JSON.stringify([tenant, kind]));
}
