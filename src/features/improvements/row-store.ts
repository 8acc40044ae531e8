import type { Selectable } from 'kysely';
import { type Tables, toStored } from '../../store/database.ts';
import type { Colleague } from '../clients/clients.ts';
import type { Improvement, Serves } from './improvements.ts';

/** An improvement as its row keeps it, and back. */

export type Row = Selectable<Tables['improvement']>;

/** What can change of it. */
export function columnsOf(one: Improvement) {
  return {
    client_id: one.client ?? null,
    text: one.text,
    maker_id: one.maker.id,
    maker_name: one.maker.name,
    place_id: one.place ?? null,
    stage: one.stage,
    since: toStored(one.since),
    moved_by_id: one.movedBy.id,
    moved_by_name: one.movedBy.name,
    revision: one.revision,
    expects: one.expects ?? null,
    serves_kind: one.serves?.kind ?? null,
    serves_id: one.serves && one.serves.kind !== 'words' ? one.serves.id : null,
    serves_words: one.serves?.kind === 'words' ? one.serves.words : null,
    tries: one.tries ?? null,
    began_at: one.beganAt ? toStored(one.beganAt) : null,
    poll_id: one.poll ?? null,
    grading_round_id: one.grading ?? null,
    helped: one.helped ?? null,
    heard: one.heard ?? null,
    reason: one.reason ?? null,
    success_id: one.success ?? null,
    told_at: one.toldAt ? toStored(one.toldAt) : null,
  };
}

/** As it is kept; who does it stands in rows of its own. */
export function improvementOf(row: Row, doers: Colleague[]): Improvement {
  return {
    id: row.id,
    client: row.client_id ?? undefined,
    text: row.text,
    maker: { id: row.maker_id, name: row.maker_name },
    place: row.place_id ?? undefined,
    stage: row.stage,
    since: Temporal.Instant.from(row.since),
    movedBy: { id: row.moved_by_id, name: row.moved_by_name },
    revision: row.revision,
    madeAt: Temporal.Instant.from(row.made_at),
    expects: row.expects ?? undefined,
    serves: servesOf(row),
    tries: row.tries ?? undefined,
    doers,
    beganAt: row.began_at === null ? undefined : Temporal.Instant.from(row.began_at),
    poll: row.poll_id ?? undefined,
    grading: row.grading_round_id ?? undefined,
    helped: row.helped ?? undefined,
    heard: row.heard ?? undefined,
    reason: row.reason ?? undefined,
    success: row.success_id ?? undefined,
    toldAt: row.told_at === null ? undefined : Temporal.Instant.from(row.told_at),
  };
}

function servesOf({ serves_kind, serves_id, serves_words }: Row): Serves | undefined {
  if (serves_kind === 'words')
    return serves_words === null ? undefined : { kind: 'words', words: serves_words };
  return serves_kind === null || serves_id === null ? undefined : { kind: serves_kind, id: serves_id };
}
