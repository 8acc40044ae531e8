import { once } from 'node:events';
import { join } from 'node:path';
import { z } from 'zod';
import { median } from './measuring.ts';
import { folder, start, startServer } from './processes.ts';
import { fillWorkspace } from './workspace.ts';

/** Medians in milliseconds, the slowest, and bytes of memory that planning took beyond Belay’s own. */
export type Planned = {
  people: number;
  moment: Moment;
  planned: number;
  median: number;
  most: number;
  memory: number;
};
type Moment = 'morning' | 'evening';

/** An ordinary quarter of an hour, and the one in which most is planned: what is early tomorrow is told of at five. */
const moments: Record<Moment, string> = { morning: '2026-12-03T10:00:00Z', evening: '2026-12-03T16:00:00Z' };

const plannedSchema = z.object({
  planned: z.number(),
  took: z.array(z.number()),
  before: z.number(),
  memory: z.number(),
});

/** How long it takes to plan a quarter of an hour for so many people, each with five conversations a day. */
export async function planning(counts: number[], times: number): Promise<Planned[]> {
  const measured: Planned[] = [];
  for (const people of counts) {
    const file = join(folder, `planning-${people}.db`);
    await fillWorkspace(file, people);
    for (const moment of ['morning', 'evening'] as const) {
      const args = [file, moments[moment], String(times)];
      const said = await saidBy(new URL('./planning-run.ts', import.meta.url), args);
      const { planned, took, before, memory } = plannedSchema.parse(said);
      const summed = { median: median(took), most: Math.max(...took) };
      measured.push({ people, moment, planned, ...summed, memory: memory - before });
    }
  }
  return measured;
}

/** How long answers took in milliseconds, each from when it was wanted. */
export type Night = { what: NightPart; calendars: number; seconds: number; p50: number; p99: number };
type NightPart = (typeof nightParts)[number];
const nightParts = ['quiet', 'unchanged', 'whole', 'first'] as const;

const partSchema = z.object({ took: z.array(z.number()), seconds: z.number(), read: z.number() });
const nightSchema = z.record(z.enum(nightParts), partSchema);

/** How long people wait for an answer while so many calendars are read, beside how long they wait when none is. */
export async function night(calendars: number): Promise<Night[]> {
  const clients = Math.ceil(calendars / 5);
  const server = await startServer({
    script: new URL('./calendar-server.ts', import.meta.url),
    args: ['25', String(clients)],
  });
  const args = [join(folder, 'night.db'), server.url, String(calendars), String(clients)];
  const parts = nightSchema.parse(await saidBy(new URL('./night-run.ts', import.meta.url), args));
  await server.stop();
  return nightParts.map((what) => {
    const { took, seconds, read } = parts[what];
    const sorted = took.toSorted((one, other) => one - other);
    const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
    return { what, calendars: read, seconds, p50: at(0.5), p99: at(0.99) };
  });
}

/** What a process of its own says at its end, as JSON. Throws with what it complained of. */
async function saidBy(script: URL, args: string[]): Promise<unknown> {
  const child = start({ script, args });
  const said: string[] = [];
  const complained: string[] = [];
  child.stdout?.on('data', (part) => said.push(String(part)));
  child.stderr?.on('data', (part) => complained.push(String(part)));
  const [code]: unknown[] = await once(child, 'close');
  if (code !== 0) throw new Error(`${script.pathname} ended with ${code}:\n${complained.join('')}`);
  return JSON.parse(said.join(''));
}
