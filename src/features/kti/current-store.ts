import { type Db, toStored } from '../../store/database.ts';
import type { Client } from '../clients/clients.ts';
import { openWordings, personalSights } from '../expectations/outline-store.ts';
import {
  type Current,
  type CurrentRow,
  currentOf,
  isHidden,
  type Outline,
  ungradedOf,
  type Viewer,
} from './current-rules.ts';
import { historyOf } from './grade-rules.ts';
import type { Kti } from './kti.ts';
import { companyOf, ktisOf } from './store.ts';
import { type ClientStanding, standingsOf } from './team-rules.ts';
import { outlinesOf } from './team-store.ts';

/** What clients grade that holds now, and how it stands. */

export type At = { tx: Db; tenant: string; now: Temporal.Instant };

/**
 * What was given longer ago is not drawn, and is no part of the company's average; a client's own history goes back as far
 * as there is any. A standard question that was asked longer ago holds no longer.
 */
export const lately = { hours: 24 * 365 };

/** All of a client that this reader may see, those of earlier wordings too, the oldest first. */
export async function ktisSeen(at: At, client: Client, viewer: Viewer): Promise<Kti[]> {
  return seenOf(at, client, viewer, await ktisOf(at.tx, at.tenant, client.id));
}

/**
 * Those of these KTIs of a client that this reader may see: an expectation about a person is not for everybody until the
 * manager says that it can be done.
 */
export async function seenOf<T extends Pick<Kti, 'source' | 'about'>>(
  { tx, tenant }: Pick<At, 'tx' | 'tenant'>,
  client: Client,
  viewer: Viewer,
  ktis: T[],
): Promise<T[]> {
  if (ktis.every(({ source }) => source === 'question')) return ktis;
  const personal = await personalSights(tx, tenant, client.id);
  return ktis.filter((one) => !isHidden(one, personal, client, viewer));
}

/**
 * Of these of a client those that hold now and were graded: expectations that are not over, the most important first, then
 * standard questions of the last year.
 */
export async function currentIn({ tx, tenant, now }: At, client: string, ktis: Kti[]): Promise<Current[]> {
  const wordings = await openWordings(tx, tenant, client);
  const since = now.subtract(lately);
  const kinds = ktis.flatMap(({ kind, standing }) => (historyOf(standing).n === 0 ? (kind ?? []) : []));
  const company = await companyOf(tx, tenant, { kinds: [...new Set(kinds)], but: client, since });
  const known = new Map(ktis.map((one) => [one.id, one]));
  const rows = currentOf(ktis.map(outlineOf), { wordings, since: toStored(since) }, (kind = '') =>
    company.get(kind),
  );
  const order = [...wordings.keys()];
  const placeOf = ({ source, about }: CurrentRow) =>
    source === 'question' ? order.length : order.indexOf(about);
  return rows
    .toSorted((one, other) => placeOf(one) - placeOf(other))
    .flatMap((row) => {
      const kti = known.get(row.id);
      return kti ? [{ ...row, kti }] : [];
    });
}

/** The same for whoever has read nothing of it yet. */
export async function currentKtis(at: At, client: Client, viewer: Viewer): Promise<Current[]> {
  return currentIn(at, client.id, await ktisSeen(at, client, viewer));
}

/** Of these of a client those that hold now and were never graded. */
export async function ungradedIn({ tx, tenant, now }: At, client: string, ktis: Kti[]): Promise<Kti[]> {
  const present = { wordings: await openWordings(tx, tenant, client), since: toStored(now.subtract(lately)) };
  const ids = new Set(ungradedOf(ktis.map(outlineOf), present).map(({ id }) => id));
  return ktis.filter(({ id }) => ids.has(id));
}

function outlineOf(kti: Kti): Outline {
  const { id, client, source, about, wording, kind, askedAt } = kti;
  const { round, lastAt, ...counted } = kti.standing;
  return {
    ...{ id, client, source, about, wording, kind, askedAt: toStored(askedAt) },
    standing: round === undefined || !lastAt ? undefined : { ...counted, round, lastAt: toStored(lastAt) },
  };
}

/** How these clients stand for this reader, the worst first: as many queries whatever their number. */
export async function standingsIn(
  at: At,
  clients: Client[],
  viewer: Viewer,
  known?: Awaited<ReturnType<typeof allIn>>,
): Promise<ClientStanding[]> {
  const { outlines, present, personal } = known ?? (await allIn(at));
  return standingsOf(clients, outlines, present, (row, client) => !isHidden(row, personal, client, viewer));
}

/** What is needed to tell how all clients of a workspace stand, and who may see what of it. */
export async function allIn({ tx, tenant, now }: At) {
  return {
    personal: await personalSights(tx, tenant),
    present: { wordings: await openWordings(tx, tenant), since: toStored(now.subtract(lately)) },
    outlines: await outlinesOf(tx, tenant),
  };
}
