import type { Card } from './card.ts';
import type { Form } from './form.ts';
import type { Language } from './request.ts';

/**
 * Who may read it. internal: the team, never a client. anyone: whoever is in the channel, a client too.
 * person: the one it is for, whoever he is, and nobody beside him.
 */
export type Audience = 'internal' | 'anyone' | 'person';

/** What a handler wants done, as data. Answers and forms go to who spoke; the rest goes through the outbox. */
export type Effect =
  /** For the one who spoke, where he spoke. `form` may follow it: shown with it, or behind its first button. */
  | {
      do: 'answer';
      card: Card;
      audience: Audience;
      form?: Form | undefined;
      /** As a message of its own: the card whose button was pressed is still needed. */
      beside?: boolean | undefined;
      /** The message before him is updated to the same: it goes straight back, or not at all, so that he has it once. */
      updated?: boolean | undefined;
    }
  /**
   * A form. Where it can only go by message it stands where he spoke for everybody there, because it carries the
   * place; with `alone` it goes to him alone.
   */
  | { do: 'ask'; form: Form; alone?: boolean | undefined }
  | {
      do: 'post';
      /** mail: an e-mail address; only where `mails` says that Belay can mail. */
      to: { place: string } | { person: string } | { mail: string };
      card: Card;
      audience: Audience;
      /** The name under which this message can be updated later, such as `poll:ID`. */
      key?: string | undefined;
      /** When nobody knows whether it arrived: send it once more (a poll), or not (a nudge). */
      resend: boolean;
      /** It makes no sense any more after this; a day after it is put out at the latest. */
      until?: Temporal.Instant | undefined;
      /**
       * The job that is run when it can never be posted, or only when it was not in time: there the feature tells somebody,
       * and tidies up.
       */
      otherwise?: { job: string; subject: string; only?: 'expired' | undefined } | undefined;
    }
  /**
   * A new card in an earlier message's place. counting: only a number moved, so the platform may wait or leave it;
   * final: the message means something else now.
   */
  | {
      do: 'update';
      key: string;
      /** Where the message stands. */
      to: { place: string } | { person: string };
      card: Card;
      audience: Audience;
      pace: 'counting' | 'final';
    }
  /** The person's own page of Belay, where the platform has one. */
  | { do: 'home'; card: Card }
  /** Work for later. With `once`, a pending job of that name and key is kept and this one dropped. */
  | { do: 'later'; job: string; subject: string; at: Temporal.Instant; once?: boolean | undefined };

/** An answer beside the card whose button was pressed, which stays. */
export function beside(card: Card, audience: Audience): Effect {
  return { do: 'answer', card, audience, beside: true };
}

/** Notes on answers and forms what they speak, unless they say so: a platform may have to add words of its own. */
export function spokenIn(language: Language, effects: Effect[]): Effect[] {
  return effects.map((effect) => {
    if (effect.do === 'ask') return { ...effect, form: { language, ...effect.form } };
    if (effect.do !== 'answer') return effect;
    const { card, form } = effect;
    return { ...effect, card: { language, ...card }, ...(form && { form: { language, ...form } }) };
  });
}

/** An answer to the one who spoke. */
export function answer(card: Card, audience: Audience, form?: Form): Effect {
  return { do: 'answer', card, audience, form };
}
