import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort, startBelay } from '../support/belay-process.ts';
import { rowsOf } from '../support/rows.ts';
import { acknowledged, eventually, startAtWork } from '../support/slack/at-work.ts';
import { sign } from '../support/slack/signing.ts';
import { tokens } from '../support/slack/stand-in.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belay-stop-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('told to stop', { concurrent: true, timeout: 60_000 }, () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s, answers what is under way first', async (signal) => {
    const databaseUrl = `sqlite:${join(folder, `${signal}.db`)}`;
    const { at, belay } = await startAtWork({ databaseUrl });
    const text = new URLSearchParams({
      command: '/belay',
      text: 'nps ask',
      trigger_id: 'slow',
      user_id: 'U_ANNA',
      team_id: 'T1',
      channel_id: 'C_GENERAL',
    }).toString();
    const slow = request(`${belay.url}/slack/events`, {
      method: 'POST',
      headers: {
        ...sign(tokens.signingSecret, text, Date.now()),
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': String(text.length),
        expect: '100-continue',
      },
    });
    slow.flushHeaders();
    await once(slow, 'continue');
    const answered = once(slow, 'response');
    const stopped = belay.stop(signal);
    await eventually(() => expect(fetch(`${belay.url}/healthz`)).rejects.toThrow());
    slow.end(text);
    const [response] = await answered;
    expect(response.statusCode).toBe(200);
    expect(await stopped).toBe(0);
    const asked = await rowsOf(databaseUrl, 'select place_id, state from poll');
    expect(asked).toEqual([{ place_id: 'C_GENERAL', state: 'open' }]);
    await at.close();
  });

  it('tells everybody what he was still to be told', async () => {
    const { at, belay, channel, people, sees } = await startAtWork({
      databaseUrl: `sqlite:${folder}/told.db`,
    });
    const [place, other] = [channel(), channel()];
    const [passer = ''] = people('T1', 1);
    await acknowledged(at.command('U_ANNA', place, 'nps ask'));
    const question = await sees('U_ANNA', place, /polls\.vote/);
    // A refusal goes out after the answer. He is no member of the channel, so he is told in a conversation of his own, after a second call.
    const { promise: until, resolve: goOn } = Promise.withResolvers<void>();
    at.settings.hold.set('chat.postEphemeral', until);
    await acknowledged(at.press(passer, { ...question, channel: other }, 'polls.vote.7'));
    await eventually(() => expect(at.callsOf('chat.postEphemeral')).toHaveLength(1));
    const stopped = belay.stop();
    // Without anything left to do it is gone by then.
    expect(await Promise.race([stopped, pause(500, 'busy')])).toBe('busy');
    goOn();
    expect(await stopped).toBe(0);
    await sees(passer, `D_${passer}`, /Deze peiling is er niet meer/);
    await at.close();
  });
});

it.concurrent('stops when its Playground does', async () => {
  const port = String(await freePort());
  const belay = await startBelay({
    env: { BELAY_PLAYGROUND: 'on', BELAY_PLAYGROUND_PORT: port, LOG_LEVEL: 'debug' },
  });
  const found = /"pid":(\d+),"msg":"the Playground answers"/.exec(
    await belay.waitFor(/the Playground answers/),
  );
  await belay.waitFor(/sandbox is ready/);
  process.kill(Number(found?.[1]), 'SIGTERM');
  expect(await belay.ended).toBe(0);
});
