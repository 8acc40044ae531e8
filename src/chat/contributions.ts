import type { Button, Element } from './card.ts';
import type { Asked, Due } from './feature.ts';
import type { Voice } from './voice.ts';

/** What one capability tells of what it knows, where another shows it. */

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
