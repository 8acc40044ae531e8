import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due, Outside } from '../../chat/feature.ts';
import { Refusal, refusedIn } from '../../chat/refusal.ts';
import type { Voice } from '../../chat/voice.ts';
import { relationOf } from '../clients/access-store.ts';
import { contactVoice } from '../clients/voice-store.ts';
import { parted } from '../expectations/expectations.ts';
import type { Follow } from '../follow-ups/follow-ups.ts';
import { type Answer, readForm } from './answer-rules.ts';
import { lowGrades } from './followed-feature.ts';
import { gradeForm } from './grade-cards.ts';
import { gradesOfOne, keepGrade } from './grade-store.ts';
import { gradedCard, thanksCard } from './invitation-cards.ts';
import { changeInvitation } from './invitation-store.ts';
import { type Asking, askedOf, askingOf, awaitedIn, invitedIn, keysOf } from './invite-feature.ts';
import { invitedHere } from './invited-here-feature.ts';
import { type Grade, type Invitation, insufficient, type Kti, readGrade, roundRefusal } from './kti.ts';
import { roundFor } from './spread-rules.ts';
import { findKti } from './store.ts';

/** The client's side: somebody gives the grades that he was asked for. */

/** An open round, of which he who speaks is asked these questions. */
export type Own = Asking & { one: Invitation };

/** A while after the last answer in which it can be changed, before the round closes. */
export const grace = { minutes: 15 };

/** All questions, for whoever presses. */
export async function open(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const own = await ownOf(asked, subject);
  const given = await givenBy(asked, own);
  return [{ do: 'ask', form: gradeForm(own.one, { ...own, given }, await wordsOf(asked, own)), alone: true }];
}

/** What the client's people do in a round, with what follows from a low grade. */
export function grading(follow: Follow) {
  /** One press: a grade. */
  async function press(
    asked: Asked,
    { subject, detail }: { subject: string; detail: string },
  ): Promise<Effect[]> {
    const [id, kti] = parted(subject);
    const own = await ownOf(asked, id);
    const one = await askedFor(asked, own, kti);
    const grade = readGrade(detail);
    if (!one || grade === undefined) throw new Refusal('error.button-unknown');
    const before = (await givenBy(asked, own)).find((each) => each.kti === one.id);
    const effects = await keepAll(asked, own, [{ kti: one, grade, why: before?.why }]);
    const given = await givenBy(asked, own);
    const words = await wordsOf(asked, own);
    const about = { ...own, given };
    return [
      answer(gradedCard(about, words), 'person', gradeForm(own.one, about, words)),
      ...(given.length === own.ktis.length ? [...(await finish(asked, own)), thanksLater(asked, own)] : []),
      ...effects,
    ];
  }

  /** The form was sent. */
  async function sent(
    asked: Asked,
    { subject, fields }: { subject: string; fields: Record<string, string> },
  ): Promise<Effect[]> {
    const own = await ownOf(asked, subject);
    const words = await wordsOf(asked, own);
    const form = gradeForm(own.one, { ...own, given: await givenBy(asked, own) }, words);
    const answers = readForm(own.ktis, fields, (error) => refusedIn(form, fields, error));
    const effects = await keepSent(asked, own, answers);
    const thanks = thanksCard(own.one, { ...own, given: await givenBy(asked, own) }, words);
    const updates = await inPlace(asked, own);
    const updated = updates.length > 0 && asked.place.kind === 'direct';
    return [{ do: 'answer', card: thanks, audience: 'person', updated }, ...updates, ...effects];
  }

  /** What he sent is kept, and he has answered. */
  async function keepSent(at: At, own: Own, answers: Answer[]): Promise<Effect[]> {
    const effects = await keepAll(at, own, answers);
    return [...effects, ...(await finish(at, own))];
  }

  async function keepAll(at: At, own: Own, answers: Answer[]): Promise<Effect[]> {
    const { client, round, one } = own;
    const { grader: id, name } = one;
    const low: { is: boolean; was: boolean }[] = [];
    for (const { kti, grade, why } of answers) {
      const given = { round: round.id, kti: kti.id, grader: id, name, grade, why };
      const before = await keepGrade(at.tx, at.tenant, given, at.now);
      low.push({ is: grade < insufficient, was: before !== undefined && before < insufficient });
    }
    if (low.every(({ is, was }) => !is && !was)) return [];
    const isLow = (await gradesOfOne(at.tx, at.tenant, one)).some(({ grade }) => grade < insufficient);
    // All his low grades are one matter, in which only another low one is news.
    const wasLow = low.every(({ is, was }) => was || !is);
    return follow.graded(at, lowGrades(client, round, one), { id }, { isLow, wasLow });
  }

  return { press, sent, keepSent };
}

