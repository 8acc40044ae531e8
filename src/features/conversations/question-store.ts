import { type Db, toStored } from '../../store/database.ts';

type Where = { tenant: string; platform: string };
/** More than a day has conversations: one looks at their briefings in any order. */
const most = 12;

type Asked = { person: string; client: string; conversation: string; question: string };

/** Which questions were proposed to somebody about a client lately, the newest first. */
export async function askedLately(
  db: Db,
  { tenant, platform }: Where,
  { person, client }: Pick<Asked, 'person' | 'client'>,
): Promise<Pick<Asked, 'conversation' | 'question'>[]> {
  const rows = await db
    .selectFrom('conversation_question')
    .select(['conversation_id', 'question'])
    .where('tenant_id', '=', tenant)
    .where('platform', '=', platform)
    .where('person_id', '=', person)
    .where('client_id', '=', client)
    .orderBy('asked_at', 'desc')
    .limit(most)
    .execute();
  return rows.map(({ conversation_id, question }) => ({ conversation: conversation_id, question }));
}

/** Keeps which question was proposed. */
export async function noteAsked(
  tx: Db,
  { tenant, platform }: Where,
  { person, client, conversation, question }: Asked,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto('conversation_question')
    .values({
      tenant_id: tenant,
      platform,
      person_id: person,
      client_id: client,
      conversation_id: conversation,
      question,
      asked_at: toStored(now),
    })
    .onConflict((on) => on.doNothing())
    .execute();
}
