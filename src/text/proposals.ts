import { type Action, actions, type Experience, experiences } from './satisfaction.ts';

/**
 * Three different actions for a kind of expectation: an id of data/inspiration.json or data/questions.json. Those that
 * serve it come first; each next `turn`, from 0, goes on where the last one stopped. `but`: ids of actions that are not
 * proposed, so fewer than three come when fewer are left.
 */
export function proposeActions(kind: string | undefined, but: readonly string[], turn: number): Action[] {
  const left = actions.filter(({ id }) => !but.includes(id));
  const serving = left.filter(({ serves }) => kind !== undefined && serves.includes(kind));
  const others = left.filter((action) => !serving.includes(action));
  return [...turned(serving, turn * 3), ...turned(others, turn * 3)].slice(0, 3);
}

/**
 * The idea whose turn it is, from 0, for a kind of expectation: those that serve it first, then those that suit every
 * kind. An unknown kind gets the latter. Throws a RangeError when `turn` is no whole number from 0.
 */
export function experienceFor(kind: string | undefined, turn: number): Experience {
  const serving = experiences.filter(({ serves }) => kind !== undefined && serves?.includes(kind));
  const suiting = [...serving, ...experiences.filter(({ serves }) => !serves)];
  const idea = suiting[turn % suiting.length];
  if (!idea) throw new RangeError(`no experience idea has turn ${turn}`);
  return idea;
}

/** A list that begins further on, and ends with what it began with. */
function turned<T>(list: T[], steps: number): T[] {
  const from = list.length > 0 ? steps % list.length : 0;
  return [...list.slice(from), ...list.slice(0, from)];
}
