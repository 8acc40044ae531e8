/** In a process of its own: plans the next quarter of an hour for so many people, five conversations a day each. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { newClient } from '../../src/features/clients/clients.ts';
import { addClient } from '../../src/features/clients/store.ts';
import { featuresOf } from '../../src/features/features.ts';
import { kernelMigrations } from '../../src/store/kernel-migrations.ts';
import { openStore } from '../../src/store/open.ts';
import { writePeople } from '../../src/store/people.ts';

const count = Number(process.argv[2]);
const times = Number(process.argv[3]);
/** A Thursday, so that the days after it are working days too. */
const now = Temporal.Instant.from('2026-12-03T08:45:00Z');
const at = { tenant: 'T1', platform: 'bench' };
const eachDay = 5;
/** The days around it on which people have conversations: Wednesday to Tuesday. */
const days = ['2026-12-02', '2026-12-03', '2026-12-04', '2026-12-07', '2026-12-08'];

const folder = await mkdtemp(join(tmpdir(), 'belay-bench-'));
const features = featuresOf();
const store = await openStore(
  `sqlite:${join(folder, 'belay.db')}`,
  Object.assign({}, kernelMigrations, ...features.map(({ migrations }) => migrations ?? {})),
);
await store.transact(async (tx) => {
  const ids = Array.from({ length: count }, (_, index) => `p${index}`);
  const people = ids.map((id) => ({
    ...{ id, name: id, outsider: false, admin: false, timeZone: 'Europe/Amsterdam' },
    checkedAt: now.toString(),
  }));
  await writePeople(tx, at.platform, at.tenant, people);
  for (let index = 0; index < count / 5; index += 1)
    await addClient(
      tx,
      at.tenant,
      newClient({
        id: `c${index}`,
        name: `Client ${index}`,
        owner: { id: `p${index * 5}`, name: 'x' },
        createdAt: now.subtract({ hours: 24 * 30 }),
      }),
    );
});
for (const day of days)
  for (let part = 0; part < eachDay; part += 1)
    await store.transact(async (tx) => {
      for (let from = 0; from < count; from += 500) {
        const size = Math.min(500, count - from);
        const numbers = Array.from({ length: size }, (_, index) => from + index);
        const start = Temporal.Instant.from(
          `${day}T0${7 + part < 10 ? 7 + part : 9}:${part % 2 === 0 ? '00' : '30'}:00Z`,
        );
        const id = (number: number) => `${day}-${part}-${number}`;
        const stored = start.toString({ smallestUnit: 'millisecond' });
        const ends = start.add({ minutes: 30 }).toString({ smallestUnit: 'millisecond' });
        await tx
          .insertInto('conversation')
          .values(
            numbers.map((number) => ({
              tenant_id: at.tenant,
              id: id(number),
              client_id: `c${Math.floor(number / 5)}`,
              title: 'Progress',
              starts_at: stored,
              ends_at: ends,
              source: 'calendar' as const,
              event_key: id(number),
              outcome: null,
              answered_by_id: null,
              answered_by_name: null,
              answered_at: null,
              created_at: stored,
            })),
          )
          .execute();
        await tx
          .insertInto('conversation_person')
          .values(
            numbers.map((number) => ({
              tenant_id: at.tenant,
              conversation_id: id(number),
              platform: at.platform,
              person_id: `p${number}`,
              person_name: 'x',
            })),
          )
          .execute();
      }
    });

const plan = features.find(({ name }) => name === 'nudges')?.jobs?.['nudges.plan'];
if (!plan) throw new Error('Nudges plan nothing.');
const outside = {
  ...{ link: () => undefined, mails: false, seal: () => undefined },
  defaults: { language: 'nl' as const, timeZone: 'Europe/Amsterdam' },
};
const took: number[] = [];
let planned = 0;
const before = process.memoryUsage.rss();
for (let round = 0; round < times; round += 1) {
  const began = performance.now();
  planned = (await store.transact((tx) => plan.run({ ...outside, ...at, tx, now, subject: '' }))).length;
  took.push(performance.now() - began);
}
const usage = process.resourceUsage();
await store.close();
await rm(folder, { recursive: true });
took.sort((one, other) => one - other);
process.stdout.write(
  JSON.stringify({
    people: count,
    planned,
    middle: took[Math.floor(times / 2)],
    slowest: took.at(-1),
    rss: { before, most: usage.maxRSS * 1024 },
  }),
);
