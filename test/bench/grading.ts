import { join } from 'node:path';
import { newClient } from '../../src/features/clients/clients.ts';
import { addClient } from '../../src/features/clients/store.ts';
import { drawPicture } from '../../src/pictures/draw.ts';
import { type Store, toStored } from '../../src/store/database.ts';
import { gradeRow, gradesOf } from '../support/grades.ts';
import { anna, direct, openHouse } from '../support/house.ts';
import { startPostgres } from '../support/postgres-server.ts';
import { execute, openWhole } from './database.ts';
import { median } from './measuring.ts';
import { folder, onInterrupt } from './processes.ts';

/** Medians in milliseconds, and the slowest of each. */
export type Graded = {
  database: 'SQLite' | 'PostgreSQL';
  grades: number;
  clients: number;
  one: Drawn;
  all: Drawn;
};

/** Milliseconds: the middle one, and the slowest. */
export type Drawn = { median: number; most: number };

/** Each client: five KTIs, graded by two contacts in each round, a week after the one before. */
const [ktisEach, graders] = [5, 2];
const last = Temporal.Instant.from('2026-11-20T09:00:00Z');

/** How long the summary of one client and that of all take, with so many grades in all. */
export async function grading(counts: number[], clients: number, times: number): Promise<Graded[]> {
  const measured: Graded[] = [];
  for (const grades of counts) {
    const url = `sqlite:${join(folder, `grades-${grades}.db`)}`;
    measured.push({ database: 'SQLite', grades, clients, ...(await gradedOn(url, grades, clients, times)) });
  }
  const server = await startPostgres();
  onInterrupt.add(server.stop);
  for (const grades of counts) {
    await execute(`${server.url}/postgres`, `create database grades_${grades}`);
    const url = `${server.url}/grades_${grades}`;
    measured.push({
      database: 'PostgreSQL',
      grades,
      clients,
      ...(await gradedOn(url, grades, clients, times)),
    });
  }
  await server.stop();
  onInterrupt.delete(server.stop);
  return measured;
}

/** How long the picture of a summary takes: five KTIs, each graded by two in twelve rounds. */
export async function drawing(times: number): Promise<Drawn> {
  const dots = Array.from({ length: 24 }, (_, n) => ({
    at: Math.floor(n / 2) / 11,
    grade: 5 + ((n * 7) % 5),
  }));
  const rows = Array.from({ length: ktisEach }, (_, n) =>
    gradeRow([], { label: `Bereikbaarheid ${n}`, dots }),
  );
  const all: number[] = [];
  for (let n = 0; n <= times; n += 1) {
    const began = performance.now();
    await drawPicture(gradesOf(rows));
    // The first loads what draws.
    if (n > 0) all.push(performance.now() - began);
  }
  return summed(all);
}

async function gradedOn(url: string, grades: number, clients: number, times: number) {
  const store = await openWhole(url);
  const house = await openHouse(store);
  await fillClients(store, clients);
  await fillGrades(url, clients, grades / (clients * ktisEach * graders));
  const [one, all]: [number[], number[]] = [[], []];
  for (let n = 0; n <= times; n += 1) {
    const client = `Client ${(n * 37) % clients}!`;
    const own = await took(
      () => house.say(anna, direct, `kti overzicht ${client}`),
      [client, '"kind":"grades"'],
    );
    const whole = await took(() => house.say(anna, direct, 'kti overzicht'), ['kti.team']);
    // The first of each compiles and reads what the others find.
    if (n === 0) continue;
    one.push(own);
    all.push(whole);
  }
  if (house.failures.length > 0) throw new Error(`Not all went well: ${house.failures.join('; ')}`);
  await store.close();
  return { one: summed(one), all: summed(all) };
}

async function fillClients(store: Store, clients: number): Promise<void> {
  const owner = { id: anna.id, name: anna.name };
  await store.transact(async (tx) => {
    for (let index = 0; index < clients; index += 1)
      await addClient(
        tx,
        'T1',
        newClient({ id: `c${index}`, name: `Client ${index}!`, owner, createdAt: last }),
      );
  });
}

