import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { archived } from '../clients/naming-store.ts';
import { type Cheers, feedbackCard } from './cards.ts';
import { cheerersOf, toggleCheer } from './cheer-store.ts';
import { type Feedback, isCheerable } from './feedback.ts';
import { found, touchedBy } from './held-feature.ts';

/** Colleagues applaud what went well: whoever may read it, and did not bring it himself. */

/** Whoever presses applauds it, or takes that back. */
export async function cheer(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { tx, tenant, person, now } = asked;
  const { one, client, mayChange } = await found(asked, subject);
  if (!isCheerable(one)) throw new Refusal('error.feedback-cheer-complaint');
  if (one.by.id === person.id) throw new Refusal('error.feedback-cheer-own');
  if (client?.archived) throw archived(asked, client);
  await toggleCheer(tx, tenant, one.id, { person: person.id, now });
  const shown = {
    touches: await touchedBy(asked, one, client),
    mayChange,
    cheers: await cheersFor(asked, one),
  };
  return [answer(feedbackCard(one, client, shown, readers(asked)), 'person')];
}

/** The applause for it, as whoever asks sees it; undefined where there can be none. */
export async function cheersFor({ tx, tenant, person }: Asked, one: Feedback): Promise<Cheers | undefined> {
  if (!isCheerable(one)) return undefined;
  const cheerers = await cheerersOf(tx, tenant, one.id);
  const mine = one.by.id === person.id ? 'own' : cheerers.includes(person.id) ? 'given' : 'open';
  return { count: cheerers.length, mine };
}
