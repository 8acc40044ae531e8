import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { line } from '../../../src/chat/card.ts';
import { type Rig, startRig } from '../../support/slack/belay.ts';
import { forged, sign } from '../../support/slack/signing.ts';
import { tokens } from '../../support/slack/stand-in.ts';

const body = JSON.stringify({ type: 'url_verification', challenge: 'abc' });
const json = { 'content-type': 'application/json' };

describe('POST /slack/events', () => {
  let rig: Rig;
  beforeAll(async () => {
    rig = await startRig();
  });
  afterAll(() => rig.stop());
  const now = () => rig.clock.now.epochMilliseconds;

  const names = Object.keys(forged('', '', 0));
  test.each(names)('answers 401 with nothing to a request %s', async (name) => {
    const headers = forged(tokens.signingSecret, body, now())[name];
    const answer = await rig.at.post(body, { ...json, ...headers });
    expect(answer).toMatchObject({ status: 401, body: '' });
  });

  test('answers the address check', async () => {
    const answer = await rig.at.post(body, { ...json, ...sign(tokens.signingSecret, body, now()) });
    expect(answer).toMatchObject({ status: 200, body: { challenge: 'abc' } });
  });

  test.each([-299_000, 59_000])('takes a request signed %i ms from now', async (ms) => {
    const answer = await rig.at.post(body, { ...json, ...sign(tokens.signingSecret, body, now() + ms) });
    expect(answer.status).toBe(200);
  });

  test('answers 413 to more than a megabyte, before anything else', async () => {
    const huge = 'x'.repeat(1024 * 1024 + 1);
    const answer = await rig.at.post(huge, { ...json, ...sign(tokens.signingSecret, huge, now()) });
    expect(answer.status).toBe(413);
  });

  test('answers 400 to signed nonsense', async () => {
    const nonsense = '{"type":';
    const answer = await rig.at.post(nonsense, { ...json, ...sign(tokens.signingSecret, nonsense, now()) });
    expect(answer.status).toBe(400);
  });

  test('acknowledges an event only after it was stored', async () => {
    const stored = Promise.withResolvers<{ kind: 'nothing' }>();
    rig.next(() => stored.promise);
    const before = rig.heard.length;
    let acknowledged = false;
    const answer = rig.at.mention('U_ANNA', 'C_GENERAL', 'help').then((result) => {
      acknowledged = true;
      return result;
    });
    await expect.poll(() => rig.heard.length).toBe(before + 1);
    expect(acknowledged).toBe(false);
    stored.resolve({ kind: 'nothing' });
    expect((await answer).status).toBe(200);
  });

  test('answers 500 when it could not be stored, so that Slack sends it again', async () => {
    for (const act of [
      () => rig.at.mention('U_ANNA', 'C_GENERAL', 'help'),
      () => rig.at.command('U_ANNA', 'C_GENERAL', 'help'),
    ]) {
      rig.next(async () => {
        throw new Error('disk full');
      });
      expect(await act()).toMatchObject({ status: 500, body: '' });
    }
    rig.next({ kind: 'answer', card: line('again') });
    expect((await rig.at.again()).body).toMatchObject({ text: 'again' });
  });

  test('gives a retry the key of the first delivery', async () => {
    await rig.at.mention('U_ANNA', 'C_GENERAL', 'help');
    await rig.at.again();
    const [first, second] = rig.heard.slice(-2);
    expect(second?.key).toBe(first?.key);
  });
});
