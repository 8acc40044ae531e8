/** What Belay hears, whatever the platform: who, where, when, what, and the key that makes it unique. */

export type Language = 'nl' | 'en';

/** A kept text as a language; undefined when it is none of ours. */
export function languageOf(text: string | undefined): Language | undefined {
  return text === 'nl' || text === 'en' ? text : undefined;
}

/** Who speaks, as the platform's signed envelope and Belay's directory tell it. */
export type Person = {
  id: string;
  name: string;
  /** Another organisation's person, or a guest. True as well when it cannot be found out. */
  outsider: boolean;
  /** Nobody could say just now who this is: he counts as an outsider, and for nothing. */
  unknown?: boolean | undefined;
  /** The platform says that this person administers the workspace, or installed Belay. */
  admin: boolean;
  /** The language the platform reports, when it is one of ours. */
  language?: Language | undefined;
  /** IANA name, when the platform reports one. */
  timeZone?: string | undefined;
};

/** Where it was said. */
export type Place = {
  id: string;
  kind: 'channel' | 'direct';
  name?: string | undefined;
  /** Outsiders are in it, or may be: nothing internal is said here. */
  shared: boolean;
  /** Belay may post here. */
  reachable: boolean;
  /** How many people are in it beside Belay, where the platform told. */
  members?: number | undefined;
  /** How many of them are outsiders. */
  outsiders?: number | undefined;
};

export type Mention = { id: string; name: string };

/** A message of somebody's that a person picked, to have something done with it. */
export type Picked = {
  /** As it was read, without markup; empty when there were no words in it. */
  text: string;
  /** Leads back to it, where the platform has such links. */
  link?: string | undefined;
  /** Who wrote it, where that could be found out. */
  author?: { name: string; outsider: boolean } | undefined;
  at?: Temporal.Instant | undefined;
  /** app: no person wrote it. fleeting: it is gone when its reader looks away. */
  unfit?: 'app' | 'fleeting' | undefined;
};

/** What was said. Names of presses, forms and what is done with messages are `<feature>.<verb>`. */
export type What =
  | { kind: 'command'; text: string; mentions: Mention[] }
  /** `subject` is an id, never state; `detail` is what follows the name, the 7 of `polls.vote.7`. */
  | { kind: 'press'; name: string; detail?: string | undefined; subject?: string | undefined }
  | { kind: 'submit'; name: string; subject?: string | undefined; fields: Record<string, string> }
  | { kind: 'message'; name: string; message: Picked }
  | { kind: 'event'; name: EventName }
  | { kind: 'meeting'; meeting: Meeting };

/** A meeting of the platform's own, in this place, has begun or is over; when, to the millisecond. */
export type Meeting = {
  /** The same at its beginning and its end, and whenever it takes place again. */
  id: string;
  title: string | undefined;
} & (
  | { phase: 'begun'; start: Temporal.Instant }
  | { phase: 'over'; start: Temporal.Instant | undefined; end: Temporal.Instant }
);

/** added, removed: Belay joined or left this place. home: someone opened Belay's own page (Slack). */
export type EventName = 'added' | 'removed' | 'home';

/**
 * What can go back with the request itself.
 * card: an answer's card, or a form (a Teams invoke). form: only a form (a Slack press: it has a trigger).
 * form-first: a form, or an answer in a window of its own, because a private message may not reach this person; an
 * answer that comes with a form is shown as that form. either: card or form (a Slack slash command). nothing: all goes by message.
 */
export type Returns = 'card' | 'form' | 'form-first' | 'either' | 'nothing';

export type Request = {
  /** Unique for each thing that happened, the same when the platform delivers it again. */
  key: string;
  platform: string;
  tenant: string;
  person: Person;
  place: Place;
  what: What;
  returns: Returns;
  /** The platform's own note of where an answer belongs (a thread, say). Opaque to everybody else. */
  thread?: string | undefined;
};
