import { createSign, generateKeyPairSync } from 'node:crypto';
import { teamsApp } from './votes.ts';

/** A token as the Bot Framework signs one, and the public key that it is checked against. */
export function tokenFor(serviceUrl: string): { token: string; key: object } {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: 'https://api.botframework.com',
    aud: teamsApp,
    serviceurl: serviceUrl,
    nbf: now - 60,
    exp: now + 3600,
  };
  const text = `${part({ alg: 'RS256', typ: 'JWT', kid: 'bench' })}.${part(claims)}`;
  const token = `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
  return { token, key: { ...publicKey.export({ format: 'jwk' }), kid: 'bench', endorsements: ['msteams'] } };
}
