import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Client } from '../clients/clients.ts';
import { me, type Pressed, shown } from './access-feature.ts';
import { heldInCheck } from './check-feature.ts';
import { gradingOf } from './measured-feature.ts';
import { servedOf } from './served-feature.ts';
import { changeImprovement } from './store.ts';

/** Did it help? A new grade of the expectation that it serves says so. */

/** Asks a client's people for a grade for one expectation. Throws a Refusal where it cannot be. The KTIs hand it in. */
export type AskGrade = (
  asked: Asked,
  client: Client,
  expectation: string,
) => Promise<{ round: { id: string }; effects: Effect[] }>;

/** Puts what it serves before the client, to be graded, once in each round of the work. */
export function gradeAsked(ask: AskGrade) {
  return async (asked: Asked, { subject }: Pressed): Promise<Effect[]> => {
    const { one, client } = await heldInCheck(asked, subject);
    if (await gradingOf(asked, one)) {
      const label = asked.say('improvements.show-now');
      const buttons = [{ press: 'improvements.show', subject: one.id, label }];
      throw new Refusal('error.improvements-graded', {}, { buttons });
    }
    const expectation = (await servedOf(asked, one, client))?.gradable;
    if (!client || expectation === undefined) throw new Refusal('error.improvements-not-gradable');
    const { round, effects } = await ask(asked, client, expectation);
    const deed = { happened: 'graded' as const, by: me(asked), now: asked.now };
    const to = { ...one, grading: round.id };
    const changed = await changeImprovement(asked.tx, asked.tenant, { from: one, to }, deed);
    return [...(await shown(asked, { one: changed, client })), ...effects];
  };
}
