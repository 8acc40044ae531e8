const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many letters a person sees. */
export function length(text: string): number {
  return [...graphemes.segment(text.slice(0, 1000))].length;
}

/** The cleaned text in at most `most` letters. */
export function cut(text: string, most: number): string {
  const letters = Array.from(graphemes.segment(clean(text).slice(0, 1000)), ({ segment }) => segment);
  const kept =
    letters.length > most
      ? `${letters
          .slice(0, most - 1)
          .join('')
          .trimEnd()}…`
      : letters.join('');
  // The charts' cache of measured texts is a plain object: `__proto__` as a label would write into every object.
  return kept in Object.prototype ? `${kept} ` : kept;
}

/** Without what XML forbids and what turns the reading direction of the text after it. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cn}\p{Co}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .trim();
}
