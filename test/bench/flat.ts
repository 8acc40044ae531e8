import { belayInSlack, type Setting } from './contestants.ts';
import { addVotes } from './database.ts';
import { measure, median, type Run, startLoad, type Timing } from './measuring.ts';

/** How a vote in Slack fares with so many open polls, and so many votes in each of them already. */
export type Flat = { polls: number; votes: number; runs: Run[]; ratio: number };

/** One after another and in rounds, each of its own process. The ratio is to the first of its kind, in its round. */
export async function flat(setting: Setting, timing: Timing, rounds: number): Promise<Flat[][]> {
  const byPolls = [1, 10, 100].map((polls): Flat => ({ polls, votes: 0, runs: [], ratio: 1 }));
  // Several polls, so that the votes that are cast now make none of them big.
  const byVotes = [10, 10_000].map((votes): Flat => ({ polls: 20, votes, runs: [], ratio: 1 }));
  for (let round = 0; round < rounds; round += 1)
    for (const one of [...byPolls, ...byVotes]) one.runs.push(await run(setting, timing, one));
  for (const kind of [byPolls, byVotes])
    for (const one of kind)
      one.ratio = median(
        one.runs.map((run, round) => run.perSecond / (kind[0]?.runs[round]?.perSecond ?? Number.NaN)),
      );
  return [byPolls, byVotes];
}

async function run(setting: Setting, timing: Timing, { polls, votes }: Flat): Promise<Run> {
  const contestant = await belayInSlack(setting, polls);
  if (votes === 0) return measure(contestant, timing);
  const load = startLoad();
  // One vote each at least, like which the others are made.
  const first = await load.cast({ votes: contestant.votes, from: 1, amount: 50 });
  load.end();
  for (const { poll } of contestant.votes.targets) await addVotes(contestant.database, poll, votes);
  return measure(contestant, timing, first.next);
}
