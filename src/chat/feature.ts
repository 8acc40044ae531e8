import type { CalendarReading } from '../calendars/calendar.ts';
import type { Db, Migrations, Tables } from '../store/database.ts';
import type { Say } from '../text/say.ts';
import type { Button, Card, Element } from './card.ts';
import type { Effect } from './effect.ts';
import type { Field, Form } from './form.ts';
import type { EventName, Language, Meeting, Mention, Person, Picked, Place } from './request.ts';
import type { Voice } from './voice.ts';

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

/** A client, as those see it who add to what is known of it. */
export type DossierOf = { id: string; name: string };

/** What a capability knows of a client, for those of the workspace: never for the client's own people. */
export type Dossier = {
  /** Lines for the client's card, and buttons for what one does next; `mayWrite`: the reader is of the client's team. */
  show(
    asked: Asked,
    client: DossierOf,
    mayWrite: boolean,
  ): Promise<{ elements: Element[]; buttons: Button[] }>;
  /** In a few words what is missing yet, for the list of all clients. */
  missing?(asked: Asked, client: DossierOf): Promise<string | undefined>;
  /** Whether it is known here what this client expects; what to do next with the client hangs on it. */
  knows?(asked: Asked, client: DossierOf): Promise<boolean>;
  /**
   * Where expectations were heard of here, in a few words each (a complaint of that day, say), by their ids; of one client,
   * or of all. Asked once for all of them, for the report.
   */
  sources?(to: Telling, client?: string): Promise<Map<string, string[]>>;
};

/** To whom something is told, and in whose words. */
export type Telling = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now'> & { person: string; voice: Voice };

/** What a capability tells one of the team who is about to speak with a client. */
export type Briefing = {
  show(to: Telling, client: DossierOf): Promise<Element[]>;
  /** A question worth asking the client, and one that is not among these (by their ids) as long as there is another. */
  question?(to: Telling, client: DossierOf, but: string[]): Promise<{ id: string; text: string } | undefined>;
};

/** Why somebody of the team might be told something, mostly about a client. */
export type Reason = {
  /** The same as long as it is the same matter: `<feature>.<why>:<id>`. */
  key: string;
  /** Undefined when it is of no client. */
  client: string | undefined;
  /** Whose matter it is: ids of people. */
  who: string[];
  /** From 1 to 100: the heavier is told first. */
  weight: number;
  since: Temporal.Instant;
};

/** Reasons to nudge the team, of one capability. `name` begins their keys. */
export type Reasons = {
  name: string;
  /** All there are in a workspace now. */
  find(at: Pick<Due, 'tx' | 'tenant' | 'platform' | 'now' | 'defaults'>): Promise<Reason[]>;
  /** What it says to one person, with what he can do about it; undefined when it holds no longer. */
  tell(to: Telling, key: string): Promise<{ text: string; buttons: Button[] } | undefined>;
};

/** The morning of a team: who they are, whom they serve, and since when it was not told anything. */
export type Morning = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now'> & {
  voice: Voice;
  clients: DossierOf[];
  /** Ids of those in the team's channel. */
  people: string[];
  since: Temporal.Instant;
};

/** What a capability tells a team at its daily start, a line each: what is new, and what the day brings. */
export type DailyStart = {
  show(morning: Morning): Promise<{ news?: string[]; today?: string[] }>;
};

/** An answer as the one who follows it up reads it. */
export type Given = {
  /** Who gave it. */
  name: string;
  grade: number;
  /** The highest grade there is. */
  to: number;
  /** In his own words; empty: not for this reader. */
  why?: string | undefined;
  /** What was asked, and where: the line under the title. */
  where: string;
  /** What else he answered unfavourably in the same go. */
  more?: Pick<Given, 'grade' | 'where' | 'why'>[] | undefined;
  /** Unfavourable, and not withdrawn: else nobody is told of it again. */
  isLow: boolean;
  /** Who hears of it when its owner lets it lie; an administrator where nobody is named. */
  rises?: { id: string; name: string } | undefined;
  /** Whose holidays those keep who hear of it; undefined: none. */
  country?: string | undefined;
};

/** What people answer to one capability, of which the unfavourable is followed up. */
export type Followed = {
  /** Kept with each follow-up, so it never changes: the capability's name. */
  kind: string;
  /** What this person answered, as it stands, as far as this reader of us may see it. Undefined when it is gone: nothing is told or done about it any more. */
  about(
    at: Pick<Due, 'tx' | 'tenant' | 'platform' | 'now' | 'defaults'>,
    of: { subject: string; person: string; reader: string },
    voice: Voice,
  ): Promise<Given | undefined>;
  /** To whom of us it can be handed over; to any where it does not say so. */
  helpers?(
    at: Pick<Due, 'tx' | 'tenant' | 'platform'>,
    subject: string,
  ): Promise<{ id: string; name: string }[] | undefined>;
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
