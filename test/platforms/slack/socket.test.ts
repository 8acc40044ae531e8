import { afterEach, describe, expect, test } from 'vitest';
import { line } from '../../../src/chat/card.ts';
import { type Rig, startRig } from '../../support/slack/belay.ts';

describe('Socket Mode', () => {
  let rig: Rig | undefined;
  afterEach(() => rig?.stop());

  test('says hello, takes a command and answers with its acknowledgement', async () => {
    rig = await startRig('socket');
    expect(rig.platform.routes).toEqual({});
    rig.next({ kind: 'answer', card: line('Here is help') });
    const result = await rig.at.command('U_CARLA', 'C_GENERAL', 'help');
    expect(result).toMatchObject({ status: 200, body: { response_type: 'ephemeral', text: 'Here is help' } });
    expect(rig.heard[0]).toMatchObject({ tenant: 'T1', returns: 'either', person: { name: 'Carla Smit' } });
  });

  test('acknowledges an event after it was stored, and not when it could not be', async () => {
    rig = await startRig('socket');
    expect(await rig.at.mention('U_ANNA', 'C_GENERAL', 'help')).toMatchObject({ status: 200 });
    rig.at.settings.patienceMs = 200;
    rig.next(async () => {
      throw new Error('disk full');
    });
    expect(await rig.at.mention('U_ANNA', 'C_GENERAL', 'help')).toMatchObject({ status: 0 });
  });

  test('finishes what is under way before it hangs up', async () => {
    rig = await startRig('socket');
    const stored = Promise.withResolvers<{ kind: 'nothing' }>();
    rig.next(() => stored.promise);
    const answer = rig.at.mention('U_ANNA', 'C_GENERAL', 'help');
    await expect.poll(() => rig?.heard.length).toBe(1);
    const stopped = rig.platform.stop();
    stored.resolve({ kind: 'nothing' });
    expect(await answer).toMatchObject({ status: 200 });
    await stopped;
  });
});