/** As rounds would have left them: what is counted with each KTI is what its grades add up to. */
async function fillGrades(url: string, clients: number, rounds: number): Promise<void> {
  const numbers = (count: number) =>
    `with recursive n(i) as (select 0 union all select i + 1 from n where i < ${count - 1})`;
  const ktis = clients * ktisEach;
  const made = toStored(last.subtract({ hours: 24 * 7 * rounds }));
  await execute(
    url,
    `insert into kti (tenant_id, id, client_id, source, about_id, wording_id, text_nl, text_en, theme_nl, theme_en, kind,
       made_at, asked_at, last_round, last_at, last_n, last_sum, before_n, before_sum, total_n, total_sum)
     ${numbers(ktis)} select 'T1', 'k' || n.i, 'c' || (n.i / ${ktisEach}), 'question', 'q' || (n.i % ${ktisEach}), 'k' || n.i,
       'Hoe goed denken wij met u mee?', 'How well do we think along with you?', 'Meedenken ' || (n.i % ${ktisEach}),
       'Thinking along ' || (n.i % ${ktisEach}), 'q' || (n.i % ${ktisEach}), '${made}', '${made}', null, null, 0, 0, 0, 0, 0, 0
     from n`,
  );
  for (let round = 0; round < rounds; round += 1) {
    const at = toStored(last.subtract({ hours: 24 * 7 * (rounds - 1 - round) }));
    await execute(
      url,
      `insert into kti_round (tenant_id, id, platform, client_id, state, spread, asker_id, asker_name, time_zone, made_at,
         opens_at, closes_at, ended_at)
       ${numbers(clients)} select 'T1', 'r${round}-' || n.i, 'test', 'c' || n.i, 'closed', 0, 'anna', 'Anna de Vries',
         'Europe/Amsterdam', '${at}', '${at}', '${at}', '${at}' from n`,
    );
    await execute(
      url,
      `insert into kti_item (tenant_id, round_id, position, kti_id)
       ${numbers(ktis)} select 'T1', 'r${round}-' || (n.i / ${ktisEach}), n.i % ${ktisEach}, 'k' || n.i from n`,
    );
    await execute(
      url,
      `insert into kti_grade (tenant_id, round_id, kti_id, grader_id, grader_name, grade, why, graded_at)
       ${numbers(ktis * graders)} select 'T1', 'r${round}-' || (n.i / ${ktisEach * graders}), 'k' || (n.i / ${graders}),
         'p' || (n.i % ${graders}), 'Person ' || (n.i % ${graders}), 5 + (n.i * 7 + ${round} * 3) % 5,
         'You call back within the hour.', '${at}' from n`,
    );
  }
  await execute(url, countedSql(rounds));
  // PostgreSQL does so by itself within a minute.
  if (!url.startsWith('sqlite:')) await execute(url, 'analyze');
}

/** What `keepGrade` counts as grades come. */
function countedSql(rounds: number): string {
  const of = (figure: string, round?: number) =>
    `coalesce((select ${figure} from kti_grade g where g.tenant_id = kti.tenant_id and g.kti_id = kti.id
      ${round === undefined ? '' : `and g.round_id = 'r${round}-' || substr(kti.client_id, 2)`}), 0)`;
  return `update kti set last_round = 'r${rounds - 1}-' || substr(client_id, 2), last_at = '${toStored(last)}',
    last_n = ${of('count(*)', rounds - 1)}, last_sum = ${of('sum(grade)', rounds - 1)},
    before_n = ${of('count(*)', rounds - 2)}, before_sum = ${of('sum(grade)', rounds - 2)},
    total_n = ${of('count(*)')}, total_sum = ${of('sum(grade)')}`;
}

/** Throws when what was said is not the summary: a refusal is quick too. */
async function took(work: () => Promise<unknown>, expected: string[]): Promise<number> {
  const began = performance.now();
  const said = await work();
  const milliseconds = performance.now() - began;
  const words = JSON.stringify(said);
  if (!expected.every((part) => words.includes(part))) throw new Error(`No summary: ${words}`);
  return milliseconds;
}

function summed(all: number[]): Drawn {
  return { median: median(all), most: Math.max(...all) };
}
