import type {
  AnyBlock,
  Button,
  InputBlock,
  KnownBlock,
  RichTextElement,
  TextObject,
  View,
} from '@slack/types';
import type { Theme } from './browser.ts';
import { slackStyle } from './slack-preview-style.ts';

/** What Slack would show. `pictures` are the uploaded files, by their id. */
export type SlackSight = { pictures?: Record<string, Buffer> } & (
  | { blocks: AnyBlock[]; ephemeral?: boolean }
  | { view: View }
);

/**
 * A page that looks much like Slack's client, for people to judge a card by; it proves nothing. Throws on what it
 * does not know.
 */
export function slackPage(sight: SlackSight, { theme, width }: { theme: Theme; width: number }): string {
  const pictures = sight.pictures ?? {};
  const body = 'view' in sight ? viewHtml(sight.view, pictures) : messageHtml(sight, pictures);
  const style = `<style>${slackStyle}</style>`;
  return `<!doctype html><meta charset="utf-8">${style}<body class="${theme}" style="width:${width}px"><main id="sight">${body}</main>`;
}

type Pictures = Record<string, Buffer>;

function messageHtml({ blocks, ephemeral }: { blocks: AnyBlock[]; ephemeral?: boolean }, pictures: Pictures) {
  const whisper = ephemeral ? '<div class="whisper">Only visible to you</div>' : '';
  return `<div class="message"><div class="avatar">B</div><div class="body">${whisper}
    <div class="sender"><b>Belay</b><i>APP</i><time>9:41 AM</time></div>${blocksHtml(blocks, pictures)}</div></div>`;
}

function viewHtml(view: View, pictures: Pictures): string {
  const blocks = blocksHtml(view.blocks, pictures);
  if (view.type === 'home') return `<div class="home">${blocks}</div>`;
  if (view.type !== 'modal') throw new Error(`The preview knows no view of type ${view.type}.`);
  const close = view.close ? `<span class="button">${text(view.close)}</span>` : '';
  const submit = view.submit ? `<span class="button primary">${text(view.submit)}</span>` : '';
  const footer = close || submit ? `<footer>${close}${submit}</footer>` : '';
  return `<div class="shade"><div class="modal"><header><div class="avatar">B</div><h1>${text(view.title)}</h1><span>✕</span></header>
    <section>${blocks}</section>${footer}</div></div>`;
}

function blocksHtml(blocks: AnyBlock[], pictures: Pictures): string {
  return blocks
    .map((block) => `<div class="block ${block.type}">${blockHtml(block, pictures)}</div>`)
    .join('\n');
}

function isKnown(block: AnyBlock): block is KnownBlock {
  return /^(header|section|context|divider|actions|image|rich_text|input)$/.test(block.type);
}

function blockHtml(block: AnyBlock, pictures: Pictures): string {
  if (!isKnown(block)) throw new Error(`The preview knows no block of type ${block.type}.`);
  switch (block.type) {
    case 'header':
      return text(block.text);
    case 'section': {
      const fields = block.fields?.map((field) => `<div>${text(field)}</div>`).join('');
      const said = block.text ? `<div>${text(block.text)}</div>` : '';
      const beside = block.accessory ? elementHtml(block.accessory) : '';
      return `<div class="said">${said}${fields ? `<div class="fields">${fields}</div>` : ''}</div>${beside}`;
    }
    case 'context':
      return block.elements.map((element) => `<span>${contextHtml(element)}</span>`).join('');
    case 'divider':
      return '<hr>';
    case 'actions':
      return block.elements.map(elementHtml).join('');
    case 'image':
      return imageHtml(block, pictures);
    case 'rich_text':
      return block.elements.map(richHtml).join('');
    case 'input':
      return inputHtml(block);
    default:
      throw new Error(`The preview knows no block of type ${block.type}.`);
  }
}

function contextHtml(element: { type: string }): string {
  if (isText(element)) return text(element);
  throw new Error(`The preview knows no ${element.type} in a context.`);
}

function isText(element: { type: string }): element is TextObject {
  return element.type === 'plain_text' || element.type === 'mrkdwn';
}

