import type { Field } from '../../chat/form.ts';
import { type Html, html } from '../../text/html.ts';
import type { Say } from '../../text/say.ts';
import { rowClass } from './style.ts';

type Grade = Extract<Field, { kind: 'grade' }>;
type Choice = Extract<Field, { kind: 'choice' }>;
type Text = Extract<Field, { kind: 'text' }>;

/** What stands about a field: its explanations by their ids, and whether the keyboard begins there. */
type About = { lines: Html[]; ids: string[]; wrong: boolean };

/**
 * One question of a form. `typed` goes before the value it begins with; `wrong` says what was wrong with it, and makes
 * the keyboard begin there.
 */
export function drawField(
  field: Field,
  typed: string | undefined,
  wrong: string | undefined,
  say: Say,
): Html {
  const about = aboutOf(field, wrong);
  const label = html`${field.label}${
    field.optional ? html` <span class="optional">(${say('web.optional')})</span>` : undefined
  }`;
  switch (field.kind) {
    case 'grade':
      return drawGrade(field, typed ?? field.value?.toString(), label, about);
    case 'choice':
      return drawChoice(field, typed ?? field.value, label, about);
    case 'text':
      return drawText(field, typed ?? field.value ?? '', label, about);
    case 'person':
      throw new Error('A page asks nobody outside for a person of the workspace.');
  }
}

function aboutOf({ id, hint }: Field, wrong: string | undefined): About {
  const lines: Html[] = [];
  const ids: string[] = [];
  if (hint !== undefined) {
    lines.push(html`<p class="hint" id="${id}-hint">${hint}</p>`);
    ids.push(`${id}-hint`);
  }
  if (wrong !== undefined) {
    lines.push(html`<p class="wrong" id="${id}-wrong">${wrong}</p>`);
    ids.push(`${id}-wrong`);
  }
  return { lines, ids, wrong: wrong !== undefined };
}

function drawGrade(field: Grade, value: string | undefined, label: Html, about: About): Html {
  const { id, from, to, low, high, spoken } = field;
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const begin = numbers.some((number) => String(number) === value) ? value : String(from);
  const tiles = numbers.map((number, index) => {
    const at = { id, value: String(number), isChosen: String(number) === value };
    const focus = about.wrong && begin === at.value;
    return html`<label class="tile">${radio(at, field, focus, spoken[index])}<span aria-hidden="true">${number}</span></label>`;
  });
  return group(
    { ...about, ids: [...about.ids, `${id}-ends`] },
    label,
    html`<div class="${rowClass(numbers.length)}"><div class="tiles">${tiles}</div></div>
<p class="ends" id="${id}-ends"><span>${from}: ${low}</span> <span>${to}: ${high}</span></p>`,
  );
}

function drawChoice(field: Choice, value: string | undefined, label: Html, about: About): Html {
  const begin = field.choices.some((choice) => choice.value === value) ? value : field.choices[0]?.value;
  const choices = field.choices.map((choice) => {
    const at = { id: field.id, value: choice.value, isChosen: choice.value === value };
    const focus = about.wrong && begin === choice.value;
    return html`<label class="choice">${radio(at, field, focus)}<span>${choice.label}</span></label>`;
  });
  return group(about, label, html`<div class="choices">${choices}</div>`);
}

function group({ lines, ids }: About, label: Html, answers: Html): Html {
  return html`<fieldset class="field"${describedBy(ids)}><legend>${label}</legend>${lines}${answers}</fieldset>`;
}

function radio(
  { id, value, isChosen }: { id: string; value: string; isChosen: boolean },
  { optional }: Field,
  focus: boolean,
  spoken?: string,
): Html {
  const name = spoken === undefined ? undefined : html` aria-label="${spoken}"`;
  return html`<input type="radio" name="${id}" value="${value}"${name}${on('checked', isChosen)}${on('required', !optional)}${on('autofocus', focus)}>`;
}

function drawText(field: Text, value: string, label: Html, { lines, ids, wrong }: About): Html {
  const { id, maxLength, placeholder, multiline, optional } = field;
  const invalid = wrong ? html` aria-invalid="true"` : undefined;
  const example = placeholder === undefined ? undefined : html` placeholder="${placeholder}"`;
  const attributes = html`id="${id}" name="${id}" maxlength="${maxLength}"${example}${describedBy(ids)}${invalid}${on('required', !optional)}${on('autofocus', wrong)}`;
  return html`<div class="field"><label class="label" for="${id}">${label}</label>${lines}${
    // The line break after the tag is the one that HTML takes away.
    multiline
      ? html`<textarea ${attributes} rows="4">
${value}</textarea>`
      : html`<input type="text" ${attributes} value="${value}" autocomplete="off">`
  }</div>`;
}

function describedBy(ids: string[]): Html | undefined {
  return ids.length === 0 ? undefined : html` aria-describedby="${ids.join(' ')}"`;
}

function on(name: 'checked' | 'required' | 'autofocus', is: boolean): Html | undefined {
  return is ? { html: ` ${name}` } : undefined;
}
