import { type ExpressionBuilder, sql } from 'kysely';
import { batches } from '../../store/batches.ts';
import { type Db, type Migrations, type Tables, toStored } from '../../store/database.ts';
import { newId } from '../../store/id.ts';
import { workspaces } from '../../store/people.ts';
import { ranges, type Touch, type What } from './fatigue.ts';

declare module '../../store/database.ts' {
  interface Tables {
    /** Who was asked what in person, and when: for as long as it can keep somebody from being asked again. */
    survey_touch: {
      tenant_id: string;
      id: string;
      platform: string;
      person_id: string | null;
      /** Small letters. */
      email: string | null;
      what: What;
      at: string;
    };
  }
}

export const migrations: Migrations = {
  '2026-11-29-survey-touch': {
    async up(db) {
      await db.schema
        .createTable('survey_touch')
        .addColumn('tenant_id', 'text', (column) => column.notNull())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('platform', 'text', (column) => column.notNull())
        .addColumn('person_id', 'text')
        .addColumn('email', 'text')
        .addColumn('what', 'text', (column) => column.notNull())
        .addColumn('at', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('survey_touch_pk', ['tenant_id', 'id'])
        .execute();
      await db.schema
        .createIndex('survey_touch_of_person')
        .on('survey_touch')
        .columns(['tenant_id', 'platform', 'person_id', 'at'])
        .where(sql<boolean>`person_id is not null`)
        .execute();
      await db.schema
        .createIndex('survey_touch_of_email')
        .on('survey_touch')
        .columns(['tenant_id', 'email', 'at'])
        .where(sql<boolean>`email is not null`)
        .execute();
      await db.schema
        .createIndex('survey_touch_old')
        .on('survey_touch')
        .columns(['tenant_id', 'at'])
        .execute();
      // Whom polls asked until now was asked too; those in a channel are nobody in person.
      await sql`insert into survey_touch (tenant_id, id, platform, person_id, email, what, at)
        select one.tenant_id, one.id, poll.platform, null, lower(one.address),
        case when poll.kind in ('nps', 'ces', 'csat') then poll.kind else 'loyalty' end, one.invited_at
        from poll_invitation one join poll on poll.tenant_id = one.tenant_id and poll.id = one.poll_id`.execute(
        db,
      );
    },
  },
};

/** What reached somebody, with by what he was known then. */
export type KnownTouch = Touch & {
  platform: string;
  person: string | undefined;
  email: string | undefined;
};

/** By what people are looked for: ids of people by platform, and addresses in small letters. */
export type By = { people: Map<string, Set<string>>; emails: Set<string> };

/** Everything that reached any of these since then, in no order; what is found by both comes twice. */
export async function readTouches(
  db: Db,
  tenant: string,
  { people, emails }: By,
  since: Temporal.Instant,
): Promise<KnownTouch[]> {
  const found: KnownTouch[] = [];
  type Where = ExpressionBuilder<Tables, 'survey_touch'>;
  const read = async (which: (where: Where) => ReturnType<Where['and']>): Promise<void> => {
    const rows = await db
      .selectFrom('survey_touch')
      .select(['platform', 'person_id', 'email', 'what', 'at'])
      .where('at', '>', toStored(since))
      .where(which)
      .execute();
    for (const { platform, person_id, email, what, at } of rows)
      found.push({
        ...{ platform, person: person_id ?? undefined, email: email ?? undefined },
        ...{ what, at: Temporal.Instant.from(at) },
      });
  };
  for (const [platform, ids] of people)
    for (const some of batches([...ids]))
      await read((where) =>
        where.and([
          where('tenant_id', '=', tenant),
          ...[where('platform', '=', platform), where('person_id', 'in', some)],
        ]),
      );
  if (emails.size === 0) return found;
  const company = await companyOf(db, tenant);
  for (const some of batches([...emails]))
    await read((where) => where.and([where('tenant_id', 'in', company), where('email', 'in', some)]));
  return found;
}

/**
 * The workspaces of one company: its Slack and its Teams have ids of their own, and an address is the same human in both.
 * As long as Belay serves one workspace a platform these are one company's; of several on a platform nobody knows, so
 * each is alone.
 */
async function companyOf(db: Db, tenant: string): Promise<string[]> {
  const all = await workspaces(db);
  const isAlone = new Set(all.map(({ platform }) => platform)).size < all.length;
  return isAlone ? [tenant] : [...new Set([tenant, ...all.map((one) => one.tenant)])];
}

/** Keeps that these were reached. */
export async function keepTouches(tx: Db, tenant: string, touches: KnownTouch[]): Promise<void> {
  const rows = touches.map(({ platform, person, email, what, at }) => ({
    ...{ tenant_id: tenant, id: newId(), platform, person_id: person ?? null, email: email ?? null },
    ...{ what, at: toStored(at) },
  }));
  for (const some of batches(rows)) await tx.insertInto('survey_touch').values(some).execute();
}

/** Takes back what somebody, by who he is or by his address, was thought to be asked at that moment, and was not. */
export async function removeTouch(
  tx: Db,
  tenant: string,
  { platform, person, email, what, at }: KnownTouch,
): Promise<void> {
  await tx
    .deleteFrom('survey_touch')
    .where('tenant_id', '=', tenant)
    .where((where) =>
      where.or([
        ...(person === undefined ? [] : [where.and({ platform, person_id: person })]),
        ...(email === undefined ? [] : [where('email', '=', email)]),
      ]),
    )
    .where('what', '=', what)
    .where('at', '=', toStored(at))
    .execute();
}

/** Forgets what can keep nobody from being asked any more, whatever an administrator chooses. */
export async function forgetOld(tx: Db, tenant: string, now: Temporal.Instant): Promise<void> {
  const forget = async (how: '=' | '!=', days: number): Promise<void> => {
    await tx
      .deleteFrom('survey_touch')
      .where('tenant_id', '=', tenant)
      .where('what', how, 'reminder')
      .where('at', '<', toStored(now.subtract({ hours: 24 * days })))
      .execute();
  };
  // Of an invitation each period may ask, the longest too.
  await forget('=', ranges.day.to);
  await forget('!=', Math.max(...Object.values(ranges).map(({ to }) => to)));
}
