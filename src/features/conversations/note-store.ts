import { type Db, toStored } from '../../store/database.ts';
import type { Colleague } from '../clients/clients.ts';
import type { SaidKind } from './conversations.ts';

/** What was said in a conversation, of an expectation or of none that is known. */
export type Note = {
  conversation: string;
  expectation: string | undefined;
  kind: SaidKind;
  said: string;
  by: Colleague;
  at: Temporal.Instant;
};

/** Keeps what was said. */
export async function addNote(tx: Db, tenant: string, id: string, note: Note): Promise<void> {
  await tx
    .insertInto('conversation_note')
    .values({
      tenant_id: tenant,
      id,
      conversation_id: note.conversation,
      expectation_id: note.expectation ?? null,
      kind: note.kind,
      said: note.said,
      author_id: note.by.id,
      author_name: note.by.name,
      noted_at: toStored(note.at),
    })
    .execute();
}

/** Whether the same words of the same person stand with that conversation already: a form may be sent twice. */
export async function isNoted(db: Db, tenant: string, note: Omit<Note, 'at'>): Promise<boolean> {
  const rows = await db
    .selectFrom('conversation_note')
    .select(['expectation_id', 'kind', 'said'])
    .where('tenant_id', '=', tenant)
    .where('conversation_id', '=', note.conversation)
    .where('author_id', '=', note.by.id)
    .execute();
  return rows.some(
    ({ expectation_id, kind, said }) =>
      kind === note.kind && said === note.said && (expectation_id ?? undefined) === note.expectation,
  );
}

/** When each expectation was last spoken of, by its id; of a client, or of all. */
export async function lastDiscussed(
  db: Db,
  tenant: string,
  client?: string,
): Promise<Map<string, Temporal.Instant>> {
  const rows = await db
    .selectFrom('conversation_note')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.tenant_id', '=', 'conversation_note.tenant_id')
        .onRef('conversation.id', '=', 'conversation_note.conversation_id'),
    )
    .select(({ fn }) => ['conversation_note.expectation_id', fn.max('conversation_note.noted_at').as('last')])
    .where('conversation_note.tenant_id', '=', tenant)
    .$if(client !== undefined, (query) => query.where('conversation.client_id', '=', client ?? ''))
    .where('conversation_note.expectation_id', 'is not', null)
    .groupBy('conversation_note.expectation_id')
    .execute();
  return new Map(rows.map((row) => [row.expectation_id ?? '', Temporal.Instant.from(row.last)]));
}

/** The newest notes of a client, the newest first; none about an expectation that is `hidden` from the reader. */
export async function notesOf(
  db: Db,
  tenant: string,
  client: string,
  { most, hidden }: { most: number; hidden: ReadonlySet<string> },
): Promise<Note[]> {
  const rows = await db
    .selectFrom('conversation_note')
    .innerJoin('conversation', (join) =>
      join
        .onRef('conversation.tenant_id', '=', 'conversation_note.tenant_id')
        .onRef('conversation.id', '=', 'conversation_note.conversation_id'),
    )
    .selectAll('conversation_note')
    .where('conversation_note.tenant_id', '=', tenant)
    .where('conversation.client_id', '=', client)
    .$if(hidden.size > 0, (query) =>
      query.where((where) =>
        where.or([
          where('conversation_note.expectation_id', 'is', null),
          where('conversation_note.expectation_id', 'not in', [...hidden]),
        ]),
      ),
    )
    .orderBy('conversation_note.noted_at', 'desc')
    .orderBy('conversation_note.id', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({
    conversation: row.conversation_id,
    expectation: row.expectation_id ?? undefined,
    kind: row.kind,
    said: row.said,
    by: { id: row.author_id, name: row.author_name },
    at: Temporal.Instant.from(row.noted_at),
  }));
}
