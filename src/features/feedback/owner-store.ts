import { readSome } from '../../store/people.ts';
import { type At, hearersOf, teamOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import type { Feedback } from './feedback.ts';

/** Whose a complaint is, also when the client's owner, or its own, has left the team. */

/**
 * Whom a new complaint is given to: the client's owner or whoever stands in for him; of a whole team whoever brought it,
 * where he is of it. Where nobody is left it stays with whoever brought it, so that it has an owner.
 */
export async function ownerFor(at: At, client: Client, by: Colleague): Promise<Colleague> {
  const hearers = new Set((await hearersOf(at, [client])).get(client.id));
  const team = (await teamOf(at, client)).filter(({ id }) => hearers.has(id));
  return team.find(({ id }) => id === by.id) ?? team[0] ?? by;
}

/** Who is told that these wait, as ids by the complaint's id: its owner, or who hears of its client once he has left. */
export async function keepersOf(
  at: Pick<At, 'tx' | 'tenant' | 'platform'>,
  complaints: { one: Feedback; client: Client }[],
): Promise<Map<string, string[]>> {
  const owners = [...new Set(complaints.flatMap(({ one }) => one.owner?.id ?? []))];
  const known = await readSome(at.tx, at.platform, at.tenant, owners);
  const left = new Set(known.filter(({ outsider }) => outsider).map(({ id }) => id));
  const isKept = ({ owner }: Feedback) => owner !== undefined && !left.has(owner.id);
  const ownerless = complaints.filter(({ one }) => !isKept(one)).map(({ client }) => client);
  const hearers = await hearersOf(at, [...new Map(ownerless.map((client) => [client.id, client])).values()]);
  return new Map(
    complaints.map(({ one, client }) => [
      one.id,
      one.owner && isKept(one) ? [one.owner.id] : (hearers.get(client.id) ?? []),
    ]),
  );
}
