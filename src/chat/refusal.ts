import type { Key } from '../text/say.ts';
import type { Button } from './card.ts';
import { type Form, filled } from './form.ts';

/** The closed set of things that can be wrong with what a person asked. Each is a sentence of data/locales. */
export type RefusalCode = Extract<Key, `error.${string}`>;

/**
 * Thrown by a handler of what nobody asked for: nothing it did is kept, and nobody is told. The reason is for the log: a
 * word of ours, nothing that anybody wrote.
 */
export class Ignored extends Error {
  readonly reason: 'meeting-not-begun' | 'meeting-far';
  constructor(reason: Ignored['reason']) {
    super(reason);
    this.name = 'Ignored';
    this.reason = reason;
  }
}

/** Thrown by a handler: nothing it did is kept, and the person is told why and what to do. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly values: Record<string, string | number>;
  /** The form's field that is wrong. */
  readonly field: string | undefined;
  /** What the person may do instead. */
  readonly buttons: Button[];
  /** The form once more, with what was typed: for platforms on which it would be lost. */
  readonly form: Form | undefined;
  constructor(
    code: RefusalCode,
    values: Record<string, string | number> = {},
    more: { field?: string | undefined; buttons?: Button[]; form?: Form } = {},
  ) {
    super(code);
    this.name = 'Refusal';
    this.code = code;
    this.values = values;
    this.field = more.field;
    this.buttons = more.buttons ?? [];
    this.form = more.form;
  }
}

/** What went wrong with a form that was sent; of a refusal, with the form and what was typed into it. To be thrown. */
export function refusedIn(form: Form, fields: Record<string, string>, error: unknown): unknown {
  if (!(error instanceof Refusal)) return error;
  const { code, values, field, buttons } = error;
  return new Refusal(code, values, { field, buttons, form: filled(form, fields) });
}
