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

/** Shorter names stand in too many titles by chance. */
const shortestName = 3;

/**
 * The clients that an event is a conversation with: whose people were invited, or else whose name stands in the title.
 * Not a whole day, not what was cancelled, and not what only colleagues were invited to: `own` is the domain of the one
 * whose calendar it is.
 */
export function clientsOfEvent(
  event: CalendarEvent,
  clients: Recognised[],
  own: string | undefined,
): string[] {
  if (event.allDay || event.cancelled) return [];
  const domainOf = (address: string) => address.split('@').at(-1) ?? '';
  const others = event.attendees.filter((address) => domainOf(address) !== own);
  const invited = clients.filter(
    ({ domains, addresses }) =>
      others.some((address) => domains.includes(domainOf(address))) ||
      event.attendees.some((address) => addresses.includes(address)),
  );
  if (invited.length > 0) return invited.map(({ id }) => id);
  if (event.attendees.length > 0 && others.length === 0) return [];
  const title = ` ${words(event.title)} `;
  const named = clients.filter(
    ({ name }) => plainName(name).length >= shortestName && title.includes(` ${words(name)} `),
  );
  // Of `Acme` and `Acme Noord` the longer name is meant where it stands.
  const longest = Math.max(0, ...named.map(({ name }) => plainName(name).length));
  return named.filter(({ name }) => plainName(name).length === longest).map(({ id }) => id);
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
