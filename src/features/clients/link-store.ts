import { type Db, toStored } from '../../store/database.ts';
import { setLinkedShared } from '../../store/places.ts';
import type { LinkKind } from './clients.ts';

type Place = { tenant: string; platform: string; place: string };

/** What a place is linked to. Of an archived client its links rest: they are no links, but `rests` says so. */
export async function linkOfPlace(
  db: Db,
  { tenant, platform, place }: Place,
): Promise<{ client: string; kind: LinkKind; rests: boolean } | undefined> {
  const row = await db
    .selectFrom('client_place')
    .innerJoin('client', (join) =>
      join
        .onRef('client.tenant_id', '=', 'client_place.tenant_id')
        .onRef('client.id', '=', 'client_place.client_id'),
    )
    .select(['client_place.client_id', 'client_place.kind', 'client.archived_at'])
    .where('client_place.tenant_id', '=', tenant)
    .where('client_place.platform', '=', platform)
    .where('client_place.place_id', '=', place)
    .executeTakeFirst();
  return row && { client: row.client_id, kind: row.kind, rests: row.archived_at !== null };
}

/** The clients in whose channel of this kind somebody was when Belay last looked. */
export async function clientsWithMember(
  db: Db,
  { tenant, platform }: { tenant: string; platform: string },
  person: string,
  kind: LinkKind,
): Promise<string[]> {
  const rows = await db
    .selectFrom('client_place')
    .innerJoin('place_member', (join) =>
      join
        .onRef('place_member.tenant_id', '=', 'client_place.tenant_id')
        .onRef('place_member.platform', '=', 'client_place.platform')
        .onRef('place_member.place_id', '=', 'client_place.place_id'),
    )
    .select('client_place.client_id')
    .where('client_place.tenant_id', '=', tenant)
    .where('client_place.platform', '=', platform)
    .where('client_place.kind', '=', kind)
    .where('place_member.person_id', '=', person)
    .execute();
  return rows.map(({ client_id }) => client_id);
}

export type Link = { kind: LinkKind; place: string; name: string | undefined; shared: boolean };

/** The places of a platform that are linked to a client, as Belay last saw them. */
export async function linksOf(
  db: Db,
  { tenant, platform }: { tenant: string; platform: string },
  client: string,
): Promise<Link[]> {
  const rows = await db
    .selectFrom('client_place')
    .leftJoin('place', (join) =>
      join
        .onRef('place.tenant_id', '=', 'client_place.tenant_id')
        .onRef('place.platform', '=', 'client_place.platform')
        .onRef('place.id', '=', 'client_place.place_id'),
    )
    .select(['client_place.kind', 'client_place.place_id', 'place.name', 'place.shared'])
    .where('client_place.tenant_id', '=', tenant)
    .where('client_place.platform', '=', platform)
    .where('client_place.client_id', '=', client)
    .orderBy('client_place.kind')
    .execute();
  return rows.map(({ kind, place_id, name, shared }) => ({
    kind,
    place: place_id,
    name: name ?? undefined,
    shared: shared === 1,
  }));
}

/** Ties a place to a client. False when the place belongs to one, or the client has another place of that kind. */
export async function linkPlace(
  tx: Db,
  { tenant, platform, place }: Place,
  { client, kind }: { client: string; kind: LinkKind },
  now: Temporal.Instant,
): Promise<boolean> {
  await forgetArchived(tx, { tenant, platform, place });
  const result = await tx
    .insertInto('client_place')
    .values({
      tenant_id: tenant,
      platform,
      place_id: place,
      client_id: client,
      kind,
      linked_at: toStored(now),
    })
    .onConflict((on) => on.doNothing())
    .executeTakeFirst();
  if (result.numInsertedOrUpdatedRows !== 1n) return false;
  if (kind === 'shared') await setLinkedShared(tx, { tenant, platform, place }, true);
  return true;
}

/** A place of an archived client is free for another. */
async function forgetArchived(tx: Db, { tenant, platform, place }: Place): Promise<void> {
  await tx
    .deleteFrom('client_place')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('place_id', '=', place)
    .where('client_id', 'in', (select) =>
      select
        .selectFrom('client')
        .select('id')
        .where('tenant_id', '=', tenant)
        .where('archived_at', 'is not', null),
    )
    .execute();
}

/** Unties a place, whatever it was tied to. */
export async function unlinkPlace(tx: Db, { tenant, platform, place }: Place): Promise<void> {
  // In the order of linking, so that nobody who links waits for one who unties, and he for him.
  await tx
    .deleteFrom('client_place')
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('place_id', '=', place)
    .execute();
  await setLinkedShared(tx, { tenant, platform, place }, false);
}

/** The kinds of channel of which both clients have one on the same platform. */
export async function linksInBoth(db: Db, tenant: string, one: string, other: string): Promise<LinkKind[]> {
  const kinds = await db
    .selectFrom('client_place as a')
    .innerJoin('client_place as b', (join) =>
      join
        .onRef('a.tenant_id', '=', 'b.tenant_id')
        .onRef('a.platform', '=', 'b.platform')
        .onRef('a.kind', '=', 'b.kind'),
    )
    .select('a.kind')
    .where('a.tenant_id', '=', tenant)
    .where('a.client_id', '=', one)
    .where('b.client_id', '=', other)
    .execute();
  return kinds.map(({ kind }) => kind);
}

/** Its places belong to another client from now on. */
export async function moveLinks(tx: Db, tenant: string, from: string, to: string): Promise<void> {
  await tx
    .updateTable('client_place')
    .set({ client_id: to })
    .where('tenant_id', '=', tenant)
    .where('client_id', '=', from)
    .execute();
}
