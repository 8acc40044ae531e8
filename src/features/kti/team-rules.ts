import type { Client } from '../clients/clients.ts';
import {
  type Average,
  averageFor,
  type Company,
  changeOf,
  meanOf,
  type Verdict,
  verdictOf,
} from './grade-rules.ts';
import { insufficient, type Standing } from './kti.ts';

/** How all clients stand at once. Pure arithmetic. */

/** As much of a KTI as is needed where very many are compared. `lastAt` as it is stored. */
export type Outline = {
  id: string;
  client: string;
  about: string;
  source: string;
  kind: string | undefined;
  standing: Omit<Standing, 'lastAt' | 'round'> & { round: string; lastAt: string };
};

/** One KTI of a client's last round. */
export type TeamRow = Pick<Outline, 'id' | 'about' | 'source'> & {
  mean: number;
  n: number;
  change: number | undefined;
  average: Average | undefined;
  verdict: Verdict;
};

/** What a client gave in the last round in which it gave anything; the worst first. */
export type ClientStanding = { client: Client; round: string; lastAt: string; rows: TeamRow[] };

/** What the clients gave in their last rounds, the worst first: those that ask for action, then the farthest below average. */
export function standingsOf(clients: Client[], all: Outline[], since: string): ClientStanding[] {
  const byClient = Map.groupBy(all, ({ client }) => client);
  const companies = companiesOf(all, since);
  return clients
    .flatMap((client) => standingOf(client, byClient.get(client.id) ?? [], companies))
    .toSorted(worstFirst);
}

function standingOf(client: Client, outlines: Outline[], companies: Companies): ClientStanding[] {
  const [first] = outlines.toSorted((one, other) => (one.standing.lastAt < other.standing.lastAt ? 1 : -1));
  if (!first) return [];
  const { round, lastAt } = first.standing;
  const rows = outlines
    .filter(({ standing }) => standing.round === round)
    .flatMap((outline) => rowOf(outline, companies))
    .toSorted((one, other) => urgency(one) - urgency(other));
  return [{ client, round, lastAt, rows }];
}

function rowOf({ id, about, source, kind, client, standing }: Outline, companies: Companies): TeamRow[] {
  const mean = meanOf(standing.last);
  if (mean === undefined) return [];
  const average = averageFor({ ...standing, lastAt: undefined }, companies(kind, client));
  const verdict = verdictOf(mean, average?.mean);
  const change = changeOf({ ...standing, lastAt: undefined });
  return [{ id, about, source, mean, n: standing.last.n, change, average, verdict }];
}

type Companies = (kind: string | undefined, but: string) => Company | undefined;

/** The same as `companyOf`, counted once for all clients. */
function companiesOf(all: Outline[], since: string): Companies {
  const sums = new Map<string, Map<string, { n: number; sum: number }>>();
  for (const { kind, client, standing } of all) {
    if (kind === undefined || standing.lastAt < since) continue;
    const clients = sums.get(kind) ?? new Map<string, { n: number; sum: number }>();
    sums.set(kind, clients);
    const { n, sum } = clients.get(client) ?? { n: 0, sum: 0 };
    clients.set(client, { n: n + standing.last.n, sum: sum + standing.last.sum });
  }
  const totals = new Map(
    [...sums].map(([kind, clients]) => [
      kind,
      [...clients.values()].reduce((all, one) => all + one.sum / one.n, 0),
    ]),
  );
  return (kind = '', but) => {
    const clients = sums.get(kind);
    const own = clients?.get(but);
    const others = (clients?.size ?? 0) - (own ? 1 : 0);
    if (!clients || others === 0) return undefined;
    return { clients: others, mean: ((totals.get(kind) ?? 0) - (own ? own.sum / own.n : 0)) / others };
  };
}

/**
 * What needs action comes first, by how far below its average, or below a pass, it is: the more, the lower. Of the others the
 * lowest.
 */
function urgency({ verdict, mean, average }: TeamRow): number {
  if (verdict !== 'action') return mean;
  const below = average ? mean - average.mean : 0;
  const failed = mean < insufficient ? mean - insufficient : 0;
  return -100 + Math.min(below, failed || below);
}

function worstFirst(one: ClientStanding, other: ClientStanding): number {
  const urgencyOf = ({ rows: [row] }: ClientStanding) => (row ? urgency(row) : 0);
  return urgencyOf(one) - urgencyOf(other) || one.client.name.localeCompare(other.client.name);
}

/** How many went up since the round before, how many down, and how many stayed as they were. */
export function movesOf(rows: Pick<TeamRow, 'change'>[]): { up: number; down: number; same: number } {
  const changes = rows.flatMap(({ change }) => change ?? []);
  return {
    up: changes.filter((by) => by > 0).length,
    down: changes.filter((by) => by < 0).length,
    same: changes.filter((by) => by === 0).length,
  };
}
