import { plain } from '../../chat/grammar.ts';
import type { Colleague, Relation } from '../clients/clients.ts';

/**
 * Where an expectation is in its life. corrected: the client wrote it otherwise, the team has not sent that yet.
 * doubted: the client says that it holds no longer, and the owner has not talked about it yet.
 */
export type State =
  | 'noted'
  | 'concrete'
  | 'sent'
  | 'confirmed'
  | 'corrected'
  | 'doubted'
  | 'met'
  | 'not-met'
  | 'withdrawn';

/** theirs: what the client expects of us. ours: what we ask of the client. */
export type Direction = 'theirs' | 'ours';

export type About = 'company' | 'team' | 'person';

/** The kinds of Kano: basic angers by its absence, excitement delights because nobody expected it. */
export const kanos = ['basic', 'performance', 'excitement'] as const;
export type Kano = (typeof kanos)[number];

export const abouts = ['company', 'team', 'person'] as const satisfies About[];

/** One text of it: what is put before the client. Each change keeps the old one. */
export type Wording = {
  id: string;
  expectation: string;
  /** From 1: the client's own words. */
  number: number;
  text: string;
  /** How the client will see that it is met. */
  seen: string | undefined;
  author: Colleague;
  /** The client wrote it. */
  byClient: boolean;
  writtenAt: Temporal.Instant;
  sentAt: Temporal.Instant | undefined;
  /** Where it was put before the client; neither: by mail. */
  sentTo: { place?: string | undefined; person?: string | undefined };
  confirmed: { by: Colleague; at: Temporal.Instant } | undefined;
};

/** What only the team sees. */
export type Inside = {
  why: string | undefined;
  /** 1 to 5, as the team thinks the client would say. */
  importance: number | undefined;
  kano: Kano | undefined;
  about: About;
  /** Whom it is about, when it is about a person. */
  person: Colleague | undefined;
  /** An entry of the inspiration list. */
  category: string | undefined;
  notes: string | undefined;
};

export type Expectation = Inside & {
  id: string;
  client: string;
  direction: Direction;
  state: State;
  /** The lower, the more important to the client, as the team puts them in order. */
  position: number;
  /** The wording that holds now. */
  wording: Wording;
  /** What we do about it, as the client reads it beside what he confirmed. */
  doing: string | undefined;
  /** About a person: the manager says that it can be done. undefined: not said yet. */
  feasible: boolean | undefined;
  notedBy: Colleague;
  notedAt: Temporal.Instant;
  /** When it is to be looked at again: of a confirmed one with the client, of one he said no to by its owner. */
  reviewAt: Temporal.Instant | undefined;
  /** When it was over; of an open one nothing. */
  endedAt?: Temporal.Instant | undefined;
  /** When the client said that this one matters most. */
  firstAt: Temporal.Instant | undefined;
};

export type Move = 'make-concrete' | 'send' | 'confirm' | 'correct' | 'doubt' | 'meet' | 'miss' | 'withdraw';

/** Not over yet. */
export const openStates = [
  'noted',
  'concrete',
  'sent',
  'confirmed',
  'corrected',
  'doubted',
] as const satisfies State[];

const moves: Record<Move, { by: 'team' | 'client'; from: readonly State[]; to: State }> = {
  'make-concrete': { by: 'team', from: openStates, to: 'concrete' },
  send: { by: 'team', from: openStates, to: 'sent' },
  confirm: { by: 'client', from: ['sent'], to: 'confirmed' },
  correct: { by: 'client', from: ['sent', 'confirmed', 'corrected'], to: 'corrected' },
  doubt: { by: 'client', from: ['sent', 'confirmed'], to: 'doubted' },
  meet: { by: 'team', from: ['confirmed', 'doubted'], to: 'met' },
  miss: { by: 'team', from: ['confirmed', 'doubted'], to: 'not-met' },
  withdraw: { by: 'team', from: openStates, to: 'withdrawn' },
};

/** The state after this move by that side; undefined when it cannot be made. */
export function after(state: State, move: Move, by: 'team' | 'client'): State | undefined {
  const { by: whose, from, to } = moves[move];
  return whose === by && from.includes(state) ? to : undefined;
}

/** Whether it is not over yet. */
export function isOpen({ state }: Pick<Expectation, 'state'>): boolean {
  return openStates.some((open) => open === state);
}

/** Whether it was ever put before the client: then his people may see it. */
export function isPutBefore({
  wording,
  state,
}: {
  wording: Pick<Wording, 'sentAt' | 'byClient'>;
  state: State;
}): boolean {
  return state !== 'noted' && state !== 'concrete' && (wording.sentAt !== undefined || wording.byClient);
}

