const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Control characters (line breaks and tabs stay) and half surrogate pairs: Slack refuses or garbles them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out
const unwanted = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/** The text without what no message can carry. */
export function clean(text: string): string {
  return text.toWellFormed().replace(unwanted, '').replace(/\r\n?/g, '\n');
}

/** The cleaned text in at most `max` UTF-16 units, cut between graphemes and then ended by “…”. */
export function cut(text: string, max: number): string {
  const cleaned = clean(text);
  if (cleaned.length <= max) return cleaned;
  let kept = '';
  // A little more than fits is looked at: segmenting a long text whole would cost time for nothing.
  for (const { segment } of segmenter.segment(cleaned.slice(0, max + 1))) {
    if (kept.length + segment.length > max - 1) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** For Slack's mrkdwn and for a message's `text`: no mention, link or date can come alive in it. */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** What a person typed, from what Slack made of it in an event's or a command's text. */
export function unescapeText(text: string): string {
  return text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
}

/** Cut first, then escaped: the limit counts what a person reads, and no entity is cut in two. */
export function escaped(text: string, max: number): string {
  let room = max;
  let result = escapeText(cut(text, room));
  while (result.length > max) {
    room -= Math.ceil((result.length - max) / 4);
    result = escapeText(cut(text, Math.max(room, 1)));
  }
  return result;
}
