import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { createExpander, type Expander, type ExpanderPorts } from '../../src/calendars/expander.ts';
import { autumn, calendar, event, tell } from './writing.ts';

const odd = { worker: new URL('./odd-worker.ts', import.meta.url) };
const running: Expander[] = [];

function start(ports: Partial<ExpanderPorts> = {}) {
  const expander = createExpander(ports);
  running.push(expander);
  return { expander, expand: (text: string) => expander.expand(Buffer.from(text), autumn) };
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((one) => one.stop()));
});

const text = calendar(
  event('1', 'DTSTART:20261020T080000Z', 'SUMMARY:Gesprek', 'ATTENDEE:mailto:daan@acme.example'),
);

it('expands in a thread of its own', async () => {
  const { expand } = start();
  const events = await expand(text);
  expect(events.map(tell)).toEqual(['10-20 10:00 Gesprek']);
  expect(events[0]).toMatchObject({ occurrence: '2026-10-20T08:00:00Z', attendees: ['daan@acme.example'] });
  await expect(expand('niets')).rejects.toMatchObject({ reason: 'no-calendar' });
  expect((await expand(text)).map(tell)).toEqual(['10-20 10:00 Gesprek']);
});

it.each([
  ['loop', 'too-slow', 1_000],
  ['eat', 'no-calendar', 15_000],
  ['throw', 'no-calendar', 15_000],
  ['exit', 'no-calendar', 15_000],
])('ends a worker that wants to %s, and reads the next calendar', async (wish, reason, withinMs) => {
  const { expand } = start({ ...odd, withinMs });
  const [bad, good] = [expand(wish), expand('next')];
  await expect(bad).rejects.toMatchObject({ reason, message: `A calendar could not be read: ${reason}.` });
  expect(await good).toEqual([]);
});

it('goes on while a worker loops', async () => {
  const { expand } = start({ ...odd, withinMs: 400 });
  let turns = 0;
  const timer = setInterval(() => turns++, 10);
  await expect(expand('loop')).rejects.toMatchObject({ reason: 'too-slow' });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(10);
});

it('makes a new worker when one has ended of itself', async () => {
  const { expand } = start(odd);
  expect(await expand('answer, then exit')).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(await expand('next')).toEqual([]);
});

it('gives up what is under way when it is stopped, and takes no more', async () => {
  const { expander, expand } = start({ ...odd, withinMs: 20_000 });
  const [now, next] = [expand('loop'), expand('next')];
  const settled = Promise.allSettled([now, next]);
  await new Promise((resolve) => setTimeout(resolve, 200));
  await expander.stop();
  const unreachable = { status: 'rejected', reason: { reason: 'unreachable' } };
  expect(await settled).toMatchObject([unreachable, unreachable]);
  await expect(expand('later')).rejects.toMatchObject({ reason: 'unreachable' });
});

/** Runs this, in a process of its own, with an `expander` and `expand(text)` at hand. What it printed. */
async function run(ports: string, script: string): Promise<string> {
  const begin = `
    import { createExpander } from ${JSON.stringify(new URL('../../src/calendars/expander.ts', import.meta.url))};
    const from = Temporal.Instant.from('2026-10-12T00:00:00Z');
    const window = { from, until: from.add({ hours: 999 }), timeZone: 'Europe/Amsterdam' };
    const expander = createExpander({ idleMs: 60_000, ${ports} });
    const expand = (text) => expander.expand(Buffer.from(text), window);`;
  const args = ['--input-type=module', '-e', begin + script];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, args);
  return stdout + stderr;
}

// Only on Linux has a thread a niceness of its own: elsewhere it must leave that of the process as it is.
const own = process.platform === 'linux' ? 10 : 0;

it.each([0, 12])('reads behind whoever waits for an answer, in a process of niceness +%i', async (more) => {
  const printed = await run(
    '',
    `const { getPriority, setPriority } = await import('node:os');
    const { readdirSync } = await import('node:fs');
    if (${more} > 0) setPriority(getPriority() + ${more});
    const began = getPriority();
    await expand(${JSON.stringify(text)});
    const threads = ${own} > 0 ? readdirSync('/proc/self/task').map(Number) : [0];
    const most = Math.max(...threads.map((thread) => getPriority(thread)));
    console.log(getPriority() === began, most === Math.min(19, began + ${own}));`,
  );
  expect(printed).toBe('true true\n');
});

it('prints nothing of what a worker prints', async () => {
  const printed = await run(
    `worker: new URL(${JSON.stringify(odd.worker)})`,
    `await expand('geheim'); await new Promise((done) => setTimeout(done, 200)); console.log('klaar');`,
  );
  expect(printed).toBe('klaar\n');
});

it('keeps one worker for many calendars and what is none, and no process waiting for it', async () => {
  const began = performance.now();
  const printed = await run(
    '',
    `let workers = 0;
    process.on('worker', () => workers++);
    for (let each = 0; each < 20; each++) {
      await expand(${JSON.stringify(text)});
      await expand('niets').catch(() => {});
    }
    console.log(workers);`,
  );
  expect(printed).toBe('1\n');
  expect(performance.now() - began).toBeLessThan(15_000);
});