function imageHtml(block: Extract<KnownBlock, { type: 'image' }>, pictures: Pictures): string {
  const file =
    'slack_file' in block && block.slack_file && 'id' in block.slack_file ? block.slack_file.id : '';
  const png = file ? pictures[file] : undefined;
  if (!png) throw new Error(`The preview was given no picture for ${file || 'an image without a file'}.`);
  const title = block.title ? `<div class="title">${text(block.title)} <small>▾</small></div>` : '';
  return `${title}<img alt="${literal(block.alt_text)}" src="data:image/png;base64,${png.toString('base64')}">`;
}

function richHtml(part: Extract<KnownBlock, { type: 'rich_text' }>['elements'][number]): string {
  switch (part.type) {
    case 'rich_text_section':
      return `<div>${part.elements.map(spanHtml).join('')}</div>`;
    case 'rich_text_quote':
      return `<blockquote>${part.elements.map(spanHtml).join('')}</blockquote>`;
    case 'rich_text_preformatted':
      return `<pre>${part.elements.map(spanHtml).join('')}</pre>`;
    case 'rich_text_list':
      return `<ul>${part.elements.map((item) => `<li>${richHtml(item)}</li>`).join('')}</ul>`;
  }
}

function spanHtml(element: RichTextElement): string {
  if (element.type === 'text') {
    const { bold, italic, strike, code } = element.style ?? {};
    const tags = [bold && 'b', italic && 'em', strike && 's', code && 'code'].filter(
      (tag) => tag !== undefined && tag !== false,
    );
    return tags.reduce((inside, tag) => `<${tag}>${inside}</${tag}>`, literal(element.text));
  }
  if (element.type === 'link') return `<a>${literal(element.text ?? element.url)}</a>`;
  throw new Error(`The preview knows no ${element.type} in rich text.`);
}

type Interactive = { type: string };
type Choices = {
  type: string;
  options?: { text: TextObject; value?: string }[];
  initial_option?: { value?: string };
  placeholder?: TextObject;
};

function elementHtml(element: Interactive): string {
  if (isButton(element)) return `<span class="button ${element.style ?? ''}">${text(element.text)}</span>`;
  if (isChoices(element)) return choicesHtml(element);
  if (element.type === 'users_select') return '<span class="field select">Select a user</span>';
  throw new Error(`The preview knows no element of type ${element.type}.`);
}

function isButton(element: Interactive): element is Button {
  return element.type === 'button';
}

function isChoices(element: Interactive): element is Choices {
  return element.type === 'static_select' || element.type === 'radio_buttons';
}

function choicesHtml({ type, options = [], initial_option, placeholder }: Choices): string {
  const chosen = options.find(({ value }) => value === initial_option?.value);
  const empty = `<span class="placeholder">${placeholder ? text(placeholder) : 'Select an option'}</span>`;
  if (type === 'static_select')
    return `<span class="field select">${chosen ? text(chosen.text) : empty}</span>`;
  const radios = options.map((option) => {
    const dot = option === chosen ? 'dot chosen' : 'dot';
    return `<label><span class="${dot}"></span>${text(option.text)}</label>`;
  });
  return `<div class="radios">${radios.join('')}</div>`;
}

function inputHtml({ label, hint, optional, element }: InputBlock): string {
  const name = `${text(label)}${optional ? ' <span class="optional">(optional)</span>' : ''}`;
  const field =
    element.type === 'plain_text_input'
      ? `<div class="field ${element.multiline ? 'tall' : ''}">${
          element.initial_value
            ? literal(element.initial_value)
            : `<span class="placeholder">${element.placeholder ? text(element.placeholder) : ''}</span>`
        }</div>`
      : elementHtml(element);
  return `<div class="label">${name}</div>${field}${hint ? `<div class="hint">${text(hint)}</div>` : ''}`;
}

function text(object: TextObject): string {
  return object.type === 'plain_text' ? literal(object.text) : mrkdwn(object.text);
}

function mrkdwn(raw: string): string {
  return literal(
    raw.replace(/&(amp|lt|gt);/g, (_, name: 'amp' | 'lt' | 'gt') => ({ amp: '&', lt: '<', gt: '>' })[name]),
  )
    .replace(/(^|[\s(])\*([^*\n]+)\*/g, '$1<b>$2</b>')
    .replace(/(^|[\s(])_([^_\n]+)_/g, '$1<em>$2</em>');
}

function literal(raw: string): string {
  return raw.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
