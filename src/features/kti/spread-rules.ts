import { graderOf, type Invitation, type Kti, type Round } from './kti.ts';

/** Whose turn it is for which question of a round that is spread over a quarter. Pure. */

/** Whom one can ask, by what his grades are kept under. */
type Somebody = { id: string; person?: string | undefined; email?: string | undefined };

/** What is known of a round at a moment: who could be asked, what, and what was asked. */
export type Spread<T extends Somebody> = {
  contacts: T[];
  /** Those that are still asked, in their order. */
  ktis: Pick<Kti, 'id'>[];
  /** Of this round. */
  invitations: Asked[];
  /** When somebody was last asked for a grade, in whatever round, by grader. */
  lastAsked: ReadonlyMap<string, Temporal.Instant>;
};

type Asked = Pick<Invitation, 'contact' | 'grader' | 'kti' | 'invitedAt' | 'doneAt'>;

/** So long one question can be answered: it keeps its contact from the next one, and its round open. */
const silence = { hours: 24 * 7 };

/** A round as somebody who is asked in it knows it: of one that is spread he has his own week, not the whole quarter. */
export function roundFor(round: Round, { invitedAt }: Pick<Invitation, 'invitedAt'>): Round {
  const until = invitedAt.add(silence);
  const isOwn = round.spread && Temporal.Instant.compare(until, round.closesAt) < 0;
  return isOwn ? { ...round, closesAt: until } : round;
}

/**
 * Who can be asked what now, each contact at most once: the contact first who waited longest, and for him the question that
 * was asked least in this round. Nobody twice the same, and nobody who has not answered a question of the last seven days.
 */
export function turnsIn<T extends Somebody>(
  spread: Spread<T>,
  now: Temporal.Instant,
): { contact: T; kti: string }[] {
  const { contacts, ktis, invitations, lastAsked } = spread;
  const counts = new Map<string, number>();
  for (const { kti = '' } of invitations) counts.set(kti, (counts.get(kti) ?? 0) + 1);
  const least = ktis.toSorted((one, other) => (counts.get(one.id) ?? 0) - (counts.get(other.id) ?? 0));
  const waiting = contacts.toSorted((one, other) => {
    const [his, hers] = [lastAsked.get(graderOf(one)), lastAsked.get(graderOf(other))];
    if (!his || !hers) return Number(his !== undefined) - Number(hers !== undefined);
    return Temporal.Instant.compare(his, hers);
  });
  return waiting.flatMap((contact) => {
    const own = invitations.filter((one) => isOf(one, contact));
    if (own.some((one) => isWaited(one, now))) return [];
    const next = least.find(({ id }) => own.every(({ kti }) => kti !== id));
    return next ? [{ contact, kti: next.id }] : [];
  });
}

/** Whether everybody was asked everything, and nobody's answer is waited for any more. */
export function isAllAsked<T extends Somebody>(spread: Spread<T>, now: Temporal.Instant): boolean {
  const { contacts, ktis, invitations } = spread;
  const isAsked = (contact: T, kti: string) =>
    invitations.some((one) => one.kti === kti && isOf(one, contact));
  return (
    contacts.every((contact) => ktis.every(({ id }) => isAsked(contact, id))) &&
    invitations.every((one) => !isWaited(one, now))
  );
}

/** Until when the answers to what was asked are waited for; undefined when none is any more. */
export function waitedUntil(invitations: Asked[], now: Temporal.Instant): Temporal.Instant | undefined {
  return invitations
    .filter((one) => isWaited(one, now))
    .map(({ invitedAt }) => invitedAt.add(silence))
    .toSorted(Temporal.Instant.compare)
    .at(-1);
}

function isWaited({ doneAt, invitedAt }: Asked, now: Temporal.Instant): boolean {
  return doneAt === undefined && Temporal.Instant.compare(now, invitedAt.add(silence)) < 0;
}

function isOf({ contact, grader }: Asked, one: Somebody): boolean {
  return contact === one.id || grader === graderOf(one);
}
