import type { Mention } from './request.ts';

/**
 * Reads `Acme @Eva Jansen`: whom it names, and the words beside that. Somebody may be named without a mention of the
 * platform, if he is known. `stray` is an @ that means nobody.
 */
export function readWho(
  text: string,
  mentions: Mention[],
  known: Mention[],
): { who: Mention[]; rest: string; stray: string | undefined } {
  const who: Mention[] = [];
  let rest = text;
  const take = (one: Mention, name: string) => {
    const found = new RegExp(`(^|\\s)@${escaped(name)}(?=[\\s,.;:]|$)`, 'iu').exec(rest);
    if (!found) return;
    rest = `${rest.slice(0, found.index)} ${rest.slice(found.index + found[0].length)}`;
    if (!who.some(({ id }) => id === one.id)) who.push({ id: one.id, name: one.name });
  };
  for (const one of mentions) take(one, one.name);
  // Of two of which one begins as the other does, the longer name was typed.
  for (const one of known.toSorted((a, b) => b.name.length - a.name.length)) take(one, one.name);
  const stray = /(?:^|\s)(@\S+)/u.exec(rest)?.[1];
  return { who, rest: rest.trim().replace(/\s+/g, ' '), stray };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
