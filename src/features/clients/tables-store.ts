import { type Kysely, sql } from 'kysely';
import type { Migrations, Tables } from '../../store/database.ts';
import type { LinkKind } from './clients.ts';

declare module '../../store/database.ts' {
  interface Tables {
    client: {
      tenant_id: string;
      id: string;
      name: string;
      /** As names are compared. */
      plain_name: string;
      owner_id: string;
      owner_name: string;
      manager_id: string | null;
      manager_name: string | null;
      rhythm_days: number;
      language: string | null;
      knows_need: number | null;
      created_at: string;
      archived_at: string | null;
      /** The client that it became a part of. */
      merged_into: string | null;
    };
    /** What a client was called before. */
    client_name: {
      tenant_id: string;
      client_id: string;
      name: string;
      until: string;
      changed_by: string;
    };
    client_place: {
      tenant_id: string;
      platform: string;
      place_id: string;
      client_id: string;
      kind: LinkKind;
      linked_at: string;
    };
    contact: {
      tenant_id: string;
      id: string;
      client_id: string;
      name: string;
      role: string | null;
      language: string | null;
      person_id: string | null;
      email: string | null;
      added_at: string;
    };
    client_domain: { tenant_id: string; domain: string; client_id: string };
    /** Who was added to a client's team, beside its owner, its manager and who is in its internal channel. */
    client_team: { tenant_id: string; client_id: string; person_id: string; person_name: string };
  }
}

export const migrations: Migrations = { '2026-11-22-clients': { up: makeTables } };

async function makeTables(db: Kysely<Tables>): Promise<void> {
  await makeClients(db);
  await makePlaces(db);
  await makePeople(db);
}

async function makeClients(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('client')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('plain_name', 'text', (column) => column.notNull())
    .addColumn('owner_id', 'text', (column) => column.notNull())
    .addColumn('owner_name', 'text', (column) => column.notNull())
    .addColumn('manager_id', 'text')
    .addColumn('manager_name', 'text')
    .addColumn('rhythm_days', 'integer', (column) => column.notNull())
    .addColumn('language', 'text')
    .addColumn('knows_need', 'integer')
    .addColumn('created_at', 'text', (column) => column.notNull())
    .addColumn('archived_at', 'text')
    .addColumn('merged_into', 'text')
    .addPrimaryKeyConstraint('client_pk', ['tenant_id', 'id'])
    .execute();
  // No two of one name, also when two people add it in the same moment.
  await db.schema
    .createIndex('client_by_name')
    .unique()
    .on('client')
    .columns(['tenant_id', 'plain_name'])
    .where(sql<boolean>`archived_at is null and merged_into is null`)
    .execute();
  await db.schema
    .createTable('client_name')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('until', 'text', (column) => column.notNull())
    .addColumn('changed_by', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('client_name_of_client')
    .on('client_name')
    .columns(['tenant_id', 'client_id'])
    .execute();
}

async function makePlaces(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('client_place')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('place_id', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('linked_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('client_place_pk', ['tenant_id', 'platform', 'place_id'])
    .addUniqueConstraint('client_place_of_kind', ['tenant_id', 'client_id', 'platform', 'kind'])
    .execute();
}

async function makePeople(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('contact')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('role', 'text')
    .addColumn('language', 'text')
    .addColumn('person_id', 'text')
    .addColumn('email', 'text')
    .addColumn('added_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('contact_pk', ['tenant_id', 'id'])
    .addUniqueConstraint('contact_person', ['tenant_id', 'client_id', 'person_id'])
    .addUniqueConstraint('contact_email', ['tenant_id', 'client_id', 'email'])
    .execute();
  await db.schema
    .createTable('client_domain')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('domain', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('client_domain_pk', ['tenant_id', 'domain'])
    .execute();
  await db.schema
    .createTable('client_team')
    .addColumn('tenant_id', 'text', (column) => column.notNull())
    .addColumn('client_id', 'text', (column) => column.notNull())
    .addColumn('person_id', 'text', (column) => column.notNull())
    .addColumn('person_name', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('client_team_pk', ['tenant_id', 'client_id', 'person_id'])
    .execute();
  // Whoever speaks is looked up by who he is.
  await db.schema
    .createIndex('contact_by_person')
    .on('contact')
    .columns(['tenant_id', 'person_id'])
    .execute();
  await db.schema.createIndex('contact_by_email').on('contact').columns(['tenant_id', 'email']).execute();
}
