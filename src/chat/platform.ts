import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Card } from './card.ts';
import type { Audience } from './effect.ts';
import type { Form } from './form.ts';
import type { Request } from './request.ts';

/** What goes straight back to the platform with the request. */
export type Outcome =
  | { kind: 'answer'; card: Card; form?: Form | undefined }
  | { kind: 'ask'; form: Form }
  /**
   * Bad input. The platform shows it at the field where it can, and keeps what was typed; `form` is it once more, with
   * what was typed, where there is one.
   */
  | { kind: 'refused'; text: string; field?: string | undefined; card: Card; form?: Form | undefined }
  /** Everything else goes by message, or nothing was to be said. `ignored`: why nothing came of it, for the log. */
  | { kind: 'nothing'; ignored?: string | undefined }
  /** It was heard before. */
  | { kind: 'duplicate' };

/** Takes a verified request. When the promise resolves, all it did is stored. */
export type Hear = (request: Request) => Promise<Outcome>;

/** A message on its way out, as the outbox keeps it. */
export type Outgoing = {
  id: string;
  tenant: string;
  /**
   * post: a new message. update: a new card for `ref`. whisper: for `person` alone, in `place` where he spoke.
   * home: `person`'s own page.
   */
  kind: 'post' | 'update' | 'whisper' | 'home';
  place?: string | undefined;
  person?: string | undefined;
  thread?: string | undefined;
  audience: Audience;
  card: Card;
  form?: Form | undefined;
  /** Of the message to update, as `send` returned it. */
  ref?: string | undefined;
};

/** `ref` finds the message again; `link` leads a person to it, where the platform has such links. */
export type Sent = { ref?: string | undefined; link?: string | undefined };

/**
 * later: refused for now, certainly not delivered (429, a refused connection); try after `afterMs`.
 * unknown: it may or may not have arrived (cut, timed out, a 5xx after the body was sent).
 * never: no attempt can succeed (channel archived, Belay removed, token revoked, card refused).
 */
export type Failure = 'later' | 'unknown' | 'never';

export class SendError extends Error {
  readonly failure: Failure;
  /** The platform's own word for it, such as `channel_not_found`. Safe to log. */
  readonly reason: string;
  readonly afterMs: number | undefined;
  constructor(failure: Failure, reason: string, options: { afterMs?: number; cause?: unknown } = {}) {
    super(`${failure}: ${reason}`, { cause: options.cause });
    this.name = 'SendError';
    this.failure = failure;
    this.reason = reason;
    this.afterMs = options.afterMs;
  }
}

export type Route = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>;

/** How much of what Belay says a platform takes. */
export type Pace = {
  /** The pause between two messages to one channel. */
  laneGapMs: number;
  /** Whether a message may be edited because a number moved. */
  counting: boolean;
  /** To one workspace: so many at once after a quiet time, then so many a second. */
  burst: number;
  perSecond: number;
  /** Whether a refusal of one private answer holds for all of them in its workspace. */
  whispersTogether?: boolean | undefined;
};

export type Platform = {
  name: string;
  pace: Pace;
  /** By `METHOD /path`. */
  routes: Record<string, Route>;
  /** Connects (Socket Mode, say). Throws when the credentials are refused. */
  start(): Promise<void>;
  /** Stops hearing; what is under way is finished. */
  stop(): Promise<void>;
  /** Delivers one message; throws SendError and nothing else. */
  send(message: Outgoing): Promise<Sent>;
};
