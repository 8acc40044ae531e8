import type { Colleague } from '../clients/clients.ts';
import { after, asTyped, type Expectation, isOpen, limits, type Wording } from './expectations.ts';

/** What the client can say to a wording that is put before him. */
export type ClientMove = 'confirm' | 'correct' | 'doubt';

export type Given = { move: 'confirm' | 'doubt' } | { move: 'correct'; text: string };

/**
 * What an answer to a wording meets. may: it counts. done: that was said already. stale: another text is before the
 * client by now. waits: the team is at it. over: nothing is asked about it any more.
 */
export type Standing = 'may' | 'done' | 'stale' | 'waits' | 'over';

/** What an answer to this wording meets. */
export function standingOf(
  expectation: Pick<Expectation, 'state' | 'wording'>,
  wording: string,
  move: ClientMove,
): Standing {
  const { state } = expectation;
  if (!isOpen(expectation)) return 'over';
  const isBeforeClient = state === 'sent' || state === 'confirmed';
  if (expectation.wording.id !== wording) return isBeforeClient ? 'stale' : 'waits';
  if (after(state, move, 'client')) return 'may';
  const isSaid = (move === 'confirm' && state === 'confirmed') || (move === 'doubt' && state === 'doubted');
  return isSaid ? 'done' : 'waits';
}

/** Whether this is what the same person wrote just now: a form that was sent twice. */
export function isSentTwice(
  { state, wording }: Expectation,
  who: Colleague,
  text: string | undefined,
): boolean {
  return state === 'corrected' && wording.author.id === who.id && isSame(wording.text, text);
}

/** What is wrong with what the client wants a wording to say instead; undefined: nothing. */
export function correctionRefusal(
  { text: current }: Pick<Wording, 'text'>,
  typed: string | undefined,
): 'empty' | 'long' | 'same' | undefined {
  const text = asTyped(typed);
  if (text === '') return 'empty';
  if ([...text].length > limits.text) return 'long';
  return isSame(current, text) ? 'same' : undefined;
}

/** Whether these are the same words, but for spaces and how lines are broken. */
export function isSame(one: string, other: string | undefined): boolean {
  const bare = (text: string | undefined) => (text ?? '').trim().replace(/\s+/g, ' ');
  return bare(one) === bare(other);
}

/** What a choice of the page says: the answer, and the wording it was given to. */
export function readChoice(value: string | undefined): { move: ClientMove; wording: string } | undefined {
  const [, move, wording] = /^(confirm|correct|doubt)\.(.+)$/s.exec(value ?? '') ?? [];
  if (wording === undefined) return undefined;
  return move === 'confirm' || move === 'correct' || move === 'doubt' ? { move, wording } : undefined;
}
