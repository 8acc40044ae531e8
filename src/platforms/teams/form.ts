import type { CardElement, IChoiceSetInput, ITextInput } from '@microsoft/teams.cards';
import type { Button } from '../../chat/card.ts';
import { asksSeveralGrades, endsOf, type Field, type Form, gradeChoices } from '../../chat/form.ts';
import type { Language } from '../../chat/request.ts';
import { voice } from '../../text/say.ts';
import { actionSets, dataOf, execute } from './actions.ts';
import { drawElements } from './elements.ts';
import { label, literal } from './escape.ts';
import { limits } from './limits.ts';
import { paragraphs } from './text.ts';

/** Up to this many choices stand open; more are a list. */
const mostOpen = 5;

/** A form's questions, and its send button before `others`; cancelling is leaving the card alone. */
export function drawForm(form: Form, max: number, others: Button[] = []): CardElement[] {
  const send = execute(
    {
      verb: form.name,
      data: { ...dataOf(form.subject), form: true },
      title: label(form.send, limits.title),
    },
    { style: 'positive' },
  );
  const drawn = { max, language: form.language, inLists: asksSeveralGrades(form) };
  return [
    ...drawElements(form.intro ?? [], max),
    ...form.fields.flatMap((field) => drawField(field, drawn)),
    ...actionSets(others, [send]),
  ];
}

/** `inLists`: a scale's grades are a list to open, because there are several scales. */
type Drawn = { max: number; language: Language | undefined; inLists: boolean };

function drawField(field: Field, drawn: Drawn): CardElement[] {
  const hint = field.hint ? paragraphs(field.hint, limits.label, { isSubtle: true, size: 'Small' }) : [];
  return [input(field, drawn), ...hint.map((block) => ({ ...block, spacing: 'Small' as const }))];
}

/** What Teams shows at a question that was left open. */
function missing(field: Field, name: string, language: Language | undefined): string {
  if (!language) return name;
  return voice(language)(field.kind === 'text' ? 'teams.fill-in' : 'teams.choose', { label: name });
}

function input(field: Field, { max, language, inLists }: Drawn): ITextInput | IChoiceSetInput {
  const name = label(field.label, limits.label);
  const errorMessage = missing(field, name, language);
  const required = field.optional ? {} : { isRequired: true, errorMessage };
  const shared = { id: field.id, label: name, ...required };
  if (field.kind === 'text')
    return {
      type: 'Input.Text',
      ...shared,
      maxLength: field.maxLength,
      ...(field.multiline && { isMultiline: true }),
      ...(field.value !== undefined && { value: literal(field.value, Math.min(max, field.maxLength)) }),
      ...(field.placeholder !== undefined && { placeholder: label(field.placeholder, limits.label) }),
    };
  return {
    type: 'Input.ChoiceSet',
    ...shared,
    style: styleOf(field, inLists),
    ...(field.kind === 'grade' && inLists && { placeholder: label(endsOf(field), limits.label) }),
    wrap: true,
    choices: choicesOf(field)
      .slice(0, limits.choices)
      .map(({ label: title, value }) => ({ title: label(title, Math.min(max, limits.title)), value })),
    ...(field.value !== undefined && { value: `${field.value}` }),
  };
}

type Choosing = Exclude<Field, { kind: 'text' }>;

function styleOf(field: Choosing, inLists: boolean): 'expanded' | 'compact' | 'filtered' {
  if (field.kind === 'person') return 'filtered';
  const isOpen = field.kind === 'grade' ? !inLists : field.choices.length <= mostOpen;
  return isOpen ? 'expanded' : 'compact';
}

function choicesOf(field: Choosing): { value: string; label: string }[] {
  if (field.kind === 'choice') return field.choices;
  if (field.kind === 'person') return field.people.map(({ id, name }) => ({ value: id, label: name }));
  return gradeChoices(field);
}
