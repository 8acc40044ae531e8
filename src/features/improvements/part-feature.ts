import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { archived } from '../clients/naming-store.ts';
import { elsewhere, found, me, type Pressed, shown } from './access-feature.ts';
import { isOpen, limits } from './improvements.ts';
import { changeImprovement } from './store.ts';
import { addVote, removeVote } from './vote-store.ts';

/** Who takes part in an improvement, and who is for it. */

/** Whoever presses takes part, or no longer. */
export async function join(asked: Asked, { subject, detail }: Pressed): Promise<Effect[]> {
  const { one, client, isTeam, mayChange } = await found(asked, subject);
  if (!isOpen(one)) throw elsewhere(asked, one);
  if (client?.archived) throw archived(asked, client);
  if (client && !isTeam && !mayChange)
    throw new Refusal('error.improvements-not-yours', { name: one.maker.name, client: client.name });
  const others = one.doers.filter(({ id }) => id !== asked.person.id);
  const joins = detail !== 'off';
  if (joins && others.length >= limits.doers)
    throw new Refusal('error.improvements-doers', { most: limits.doers });
  const isThere = others.length < one.doers.length;
  if (joins === isThere) return shown(asked, { one, client });
  const doers = joins ? [...one.doers, me(asked)] : others;
  const deed = { happened: joins ? ('joined' as const) : ('left' as const), by: me(asked), now: asked.now };
  const changed = await changeImprovement(asked.tx, asked.tenant, { from: one, to: { ...one, doers } }, deed);
  return shown(asked, { one: changed, client });
}

/** A colleague is for it, or no longer; its maker is for it anyhow. */
export async function vote(asked: Asked, { subject, detail }: Pressed): Promise<Effect[]> {
  const { tx, tenant, person, now } = asked;
  const { one, client } = await found(asked, subject);
  if (!isOpen(one)) throw elsewhere(asked, one);
  if (one.maker.id === person.id) throw new Refusal('error.improvements-own-vote');
  const whose = { tenant, improvement: one.id, person: person.id };
  if (detail === 'off') await removeVote(tx, whose);
  else await addVote(tx, whose, now);
  return shown(asked, { one, client });
}
