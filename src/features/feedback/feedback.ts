import type { Colleague } from '../clients/clients.ts';

/** What a client said, or what happened with him, that the team learns from. Pure. */

export const kinds = ['complaint', 'compliment', 'story', 'success'] as const;
export type Kind = (typeof kinds)[number];

/** How far a complaint is; the others have no course. */
const states = ['new', 'handling', 'answered', 'learned'] as const;
export type State = (typeof states)[number];

export type Feedback = {
  id: string;
  kind: Kind;
  /** Only a success may be of none. */
  client: string | undefined;
  text: string;
  /** Who of the client said it, as somebody wrote it. */
  saidBy: string | undefined;
  /** Who of us brought it. */
  by: Colleague;
  /** On which day it was said. */
  day: Temporal.PlainDate;
  /** To a recording or a message. */
  link: string | undefined;
  /** The expectation that it touches. */
  expectation: string | undefined;
  /** It is about an expectation that nobody had noted. */
  unnoted: boolean;
  /** Of a complaint: whose it is, and how far. */
  owner: Colleague | undefined;
  state: State | undefined;
  /** What the client was answered, and what we learned of it. */
  answered: string | undefined;
  learned: string | undefined;
  at: Temporal.Instant;
};

export const limits = { text: 1000, saidBy: 80, link: 500, learned: 500, back: { days: 366 } };

/** What was typed after the word, cut at its first colon: a client's name, and the text. */
export function readTyped(typed: string): { name: string; text: string | undefined } {
  const colon = typed.indexOf(':');
  // `https://…` is no name.
  const cut = colon >= 0 && !typed.slice(colon).startsWith('://') ? colon : -1;
  if (cut < 0) return { name: typed.trim(), text: undefined };
  return { name: typed.slice(0, cut).trim(), text: typed.slice(cut + 1).trim() || undefined };
}

/** An address that can be opened in a browser; undefined: none of those. */
export function readLink(typed: string): string | undefined {
  const url = URL.parse(typed.trim());
  if (!url || !['https:', 'http:'].includes(url.protocol) || url.username || url.password) return undefined;
  return url.href.length <= limits.link ? url.href : undefined;
}

/** A day that was chosen, of the past or today; undefined: none of those. */
export function readDay(
  typed: string | undefined,
  today: Temporal.PlainDate,
): Temporal.PlainDate | undefined {
  if (!typed || !/^\d{4}-\d{2}-\d{2}$/.test(typed)) return undefined;
  try {
    const day = Temporal.PlainDate.from(typed);
    return Temporal.PlainDate.compare(day, today) > 0 ? undefined : day;
  } catch {
    // Of the right shape, but in no calendar.
    return undefined;
  }
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** As much of a text as there is room for, in UTF-16 units, cut between graphemes and then ended by “…”. */
export function excerpt(text: string, most: number): string {
  if (text.length <= most) return text;
  let end = 0;
  // A little more than fits is looked at: segmenting a long text whole would cost time for nothing.
  for (const { index, segment } of graphemes.segment(text.slice(0, most + 1))) {
    if (index + segment.length > most - 1) break;
    end = index + segment.length;
  }
  return `${text.slice(0, end).trimEnd()}…`;
}

/** Whether colleagues can applaud it: a complaint is nothing to applaud. */
export function isCheerable({ kind }: Pick<Feedback, 'kind'>): boolean {
  return kind !== 'complaint';
}

/** The one with the most applause; of equals the newest, and none where nobody applauded. */
export function mostCheered<T extends { one: Pick<Feedback, 'at' | 'id'>; cheers: number }>(
  all: T[],
): T | undefined {
  const [first] = all
    .filter(({ cheers }) => cheers > 0)
    .toSorted(
      (a, b) =>
        b.cheers - a.cheers || Temporal.Instant.compare(b.one.at, a.one.at) || (b.one.id < a.one.id ? -1 : 1),
    );
  return first;
}

/** What can be done next with a complaint. Nobody is held to the order: what is answered at once is answered. */
export function nextStates(state: State): State[] {
  return states.slice(states.indexOf(state) + 1);
}

/** Of the complaints of which that is known, how many were about expectations that nobody had noted. */
export function unnotedShare(all: Pick<Feedback, 'kind' | 'expectation' | 'unnoted'>[]): {
  unnoted: number;
  known: number;
} {
  const known = all.filter(
    ({ kind, expectation, unnoted }) => kind === 'complaint' && (unnoted || expectation !== undefined),
  );
  return { unnoted: known.filter(({ unnoted }) => unnoted).length, known: known.length };
}
