import type { CardElement, IChoiceSetInput, ITextInput } from '@microsoft/teams.cards';
import type { Field, Form } from '../../chat/form.ts';
import { dataOf, execute } from './actions.ts';
import { drawElement } from './elements.ts';
import { literal } from './escape.ts';
import { limits } from './limits.ts';
import { paragraphs } from './text.ts';

/** Up to this many choices stand open; more are a list. */
const mostOpen = 5;

/** A form's questions and its send button; cancelling is leaving the card alone. */
export function drawForm(form: Form, max: number): CardElement[] {
  const send = execute(
    {
      verb: form.name,
      data: { ...dataOf(form.subject), form: true },
      title: literal(form.send, limits.title),
    },
    { style: 'positive' },
  );
  return [
    ...(form.intro ?? []).flatMap((element) => drawElement(element, max)),
    ...form.fields.flatMap(drawField),
    { type: 'ActionSet', actions: [send] },
  ];
}

function drawField(field: Field): CardElement[] {
  const hint = field.hint ? paragraphs(field.hint, limits.label, { isSubtle: true, size: 'Small' }) : [];
  return [input(field), ...hint.map((block) => ({ ...block, spacing: 'Small' as const }))];
}

function input(field: Field): ITextInput | IChoiceSetInput {
  const label = literal(field.label, limits.label);
  const required = field.optional ? {} : { isRequired: true, errorMessage: label };
  const shared = { id: field.id, label, ...required };
  if (field.kind === 'text')
    return {
      type: 'Input.Text',
      ...shared,
      maxLength: field.maxLength,
      ...(field.multiline && { isMultiline: true }),
      ...(field.value !== undefined && { value: literal(field.value, field.maxLength) }),
      ...(field.placeholder !== undefined && { placeholder: literal(field.placeholder, limits.label) }),
    };
  const choices =
    field.kind === 'choice'
      ? field.choices
      : field.people.map(({ id, name }) => ({ value: id, label: name }));
  return {
    type: 'Input.ChoiceSet',
    ...shared,
    style: field.kind === 'person' ? 'filtered' : choices.length <= mostOpen ? 'expanded' : 'compact',
    wrap: true,
    choices: choices.map((choice) => ({ title: literal(choice.label, limits.label), value: choice.value })),
    ...(field.value !== undefined && { value: field.value }),
  };
}
