import type { types } from '@slack/bolt';
import type { Card } from '../../chat/card.ts';
import type { Field, Form } from '../../chat/form.ts';
import { plain } from './buttons.ts';
import { cut } from './escape.ts';
import { limits } from './limits.ts';
import { type PictureOf, renderBlocks } from './render.ts';

type Input = types.InputBlock;

/** A form as a modal. `place` comes back with its submit. */
export function renderForm(form: Form, place: string): types.ModalView {
  const inputs = form.fields.flatMap(renderField);
  const intro = renderBlocks(form.intro ?? [], limits.viewBlocks - inputs.length);
  return {
    type: 'modal',
    callback_id: form.name,
    title: plain(form.title, limits.viewTitle),
    close: plain(form.cancel, limits.viewButton),
    submit: plain(form.send, limits.viewButton),
    private_metadata: JSON.stringify({ subject: form.subject, place }),
    blocks: [...intro, ...inputs],
  };
}

/** A card as a window that asks nothing. */
export function renderNotice(card: Card): types.ModalView {
  const blocks = renderBlocks(card.elements, limits.viewBlocks);
  return { type: 'modal', title: plain('Belay', limits.viewTitle), blocks };
}

/** A card as a person's own page of the app. */
export function renderHome(card: Card, pictureOf?: PictureOf): types.HomeView {
  return { type: 'home', blocks: renderBlocks(card.elements, limits.viewBlocks, pictureOf) };
}

function renderField(field: Field): Input[] {
  const element = renderElement(field);
  if (!element) return [];
  const input: Input = {
    type: 'input',
    block_id: field.id,
    label: plain(field.label, limits.inputLabel),
    optional: field.optional ?? false,
    ...(field.hint?.trim() ? { hint: plain(field.hint, limits.inputHint) } : {}),
    element,
  };
  return [input];
}

function renderElement(field: Field): Input['element'] | undefined {
  if (field.kind === 'text') return renderText(field);
  if (field.kind === 'choice') return renderChoice(field);
  const known = field.value && /^[UW]\w+$/.test(field.value) ? { initial_user: field.value } : {};
  return { type: 'users_select', action_id: field.id, ...known };
}

function renderText(field: Extract<Field, { kind: 'text' }>): types.PlainTextInput {
  const max = Math.min(Math.max(field.maxLength, 1), limits.inputText);
  return {
    type: 'plain_text_input',
    action_id: field.id,
    multiline: field.multiline ?? false,
    max_length: max,
    ...(field.value ? { initial_value: cut(field.value, max) } : {}),
    ...(field.placeholder?.trim() ? { placeholder: plain(field.placeholder, limits.placeholder) } : {}),
  };
}

function renderChoice(
  field: Extract<Field, { kind: 'choice' }>,
): types.StaticSelect | types.RadioButtons | undefined {
  const options = field.choices.slice(0, limits.selectOptions).map(({ value, label }) => ({
    text: plain(label, limits.optionText),
    value: cut(value, limits.optionValue),
  }));
  // Slack takes no menu without a choice in it.
  if (options.length === 0) return undefined;
  const chosen = options[field.choices.findIndex(({ value }) => value === field.value)];
  const choice = { action_id: field.id, options, ...(chosen ? { initial_option: chosen } : {}) };
  return options.length <= limits.radioOptions
    ? { type: 'radio_buttons', ...choice }
    : { type: 'static_select', ...choice };
}
