/** In a process of its own: plans a quarter of an hour of a workspace, so many times, and says how long that took. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { featuresOf } from '../../src/features/features.ts';
import { toStored } from '../../src/store/database.ts';
import { openWhole } from './database.ts';
import { workspace } from './workspace.ts';

const [file = '', moment = '', times = ''] = process.argv.slice(2);
const now = Temporal.Instant.from(moment);
const plan = featuresOf().find(({ name }) => name === 'nudges')?.jobs?.['nudges.plan'];
if (!plan) throw new Error('Nudges plan nothing.');
const store = await openWhole(`sqlite:${file}`);
const outside = {
  ...{ link: () => undefined, mails: false, seal: () => undefined },
  defaults: { language: 'nl' as const, timeZone: 'Europe/Amsterdam' },
};
// As it is in an office that works: what was over two hours ago was asked about.
const over = { ends: toStored(now.subtract({ hours: 2 })), now: toStored(now) };
await store.db
  .updateTable('conversation')
  .set({ asked_at: over.now })
  .where('ends_at', '<', over.ends)
  .where('asked_at', 'is', null)
  .execute();
// Between two plans lies a quarter of an hour, in which what the first has left is swept up.
setFlagsFromString('--expose-gc');
const sweep: () => void = runInNewContext('gc');
const took: number[] = [];
let planned = 0;
const before = process.memoryUsage.rss();
for (let round = 0; round < Number(times); round += 1) {
  sweep();
  const began = performance.now();
  planned = (await store.transact((tx) => plan.run({ ...outside, ...workspace, tx, now, subject: 'now' })))
    .length;
  took.push(performance.now() - began);
}
await store.close();
const memory = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ planned, took, before, memory }));
