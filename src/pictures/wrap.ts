import { clean, cut } from './words.ts';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const most = 1000;

/** The text in at most `lines` lines of `room` units at this size; what has no room ends in an ellipsis. */
export function wrapped(text: string, { room, fontSize, lines }: Space): string[] {
  const fits = (words: string) => widthOf(words) * fontSize <= room;
  const all: string[] = [];
  let rest = clean(text).slice(0, most).replace(/\s+/g, ' ').trim();
  while (rest !== '' && all.length < lines) {
    const isLast = all.length === lines - 1;
    const line =
      isLast && !fits(rest) ? `${firstOf(rest, (part) => fits(`${part}…`))}…` : firstOf(rest, fits);
    all.push(cut(line, most));
    rest = rest.slice(line.length).trim();
  }
  return all;
}

type Space = { room: number; fontSize: number; lines: number };

/** As many whole words as fit; of a word too long for that, which would leave a line half empty, as many letters. */
function firstOf(text: string, fits: (words: string) => boolean): string {
  if (fits(text)) return text;
  let [kept, whole] = ['', ''];
  for (const { segment } of graphemes.segment(text)) {
    if (segment === ' ') whole = kept;
    if (kept !== '' && !fits(kept + segment)) break;
    kept += segment;
  }
  return 2 * whole.length > kept.length ? whole : kept;
}

/** Widths of Inter's letters, in parts of their size, a little on the wide side; those that it lacks are squares. */
const widths: [RegExp, number][] = [
  [/[ijl ï’]/, 0.28],
  [/[tI,.:;'!·|]/, 0.33],
  [/[fr()[\]/\\1]/, 0.41],
  [/[ackstvxyzJL7?*"“”–_-]/, 0.57],
  [/[ehnou]/, 0.6],
  [/[mwMW@%—…]/, 0.95],
  [/[A-Z&+=<>€]/, 0.73],
  [/[\p{Script=Latin}\p{N}]/u, 0.62],
];

function widthOf(words: string): number {
  return [...graphemes.segment(words)].reduce(
    (sum, { segment }) => sum + (widths.find(([letters]) => letters.test(segment))?.[1] ?? 1),
    0,
  );
}
