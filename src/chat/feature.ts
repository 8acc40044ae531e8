import type { CalendarReading } from '../calendars/calendar.ts';
import type { Db, Migrations, Tables } from '../store/database.ts';
import type { Say } from '../text/say.ts';
import type { Button, Card } from './card.ts';
import type { Briefing, DailyStart, Dossier, Followed, Reasons } from './contributions.ts';
import type { Effect } from './effect.ts';
import type { Field, Form } from './form.ts';
import type { EventName, Language, Meeting, Mention, Person, Picked, Place } from './request.ts';

/** Who may use a handler. member: of this workspace, no outsider. Finer rules are the feature's own. */
export type Right = 'anyone' | 'member' | 'admin';

/** The kinds of secrets that are kept. */
type Sealed = 'calendar';

/** What a handler has of the house: the ways out of the chat, as far as they are set up, and what is usual. */
export type Outside = {
  /**
   * The signed address of a page or a download, by its name `<feature>.<verb>`, of this workspace alone. Undefined
   * where Belay has no public address.
   */
  link(name: string, subject: string, until: Temporal.Instant): string | undefined;
  /** Belay can send e-mail. */
  mails: boolean;
  /**
   * A secret text as it may be kept, for this workspace and as this kind of secret alone; undefined where Belay has no
   * secret of its own.
   */
  seal(kind: Sealed, text: string): string | undefined;
  /** The language and the clock for whoever, and wherever, nothing is chosen. */
  defaults: { language: Language; timeZone: string };
};

/** A request as its handler sees it: rights checked, settings applied, inside the transaction. */
export type Asked = Outside & {
  tx: Db;
  now: Temporal.Instant;
  platform: string;
  tenant: string;
  /** `admin` includes those appointed; `language` is the one to answer in. */
  person: Person & { language: Language; timeZone: string };
  /** `language` and `timeZone` are what a card posted here speaks. */
  place: Place & { language: Language; timeZone: string };
  /** In the reader's own language: for answers and forms. */
  say: Say;
  /** In the place's language: for what is posted here. */
  sayHere: Say;
};

/** Work whose time has come. */
export type Due = Outside & {
  tx: Db;
  now: Temporal.Instant;
  platform: string;
  tenant: string;
  subject: string;
};

export type Command = {
  /** `<feature>.<verb>`; help shows its sentences `help.<name>.usage` and `help.<name>.about`. */
  name: string;
  /** The words that begin it, in each language; the first is the one shown. */
  words: Record<Language, string[]>;
  who: Right;
  where: Where;
  /** Only when nothing follows its words; left out of help, as the short way to what stands there already. */
  bare?: boolean;
  /** `words` are those of the phrase that was typed, as declared; `colon`: one stood right behind them. */
  run(
    asked: Asked,
    rest: { words: string; colon: boolean; text: string; mentions: Mention[] },
  ): Promise<Effect[]>;
};

/** channel: it makes sense only in a channel that Belay is in; elsewhere the router says so. */
type Where = 'channel' | 'anywhere';

export type Press = {
  who: Right;
  where?: Where;
  run(asked: Asked, press: { subject: string; detail: string }): Promise<Effect[]>;
};

export type Submit = {
  who: Right;
  where?: Where;
  run(asked: Asked, form: { subject: string; fields: Record<string, string> }): Promise<Effect[]>;
};

/** What can be done with a message that somebody picked. */
type OnMessage = {
  who: Right;
  where?: Where;
  run(asked: Asked, message: Picked): Promise<Effect[]>;
};

export type Job = { run(due: Due): Promise<Effect[]> };

/** What a page of Belay's own shows: a card, and a form below it while there is something to answer. */
export type Sheet = { language: Language; card: Card; form?: Form | undefined };

/**
 * A question that somebody outside the chat answers on a page of Belay's own. Who opens it is nobody but the bearer of
 * its link, so `subject` alone says whose answer it is.
 */
