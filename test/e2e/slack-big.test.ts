import { expect, it } from 'vitest';
import { acknowledged, eventually, onEachDatabase } from '../support/slack/at-work.ts';

onEachDatabase((work) => {
  it('asks an internal channel of 150 whom it never met as one of our own, and counts everybody', async () => {
    const { at, sees, channel, people, rows } = work();
    const voters = people('T1', 150);
    const place = channel({ more: voters });
    await acknowledged(at.command('U_ANNA', place, 'nps ask about the canteen'));
    const question = await sees('U_BRAM', place, /polls\.vote/);
    await Promise.all(voters.map((voter) => acknowledged(at.press(voter, question, 'polls.vote.9'))));
    const poll = `select shared, invited from poll where place_id = '${place}'`;
    expect(await rows(poll)).toMatchObject([{ shared: 0, invited: 153 }]);
    const votes = `select count(*) as n from vote join poll on poll.id = vote.poll_id where place_id = '${place}'`;
    await eventually(async () => expect(Number((await rows(votes))[0]?.n)).toBe(150));
  });
});
