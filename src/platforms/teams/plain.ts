/** What Teams writes as HTML, as a person reads it: words and line breaks, nothing that is live. */

/** Nobody writes more; what is longer is not Teams'. */
const mostUnits = 200_000;

const blocks = new Set(['p', 'div', 'tr', 'blockquote', 'pre', 'table', 'ul', 'ol', 'hr', 'attachment']);
const heading = /^h[1-6]$/;
/** Nobody reads what stands in these. */
const unread = new Set(['script', 'style', 'title', 'template']);

type Tag = { name: string; closes: boolean; attributes: string };

/**
 * The words of a message's HTML. Mentions are `@Name`, pictures of smileys the smiley; what another wrote, to whom this
 * is a reply, is left out. Reads each letter once, whatever comes.
 */
export function plainText(html: string): string {
  let text = '';
  /** The element that is being left out, until it ends. */
  let without: string | undefined;
  // Each even part is text, each odd one a tag.
  html
    .slice(0, mostUnits)
    .split(/(<[/!]?[a-z-][^<>]*>)/i)
    .forEach((part, index) => {
      const tag = index % 2 === 1 ? tagOf(part) : undefined;
      if (without !== undefined) {
        if (tag?.closes && tag.name === without) without = undefined;
      } else if (index % 2 === 0) text += decoded(part.replaceAll(/\s+/g, ' '));
      else if (tag && isLeftOut(tag)) without = tag.name;
      else if (tag) text += wordsFor(tag);
    });
  return text
    .toWellFormed()
    .replaceAll(/[ \u00a0]+/g, ' ')
    .replaceAll(/ ?\n ?/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

function tagOf(part: string): Tag | undefined {
  const [, slash, name, attributes = ''] = /^<(\/?)([a-z][a-z0-9]*)([\s\S]*)>$/i.exec(part) ?? [];
  return name === undefined ? undefined : { name: name.toLowerCase(), closes: slash === '/', attributes };
}

function isLeftOut({ name, closes, attributes }: Tag): boolean {
  if (closes) return false;
  return unread.has(name) || (name === 'blockquote' && /schema\.skype\.com\/Reply/i.test(attributes));
}

function wordsFor({ name, closes, attributes }: Tag): string {
  if (name === 'br') return '\n';
  if (name === 'at') return closes ? '' : '@';
  if (name === 'li') return closes ? '' : '\n- ';
  if (blocks.has(name) || heading.test(name)) return '\n';
  if (name === 'td' || name === 'th') return ' ';
  if (name === 'emoji' || (name === 'img' && /schema\.skype\.com\/Emoji/i.test(attributes)))
    return closes ? '' : decoded(/\balt="([^"]*)"/i.exec(attributes)?.[1] ?? '');
  return '';
}

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Text with its entities as letters, without NUL. */
export function decoded(text: string): string {
  return text
    .replaceAll(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|([a-z]+));/gi, (whole, decimal, hex, name) => {
      if (name) return named[name.toLowerCase()] ?? whole;
      return String.fromCodePoint(decimal ? Number(decimal) : Number.parseInt(hex, 16));
    })
    .replaceAll('\0', '');
}
