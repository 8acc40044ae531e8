import { cpus } from 'node:os';
import type { Flat } from './flat.ts';
import { median, type Run } from './measuring.ts';
import type { Night, Planned } from './nudging.ts';
import type { Result } from './results.ts';

/** A server's runs, and what part of its bare framework's requests a second each of them made. */
export type Line = { name: string; runs: Run[]; ratios: number[] };

const aims = { ratio: 0.8, p99: 100, result: 100, planning: 1000, planningMemory: 200, linear: 1.1 };

/** The machine, in a line. */
export function machine(): string {
  const [cpu] = cpus();
  return `${cpus().length} cores (${cpu?.model.trim()}) shared with the load, Node ${process.version}, ${process.platform}`;
}

/** The servers beside each other, as Markdown. */
export function serversTable(lines: Line[]): string {
  return table(
    ['', 'requests/s', 'p50', 'p99', 'processor', 'memory', 'ready', 'of the bare one'],
    lines.map(({ name, runs, ratios }) => {
      const of = (figure: keyof Run) => runs.map((run) => run[figure]);
      return [
        name,
        spread(of('perSecond'), 0),
        `${middle(of('p50'), 0)} ms`,
        `${middle(of('p99'), 0)} ms`,
        `${middle(of('cpuMs'), 2)} ms`,
        `${megabytes(of('memoryStart'))} → ${megabytes(of('memoryEnd'))} MB`,
        `${middle(of('readyMs'), 0)} ms`,
        ratios.length > 0 ? spread(ratios, 2) : '1',
      ];
    }),
  );
}

/** How flat the cost is, as Markdown. */
export function flatTable(kinds: Flat[][]): string {
  return table(
    ['a vote in Slack with', 'requests/s', 'p99', 'of the first'],
    kinds.flatMap((kind) =>
      kind.map(({ polls, votes, runs, ratio }) => [
        votes === 0
          ? `${polls} open polls`
          : `${polls} open polls, ${votes.toLocaleString('en')} votes in each`,
        spread(
          runs.map(({ perSecond }) => perSecond),
          0,
        ),
        `${middle(
          runs.map(({ p99 }) => p99),
          0,
        )} ms`,
        ratio.toFixed(2),
      ]),
    ),
  );
}

/** How long results take, as Markdown. */
export function resultsTable(results: Result[]): string {
  const ms = ({ median, most }: Result['close']) => `${median.toFixed(0)} (${most.toFixed(0)}) ms`;
  return table(
    ['', 'votes', 'close and tell', 'ask again'],
    results.map(({ database, votes, why, close, result }) => [
      `${database}, ${why ? 'each with a reason' : 'no reasons'}`,
      votes.toLocaleString('en'),
      ms(close),
      ms(result),
    ]),
  );
}

/** How long planning takes, as Markdown. */
export function planningTable(planned: Planned[]): string {
  return table(
    ['planning a quarter of an hour', 'messages', 'took', 'memory'],
    planned.map(({ people, moment, planned: messages, median: usual, most, memory }) => [
      `${people.toLocaleString('en')} people, ${moment === 'morning' ? 'at eleven' : 'at five'}`,
      messages.toLocaleString('en'),
      `${usual.toFixed(0)} (${most.toFixed(0)}) ms`,
      `${(memory / 1024 / 1024).toFixed(0)} MB`,
    ]),
  );
}

const nightNames: Record<Night['what'], string> = {
  quiet: 'nothing else to do',
  unchanged: 'calendars that say that they did not change',
  whole: 'calendars read whole',
  first: 'calendars read for the first time',
};

/** How long people wait while calendars are read, as Markdown. */
export function nightTable(nights: Night[]): string {
  return table(
    ['an answer beside', 'calendars', 'p50', 'p99'],
    nights.map(({ what, calendars, seconds, p50, p99 }) => [
      nightNames[what],
      calendars === 0 ? '' : `${calendars.toLocaleString('en')} in ${seconds.toFixed(0)} s`,
      `${p50.toFixed(1)} ms`,
      `${p99.toFixed(0)} ms`,
    ]),
  );
}

/** Each aim of planning and of reading calendars, and whether it is met. */
export function nudgingVerdicts(planned: Planned[], nights: Night[]): string {
  const largest = planned.filter(({ people }) => people === planned.at(-1)?.people);
  const said = largest.flatMap(({ people, moment, median: usual, memory }) => {
    const first = planned.find((one) => one.moment === moment);
    const growth = first ? usual / first.median / (people / first.people) : Number.NaN;
    return [
      verdict(`Planning ${people} people in the ${moment}, in ms`, usual, aims.planning, 'under'),
      verdict(`Its memory in MB`, memory / 1024 / 1024, aims.planningMemory, 'under'),
      verdict(`Its growth beside that of the people`, growth, aims.linear, 'under'),
    ];
  });
  for (const { what, p99 } of nights)
    said.push(verdict(`An answer beside ${nightNames[what]}: p99 in ms`, p99, aims.p99, 'under'));
  return said.join('\n');
}

/** Each aim, and whether it is met. */
export function verdicts(lines: Line[], flats: Flat[][], results: Result[]): string {
  const said = lines
    .filter(({ ratios }) => ratios.length > 0)
    .flatMap(({ name, runs, ratios }) => [
      verdict(`${name}: part of the bare one`, median(ratios), aims.ratio, 'at least'),
      verdict(`${name}: p99 in ms`, median(runs.map(({ p99 }) => p99)), aims.p99, 'under'),
    ]);
  for (const kind of flats) {
    const last = kind.at(-1);
    if (!last) continue;
    const what = last.votes === 0 ? `${last.polls} open polls` : `${last.votes} votes in each poll`;
    said.push(verdict(`Flat up to ${what}: part of the first`, last.ratio, aims.ratio, 'at least'));
  }
  for (const { database, why, votes, close, result } of results) {
    const slower = Math.max(close.median, result.median);
    const what = `${database}: ${votes} votes ${why ? 'with' : 'without'} reasons, in ms`;
    said.push(verdict(what, slower, aims.result, 'under'));
  }
  return said.join('\n');
}

/** An aim, and whether it is met. */
export function verdict(what: string, is: number, aim: number, kind: 'at least' | 'under'): string {
  const met = kind === 'under' ? is < aim : is >= aim;
  return `- ${met ? 'met' : '**NOT met**'}: ${what} ${Number(is.toFixed(2))} (aim: ${kind} ${aim})`;
}

/** Markdown's. */
export function table(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function middle(values: number[], digits: number): string {
  return number(median(values), digits);
}

function spread(values: number[], digits: number): string {
  if (values.length < 2) return middle(values, digits);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return `${middle(values, digits)} (${number(least, digits)}–${number(most, digits)})`;
}

function megabytes(values: number[]): string {
  return number(median(values) / 1024 / 1024, 0);
}

function number(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
