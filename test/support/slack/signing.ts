import { createHmac } from 'node:crypto';

/** The headers with which Slack signs a body sent at `at` (milliseconds). */
export function sign(secret: string, body: string, at: number): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const hash = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${hash}` };
}

/** Requests that Slack never sent, each by the name of what is wrong with it. */
export function forged(secret: string, body: string, at: number): Record<string, Record<string, string>> {
  const right = sign(secret, body, at);
  return {
    unsigned: {},
    'without a timestamp': { 'x-slack-signature': right['x-slack-signature'] ?? '' },
    'without a signature': { 'x-slack-request-timestamp': right['x-slack-request-timestamp'] ?? '' },
    'signed with another secret': sign('another secret', body, at),
    'signed for another body': sign(secret, `${body} `, at),
    'signed more than five minutes ago': sign(secret, body, at - 301_000),
    'signed more than a minute ahead': sign(secret, body, at + 62_000),
    'with an unknown version': {
      ...right,
      'x-slack-signature': (right['x-slack-signature'] ?? '').replace('v0', 'v1'),
    },
    'with a timestamp that is no number': { ...right, 'x-slack-request-timestamp': 'now' },
    'with a timestamp moved after signing': {
      ...right,
      'x-slack-request-timestamp': String(Number(right['x-slack-request-timestamp']) + 1),
    },
  };
}
