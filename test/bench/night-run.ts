/** In a process of its own: how long people wait for an answer while many calendars are read, and while none is. */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { createCalendarReader } from '../../src/calendars/reader.ts';
import { newClient } from '../../src/features/clients/clients.ts';
import { addDomain } from '../../src/features/clients/people-store.ts';
import { addClient } from '../../src/features/clients/store.ts';
import { giveCalendar } from '../../src/features/conversations/calendar-store.ts';
import { createCalendarRound } from '../../src/jobs/calendars.ts';
import { writePeople } from '../../src/store/people.ts';
import { certificate } from '../calendars/tls-server.ts';
import { askIn, bram, general, openHouse } from '../support/house.ts';
import { openWhole } from './database.ts';
import { workspace } from './workspace.ts';

const [file = '', server = '', count = '', clients = ''] = z.array(z.string()).parse(process.argv.slice(2));
/** An answer is wanted every so many milliseconds. */
const every = 20;

const store = await openWhole(`sqlite:${file}`);
const house = await openHouse(store);
house.time.set('2026-12-03T01:00:00Z');
await store.transact(async (tx) => {
  const { tenant, platform } = workspace;
  for (let index = 0; index < Number(clients); index += 1) {
    const client = { id: `c${index}`, name: `Client ${index}`, owner: { id: 'anna', name: 'x' } };
    await addClient(tx, tenant, newClient({ ...client, createdAt: house.time.now() }));
    await addDomain(tx, tenant, client.id, `client${index}.example`);
  }
  const checkedAt = house.time.now().toString();
  const people = Array.from({ length: Number(count) }, (_, index) => ({
    ...bram,
    id: `p${index}`,
    checkedAt,
  }));
  await writePeople(tx, platform, tenant, people);
  for (const { id } of people)
    await giveCalendar(
      tx,
      { tenant, platform, person: id },
      { name: 'x', sealed: `https://calendar.belay.example/${id.slice(1)}.ics`, now: house.time.now() },
    );
});
const poll = await askIn(house, general);

const reader = createCalendarReader({
  resolve: async () => ['127.0.0.1'],
  isAllowed: () => true,
  port: Number(new URL(server).port),
  ca: certificate,
});
const troubles: unknown[] = [];
let read = 0;
const round = createCalendarRound({
  store,
  calendars: house.features.flatMap((one) => one.calendars ?? []),
  async read({ sealed, etag, modified }, window) {
    const reading = await reader.read(sealed, { etag, modified }, window);
    if (reading.kind === 'failed') troubles.push(reading.reason);
    read += 1;
    return reading;
  },
  carryOut: house.carry,
  now: house.time.now,
  outside: () => house.outside,
  wakeSender: () => {},
  troubled: (error) => troubles.push(error),
});

/** How long each answer took, from when it was wanted, until `done`. */
async function answers(done: () => boolean): Promise<number[]> {
  const took: number[] = [];
  const open: Promise<unknown>[] = [];
  for (let next = performance.now(); !done(); next += every) {
    const wanted = next;
    await pause(Math.max(0, wanted - performance.now()));
    const grade = String(took.length % 11);
    const answered = house.press(bram, general, 'polls.vote', poll, grade);
    open.push(answered.then(() => took.push(performance.now() - wanted)));
  }
  await Promise.all(open);
  return took;
}

/** All calendars once, with people who answer meanwhile. */
async function night(): Promise<{ took: number[]; seconds: number; read: number }> {
  read = 0;
  const began = performance.now();
  let over = false;
  const reading = (async () => {
    while (read < Number(count)) {
      await round.tick();
      await house.jobs.tick();
    }
    over = true;
  })();
  const took = await answers(() => over);
  await reading;
  return { took, seconds: (performance.now() - began) / 1000, read };
}

const until = performance.now() + 5000;
const quiet = { took: await answers(() => performance.now() > until), seconds: 5, read: 0 };
const first = await night();
house.time.advance({ minutes: 20 });
const unchanged = await night();
house.time.advance({ hours: 21 });
const whole = await night();
if (troubles.length > 0 || house.failures.length > 0)
  throw new Error(`Not all went well: ${[...troubles, ...house.failures].slice(0, 3).join('; ')}`);
await reader.stop();
await store.close();
process.stdout.write(JSON.stringify({ quiet, first, unchanged, whole }));
process.exit(0);
