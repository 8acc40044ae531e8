import { createHash } from 'node:crypto';
import type { CalendarEvent } from '../../calendars/calendar.ts';
import { plainName } from '../clients/clients.ts';

/** How a client is recognised in a calendar: by addresses, and by its name. */
export type Recognised = {
  id: string;
  name: string;
  /** Small letters. */
  domains: string[];
  addresses: string[];
};

/** Tells by which clients a calendar was looked at: another one when anything changed by which they are recognised. */
export function stampOf(clients: Recognised[]): string {
  const rows = clients.map(({ id, name, domains, addresses }) =>
    JSON.stringify([id, name, domains.toSorted(), addresses.toSorted()]),
  );
  return createHash('sha256').update(rows.toSorted().join()).digest('base64url');
}

/** Shorter names stand in too many titles by chance. */
const shortestName = 3;

/**
 * Tells the clients that an event is a conversation with: whose people were invited, or else whose name stands in the
 * title. Not a whole day, not what was cancelled or he has declined, and not what only colleagues were invited to: `own` is
 * the address of the one whose calendar it is, who stands in all of his meetings. Of many clients it looks at those alone
 * that the event can mean.
 */
export function recogniser(
  clients: Recognised[],
  own: string | undefined,
): (event: CalendarEvent) => string[] {
  const ownDomain = own && domainOf(own);
  const order = new Map(clients.map(({ id }, index) => [id, index]));
  const byDomain = groupedBy(clients, ({ domains }) => domains);
  const byAddress = groupedBy(clients, ({ addresses }) => addresses);
  const named = clients
    .map(({ id, name }) => ({ id, words: ` ${words(name)} `, length: plainName(name).length }))
    .filter(({ length }) => length >= shortestName);
  const inOrder = (ids: string[]) =>
    [...new Set(ids)].toSorted((one, other) => (order.get(one) ?? 0) - (order.get(other) ?? 0));

  return (event) => {
    const isDeclined = own !== undefined && event.declined?.includes(own);
    if (event.allDay || event.cancelled || isDeclined) return [];
    const attendees = event.attendees.filter((address) => address !== own);
    const others = attendees.filter((address) => domainOf(address) !== ownDomain);
    const invited = [
      ...others.flatMap((address) => byDomain.get(domainOf(address)) ?? []),
      ...attendees.flatMap((address) => byAddress.get(address) ?? []),
    ];
    if (invited.length > 0) return inOrder(invited);
    if (attendees.length > 0 && others.length === 0) return [];
    const title = ` ${words(event.title)} `;
    const meant = named.filter((one) => title.includes(one.words));
    // Of `Acme` and `Acme Noord` the longer name is meant where it stands.
    const longest = Math.max(0, ...meant.map(({ length }) => length));
    return meant.filter(({ length }) => length === longest).map(({ id }) => id);
  };
}

function domainOf(address: string): string {
  return address.split('@').at(-1) ?? '';
}

/** The ids of the clients for each of what belongs to them. */
function groupedBy(clients: Recognised[], of: (client: Recognised) => string[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const client of clients)
    for (const one of of(client)) groups.set(one, [...(groups.get(one) ?? []), client.id]);
  return groups;
}

function words(text: string): string {
  return (plainName(text).match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');
}

type Named = Pick<CalendarEvent, 'uid' | 'occurrence' | 'recurring'>;

/** Which one of a series it is. An event that is none stays the same when it is moved. */
function occurrenceOf({ occurrence, recurring }: Named): string {
  return recurring ? occurrence : 'once';
}

/** The name of one occurrence of an event. */
export function eventKey(event: Named): string {
  return `${event.uid} ${occurrenceOf(event)}`;
}

/** The uid of the event and the occurrence that `eventKey` named; a uid may have spaces of its own. */
export function partsOf(key: string): [uid: string, occurrence: string] {
  const at = key.lastIndexOf(' ');
  return [key.slice(0, at), key.slice(at + 1)];
}

/** What somebody said does not belong to a client: one occurrence, or the whole series. */
export type Untied = { client: string; uid: string; occurrence: string | undefined };

/** Whether it was said of this event and this client. */
export function isUntied(event: Named, client: string, untied: Untied[]): boolean {
  return untied.some(
    (one) =>
      one.client === client &&
      one.uid === event.uid &&
      (one.occurrence === undefined || one.occurrence === occurrenceOf(event)),
  );
}

const quarter = 15;

/** When a calendar is read next: after a quarter of an hour and a little, not all at once; after failures later. */
export function nextReading(now: Temporal.Instant, failures: number, chance: number): Temporal.Instant {
  const minutes = quarter * Math.min(2 ** failures, 24);
  return now.add({ seconds: Math.round(minutes * 60 * (1 + 0.2 * chance)) });
}
