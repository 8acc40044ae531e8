import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import type { Key } from '../../text/say.ts';
import { clientOfPlace } from '../clients/access-store.ts';
import { follow } from '../follow-ups/feature.ts';
import type { Answer } from '../kti/answer-rules.ts';
import { grading, type Own } from '../kti/grade-feature.ts';
import { gradesOfOne } from '../kti/grade-store.ts';
import { invitationsOf } from '../kti/invitation-store.ts';
import { askedOf, askingOf } from '../kti/invite-feature.ts';
import { roundRefusal } from '../kti/kti.ts';
import { runningRound } from '../kti/round-store.ts';
import { roundFor } from '../kti/spread-rules.ts';
import { inTurn } from './sandbox.ts';

/** What each gives in turn: for the first question, which fails, and for the others; and why for which of them. */
const given: { first: number; others: number; why: Key; of: number }[] = [
  { first: 4, others: 7, why: 'sandbox.why-slow', of: 0 },
  { first: 6, others: 8, why: 'sandbox.why-glad', of: 1 },
  { first: 7, others: 9, why: 'sandbox.why-surprised', of: 1 },
];

/** Whom the client's round asks and who has not answered, grades here; undefined when there is nobody. */
export async function graded(asked: Asked): Promise<Effect[] | undefined> {
  const { tx, tenant, place, say } = asked;
  const client = (await clientOfPlace(asked, place.id))?.client;
  const waiting = client ? await waitingIn(asked, client.id) : [];
  if (!client || waiting.length === 0) return undefined;
  const effects: Effect[] = [];
  for (const [turn, own] of waiting.entries()) {
    const known = new Set((await gradesOfOne(tx, tenant, own.one)).map(({ kti }) => kti));
    const answers = answersOf(asked, own, turn).filter(({ kti }) => !known.has(kti.id));
    effects.push(...(await grading(follow).keepSent(asked, own, answers)));
  }
  const text = say('sandbox.graded', { count: waiting.length, client: client.name });
  return [...effects, answer(line(text), 'internal')];
}

/** Each who can grade now and has not sent his answers. */
async function waitingIn(asked: Asked, client: string): Promise<Own[]> {
  const { tx, tenant, now } = asked;
  const running = await runningRound(tx, tenant, client);
  const asking = running && (await askingOf(asked, running.id));
  if (!asking) return [];
  return (await invitationsOf(tx, tenant, asking.round.id)).flatMap((one): Own[] => {
    const round = roundFor(asking.round, one);
    if (one.doneAt !== undefined || roundRefusal(round, now)) return [];
    return [{ ...asking, round, one, ktis: askedOf(asking, one) }];
  });
}

function answersOf({ sayHere }: Asked, { ktis }: Own, turn: number): Answer[] {
  const { first, others, why, of } = inTurn(given, turn);
  return ktis.map((kti, at) => ({
    ...{ kti, grade: at === 0 ? first : others, why: at === of ? sayHere(why) : undefined },
  }));
}
