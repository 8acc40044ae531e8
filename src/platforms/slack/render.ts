import type { types } from '@slack/bolt';
import { type Button, type Card, type Element, lastButtons, type Pictured } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import { button, linkButton, plain } from './buttons.ts';
import { clean, cut, escaped, escapeText } from './escape.ts';
import { limits } from './limits.ts';

export type Block = types.KnownBlock;

/** A message's two sides: `text` for notifications and screen readers, `blocks` for the eyes. */
export type Message = { text: string; blocks: Block[] };

/** The uploaded picture of an element, by Slack's file id; none: it is said in words. */
export type PictureOf = (pictured: Pictured) => string | undefined;

const noPicture: PictureOf = () => undefined;

/** A card as Block Kit. All its texts stay literal; none exceeds Slack's limits. */
export function renderCard(card: Card, pictureOf: PictureOf = noPicture): Message {
  const text = escaped(card.summary, limits.messageText);
  return { text, blocks: renderBlocks(card.elements, limits.messageBlocks, pictureOf) };
}

/** The card, and before its last buttons one that asks for the form. */
export function withForm(card: Card, form: Form | undefined): Card {
  if (!form) return card;
  const open: Button = { press: form.name, subject: form.subject, label: form.title, style: 'primary' };
  const { before, buttons } = lastButtons(card);
  return { ...card, elements: [...before, { kind: 'buttons', buttons: [open, ...buttons] }] };
}

/** Elements as at most `max` blocks. */
export function renderBlocks(elements: Element[], max: number, pictureOf: PictureOf = noPicture): Block[] {
  const ids = new Set<string>();
  return fitted(
    elements.flatMap((element) => renderElement(element, ids, pictureOf)),
    max,
  );
}

/** What is too much for one message goes, words first: buttons and pictures are what the message is for. */
function fitted(blocks: Block[], max: number): Block[] {
  const isEssential = (block: Block) => block.type === 'actions' || block.type === 'image';
  const isWhole = blocks.length <= max && JSON.stringify(blocks).length <= limits.blocksJson;
  if (isWhole) return blocks;
  let room: number = limits.blocksJson;
  const kept = new Set<Block>();
  for (const block of [...blocks.filter(isEssential), ...blocks.filter((one) => !isEssential(one))]) {
    room -= JSON.stringify(block).length + 1;
    if (room < 0 || kept.size === max - 1) break;
    kept.add(block);
  }
  const firstLost = blocks.find((block) => !kept.has(block));
  return blocks.flatMap((block) => (kept.has(block) ? [block] : block === firstLost ? [context('…')] : []));
}

function renderElement(element: Element, ids: Set<string>, pictureOf: PictureOf): Block[] {
  switch (element.kind) {
    case 'text':
      return clean(element.text).trim() === '' ? [] : [renderText(element.text, element.style)];
    case 'quote':
      return renderQuote(element.text, element.by);
    case 'address':
      return [renderText(element.url, undefined)];
    case 'facts':
      return renderFacts(element.facts);
    case 'figures':
      return renderFigures(element.figures);
    case 'scale':
      return renderScale(element, ids);
    case 'chart':
    case 'trend':
    case 'grades':
      return renderPicture(element, pictureOf(element));
    case 'buttons':
      return renderButtons(element.buttons, ids);
    case 'divider':
      return [{ type: 'divider' }];
  }
}

function renderText(text: string, style: Extract<Element, { kind: 'text' }>['style']): Block {
  if (style === 'heading' && clean(text).length <= limits.header)
    return { type: 'header', text: plain(text, limits.header) };
  // Rich text, because mrkdwn would read the stars and underscores in the text as markup.
  if (style === 'heading' || style === 'strong') return richText([section([bold(text)])]);
  if (style === 'subtle') return context(text);
  return { type: 'section', text: plain(text, limits.sectionText) };
}

function renderQuote(text: string, by: string | undefined): Block[] {
  const words = cut(text, limits.richText).trim() || '…';
  const quote = richText([{ type: 'rich_text_quote', elements: [{ type: 'text', text: words }] }]);
  return by?.trim() ? [quote, context(`– ${by}`)] : [quote];
}

