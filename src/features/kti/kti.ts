import type { Language } from '../../chat/request.ts';
import type { Colleague } from '../clients/clients.ts';

/** What clients grade, and the rounds in which they are asked to. Pure: no I/O, no clock. */

/** A report grade. */
export const scale = { from: 1, to: 10 };

/** Below this a grade is a failure, whatever the average: somebody calls. */
export const insufficient = 6;

/** At most so many questions in one round. */
export const mostQuestions = 5;

export const limits = { why: 1000, question: 150, theme: 40, ownQuestions: 10 };

/** How a standard question reads, and what it is called in a few words. */
export type Words = { text: Record<Language, string>; theme: Record<Language, string> };

/** Days after which a round closes, unless an administrator says otherwise. */
export const usualDays = 7;

/** How many gave a grade, and the grades together. */
export type Count = { n: number; sum: number };

/** expectation: what a client has confirmed. question: one of the standard questions. */
export type Source = 'expectation' | 'question';

/**
 * What a client grades in just these words. Another wording is another KTI, with a line of its own, which has the same
 * `source` and `about`.
 */
export type Kti = {
  id: string;
  client: string;
  source: Source;
  /** The expectation, or the standard question. */
  about: string;
  /** The expectation's wording that the client confirmed; of a standard question an id of its own. */
  wording: string;
  text: Record<Language, string>;
  /** What a standard question is called in a few words; an expectation has no name but its text. */
  theme: Record<Language, string> | undefined;
  /**
   * What it has in common with KTIs of other clients: the standard question, or the entry of the inspiration list that its
   * expectation stands under. Undefined: nothing.
   */
  kind: string | undefined;
  madeAt: Temporal.Instant;
  /** When it was last put before the client. */
  askedAt: Temporal.Instant;
  standing: Standing;
};

/** What was given for a KTI: in the last round in which there was any grade, in the one before, and ever. */
export type Standing = {
  round: string | undefined;
  last: Count;
  before: Count;
  total: Count;
  lastAt: Temporal.Instant | undefined;
};

/** forecast: the team says what it expects, the client has not been asked yet. */
export type RoundState = 'forecast' | 'open' | 'closed' | 'cancelled';

/** A client's people are asked for grades. */
export type Round = {
  id: string;
  client: string;
  state: RoundState;
  /** Spread over a quarter: one question a person, another person each day. */
  spread: boolean;
  asker: Colleague;
  /** The clock by which its times are told. */
  timeZone: string;
  madeAt: Temporal.Instant;
  /** When the client is asked, and until when he can answer; that it ended before then stands in `endedAt`. */
  opensAt: Temporal.Instant;
  closesAt: Temporal.Instant;
  endedAt: Temporal.Instant | undefined;
};

/** How somebody is asked: alone in the chat, by a card in the client's channel, by mail, by a link that one of us sends. */
export type Way = 'direct' | 'channel' | 'mail' | 'link';

/** Somebody of the client's people who was asked in a round. */
export type Invitation = {
  id: string;
  round: string;
  /** As `contactsOf` names him. */
  contact: string;
  /** Under which his grades are kept. */
  grader: string;
  name: string;
  person: string | undefined;
  email: string | undefined;
  language: Language | undefined;
  /** Of a round that is spread the one KTI that he is asked for. */
  kti: string | undefined;
  way: Way;
  invitedAt: Temporal.Instant;
  remindedAt: Temporal.Instant | undefined;
  /** When he sent his answers. */
  doneAt: Temporal.Instant | undefined;
};

/** What somebody gave for one KTI in one round. */
export type Grade = {
  round: string;
  kti: string;
  grader: string;
  name: string;
  grade: number;
  why: string | undefined;
  at: Temporal.Instant;
};

/** Under which somebody's grades are kept: his person, or his address when he is none of the chat's. */
export function graderOf({
  person,
  email,
  id,
}: {
  person?: string | undefined;
  email?: string | undefined;
  id: string;
}) {
  return person ?? (email === undefined ? `contact:${id}` : `mail:${email.toLowerCase()}`);
}

/**
 * Whether it is his who presses: by who he is; what was sent to an address before he was anybody in the chat also as the
 * contact that he is, or by that address.
 */
export function isHis(
  { person, contact, email }: Pick<Invitation, 'person' | 'contact' | 'email'>,
  his: { person: string; contact: string | undefined; emails: (string | undefined)[] },
): boolean {
  if (person !== undefined) return person === his.person;
  if (contact === his.contact) return true;
  return email !== undefined && his.emails.some((one) => one?.toLowerCase() === email.toLowerCase());
}

/** A grade as it came; undefined when it is none. */
export function readGrade(text: string | undefined): number | undefined {
  const grade = /^\d{1,2}$/.test(text ?? '') ? Number(text) : undefined;
  return grade !== undefined && grade >= scale.from && grade <= scale.to ? grade : undefined;
}

/** What it is called in a few words, or else how it reads. */
export function nameOf({ theme, text }: Pick<Kti, 'theme' | 'text'>, language: Language): string {
  return theme?.[language] ?? text[language];
}

/** Why nobody can give a grade in a round now; undefined when he can. */
export function roundRefusal(
  { state, closesAt }: Pick<Round, 'state' | 'closesAt'>,
  now: Temporal.Instant,
): 'gone' | 'closed' | 'cancelled' | undefined {
  if (state === 'forecast') return 'gone';
  if (state !== 'open') return state;
  return Temporal.Instant.compare(now, closesAt) >= 0 ? 'closed' : undefined;
}

/** Whether it has not ended. */
export function isRunning({ state }: Pick<Round, 'state'>): boolean {
  return state === 'forecast' || state === 'open';
}
