import { type Client, newClient } from '../../src/features/clients/clients.ts';
import type { State } from '../../src/features/expectations/expectations.ts';
import type { Outline } from '../../src/features/expectations/outline-store.ts';
import type { Counted } from '../../src/features/feedback/count-store.ts';
import { type Facts, knownOf } from '../../src/features/reports/reports.ts';
import { anna } from './house.ts';

/** What is known of clients, put together without a database. */

export const today = Temporal.Instant.from('2026-11-26T09:00:00Z');

/** So many days before today. */
export function daysAgo(days: number): Temporal.Instant {
  return today.subtract({ hours: 24 * days });
}

/** A client of Anna's, a year old. */
export function clientOf(id: string, name: string): Client {
  const owner = { id: anna.id, name: anna.name };
  return newClient({ id, name, owner, createdAt: daysAgo(365) });
}

/** An expectation of that client in that state, noted so many days ago and confirmed, if it was, on the same day. */
export function outlineOf(
  client: string,
  {
    id,
    text,
    state,
    days,
    ...more
  }: { id: string; text: string; state: State; days: number } & Partial<Outline>,
): Outline {
  const at = daysAgo(days);
  const isPut = state !== 'noted' && state !== 'concrete';
  return {
    ...{ id, client, state, about: 'company', person: undefined, feasible: undefined, notedAt: at },
    wording: {
      ...{ text, sentAt: isPut ? at : undefined, byClient: false },
      confirmedAt: state === 'confirmed' ? at : undefined,
    },
    ...more,
  };
}

/** A complaint of that client as it is counted: of late and open, about nothing that is known. */
export function complaintOf(client: string, more: Partial<Counted> = {}): Counted {
  return {
    kind: 'complaint',
    client,
    expectation: undefined,
    unnoted: false,
    open: true,
    lately: true,
    ...more,
  };
}

/** Nothing at all is known but these. */
function factsOf(facts: Partial<Facts>): Facts {
  return {
    ...{ expectations: [], discussed: new Map(), raised: new Map(), complaints: [] },
    ...{ withContact: new Set(), sources: new Map() },
    ...facts,
  };
}

/** What Anna may know of these clients. */
export function knownTo(clients: Client[], facts: Partial<Facts>, person = 'anna') {
  return knownOf(clients, factsOf(facts), person);
}
