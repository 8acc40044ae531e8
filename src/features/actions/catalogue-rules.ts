import type { Language } from '../../chat/request.ts';
import { proposeActions } from '../../text/proposals.ts';
import { actions, type Action as Entry } from '../../text/satisfaction.ts';
import type { Action } from './actions.ts';

/** Actions of the catalogue, by what is kept of them. Pure. */

/** One of the catalogue; undefined for an own one, and for one that it has no longer. */
export function entryOf(id: string | undefined): Entry | undefined {
  return actions.find((one) => one.id === id);
}

/** With whom one of the catalogue is talked over first, as it goes on in a sentence; undefined: with nobody. */
export function whomOf(entry: Entry, language: Language): string | undefined {
  const { whom } = entry[language];
  return whom && `${whom.charAt(0).toLowerCase()}${whom.slice(1)}`;
}

/** What an action is called: as the catalogue names it in this language, unless somebody put it in words of his own. */
export function titleOf(
  { catalogue, title }: Pick<Action, 'catalogue' | 'title'>,
  language: Language,
): string {
  const entry = entryOf(catalogue);
  const isItsOwn = entry !== undefined && [entry.nl.title, entry.en.title].includes(title);
  return isItsOwn ? entry[language].title : title;
}

/**
 * The three of a turn, from 0, that suit a KTI of this kind: at each next turn others, until all but these were proposed;
 * then from the beginning.
 */
export function proposedAt(kind: string | undefined, but: string[], turn: number): Entry[] {
  const turns = Math.max(Math.ceil((actions.length - new Set(but).size) / 3), 1);
  const seen = [...but];
  for (let at = 0; at < turn % turns; at += 1)
    seen.push(...proposeActions(kind, seen, 0).map(({ id }) => id));
  return proposeActions(kind, seen, 0);
}
