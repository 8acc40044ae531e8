import { expect, test } from 'vitest';
import { line } from '../../../src/chat/card.ts';
import { startRig } from '../../support/slack/belay.ts';
import { tokens } from '../../support/slack/stand-in.ts';

test('no word or address of a person and no token comes into the log, whatever goes wrong', async () => {
  const rig = await startRig();
  const word = 'rhubarbsecret';
  const failing = async () => {
    throw new Error('disk full');
  };
  rig.next(failing);
  await rig.at.command('U_ANNA', 'C_GENERAL', word);
  rig.next(failing);
  await rig.at.mention('U_ANNA', 'C_GENERAL', word);
  rig.next({ kind: 'refused', text: word, card: line(word) });
  rig.at.fail({ method: 'chat.postEphemeral', how: 'broken' });
  await rig.at.mention('U_ANNA', 'C_GENERAL', word);
  rig.next({ kind: 'ask', form: { name: 'a.b', title: word, fields: [], send: word, cancel: word } });
  await rig.at.command('U_ANNA', 'C_GENERAL', word);
  const written = rig.at.write('U_DAAN', 'C_ACME', word);
  rig.next(failing);
  await rig.at.shortcut('U_ANNA', written, 'feedback.keep');
  rig.at.fail({ method: 'chat.getPermalink', how: 'broken' }, { method: 'views.open', how: 'broken' });
  rig.next({ kind: 'refused', text: word, card: line(word) });
  await rig.at.shortcut('U_ANNA', written, 'feedback.keep');
  for (const how of ['limited', 'broken', 'drop'] as const) {
    rig.at.fail({ method: 'chat.postMessage', how });
    const message = { id: 'm', tenant: 'T1', kind: 'post', place: 'C_GENERAL', audience: 'anyone' } as const;
    await expect(rig.platform.send({ ...message, card: line(word) })).rejects.toThrow();
  }
  await rig.stop();
  const all = rig.logged.join('');
  expect(all).toContain('disk full');
  for (const secret of [word, '@ons.example', tokens.bot, tokens.signingSecret])
    expect(all).not.toContain(secret);
});
