import { Refusal, type RefusalCode } from './refusal.ts';

type Asked = { most: number; field: string };

/** What was typed in a field, without the space around it; undefined for nothing. Throws a Refusal for too many letters. */
export function typedText(typed: string | undefined, { most, field }: Asked): string | undefined {
  const text = typed?.trim() || undefined;
  if (text && [...text].length > most) throw new Refusal('error.text-too-long', { most }, { field });
  return text;
}

/** The same where something must be typed. Throws a Refusal of this code for nothing. */
export function requiredText(
  typed: string | undefined,
  { empty, ...asked }: Asked & { empty: RefusalCode },
): string {
  const text = typedText(typed, asked);
  if (text === undefined) throw new Refusal(empty, {}, { field: asked.field });
  return text;
}
