import { z } from 'zod';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { isOurs, renewed } from './standing-feature.ts';
import { findStart, openStarts, takePart } from './store.ts';
import { teamIn } from './team-store.ts';

const subjectSchema = z.object({ client: z.string().nullable(), person: z.string() });

/** Something was brought elsewhere: where the client's team, or whoever brought it, starts the day, it is shown at once. */
export async function renew(due: Due): Promise<Effect[]> {
  const { client, person } = subjectSchema.parse(JSON.parse(due.subject));
  const effects: Effect[] = [];
  for (const { id, place } of await openStarts(due.tx, due)) {
    const { people, clients } = await teamIn(due, place);
    const who = people.find((one) => one.id === person);
    if (!who && clients.every((one) => one.id !== client)) continue;
    const start = await findStart(due.tx, due, id);
    if (!start || start.closedAt || !(await isOurs(due, place))) continue;
    if (who) await takePart(due.tx, due.tenant, id, who);
    effects.push(await renewed(due, start));
  }
  return effects;
}
