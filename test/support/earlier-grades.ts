import { toStored } from '../../src/store/database.ts';
import { changeRows, rowsOf } from './rows.ts';

/**
 * Moves all that this client's people were asked and gave so many days back in a running Belay, so that they may be asked
 * again and the next grades stand at a distance from these.
 */
export async function moveGradesBack(databaseUrl: string, client: string, days: number): Promise<void> {
  const at = toStored(Temporal.Now.instant().subtract({ hours: 24 * days }));
  const [found] = await rowsOf(databaseUrl, `select id from client where name = '${client}'`);
  const rounds = `select id from kti_round where client_id = '${found?.id}'`;
  const graders = `select grader_id from kti_invitation where round_id in (${rounds})`;
  await changeRows(databaseUrl, [
    `update kti_grade set graded_at = '${at}' where round_id in (${rounds})`,
    `update kti set made_at = '${at}', asked_at = '${at}', last_at = '${at}' where client_id = '${found?.id}'`,
    `update survey_touch set at = '${at}' where person_id in (${graders})`,
    `update kti_round set made_at = '${at}', opens_at = '${at}', closes_at = '${at}', ended_at = '${at}' where client_id = '${found?.id}'`,
  ]);
}