/** Whether the next wording needs the manager's word first: it is about a person, and he has not said that it can be done. */
export function waitsForManager({ about, feasible }: Pick<Expectation, 'about' | 'feasible'>): boolean {
  return about === 'person' && feasible !== true;
}

/**
 * Whether somebody of the workspace may see it: one about a person is that person's, the manager's and the owner's until
 * the manager says that it can be done.
 */
export function maySee(
  expectation: Pick<Expectation, 'about' | 'feasible' | 'person'>,
  viewer: { id: string; relation: Relation },
  client: { owner: Colleague; manager: Colleague | undefined },
): boolean {
  if (viewer.relation !== 'team' && viewer.relation !== 'colleague') return false;
  if (!waitsForManager(expectation)) return true;
  return [expectation.person?.id, client.manager?.id, client.owner.id].includes(viewer.id);
}

/** Whether it is kept from a reader, who is of the workspace and not on the client's side; undefined: many read along. */
export function isKeptFrom(
  expectation: Parameters<typeof maySee>[0],
  reader: string | undefined,
  client: Parameters<typeof maySee>[2],
): boolean {
  if (reader === undefined) return waitsForManager(expectation);
  return !maySee(expectation, { id: reader, relation: 'colleague' }, client);
}

export const limits = { text: 2000, seen: 500, doing: 500, notes: 1000, inside: 500 };

/** More open ones than this are likely to be missed: meeting three of three is worth more than four of seven. */
export const usualMost = 3;
/** Days after which it is said that something waits. */
export const patience = 7;
/** Days after which a confirmed one is looked at again: about six months. */
export const usualReviewDays = 180;

/** So many days as people say them: in whole months, one at least. */
export function monthsOf(days: number): number {
  return Math.max(Math.round(days / 30.4), 1);
}

/** A text as somebody typed it, with its lines broken in one way whatever the platform. */
export function asTyped(text: string | undefined): string {
  return (text ?? '').replace(/\r\n?/g, '\n').trim();
}

/** Several who send it at once put it before the client once; later it is sent again, as a reminder. */
const atOnce = { minutes: 5 };

/** Whether it was put there just now. */
export function isJustPut(
  { state, wording: { sentAt, sentTo } }: Pick<Expectation, 'state' | 'wording'>,
  to: Wording['sentTo'],
  now: Temporal.Instant,
): boolean {
  if (state !== 'sent' || !sentAt || sentTo.place !== to.place || sentTo.person !== to.person) return false;
  return Temporal.Instant.compare(now, sentAt.add(atOnce)) < 0;
}

/** How texts are compared: without case, accents, spaces too many and the dot at the end. */
export function sameWords(one: string, other: string): boolean {
  const bare = (text: string) =>
    plain(text)
      .replace(/\s+/g, ' ')
      .trim()
      .replace(/[.!?\s]+$/, '');
  return bare(one) === bare(other);
}

const fromUs = /\s+(van ons|from us)$/i;

/** What was typed after `expect`, cut at its first colon: a name, whether it is asked by us, and the text. */
export function readTyped(typed: string): { name: string; direction: Direction; text: string | undefined } {
  const colon = typed.indexOf(':');
  const before = (colon < 0 ? typed : typed.slice(0, colon)).trim();
  const text = colon < 0 ? undefined : typed.slice(colon + 1).trim();
  const ours = fromUs.test(` ${before}`);
  return { name: ` ${before}`.replace(fromUs, '').trim(), direction: ours ? 'ours' : 'theirs', text };
}

/** Puts one of them a place higher or lower; the ids in their new order, or undefined when it stands at the end already. */
export function moved(ids: string[], id: string, by: -1 | 1): string[] | undefined {
  const at = ids.indexOf(id);
  const other = ids[at + by];
  if (at < 0 || other === undefined) return undefined;
  return ids.with(at, other).with(at + by, id);
}

/** A subject `ID.MORE` in its parts; what is more may have dots of its own. */
export function parted(subject: string): [id: string, more: string | undefined] {
  const at = subject.indexOf('.');
  return at < 0 ? [subject, undefined] : [subject.slice(0, at), subject.slice(at + 1)];
}

/** A page that there is, of so many: what was pressed may be of a while ago, and anything at all. */
export function within(page: number, pages: number): number {
  return Number.isInteger(page) ? Math.min(Math.max(page, 1), Math.max(pages, 1)) : 1;
}
