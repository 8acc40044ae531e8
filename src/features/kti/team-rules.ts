import type { Client } from '../clients/clients.ts';
import { type CurrentRow, currentOf, type Outline, type Present } from './current-rules.ts';
import type { Company } from './grade-rules.ts';
import { insufficient } from './kti.ts';

/** How all clients stand at once. Pure arithmetic. */

/** How a client's KTIs stand, the worst first. `round`: the one in which it graded last, and when. */
export type ClientStanding = { client: Client; round: string; lastAt: string; rows: CurrentRow[] };

/**
 * How these clients stand, the worst first: those that ask for action, then the farthest below average. `sees`: what the
 * reader may see.
 */
export function standingsOf(
  clients: Client[],
  all: Outline[],
  present: Present,
  sees: (row: CurrentRow, client: Client) => boolean = () => true,
): ClientStanding[] {
  const byClient = Map.groupBy(all, ({ client }) => client);
  const companies = companiesOf(all, present.since);
  return clients
    .flatMap((client) => {
      const rows = currentOf(byClient.get(client.id) ?? [], present, companies);
      return standingOf(
        client,
        rows.filter((row) => sees(row, client)),
      );
    })
    .toSorted(worstFirst);
}

function standingOf(client: Client, rows: CurrentRow[]): ClientStanding[] {
  const [last] = rows.toSorted((one, other) => (one.lastAt < other.lastAt ? 1 : -1));
  if (!last) return [];
  const { round, lastAt } = last;
  return [{ client, round, lastAt, rows: rows.toSorted((one, other) => urgency(one) - urgency(other)) }];
}

/** Those of the round in which it graded last. */
export function lastRoundOf({ rows, round }: Pick<ClientStanding, 'rows' | 'round'>): CurrentRow[] {
  return rows.filter((one) => one.round === round);
}

type Companies = (kind: string | undefined, but: string) => Company | undefined;

/** The same as `companyOf`, counted once for all clients. */
function companiesOf(all: Outline[], since: string): Companies {
  const sums = new Map<string, Map<string, { n: number; sum: number }>>();
  for (const { kind, client, standing } of all) {
    if (kind === undefined || !standing || standing.lastAt < since) continue;
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
export function urgency({ verdict, mean, average }: CurrentRow): number {
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
export function movesOf(rows: Pick<CurrentRow, 'change'>[]): { up: number; down: number; same: number } {
  const changes = rows.flatMap(({ change }) => change ?? []);
  return {
    up: changes.filter((by) => by > 0).length,
    down: changes.filter((by) => by < 0).length,
    same: changes.filter((by) => by === 0).length,
  };
}
