import type { Element } from './card.ts';
import type { Language } from './request.ts';

/** One question of a form. `id` is the field's name in the submit; an empty answer is absent from it. */
export type Field = {
  id: string;
  label: string;
  optional?: boolean | undefined;
  hint?: string | undefined;
} & (
  | {
      kind: 'text';
      multiline?: boolean | undefined;
      maxLength: number;
      value?: string | undefined;
      placeholder?: string | undefined;
    }
  /** One whole number of a scale; `spoken` are its labels in words, `low` and `high` stand at its ends. */
  | {
      kind: 'grade';
      from: number;
      to: number;
      low: string;
      high: string;
      spoken: string[];
      value?: number | undefined;
    }
  | { kind: 'choice'; choices: { value: string; label: string }[]; value?: string | undefined }
  /** A person of this workspace; the answer is the person's id. `people` are those Belay knows. */
  | { kind: 'person'; people: { id: string; name: string }[]; value?: string | undefined }
);

/** Questions asked together. Sending it is a submit named `name` with `subject`. */
export type Form = {
  name: string;
  subject?: string | undefined;
  /** At most 24 characters: Slack cuts there. */
  title: string;
  /** Shown above the questions. */
  intro?: Element[] | undefined;
  fields: Field[];
  send: string;
  cancel: string;
  /** What it speaks, for where a platform has to add words of its own. */
  language?: Language | undefined;
};

/** The form with these answers in it, as a submit brings them. */
export function filled(form: Form, answers: Record<string, string>): Form {
  const fields = form.fields.map((field): Field => {
    const value = answers[field.id];
    return field.kind === 'grade'
      ? { ...field, value: value ? Number(value) : undefined }
      : { ...field, value };
  });
  return { ...form, fields };
}

/** Whether it asks for several grades: with the whole scale of each in sight it would be too long for anybody. */
export function asksSeveralGrades({ fields }: Pick<Form, 'fields'>): boolean {
  return fields.filter(({ kind }) => kind === 'grade').length > 1;
}

/** The ends of a scale in words, for a menu that shows none of its grades: `1 = very poor  ·  10 = outstanding`. */
export function endsOf({ from, to, low, high }: Pick<Grade, 'from' | 'to' | 'low' | 'high'>): string {
  return `${from} = ${low}  ·  ${to} = ${high}`;
}

type Grade = Extract<Field, { kind: 'grade' }>;

/** The grades of a scale as choices, its ends with their words: `0 – very unlikely`, `1`, … */
export function gradeChoices(
  grade: Pick<Grade, 'from' | 'to' | 'low' | 'high'>,
): { value: string; label: string }[] {
  const { from, to, low, high } = grade;
  return Array.from({ length: Math.max(to - from + 1, 0) }, (_, index) => {
    const number = from + index;
    const end = number === from ? low : number === to ? high : '';
    return { value: `${number}`, label: end.trim() ? `${number} – ${end}` : `${number}` };
  });
}
