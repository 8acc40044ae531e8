import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, expect, it, vi } from 'vitest';
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

it('prints nothing of what a worker prints', async () => {
  const out = vi.spyOn(process.stdout, 'write');
  const error = vi.spyOn(process.stderr, 'write');
  const { expander, expand } = start(odd);
  await expand('geheim');
  await expander.stop();
  expect(JSON.stringify([...out.mock.calls, ...error.mock.calls])).not.toContain('geheim');
  vi.restoreAllMocks();
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

it('keeps one worker for many calendars, and ends it when it is stopped', async () => {
  const module = new URL('../../src/calendars/expander.ts', import.meta.url);
  const script = `
    import { createExpander } from ${JSON.stringify(module.href)};
    import { createHook } from 'node:async_hooks';
    let workers = 0;
    createHook({ init: (_, type) => { if (type === 'WORKER') workers++; } }).enable();
    const expander = createExpander({ idleMs: 60_000 });
    const at = Temporal.Instant.from('2026-10-12T00:00:00Z');
    const window = { from: at, until: at.add({ hours: 24 }), timeZone: 'Europe/Amsterdam' };
    for (let each = 0; each < 20; each++) await expander.expand(Buffer.from(${JSON.stringify(text)}), window);
    await expander.stop();
    console.log(workers);
  `;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  expect(stdout.trim()).toBe('1');
});
