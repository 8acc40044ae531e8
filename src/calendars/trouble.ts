import type { CalendarTrouble } from './calendar.ts';

/** A calendar cannot be read. Says nothing but why: an address is a secret, and errors end up in logs. */
export class CalendarError extends Error {
  override readonly name = 'CalendarError';
  readonly reason: CalendarTrouble;

  constructor(reason: CalendarTrouble) {
    super(`A calendar could not be read: ${reason}.`);
    this.reason = reason;
  }
}
