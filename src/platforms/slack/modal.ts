import type { types } from '@slack/bolt';
import type { Card } from '../../chat/card.ts';
import { asksSeveralGrades, endsOf, type Field, type Form, gradeChoices } from '../../chat/form.ts';
import { plain } from './buttons.ts';
import { cut } from './escape.ts';
import { limits } from './limits.ts';
import { type PictureOf, renderBlocks } from './render.ts';

type Input = types.InputBlock;

/** A form as a modal. `place` comes back with its submit. */
export function renderForm(form: Form, place: string): types.ModalView {
  const inMenus = asksSeveralGrades(form);
  const inputs = form.fields.flatMap((field) => renderField(field, inMenus));
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

/** A card as a window that asks nothing. `place` comes back with a press in it. */
export function renderNotice(card: Card, place: string): types.ModalView {
  const blocks = renderBlocks(card.elements, limits.viewBlocks);
  const private_metadata = JSON.stringify({ place });
  return { type: 'modal', title: plain('Belay', limits.viewTitle), private_metadata, blocks };
}

/** A card as a person's own page of the app. */
export function renderHome(card: Card, pictureOf?: PictureOf): types.HomeView {
  return { type: 'home', blocks: renderBlocks(card.elements, limits.viewBlocks, pictureOf) };
}

function renderField(field: Field, inMenus: boolean): Input[] {
  const element = renderElement(field, inMenus);
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

function renderElement(field: Field, inMenus: boolean): Input['element'] | undefined {
  switch (field.kind) {
    case 'text':
      return renderText(field);
    case 'grade':
      return renderGrade(field, inMenus);
    case 'choice':
      return renderChoice(field);
    case 'person':
      return renderPerson(field);
  }
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

/** The whole scale in sight where Slack allows it, low to high; more than ten, and several, are menus that say their ends. */
function renderGrade(field: Extract<Field, { kind: 'grade' }>, inMenu: boolean): Choice | undefined {
  const { id, value } = field;
  const steps = gradeChoices(field);
  const choice = choiceOf(id, steps, value === undefined ? undefined : `${value}`);
  if (!choice) return undefined;
  if (!inMenu && steps.length <= limits.gradeOptions) return { type: 'radio_buttons', ...choice };
  return { type: 'static_select', ...choice, placeholder: plain(endsOf(field), limits.placeholder) };
}

function renderChoice({ id, choices, value }: Extract<Field, { kind: 'choice' }>): Choice | undefined {
  const choice = choiceOf(id, choices, value);
  const type = choices.length <= limits.radioOptions ? 'radio_buttons' : 'static_select';
  return choice && { type, ...choice };
}

type Choice = types.StaticSelect | types.RadioButtons;

/** What menus and radio buttons have in common; undefined without a choice in it, because Slack takes none such. */
function choiceOf(id: string, choices: { value: string; label: string }[], value: string | undefined) {
  const options = choices.slice(0, limits.selectOptions).map((choice) => ({
    text: plain(choice.label, limits.optionText),
    value: cut(choice.value, limits.optionValue),
  }));
  if (options.length === 0) return undefined;
  const chosen = options[choices.findIndex((choice) => choice.value === value)];
  return { action_id: id, options, ...(chosen ? { initial_option: chosen } : {}) };
}

function renderPerson({ id, value }: Extract<Field, { kind: 'person' }>): types.UsersSelect {
  const known = value && /^[UW]\w+$/.test(value) ? { initial_user: value } : {};
  return { type: 'users_select', action_id: id, ...known };
}
