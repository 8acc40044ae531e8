import { expect, it } from 'vitest';
import type { Job } from '../../src/chat/feature.ts';
import { createClock } from '../../src/jobs/clock.ts';
import { createCarryOut } from '../../src/jobs/effects.ts';
import { enqueue, jobLag } from '../../src/jobs/queue.ts';
import type { Store } from '../../src/store/database.ts';
import { clock } from '../support/clock.ts';
import { eachDatabase } from '../support/databases.ts';

function clockOn(store: Store, run: Job['run']) {
  const time = clock('2026-11-23T09:00:00Z');
  const failed: boolean[] = [];
  const jobs = createClock({
    store,
    regular: [],
    jobs: new Map([['test.work', { run }]]),
    carryOut: createCarryOut(() => true),
    now: time.now,
    outside: () => ({
      link: () => undefined,
      mails: false,
      seal: () => undefined,
      defaults: { language: 'nl', timeZone: 'Europe/Amsterdam' },
    }),
    tidy: async () => {},
    wakeSender: () => {},
    failed: (_, __, last) => failed.push(last),
    troubled: (error) => {
      throw error;
    },
  });
  const order = (subject: string, more: { at?: Temporal.Instant; once?: boolean; name?: string } = {}) =>
    store.transact((tx) =>
      enqueue(
        tx,
        { tenant: 'T1', platform: 'test', name: 'test.work', subject, at: time.now(), ...more },
        time.now(),
      ),
    );
  return { time, jobs, order, failed };
}

eachDatabase((_, open) => {
  it('runs work at its time, once', async () => {
    const done: string[] = [];
    const { time, jobs, order } = clockOn(await open(), async ({ subject }) => {
      done.push(subject);
      return [];
    });
    await order('now');
    await order('later', { at: time.now().add({ minutes: 5 }) });
    await jobs.tick();
    await jobs.tick();
    expect(done).toEqual(['now']);
    time.advance({ minutes: 5 });
    await Promise.all([jobs.tick(), jobs.tick()]);
    expect(done).toEqual(['now', 'later']);
  });

  it('does one thing once when two clocks run', async () => {
    const store = await open();
    const done: string[] = [];
    const run: Job['run'] = async ({ subject }) => {
      done.push(subject);
      return [];
    };
    const [one, other] = [clockOn(store, run), clockOn(store, run)];
    for (let at = 0; at < 30; at += 1) await one.order(`w${at}`);
    await Promise.all([one.jobs.tick(), other.jobs.tick()]);
    expect(done).toHaveLength(30);
    expect(new Set(done).size).toBe(30);
  });

  it('keeps one waiting job of a kind and subject when told so', async () => {
    const store = await open();
    const { order } = clockOn(store, async () => []);
    await Promise.all([
      order('p1', { once: true }),
      order('p1', { once: true }),
      order('p2', { once: true }),
    ]);
    expect(await store.db.selectFrom('job').select('subject').orderBy('subject').execute()).toEqual([
      { subject: 'p1' },
      { subject: 'p2' },
    ]);
  });

  it('undoes a failed attempt, tries five times with longer waits, then sets it aside; the rest goes on', async () => {
    const store = await open();
    let attempts = 0;
    const { time, jobs, order, failed } = clockOn(store, async ({ tx, subject }) => {
      await tx.insertInto('inbox').values({ tenant_id: 'T1', key: subject, received_at: '' }).execute();
      if (subject === 'bad') {
        attempts += 1;
        throw new Error('no');
      }
      return [];
    });
    await order('bad');
    await order('good');
    for (let hour = 0; hour < 10; hour += 1) {
      await jobs.tick();
      time.advance({ hours: 2 });
    }
    expect(attempts).toBe(5);
    expect(failed).toEqual([false, false, false, false, true]);
    expect(await store.db.selectFrom('inbox').select('key').execute()).toEqual([{ key: 'good' }]);
    const left = await store.db.selectFrom('job').select(['subject', 'state', 'last_error']).execute();
    expect(left).toEqual([{ subject: 'bad', state: 'failed', last_error: 'Error: no' }]);
    expect(await jobLag(store.db, time.now())).toBe(0);
  });

  it('sets aside work that no feature knows', async () => {
    const store = await open();
    const { jobs, order, failed } = clockOn(store, async () => []);
    await order('x', { name: 'nobody.knows' });
    await jobs.tick();
    expect(failed).toEqual([false]);
  });

  it('tells how late the oldest due work is', async () => {
    const store = await open();
    const { time, order } = clockOn(store, async () => []);
    await order('x');
    time.advance({ seconds: 90 });
    expect(await jobLag(store.db, time.now())).toBe(90);
  });
});
