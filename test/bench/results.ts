import { join } from 'node:path';
import type { Outgoing } from '../../src/chat/platform.ts';
import { anna, bram, general, type House, openHouse } from '../support/house.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { rowsOf } from '../support/rows.ts';
import { addVotes, execute, openWhole } from './database.ts';
import { median } from './measuring.ts';
import { folder, onInterrupt } from './processes.ts';

/** Medians in milliseconds, and the slowest of each. */
export type Result = {
  database: 'SQLite' | 'PostgreSQL';
  votes: number;
  why: boolean;
  close: { median: number; most: number };
  result: { median: number; most: number };
};

const reason = 'Because you call back within the hour when something is wrong.';

/** How long it takes to close a poll with so many votes and tell its result, and to ask for the result again. */
export async function results(votes: number, times: number): Promise<Result[]> {
  const measured: Result[] = [];
  for (const why of [undefined, reason]) {
    const url = `sqlite:${join(folder, `result-${measured.length}.db`)}`;
    measured.push({ database: 'SQLite', ...(await resultsOn(url, votes, times, why)) });
  }
  const server = await startPostgres();
  onInterrupt.add(server.stop);
  for (const why of [undefined, reason]) {
    const name = `result_${measured.length}`;
    await execute(`${server.url}/postgres`, `create database ${name}`);
    measured.push({
      database: 'PostgreSQL',
      ...(await resultsOn(`${server.url}/${name}`, votes, times, why)),
    });
  }
  await server.stop();
  onInterrupt.delete(server.stop);
  return measured;
}

async function resultsOn(
  url: string,
  votes: number,
  times: number,
  why: string | undefined,
): Promise<Omit<Result, 'database'>> {
  const store = await openWhole(url);
  const house = await openHouse(store);
  const closing: number[] = [];
  const reading: number[] = [];
  for (let n = 0; n < times; n += 1) {
    await fillPoll(house, url, votes - 1, why);
    closing.push(await took(() => house.say(anna, general, 'nps sluiten').then(() => house.settle())));
    expectCount(house.sent, votes);
    for (let again = 0; again < 2; again += 1)
      reading.push(await took(() => house.say(bram, general, 'nps uitslag')));
  }
  if (house.failures.length > 0) throw new Error(`Not all went well: ${house.failures.join('; ')}`);
  await store.close();
  return { votes, why: why !== undefined, close: summed(closing), result: summed(reading) };
}

async function fillPoll(house: House, url: string, more: number, why: string | undefined): Promise<void> {
  await house.say(anna, general, 'nps vragen');
  await house.settle();
  const [poll] = await rowsOf(url, `select id from poll where state = 'open'`);
  await house.press(bram, general, 'polls.vote', String(poll?.id), '5');
  await addVotes(url, String(poll?.id), more, why);
  house.time.advance({ hours: 1 });
  await house.settle();
}

/** The result says how many answered, so it was really summed up. */
function expectCount(sent: Outgoing[], votes: number): void {
  const said = JSON.stringify(sent.at(-1)?.card ?? '').replaceAll(/(?<=\d)[.,](?=\d{3})/g, '');
  if (!said.includes(`${votes}`)) throw new Error(`The result does not speak of ${votes} votes: ${said}`);
}

async function took(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function summed(all: number[]): { median: number; most: number } {
  return { median: median(all), most: Math.max(...all) };
}
