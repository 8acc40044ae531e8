const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

// Controls but the line break, and the marks that turn the direction of what follows.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unwanted = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff]/g;
const wordJoiner = '\u2060';

/**
 * Text as a card shows it literally, at most `max` graphemes long: no controls, and no `{{DATE(…)}}`, which
 * Adaptive Cards would work out wherever it stands. Markdown is not touched: this text goes where none is read.
 */
export function literal(text: string, max: number): string {
  const plain = text.replaceAll(/\r\n?/g, '\n').replaceAll('\t', ' ').replaceAll(unwanted, '').toWellFormed();
  return cut(plain, max).replaceAll(/\{(?=\{)/g, `{${wordJoiner}`);
}

/** The same on one line, for a button or a label: never empty, because Teams does not take those. */
export function label(text: string, max: number): string {
  return literal(text, max).replaceAll(/\s+/g, ' ').trim() || '…';
}

/** What was typed into an input that `literal` filled. */
export function typed(text: string): string {
  return text.replaceAll(`{${wordJoiner}`, '{');
}

function cut(text: string, max: number): string {
  // A grapheme can be thousands of combining marks, so its size is bounded too.
  const maxUnits = max * 2 + 10;
  if (text.length <= max) return text;
  let end = 0;
  let count = 0;
  for (const { index, segment } of graphemes.segment(text)) {
    if (count === max - 1 && index + segment.length < text.length) return `${text.slice(0, end)}…`;
    if (index + segment.length > maxUnits) return `${text.slice(0, end)}…`;
    end = index + segment.length;
    count += 1;
  }
  return text;
}
