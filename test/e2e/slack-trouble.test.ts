import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { acknowledged, eventually, onEachDatabase, wordsOf } from '../support/slack/at-work.ts';
import { forged } from '../support/slack/signing.ts';
import { tokens } from '../support/slack/stand-in.ts';

onEachDatabase((work) => {
  /** Nothing of another test is on its way, which could meet the fault instead. */
  async function quiet(): Promise<void> {
    await eventually(async () => expect(await work().rows('select id from outbox')).toEqual([]));
  }

  it.each([
    ['npss ask', /Did you mean “nps ask”\?/],
    ['wat een weer', /I do not know “wat een weer”/],
    ['nps ask for ever', /That is not a period/],
    ['nps ask for 91 days', /at most/],
    ['nps ask for 4 months', /at most/],
    [`nps ask about ${'x'.repeat(151)}`, /150 characters fit/],
    ['nps close', /No such poll is open here/],
  ])('answers “%s” with what is wrong, and changes nothing', async (text, words) => {
    const { at, sees, channel, rows, saidIn } = work();
    const place = channel();
    await acknowledged(at.command('U_CARLA', place, text));
    await sees('U_CARLA', place, words);
    await acknowledged(at.mention('U_CARLA', place, text));
    await eventually(() => expect(at.seenBy('U_CARLA', place)).toHaveLength(2));
    expect(await rows(`select id from poll where place_id = '${place}'`)).toEqual([]);
    expect(saidIn(place)).toEqual([]);
  });

  it('asks nothing where it cannot: in a direct message, or in a channel without it', async () => {
    const { at, sees, channel, rows } = work();
    await acknowledged(at.dm('U_CARLA', 'nps ask'));
    await sees('U_CARLA', 'D_U_CARLA', /This belongs in a channel/);
    for (const place of ['C_PRIVATE', 'C_OLD', channel({ belay: false })]) {
      await acknowledged(at.command('U_CARLA', place, 'nps ask'));
      await sees('U_CARLA', place, /I am not in this channel/);
    }
    expect(await rows(`select id from poll where asker_id = 'U_CARLA'`)).toEqual([]);
  });

  it('asks one poll at a time, and leads to the one that is open', async () => {
    const { at, sees, channel, rows } = work();
    const place = channel();
    await acknowledged(at.command('U_ANNA', place, 'nps ask'));
    const question = await sees('U_BRAM', place, /polls\.vote/);
    await eventually(async () => {
      const key = await rows(`select link from message where place = '${place}'`);
      expect(key).toEqual([{ link: expect.stringContaining(question.ts.replace('.', '')) }]);
    });
    await acknowledged(at.command('U_CARLA', place, 'nps ask for 1 day'));
    const refused = await sees(
      'U_CARLA',
      place,
      /A poll is open here already \(NPS\), asked by Anna de Vries/,
    );
    expect(wordsOf(refused)).toContain(`/archives/${place}/p${question.ts.replace('.', '')}`);
    expect(await rows(`select state from poll where place_id = '${place}'`)).toEqual([{ state: 'open' }]);
  });

  it('counts no vote for a poll that is closed, withdrawn, elsewhere or gone', async () => {
    const { at, sees, channel, rows } = work();
    const [place, other] = [channel(), channel()];
    await acknowledged(at.command('U_ANNA', place, 'nps ask'));
    const question = structuredClone(await sees('U_CARLA', place, /polls\.vote/));
    const [poll] = await rows(`select id from poll where place_id = '${place}'`);
    const renamed = JSON.stringify(question.blocks).replaceAll(String(poll?.id), randomUUID());
    await acknowledged(at.press('U_CARLA', { ...question, blocks: JSON.parse(renamed) }, 'polls.vote.9'));
    await sees('U_CARLA', place, /This poll is no longer there/);
    await acknowledged(at.press('U_CARLA', { ...question, channel: other }, 'polls.vote.9'));
    await sees('U_CARLA', other, /This poll is no longer there/);
    await acknowledged(at.command('U_ANNA', place, 'nps cancel'));
    await acknowledged(at.press('U_CARLA', question, 'polls.vote.9'));
    await sees('U_CARLA', place, /This question was withdrawn/);

    await acknowledged(at.command('U_ANNA', other, 'nps ask'));
    const second = structuredClone(await sees('U_CARLA', other, /polls\.vote/));
    await acknowledged(at.command('U_ANNA', other, 'nps close'));
    await acknowledged(at.press('U_CARLA', second, 'polls.vote.9'));
    await sees('U_CARLA', other, /This poll is closed\. Nothing was changed/);
    const here = `select id from poll where place_id in ('${place}', '${other}')`;
    expect(await rows(here)).toHaveLength(2);
    expect(await rows(`select grade from vote where poll_id in (${here})`)).toEqual([]);
  });

  it('refuses what Slack did not sign, and stores nothing of it', async () => {
    const { at, channel, rows } = work();
    const place = channel();
    const fields = {
      command: '/belay',
      text: 'nps ask',
      trigger_id: 'forged',
      user_id: 'U_ANNA',
      team_id: 'T1',
      channel_id: place,
    };
    const body = new URLSearchParams(fields).toString();
    const type = { 'content-type': 'application/x-www-form-urlencoded' };
    const attempts = Object.entries(forged(tokens.signingSecret, body, Date.now()));
    expect(attempts.length).toBeGreaterThan(5);
    for (const [name, headers] of attempts)
      expect({ name, status: (await at.post(body, { ...type, ...headers })).status }).toEqual({
        name,
        status: 401,
      });
    expect(await rows(`select * from inbox where key like '%forged%'`)).toEqual([]);
    expect(await rows(`select id from poll where place_id = '${place}'`)).toEqual([]);
  });

  it('does once what Slack tells three times', async () => {
    const { at, sees, channel, rows } = work();
    const place = channel();
    await Promise.all([at.mention('U_ANNA', place, 'nps ask'), at.again(), at.again()].map(acknowledged));
    const question = await sees('U_CARLA', place, /polls\.vote/);
    const press = [at.press('U_CARLA', question, 'polls.vote.3'), at.again(), at.again()];
    await Promise.all(press.map(acknowledged));
    await acknowledged(at.press('U_CARLA', question, 'polls.vote.8'));
    await sees('U_CARLA', place, /You answered 8/);
    const { id } = (await rows(`select id from poll where place_id = '${place}'`))[0] ?? {};
    expect(await rows(`select grade from vote where poll_id = '${id}'`)).toEqual([{ grade: 8 }]);
    // One change of one vote: none of the repetitions counted as a vote of its own.
    expect(await rows(`select grade from vote_history where poll_id = '${id}'`)).toEqual([{ grade: 3 }]);
    expect(work().saidIn(place)).toHaveLength(1);
  });

  it('waits as long as Slack asks, and then posts', { concurrent: false }, async () => {
    const { at, sees, channel, saidIn } = work();
    const place = channel();
    await quiet();
    at.fail({ method: 'chat.postMessage', how: 'limited', retryAfter: 1 });
    await acknowledged(at.command('U_ANNA', place, 'nps ask'));
    await sees('U_BRAM', place, /polls\.vote/);
    const [first, second, ...more] = saidIn(place);
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(1000);
    expect(more).toEqual([]);
  });

  it('posts a question at most twice when the connection breaks, and counts each voter once', {
    concurrent: false,
  }, async () => {
    const { at, sees, channel, rows, saidIn } = work();
    const place = channel();
    await quiet();
    at.fail({ method: 'chat.postMessage', how: 'drop' }, { method: 'chat.postMessage', how: 'drop' });
    await acknowledged(at.command('U_ANNA', place, 'nps ask'));
    const questions = await eventually(() => {
      expect(at.seenBy('U_BRAM', place)).toHaveLength(2);
      return at.seenBy('U_BRAM', place);
    });
    for (const [index, question] of questions.entries())
      await acknowledged(at.press('U_BRAM', question, `polls.vote.${index + 3}`));
    await acknowledged(at.command('U_ANNA', place, 'nps close'));
    expect(wordsOf(await sees('U_BRAM', place, /Uitslag NPS/))).toMatch(/1 antwoord, te weinig/);
    const poll = `(select id from poll where place_id = '${place}')`;
    expect(await rows(`select grade from vote where poll_id in ${poll}`)).toEqual([{ grade: 4 }]);
    const asked = saidIn(place).filter(({ args }) => JSON.stringify(args).includes('polls.vote'));
    expect(asked.map(({ answer }) => answer)).toMatchObject([{ ok: true }, { ok: true }]);
  });
});