function renderFacts(facts: { label: string; value: string }[]): Block[] {
  const each = Math.floor(limits.richText / Math.max(facts.length, 1) / 2);
  const lines = facts.map(({ label, value }, index) => {
    const end = index < facts.length - 1 ? '\n' : '';
    return [
      bold(label, each),
      { type: 'text' as const, text: `  ${cut(value, Math.max(each - 3, 1))}${end}` },
    ];
  });
  return lines.length === 0 ? [] : [richText([section(lines.flat())])];
}

function renderFigures(figures: { value: string; label: string }[]): Block[] {
  const fields = figures.slice(0, limits.sectionFields).map(({ value, label }) => figure(value, label));
  return fields.length === 0 ? [] : [{ type: 'section', fields }];
}

/** Letters, digits and the signs that figures are written with: none of them is markup. */
const withoutMarkup = /^[\p{L}\p{M}\p{N} \n.,;%+±−–—'’()/…-]+$/u;

function figure(value: string, label: string): types.MrkdwnElement | types.PlainTextElement {
  const half = limits.sectionField / 2 - 4;
  const [shown, under] = [cut(value, half).trim(), cut(label, half).trim()];
  if (!withoutMarkup.test(shown) || !withoutMarkup.test(under))
    return plain(`${shown}\n${under}`, limits.sectionField);
  return { type: 'mrkdwn', text: `*${escapeText(shown)}*\n${escapeText(under)}`, verbatim: true };
}

function renderScale(scale: Extract<Element, { kind: 'scale' }>, ids: Set<string>): Block[] {
  const numbers = Array.from(
    { length: Math.max(scale.to - scale.from + 1, 0) },
    (_, index) => scale.from + index,
  );
  if (numbers.length === 0) return [];
  // More than six wrap at any place on a phone; two rows break where it reads well.
  const perRow = Math.min(
    numbers.length <= 6 ? numbers.length : Math.ceil(numbers.length / 2),
    limits.actionsElements,
  );
  const rows = chunks(numbers, perRow).map(
    (row): Block => ({
      type: 'actions',
      elements: row.map((number) =>
        button(
          {
            press: `${scale.press}.${number}`,
            subject: scale.subject,
            label: scale.signs?.[number - scale.from] ?? String(number),
            style: number === scale.chosen ? 'primary' : undefined,
          },
          ids,
          scale.spoken[number - scale.from],
        ),
      ),
    }),
  );
  const [first, last] = [scale.signs?.[0] ?? scale.from, scale.signs?.at(-1) ?? scale.to];
  const anchors = `${first} = ${scale.low}  ·  ${last} = ${scale.high}`;
  return [...rows, context(anchors)];
}

function renderPicture({ title, alt }: Pictured, file: string | undefined): Block[] {
  if (!file) return [renderText(title, 'strong'), { type: 'section', text: plain(alt, limits.sectionText) }];
  const image: Block = {
    type: 'image',
    slack_file: { id: file },
    alt_text: cut(alt, limits.altText) || '…',
    title: plain(title, limits.imageTitle),
  };
  return [image];
}

function renderButtons(buttons: Button[], ids: Set<string>): Block[] {
  const elements = buttons.flatMap((one) => ('url' in one ? linkButton(one, ids) : [button(one, ids)]));
  return chunks(elements, 5).map((row) => ({ type: 'actions', elements: row }));
}

function context(text: string): Block {
  return { type: 'context', elements: [plain(text, limits.contextText)] };
}

function richText(elements: types.RichTextBlockElement[]): Block {
  return { type: 'rich_text', elements };
}

function section(elements: types.RichTextElement[]): types.RichTextSection {
  return { type: 'rich_text_section', elements };
}

function bold(text: string, max: number = limits.richText): types.RichTextText {
  return { type: 'text', text: cut(text, Math.max(max, 1)) || '…', style: { bold: true } };
}

function chunks<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, row) =>
    items.slice(row * size, (row + 1) * size),
  );
}
