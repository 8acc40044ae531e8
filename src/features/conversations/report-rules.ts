import type { Client, Colleague } from '../clients/clients.ts';
import { type Conversation, type Coverage, coverageOf, shareOf } from './conversations.ts';

type Counted = Pick<Conversation, 'client' | 'start' | 'end' | 'answer'>;

/** Those first in whose conversations the expectation was raised the least; the ones of whom nothing is known last. */
export function byClient(
  clients: Client[],
  conversations: Counted[],
  now: Temporal.Instant,
): { client: Client; coverage: Coverage }[] {
  const of = Map.groupBy(conversations, ({ client }) => client);
  return clients
    .map((client) => ({ client, coverage: coverageOf(of.get(client.id) ?? [], now) }))
    .toSorted(byNeed);
}

/**
 * A team is named by who owns its clients. Each client has one owner, so each conversation counts for one team. A
 * client's internal channel would name no team: a channel belongs to a single client. And those who are in it, or took
 * part, may serve many clients: then one conversation would count for several teams.
 */
export function byTeam(
  clients: Client[],
  conversations: Counted[],
  now: Temporal.Instant,
): { owner: Colleague; coverage: Coverage }[] {
  return [...Map.groupBy(clients, ({ owner }) => owner.id).values()]
    .flatMap((theirs) => {
      const [first] = theirs;
      const ids = new Set(theirs.map(({ id }) => id));
      const held = conversations.filter(({ client }) => ids.has(client));
      return first ? [{ owner: first.owner, coverage: coverageOf(held, now) }] : [];
    })
    .toSorted(byNeed);
}

/** Of fewer conversations a percentage would say more than is known. */
const fewest = 5;

/** In how many per cent of the conversations it was raised, in whole ones; undefined while too few are known. */
export function percentOf(coverage: Coverage): number | undefined {
  return coverage.known < fewest ? undefined : shareOf(coverage);
}

function byNeed(one: { coverage: Coverage }, other: { coverage: Coverage }): number {
  return (shareOf(one.coverage) ?? 101) - (shareOf(other.coverage) ?? 101);
}
