import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { healthRoute } from '../../../src/platforms/web/health.ts';

afterEach(() => {
  vi.useRealTimers();
});

function asked(ping: () => Promise<void>) {
  const req = new IncomingMessage(new Socket());
  const res = new ServerResponse(req);
  const written = vi.spyOn(res, 'end');
  const done = Promise.resolve(healthRoute({ ping })(req, res));
  return done.then(() => [res.statusCode, written.mock.calls[0]?.[0]]);
}

it('is well when the database answers', async () => {
  expect(await asked(async () => undefined)).toEqual([200, '{"status":"ok"}']);
});

it('is not when the database refuses', async () => {
  const refusing = () => Promise.reject(new Error('gone'));
  expect(await asked(refusing)).toEqual([503, '{"status":"unavailable"}']);
});

it('is not when the database does not answer within a second', async () => {
  vi.useFakeTimers();
  const answer = asked(() => new Promise(() => undefined));
  let known = false;
  void answer.then(() => {
    known = true;
  });
  await vi.advanceTimersByTimeAsync(999);
  expect(known).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  expect(await answer).toEqual([503, '{"status":"unavailable"}']);
});