export type Page = {
  /** Changes nothing: mail scanners open links. `language`: the reader asked for another one. */
  show(due: Due, language: Language | undefined): Promise<Sheet>;
  /** He sent the form. Throws a Refusal for bad input; what he typed is kept. */
  send(
    due: Due,
    fields: Record<string, string>,
    language: Language | undefined,
  ): Promise<{ sheet: Sheet; effects: Effect[] }>;
};

/** A file behind a signed link. */
export type Download = { run(due: Due): Promise<{ name: string; type: string; body: string }> };

/** Something a person can set. Kept as text under its key; absent means the default. */
export type Setting = {
  key: string;
  /** Whose it is: the person's own, the channel's, or the whole workspace's. */
  scope: 'person' | 'place' | 'tenant';
  who: Right;
  /** The question, given what is kept now. */
  field(say: Say, kept: string | undefined): Field;
  /** What to keep; undefined for the default. Throws a Refusal when it cannot be. */
  parse(value: string): string | undefined;
  /** What holds now, for a person to read. */
  show(asked: Asked, kept: string | undefined): string;
};

/** Somebody's calendar, as it is kept: its address only for whoever has the key. */
export type Feed = {
  tenant: string;
  platform: string;
  person: string;
  sealed: string;
  /** What an earlier reading said of its version. */
  etag?: string | undefined;
  modified?: string | undefined;
  /** For times that name no zone; undefined for the usual one. */
  timeZone: string | undefined;
  /** Nobody else reads it before then. */
  until: Temporal.Instant;
};

/** The calendars that people have given, which are read outside every transaction. */
export type Calendars = {
  /** Takes those whose time has come, such that nobody else reads them meanwhile. */
  due(tx: Db, now: Temporal.Instant, most: number): Promise<Feed[]>;
  /** Keeps what was read of one, and when it is read next. */
  read(due: Due, feed: Feed, reading: CalendarReading): Promise<Effect[]>;
};

/** `first`: before all others, because nothing else makes sense yet. */
type Hub = {
  who: Right;
  first?: boolean;
  button(asked: Asked): Button | undefined | Promise<Button | undefined>;
};

/** A capability: what it hears, what it does later, and what it contributes. Nothing undeclared is allowed. */
export type Feature = {
  name: string;
  migrations?: Migrations;
  /** Tables whose earlier rows must not stay on the disk: they would tell what the present ones do not. */
  wiped?: (keyof Tables)[];
  commands?: Command[];
  /** By name, `<feature>.<verb>`. */
  presses?: Record<string, Press>;
  forms?: Record<string, Submit>;
  /** By the name that the platforms' manifests give it, `<feature>.<verb>`. */
  messages?: Record<string, OnMessage>;
  jobs?: Record<string, Job>;
  /** By the name that their links are made with, `<feature>.<verb>`. */
  pages?: Record<string, Page>;
  downloads?: Record<string, Download>;
  events?: Partial<Record<EventName, { run(asked: Asked): Promise<Effect[]> }>>;
  /** A meeting of the platform's own has begun or is over. */
  meetings?: { run(asked: Asked, meeting: Meeting): Promise<Effect[]> };
  settings?: Setting[];
  calendars?: Calendars;
  dossier?: Dossier;
  briefing?: Briefing;
  reasons?: Reasons[];
  dailyStart?: DailyStart;
  followed?: Followed;
  /** Names of jobs of which one always waits for each workspace: they order their next time themselves. */
  regular?: string[];
  /** One client is about to become a part of another, and both are still there: what ends by that. */
  merging?(asked: Asked, from: string, to: string): Promise<Effect[]>;
  /** One client becomes a part of another: what is kept of the first belongs to the second from now on. */
  merged?(tx: Db, tenant: string, from: string, to: string): Promise<void>;
  /** Buttons on the hub, for those who may press them; none where it would make no sense. */
  hub?: Hub[];
};
