import type { Colleague } from '../clients/clients.ts';

/** Ideas to improve, and their way over the board. Pure. */

/** The columns of the board, in their order: an idea, the four steps of PDCA, and done. */
export const columns = ['idea', 'plan', 'do', 'check', 'act', 'done'] as const;
export type Column = (typeof columns)[number];

/** Where one is. A declined one stands in no column. */
export type Stage = Column | 'declined';

/** What is worked on, and so has a limit. */
const inHand = ['plan', 'do', 'check', 'act'] as const satisfies Column[];
export type InHand = (typeof inHand)[number];

/** Not over yet. */
export const openStages = ['idea', ...inHand] as const satisfies Column[];

/** What it is good for: something that the client expects, something that he complained about, or in words. */
export type Serves = { kind: 'expectation' | 'complaint'; id: string } | { kind: 'words'; words: string };

const helps = ['yes', 'partly', 'no'] as const;
export type Helped = (typeof helps)[number];

/** What the plan says of it. */
export type Plan = {
  /** What the client expects of it. */
  expects: string | undefined;
  serves: Serves | undefined;
  /** What we try. */
  tries: string | undefined;
  doers: Colleague[];
};

export type Improvement = Plan & {
  id: string;
  /** Undefined: of no client, or not said yet. */
  client: string | undefined;
  text: string;
  maker: Colleague;
  /** The internal channel in which it was typed. */
  place: string | undefined;
  stage: Stage;
  /** Since when it is there, and who brought it there. */
  since: Temporal.Instant;
  movedBy: Colleague;
  /** One more with each change of its words or plan: whoever changes those says which he has seen. */
  revision: number;
  madeAt: Temporal.Instant;
  /** When the work began, in this round. */
  beganAt: Temporal.Instant | undefined;
  /** The question that was put to the client about it, in this round. */
  poll: string | undefined;
  /** In which the client was asked for a grade about it, in this round. */
  grading: string | undefined;
  /** What the client said of it, as one of us heard it. */
  helped: Helped | undefined;
  heard: string | undefined;
  /** Why it was declined. */
  reason: string | undefined;
  /** What it became. */
  success: string | undefined;
  /** When the client was told that it was done. */
  toldAt: Temporal.Instant | undefined;
};

export const limits = { text: 500, words: 500, serves: 300, topic: 150, doers: 8 };

/** So many stand in a column at once, unless an administrator says otherwise. */
export const usualLimit = 3;

/** A column by its name; undefined when it is none. */
export function columnOf(name: string | undefined): Column | undefined {
  return columns.find((one) => one === name);
}

export function helpedOf(name: string | undefined | null): Helped | undefined {
  return helps.find((one) => one === name);
}

export function isInHand(stage: Stage): stage is InHand {
  return inHand.some((one) => one === stage);
}

export function isOpen({ stage }: Pick<Improvement, 'stage'>): boolean {
  return openStages.some((one) => one === stage);
}

/** The column that comes after. */
export function nextOf(stage: Stage): Column | undefined {
  return stage === 'declined' ? undefined : columns[columns.indexOf(stage) + 1];
}

/** The column from which one comes into this one. */
export function beforeOf(column: Column): Column | undefined {
  return columns[columns.indexOf(column) - 1];
}

/** Where it goes when it does not go on. After *act* it begins another round: what did not help is planned anew. */
export function backOf(stage: Stage): Column | undefined {
  if (stage === 'act') return 'plan';
  return stage === 'done' || stage === 'declined' ? undefined : beforeOf(stage);
}

/** What a step asks for. */
export type Question = 'expects' | 'serves' | 'tries' | 'doers' | 'heard';

/** What is still to be said in the step it is in, in the order of its checklist. */
export function openQuestions(one: Improvement): Question[] {
  if (one.stage === 'plan') return planQuestions(one);
  const isAsked = one.poll !== undefined || one.grading !== undefined || one.helped !== undefined;
  return (one.stage === 'check' || one.stage === 'act') && !isAsked ? ['heard'] : [];
}

function planQuestions({ expects, serves, tries, doers }: Plan): Question[] {
  const known: Record<Exclude<Question, 'heard'>, boolean> = {
    expects: expects !== undefined,
    serves: serves !== undefined,
    tries: tries !== undefined,
    doers: doers.length > 0,
  };
  return (['expects', 'serves', 'tries', 'doers'] as const).filter((question) => !known[question]);
}

/** Without these it does not leave *plan*: what nobody expects and what serves nothing is waste. */
export function missingOf(plan: Plan): ('expects' | 'serves')[] {
  return (['expects', 'serves'] as const).filter((one) => plan[one] === undefined);
}

/** As it is after it was brought into a column. */
export function moved(
  one: Improvement,
  to: Stage,
  { by, now }: { by: Colleague; now: Temporal.Instant },
): Improvement {
  const begins = to === 'do' ? { beganAt: one.beganAt ?? now } : {};
  const doers = to === 'do' && one.doers.length === 0 ? [by] : one.doers;
  // Another round asks the client anew.
  const anew =
    to === 'plan' || to === 'idea'
      ? { beganAt: undefined, poll: undefined, grading: undefined, helped: undefined, heard: undefined }
      : {};
  return { ...one, ...begins, ...anew, doers, stage: to, since: now, movedBy: by };
}

/** What it serves, as a choice of the plan's form. */
export function choiceOf(serves: Serves | undefined): string {
  if (!serves) return 'none';
  return serves.kind === 'words' ? 'words' : `${serves.kind}:${serves.id}`;
}

/** An improvement as the board shows it. */
export type Entry = { one: Improvement; votes: number; importance: number };

/** What comes first in a column: votes of colleagues and how much it matters to the client weigh alike; then the oldest. */
export function inOrder(all: Entry[]): Entry[] {
  return all.toSorted(
    (a, b) =>
      b.votes + b.importance - a.votes - a.importance ||
      Temporal.Instant.compare(a.one.madeAt, b.one.madeAt) ||
      (a.one.id < b.one.id ? -1 : 1),
  );
}

/** A complaint of which nobody said what it touches counts as much as an expectation of middling importance. */
const middling = 3;
const most = 5;

/** How much an expectation matters to the client, from 0, when nobody said so, to 5; a complaint: the one it touches. */
export function importanceOf(
  serves: Serves | undefined,
  known: {
    expectations: Map<string, { importance: number | undefined; firstAt: unknown }>;
    /** The expectation that each complaint touches. */
    complaints: Map<string, string | undefined>;
  },
): number {
  if (!serves || serves.kind === 'words') return 0;
  const id = serves.kind === 'expectation' ? serves.id : known.complaints.get(serves.id);
  const touched = id === undefined ? undefined : known.expectations.get(id);
  if (touched?.firstAt !== undefined) return most;
  return touched?.importance ?? (serves.kind === 'complaint' ? middling : 0);
}

/** Whether somebody may change it: his own, what he works on, and what is of a client he works for. */
export function mayChange(
  one: Pick<Improvement, 'maker' | 'doers'>,
  person: { id: string; admin: boolean },
  isTeam: boolean,
): boolean {
  return isTeam || person.admin || [one.maker, ...one.doers].some(({ id }) => id === person.id);
}
