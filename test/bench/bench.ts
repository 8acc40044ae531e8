/** `npm run bench`: what Belay costs beside the bare frameworks. `--quick` is a short run, only to try the bench. */
import { join } from 'node:path';
import {
  bareAdapter,
  bareBolt,
  belayInSlack,
  belayInTeams,
  type Contestant,
  places,
  realServiceUrl,
  type Setting,
} from './contestants.ts';
import { fillWithPeople } from './database.ts';
import { flat } from './flat.ts';
import { drawing, grading } from './grading.ts';
import { gradingTable, gradingVerdicts } from './grading-table.ts';
import { measure, type Run, type Timing } from './measuring.ts';
import { night, planning } from './nudging.ts';
import { folder, startServer } from './processes.ts';
import { results } from './results.ts';
import {
  flatTable,
  type Line,
  machine,
  nightTable,
  nudgingVerdicts,
  planningTable,
  resultsTable,
  serversTable,
  verdicts,
} from './table.ts';
import { tokenFor } from './token.ts';

const quick = process.argv.includes('--quick');
const rounds = quick ? 1 : 3;
const timing: Timing = quick ? { warmUpSeconds: 1, seconds: 1 } : { warmUpSeconds: 2, seconds: 5 };
const flatTiming: Timing = quick ? timing : { warmUpSeconds: 1, seconds: 3 };

type Entrant = {
  name: string;
  start: (setting: Setting) => Promise<Contestant>;
  beside?: string;
  once?: boolean;
};

const entrants: Entrant[] = [
  { name: 'Bare Bolt', start: () => bareBolt('http') },
  { name: "Belay's Slack vote", start: (setting) => belayInSlack(setting), beside: 'Bare Bolt' },
  { name: 'Bare CloudAdapter', start: (setting) => bareAdapter(setting, false) },
  {
    name: "Belay's Teams vote",
    start: (setting) => belayInTeams(setting, false),
    beside: 'Bare CloudAdapter',
  },
  { name: 'Bare CloudAdapter, token checked', start: (setting) => bareAdapter(setting, true) },
  {
    name: "Belay's Teams vote, token checked",
    start: (setting) => belayInTeams(setting, true),
    beside: 'Bare CloudAdapter, token checked',
  },
  { name: 'Bare Bolt on Express', start: () => bareBolt('express'), once: true },
];

async function prepare(): Promise<Setting> {
  const { token, key } = tokenFor(realServiceUrl);
  const { url: standIn } = await startServer({
    script: new URL('./stand-in.ts', import.meta.url),
    args: [JSON.stringify(key)],
  });
  const people = { sandbox: join(folder, 'sandbox.db'), real: join(folder, 'real.db') };
  await fillWithPeople(`sqlite:${people.sandbox}`, places, `${standIn}/connector/`);
  await fillWithPeople(`sqlite:${people.real}`, places, realServiceUrl);
  return { standIn, people, token };
}

async function beside(setting: Setting): Promise<Line[]> {
  const runs = new Map(entrants.map(({ name }) => [name, [] as Run[]]));
  for (let round = 0; round < rounds; round += 1)
    for (const { name, start, once } of entrants)
      if (!once || round === 0) {
        progress(`round ${round + 1} of ${rounds}: ${name}`);
        runs.get(name)?.push(await measure(await start(setting), timing));
      }
  return entrants.map((entrant) => {
    const own = runs.get(entrant.name) ?? [];
    const bare = runs.get(entrant.beside ?? '') ?? [];
    const ratios = bare.map(({ perSecond }, round) => (own[round]?.perSecond ?? Number.NaN) / perSecond);
    return { name: entrant.name, runs: own, ratios };
  });
}

function progress(what: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\x1b[2K\r${what}`);
}

function say(...paragraphs: string[]): void {
  if (process.stderr.isTTY) process.stderr.write('\x1b[2K\r');
  process.stdout.write(`${paragraphs.join('\n\n')}\n\n`);
}

/** Nudges and calendars. */
async function nudging(): Promise<void> {
  progress('planning');
  const planned = await planning(quick ? [100, 300] : [1000, 3000, 10_000], quick ? 2 : 9);
  progress('a night of calendars');
  const nights = await night(quick ? 20 : 1000);
  say(
    planningTable(planned),
    'Each has five conversations a day, a week of messages behind it, and is one of five who serve a client. *memory*: the most, beyond that of Belay at rest.',
    nightTable(nights),
    'A vote every 20 ms, timed from when it was wanted. Each calendar holds 250 events of 25 days, 125 of them with clients.',
    nudgingVerdicts(planned, nights),
  );
}

/** Summaries of grades. */
async function summaries(): Promise<void> {
  progress('summaries of grades');
  const graded = await grading(
    quick ? [10_000, 20_000] : [100_000, 1_000_000],
    quick ? 200 : 2000,
    quick ? 2 : 9,
  );
  const drawn = await drawing(quick ? 2 : 9);
  say(
    gradingTable(graded),
    'In process, typed by the owner of them all: the middle one, and the slowest. Five KTIs a client, two graders a round.',
    `Its picture, drawn while the message is sent: ${drawn.median.toFixed(0)} (${drawn.most.toFixed(0)}) ms.`,
    gradingVerdicts(graded, drawn),
  );
}

const began = performance.now();
if (quick) say('A short run, to try the bench: its figures mean nothing.');
// `--nudging` and `--grading` are these parts alone.
const alone = process.argv.find((one) => one === '--nudging' || one === '--grading');
if (alone !== '--grading') await nudging();
if (alone !== '--nudging') await summaries();
if (alone) process.exit(0);
const setting = await prepare();
const lines = await beside(setting);
say(
  `${machine()}. One process each, 50 connections; ${timing.seconds} s after ${timing.warmUpSeconds} s of warming up, ${rounds} rounds in turn: the middle one, and from the least to the most.`,
  serversTable(lines),
  'A vote is verified, stored (SQLite, synchronous FULL) and acknowledged; in Slack its confirmation is put in the outbox, from where it leaves at Slack’s pace, ten a second. Each is another person’s, and each acknowledged one was found in the database. *processor*: its time for each request; *memory*: when ready → under load.',
);
progress('how flat it is');
const flats = await flat(setting, flatTiming, quick ? 1 : 2);
say(flatTable(flats));
progress('results');
const measured = await results(quick ? 10_000 : 100_000, quick ? 2 : 5);
say(
  resultsTable(measured),
  'In process, with an earlier poll of as many votes beside it: the middle one, and the slowest.',
  verdicts(lines, flats, measured),
  `It took ${Math.round((performance.now() - began) / 1000)} s.`,
);
process.exit(0);
