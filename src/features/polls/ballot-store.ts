import { createHmac, randomBytes } from 'node:crypto';
import { type Db, type Migrations, readsDoNotHold } from '../../store/database.ts';
import type { Answer } from './polls.ts';

/**
 * The answers of anonymous polls. Who took part and what was answered lie in two tables that share nothing but the
 * poll. Each is one row a poll, written anew with every answer: rows of their own would keep the order in which they
 * came (by their place in the file, and on PostgreSQL by the number of their transaction), and one order in both
 * tables would tell who answered what.
 */
declare module '../../store/database.ts' {
  interface Tables {
    /** Who took part, as keyed hashes in their own order. Gone when the poll ends. */
    turnout: { tenant_id: string; poll_id: string; key: string; takers: string };
    /** What was answered, in an order that hangs on its content alone. */
    ballot_box: { tenant_id: string; poll_id: string; ballots: string };
  }
}

export const ballotMigrations: Migrations = {
  '2026-11-22-poll-ballots': {
    async up(db) {
      for (const [table, columns] of [
        ['turnout', ['key', 'takers']],
        ['ballot_box', ['ballots']],
      ] as const) {
        let create = db.schema
          .createTable(table)
          .addColumn('tenant_id', 'text', (column) => column.notNull())
          .addColumn('poll_id', 'text', (column) => column.notNull());
        for (const name of columns) create = create.addColumn(name, 'text', (column) => column.notNull());
        await create.addPrimaryKeyConstraint(`${table}_pk`, ['tenant_id', 'poll_id']).execute();
      }
    },
  },
};

/** Grade and reason. */
type Ballot = [number, string | null];

/** Makes room for a new anonymous poll's answers. */
export async function openBallotBox(tx: Db, tenant: string, poll: string): Promise<void> {
  const key = randomBytes(32).toString('base64url');
  const at = { tenant_id: tenant, poll_id: poll };
  await tx
    .insertInto('turnout')
    .values({ ...at, key, takers: '[]' })
    .execute();
  await tx
    .insertInto('ballot_box')
    .values({ ...at, ballots: '[]' })
    .execute();
}

/** Takes an answer. False when this person has answered already: it is final. */
export async function castBallot(
  tx: Db,
  tenant: string,
  poll: string,
  person: string,
  { grade, why }: { grade: number; why: string | undefined },
): Promise<boolean> {
  const turnout = await readTurnout(tx, tenant, poll, { hold: true });
  if (!turnout) throw new Error('An open anonymous poll has its turnout.');
  const taker = hash(turnout.key, person);
  if (turnout.takers.includes(taker)) return false;
  const takers = JSON.stringify([...turnout.takers, taker].sort());
  await tx
    .updateTable('turnout')
    .set({ takers })
    .where('tenant_id', '=', tenant)
    .where('poll_id', '=', poll)
    .execute();
  const ballots = await readBox(tx, tenant, poll);
  layIn(poll, ballots, [grade, why ?? null]);
  await tx
    .updateTable('ballot_box')
    .set({ ballots: JSON.stringify(ballots) })
    .where('tenant_id', '=', tenant)
    .where('poll_id', '=', poll)
    .execute();
  return true;
}

/** Who of these has answered, while the poll is open; afterwards nobody can tell. */
export async function takersAmong(
  db: Db,
  tenant: string,
  poll: string,
  people: string[],
): Promise<Set<string>> {
  const turnout = await readTurnout(db, tenant, poll, { hold: false });
  if (!turnout) return new Set();
  const taken = new Set(turnout.takers);
  return new Set(people.filter((person) => taken.has(hash(turnout.key, person))));
}

/** Forgets what nobody may ever see. */
export async function forgetBallots(tx: Db, tenant: string, poll: string): Promise<void> {
  await tx.deleteFrom('ballot_box').where('tenant_id', '=', tenant).where('poll_id', '=', poll).execute();
}

/** Forgets who took part. The answers stay. */
export async function forgetTurnout(tx: Db, tenant: string, poll: string): Promise<void> {
  await tx.deleteFrom('turnout').where('tenant_id', '=', tenant).where('poll_id', '=', poll).execute();
}

/** The answers, in an order that tells nothing of when they came. */
export async function readBallots(db: Db, tenant: string, poll: string): Promise<Answer[]> {
  const ballots = await readBox(db, tenant, poll);
  return ballots.map(([grade, why]) => ({ name: undefined, grade, why: why ?? undefined }));
}

/** How many have answered. */
export async function countBallots(db: Db, tenant: string, poll: string): Promise<number> {
  return (await readBox(db, tenant, poll)).length;
}

/** hold: two who answer at once write the same row, so the second waits and reads what the first wrote. */
async function readTurnout(
  db: Db,
  tenant: string,
  poll: string,
  { hold }: { hold: boolean },
): Promise<{ key: string; takers: string[] } | undefined> {
  const query = db
    .selectFrom('turnout')
    .select(['key', 'takers'])
    .where('tenant_id', '=', tenant)
    .where('poll_id', '=', poll);
  const row = await (hold && readsDoNotHold(db) ? query.forUpdate() : query).executeTakeFirst();
  return row && { key: row.key, takers: JSON.parse(row.takers) };
}

async function readBox(db: Db, tenant: string, poll: string): Promise<Ballot[]> {
  const row = await db
    .selectFrom('ballot_box')
    .select('ballots')
    .where('tenant_id', '=', tenant)
    .where('poll_id', '=', poll)
    .executeTakeFirst();
  return row ? JSON.parse(row.ballots) : [];
}

/**
 * Puts a ballot at its place, which a hash of it says: as good as shuffled for who reads it, and always the same, so that
 * two copies of the database with some answers between them do not tell in which order these came.
 */
function layIn(poll: string, ballots: Ballot[], ballot: Ballot): void {
  const placeOf = (one: Ballot | undefined) => hash(poll, JSON.stringify(one));
  const place = placeOf(ballot);
  let [low, high] = [0, ballots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (placeOf(ballots[middle]) < place) low = middle + 1;
    else high = middle;
  }
  ballots.splice(low, 0, ballot);
}

function hash(key: string, text: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(text).digest('base64url');
}
