import type { Followed } from '../../chat/contributions.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { workingTime } from '../../chat/working-time.ts';

/** What is done about an unfavourable answer, whatever was asked. Pure: no I/O, no clock. */

/** open: nobody has taken it up. calling: the owner will call. dropped: the grade was raised before anybody did. */
export type FollowState = 'open' | 'calling' | 'done' | 'dropped';

/** Whose it is to follow it up: one of us. */
export type Owner = { id: string; name: string };

export type FollowUp = {
  id: string;
  /** Of which capability, and of which of its questions. */
  kind: string;
  subject: string;
  /** Who answered. */
  person: string;
  owner: Owner;
  /** The clock by which it is told again. */
  timeZone: string;
  state: FollowState;
  /** What came of it. */
  note: string | undefined;
  /** How often it has been told since it came to its owner. */
  told: number;
  changedAt: Temporal.Instant;
};

/** What was asked, as the capability that asked it hands it over, and whose it is when somebody is not content. */
export type Matter = { followed: Followed; subject: string; owner: Owner; timeZone: string };

/** What a handler or a job knows of its moment. */
export type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now' | 'defaults'>;

/** Handed to those who ask for grades. Each is called after the answer is kept, in the same transaction. */
export type Follow = {
  /**
   * A grade was given under a name: the matter's owner hears of an unfavourable one at once, and no more when it is
   * raised before he took it up. `wasLow`: the grade that this one takes the place of was unfavourable.
   */
  graded(
    at: At,
    matter: Matter,
    voter: { id: string },
    grade: { isLow: boolean; wasLow: boolean },
  ): Promise<Effect[]>;
  /** The reason of an unfavourable grade came after it: it belongs on the owner's card. */
  explained(at: At, matter: Pick<Matter, 'followed' | 'subject'>, voter: { id: string }): Promise<Effect[]>;
};

export const limits = { note: 1000 };

/** After so many working days it is told again, and after as many more to who is above its owner. */
const tellAgainAfterDays = 2;

/** When it is told again, as it stands; by the clock of where it was asked. */
export function againAt({ changedAt, timeZone }: Pick<FollowUp, 'changedAt' | 'timeZone'>): Temporal.Instant {
  return workingTime(changedAt, tellAgainAfterDays, timeZone);
}

/** What a job is about: a follow-up, and who was tried for it, the last one last, so that nobody is tried twice. */
export function withTried({ id }: Pick<FollowUp, 'id'>, tried: string[]): string {
  return [id, ...new Set(tried)].join(' ');
}

/** What `withTried` made. */
export function readTried(subject: string): { id: string; tried: string[] } {
  const [id = '', ...tried] = subject.split(' ');
  return { id, tried };
}

/** Nothing more need be done about it. */
export function isSettled({ state }: Pick<FollowUp, 'state'>): boolean {
  return state === 'done' || state === 'dropped';
}

/** Who is dissatisfied anew is told anew, also when it had been done. */
export function beginsAnew({ state }: Pick<FollowUp, 'state'>, wasLow: boolean): boolean {
  return state === 'dropped' || (state === 'done' && !wasLow);
}

/** It is the owner's, or an admin's or that of who is above the owner, when he left it. */
export function mayTakeUp(
  { owner }: Pick<FollowUp, 'owner'>,
  person: { id: string; admin: boolean },
  rises: Owner | undefined,
): boolean {
  return person.admin || person.id === owner.id || person.id === rises?.id;
}
