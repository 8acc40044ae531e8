import { daysBetween } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { isPutBefore, maySee } from '../expectations/expectations.ts';
import type { Outline } from '../expectations/outline-store.ts';
import type { Counted } from '../feedback/count-store.ts';
import { unnotedShare } from '../feedback/feedback.ts';

/** What the teams know of their clients' expectations, and what they do not know yet. Pure. */

/** confirmed: by the client. put: before him, without his yes. noted: the team alone knows of it. */
export type Standing = 'confirmed' | 'put' | 'noted';

export type KnownExpectation = {
  one: Outline;
  standing: Standing;
  /** When it was last spoken of in a conversation. */
  discussed: Temporal.Instant | undefined;
  /** The last moment at which the client confirmed it or spoke of it; at first that is when it was noted. */
  fresh: Temporal.Instant;
  /** What else was heard of it, in a few words each: a complaint, say. */
  sources: string[];
};

/** All that is known of one client. */
export type Known = {
  client: Client;
  /** Those of its own that are not over and that the reader may see, in their order. */
  expectations: KnownExpectation[];
  openComplaints: number;
  /** Of its complaints of late of which that is known, how many were about something that nobody had noted. */
  share: { unnoted: number; known: number };
  /** When the expectation was last raised with it. */
  raised: Temporal.Instant | undefined;
  hasContact: boolean;
};

/** As the tables have it, of all clients. */
export type Facts = {
  /** Those of the clients' own that are not over, each client's in their order. */
  expectations: Outline[];
  discussed: ReadonlyMap<string, Temporal.Instant>;
  raised: ReadonlyMap<string, Temporal.Instant>;
  /** Those that wait for their answer, and all that were brought of late. */
  complaints: Counted[];
  withContact: ReadonlySet<string>;
  /** By the expectation's id. */
  sources: ReadonlyMap<string, string[]>;
};

/** What is known of each of these clients, all of which this person may read about. */
export function knownOf(clients: Client[], facts: Facts, person: string): Known[] {
  const expectations = Map.groupBy(facts.expectations, ({ client }) => client);
  const complaints = Map.groupBy(facts.complaints, ({ client }) => client);
  const reader = { id: person, relation: 'colleague' } as const;
  return clients.map((client) => {
    const heard = complaints.get(client.id) ?? [];
    const seen = (expectations.get(client.id) ?? []).filter((one) => maySee(one, reader, client));
    return {
      client,
      expectations: seen.map((one) => expectationOf(one, facts)),
      openComplaints: heard.filter(({ open }) => open).length,
      share: unnotedShare(heard.filter(({ lately }) => lately)),
      raised: facts.raised.get(client.id),
      hasContact: facts.withContact.has(client.id),
    };
  });
}

function expectationOf(one: Outline, { discussed, sources }: Facts): KnownExpectation {
  const spoken = discussed.get(one.id);
  return {
    one,
    standing: standingOf(one),
    discussed: spoken,
    fresh: latest([one.notedAt, one.wording.confirmedAt, spoken]),
    sources: sources.get(one.id) ?? [],
  };
}

function standingOf(one: Outline): Standing {
  if (one.state === 'confirmed') return 'confirmed';
  return isPutBefore(one) ? 'put' : 'noted';
}

function latest([first, ...others]: [Temporal.Instant, ...(Temporal.Instant | undefined)[]]) {
  return others.reduce<Temporal.Instant>(
    (last, one) => (one && Temporal.Instant.compare(one, last) > 0 ? one : last),
    first,
  );
}

/** How many of a client's expectations stand so. */
export function countOf({ expectations }: Known, standing: Standing): number {
  return expectations.filter((one) => one.standing === standing).length;
}

/** The one of a client that was spoken of or confirmed the longest ago. */
export function stalest({ expectations }: Known): Temporal.Instant | undefined {
  return expectations.map(({ fresh }) => fresh).toSorted(Temporal.Instant.compare)[0];
}

/** One thing that is not known; `count` says how many, or for how many days. */
export type Gap = {
  why:
    | 'nothing-noted'
    | 'nothing-put'
    | 'nothing-confirmed'
    | 'not-put'
    | 'unnoted'
    | 'never-raised'
    | 'quiet'
    | 'no-contact';
  count: number;
};

/** What is not known of a client yet, the gravest first. */
export function gapsOf(known: Known, now: Temporal.Instant, timeZone: string): Gap[] {
  const { share, hasContact } = known;
  return [
    ...expectationGaps(known),
    ...(share.unnoted > 0 ? [{ why: 'unnoted' as const, count: share.unnoted }] : []),
    ...quietGap(known, now, timeZone),
    ...(hasContact ? [] : [{ why: 'no-contact' as const, count: 0 }]),
  ];
}

/** What was never put before him cannot be confirmed, so that one of the two is said. */
function expectationGaps(known: Known): Gap[] {
  const all = known.expectations.length;
  const noted = countOf(known, 'noted');
  if (all === 0) return [{ why: 'nothing-noted', count: 0 }];
  if (noted === all) return [{ why: 'nothing-put', count: noted }];
  return [
    ...(countOf(known, 'confirmed') === 0 ? [{ why: 'nothing-confirmed' as const, count: all }] : []),
    ...(noted > 0 ? [{ why: 'not-put' as const, count: noted }] : []),
  ];
}

/** Nobody has raised it for longer than the client's rhythm. */
function quietGap({ client, raised }: Known, now: Temporal.Instant, timeZone: string): Gap[] {
  const count = daysBetween(raised ?? client.createdAt, now, timeZone);
  if (count < client.rhythmDays) return [];
  return [{ why: raised ? 'quiet' : 'never-raised', count }];
}

/** How far a client is known as a whole. */
export type Level = 'confirmed' | 'noted' | 'unknown';

/** confirmed: something is. noted: nothing is confirmed yet. unknown: there is nothing at all. */
function levelOf(known: Known): Level {
  if (known.expectations.length === 0) return 'unknown';
  return countOf(known, 'confirmed') > 0 ? 'confirmed' : 'noted';
}

/** How many clients are known so far. */
export function levelsOf(all: Known[]): Record<Level, number> {
  const count = (level: Level) => all.filter((one) => levelOf(one) === level).length;
  return { confirmed: count('confirmed'), noted: count('noted'), unknown: count('unknown') };
}

/** The complaints about what nobody had noted, of all clients together. */
export function shareOf(all: Known[]): { unnoted: number; known: number } {
  return {
    unnoted: all.reduce((sum, { share }) => sum + share.unnoted, 0),
    known: all.reduce((sum, { share }) => sum + share.known, 0),
  };
}

/** The clients of whom the least is known first; of equals the one of whom nothing was heard for longer. */
export function leastKnownFirst(all: Known[]): Known[] {
  const ranked = all.map((known) => ({
    known,
    rank: rankOf(known),
    since: (stalest(known) ?? known.raised ?? known.client.createdAt).epochMilliseconds,
  }));
  return ranked.toSorted((a, b) => a.rank - b.rank || a.since - b.since).map(({ known }) => known);
}

/** From nothing at all to all of it confirmed. */
function rankOf(known: Known): number {
  const all = known.expectations.length;
  const confirmed = countOf(known, 'confirmed');
  if (all === 0) return 0;
  if (countOf(known, 'noted') === all) return 1;
  if (confirmed === 0) return 2;
  return confirmed < all ? 3 : 4;
}
