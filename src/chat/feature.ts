import type { Db, Migrations } from '../store/database.ts';
import type { Say } from '../text/say.ts';
import type { Button } from './card.ts';
import type { Effect } from './effect.ts';
import type { Field } from './form.ts';
import type { EventName, Language, Mention, Person, Place } from './request.ts';

/** Who may use a handler. member: of this workspace, no outsider. Finer rules are the feature's own. */
export type Right = 'anyone' | 'member' | 'admin';

/** A request as its handler sees it: rights checked, settings applied, inside the transaction. */
export type Asked = {
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
export type Due = {
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
  run(asked: Asked, rest: { text: string; mentions: Mention[] }): Promise<Effect[]>;
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

export type Job = { run(due: Due): Promise<Effect[]> };

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

/** A capability: what it hears, what it does later, and what it contributes. Nothing undeclared is allowed. */
export type Feature = {
  name: string;
  migrations?: Migrations;
  commands?: Command[];
  /** By name, `<feature>.<verb>`. */
  presses?: Record<string, Press>;
  forms?: Record<string, Submit>;
  jobs?: Record<string, Job>;
  events?: Partial<Record<EventName, { run(asked: Asked): Promise<Effect[]> }>>;
  settings?: Setting[];
  /** Buttons on the hub, for those who may press them; none where it would make no sense. */
  hub?: { who: Right; button(asked: Asked): Button | undefined }[];
};