export type Grading = ReturnType<typeof grading>;

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now'> & Outside;

/** Which of his questions a button names; the message may be older than a client that became a part of another. */
async function askedFor({ tx, tenant }: At, { ktis }: Own, id = ''): Promise<Kti | undefined> {
  const named = (await findKti(tx, tenant, id))?.id;
  return ktis.find((one) => one.id === named);
}

/** He has answered; when all have, the round closes after a while in which each may think again. */
async function finish(at: At, own: Own): Promise<Effect[]> {
  const { one, round } = own;
  await changeInvitation(at.tx, at.tenant, { ...one, doneAt: at.now });
  if (round.spread || (await awaitedIn(at, own)).some(({ doneAt }) => doneAt === undefined)) return [];
  return [{ do: 'later', job: 'kti.close', subject: round.id, at: at.now.add(grace) }];
}

/** Where he was asked alone there stands now what he gave. */
async function inPlace(at: At, own: Own): Promise<Effect[]> {
  const { one } = own;
  if (one.way !== 'direct' || one.person === undefined) return [];
  const given = await givenBy(at, own);
  const card = thanksCard(one, { ...own, given }, await contactVoice(at, one, own.client));
  const to = { person: one.person };
  return keysOf(one).map((key) => ({ do: 'update', key, to, card, audience: 'person', pace: 'final' }));
}

/** By one press: he may still be writing what makes it that grade, in a form that his card must not take the place of. */
function thanksLater({ now }: At, { one }: Own): Effect {
  return { do: 'later', job: 'kti.thanked', subject: one.id, at: now.add(grace) };
}

/** The grades of who gave all with one press no longer stand there to be pressed. */
export async function thanked(due: Due): Promise<Effect[]> {
  const found = await invitedIn(due, due.subject);
  if (!found) return [];
  const { one, asking } = found;
  const round = roundFor(asking.round, one);
  return inPlace(due, { ...asking, round, one, ktis: askedOf(asking, one) });
}

/** In the words in which he is asked: as the team set them, else his own, else his client's. */
function wordsOf(asked: Asked, { one, client }: Own): Promise<Voice> {
  return contactVoice(asked, { language: one.language, person: asked.person.id }, client);
}

/** What he gave in this round for what he is asked. */
export async function givenBy({ tx, tenant }: Pick<At, 'tx' | 'tenant'>, { one }: Own): Promise<Grade[]> {
  return gradesOfOne(tx, tenant, one);
}

/**
 * What he who speaks is asked, by his invitation or by the round whose card stands in his channel. Throws a Refusal when it
 * is another's, or over, or he is no contact of the client any more.
 */
async function ownOf(asked: Asked, id: string): Promise<Own> {
  const { person } = asked;
  const invited = await invitedIn(asked, id);
  if (invited && invited.one.person !== person.id) throw new Refusal('error.kti-gone');
  const asking = invited?.asking ?? (await askingOf(asked, id));
  if (!asking) throw new Refusal('error.kti-gone');
  // An administrator is of every team by right, and still a contact where he is listed as one.
  const relation = await relationOf(asked, { ...person, admin: false }, asking.client);
  if (relation === 'team' || relation === 'colleague') throw new Refusal('error.kti-own-team');
  if (relation !== 'contact')
    throw new Refusal(person.unknown ? 'error.poll-unknown-voter' : 'error.kti-left');
  mustBeOpen(invited ? { round: roundFor(asking.round, invited.one) } : asking, asked.now);
  const one = invited?.one ?? (await invitedHere(asked, asking));
  return { ...asking, round: roundFor(asking.round, one), one, ktis: askedOf(asking, one) };
}

/** Throws when no grade can be given in it now. */
function mustBeOpen({ round }: Pick<Asking, 'round'>, now: Temporal.Instant): void {
  const refusal = roundRefusal(round, now);
  // He may have written what now comes too late: to him it says where he can still say it.
  if (refusal === 'closed') throw new Refusal('error.kti-over');
  if (refusal) throw new Refusal(`error.kti-${refusal}`);
}
