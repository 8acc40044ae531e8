import type { Mention } from '../../chat/request.ts';
import { clean, unescapeText } from './escape.ts';

/** What Slack writes between angle brackets: a person, a channel, a group, a link. */
const marked = /<([@#!]?)([^>|]*)(?:\|([^>]*))?>/g;

/** The ids of the people that a text mentions without their names, as event texts do. */
export function unnamed(text: string): string[] {
  const ids = [...text.matchAll(marked)].flatMap(([, sign, id, label]) =>
    sign === '@' && id && !label ? [id] : [],
  );
  return [...new Set(ids)];
}

/**
 * What a person typed, from a command's or an event's text: mentions as `@name` and collected, channels as
 * `#name`, links as their words. `names` are those that the text itself does not tell.
 */
export function readMarkup(
  text: string,
  names: ReadonlyMap<string, string>,
): { text: string; mentions: Mention[] } {
  const mentions: Mention[] = [];
  const read = text.replace(marked, (_whole, sign: string, target: string, label: string | undefined) => {
    if (sign === '@') {
      const name = unescapeText(label || names.get(target) || target);
      if (!mentions.some(({ id }) => id === target)) mentions.push({ id: target, name });
      return `@${name}`;
    }
    if (sign === '#') return `#${label || target}`;
    if (sign === '!') return label || `@${target}`;
    return label || target;
  });
  return { text: clean(unescapeText(read)).trim(), mentions };
}

/** The text without Belay's own mention: what was said to it. */
export function withoutMention(text: string, user: string): string {
  return text.replace(new RegExp(`<@${user}(\\|[^>]*)?>`, 'g'), ' ').trim();
}
