import { z } from 'zod';
import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { workingTime } from '../../chat/working-time.ts';
import { type PersonRecord, readPeople } from '../../store/directory.ts';
import { subjectsWith } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { doneForm, followCard, handForm } from './follow-cards.ts';
import { changeFollowUp, type FollowUp, findFollowUp, followUpOn, openFollowUp } from './follow-store.ts';
import { type Answer, type Asker, groupOf, limits, type Poll } from './polls.ts';
import type { At } from './question-feature.ts';
import { findPoll } from './store.ts';
import { findVote } from './vote-store.ts';

/** After so many working days it is told again, and after as many more to an admin. */
const tellAgainAfterDays = 2;

/** A grade was given under a name: who asked hears of an unfavourable one at once. */
export async function followGrade(
  at: At,
  poll: Poll,
  voter: { id: string; name: string },
  { before, grade, why }: { before: number | undefined; grade: number; why: string | undefined },
): Promise<Effect[]> {
  const isLow = groupOf(poll.kind, grade) === 'low';
  const wasLow = before !== undefined && groupOf(poll.kind, before) === 'low';
  // Of his own answer nobody need be told.
  if (voter.id === poll.asker.id || (!isLow && !wasLow)) return [];
  const given: Answer = { name: voter.name, grade, why };
  if (!isLow) return raised(at, poll, voter, given);
  const about = { poll: poll.id, person: voter.id, owner: poll.asker };
  const { followUp, isNew } = await openFollowUp(at.tx, at.tenant, about, at.now);
  if (isNew) return tell(at, followUp, poll, given);
  if (followUp.state !== 'dropped') return [shown(followUp, poll, given)];
  const again: FollowUp = { ...followUp, state: 'open', told: 1 };
  await changeFollowUp(at.tx, at.tenant, again, at.now);
  return tell(at, again, poll, given);
}

/** He thinks better of it: when nobody has taken it up yet, nobody need. */
async function raised(at: At, poll: Poll, { id }: { id: string }, given: Answer): Promise<Effect[]> {
  const found = await followUpOn(at.tx, at.tenant, poll.id, id);
  if (!found) return [];
  const followUp: FollowUp = found.state === 'open' ? { ...found, state: 'dropped' } : found;
  await changeFollowUp(at.tx, at.tenant, followUp, at.now);
  return [shown(followUp, poll, given)];
}

/** The reason came after the grade: it belongs on the owner's card. */
export async function followWhy(
  at: At,
  poll: Poll,
  voter: { id: string; name: string },
  { grade, why }: { grade: number; why: string | undefined },
): Promise<Effect[]> {
  if (groupOf(poll.kind, grade) !== 'low') return [];
  const followUp = await followUpOn(at.tx, at.tenant, poll.id, voter.id);
  return followUp ? [shown(followUp, poll, { name: voter.name, grade, why })] : [];
}

function tell({ now }: At, followUp: FollowUp, poll: Poll, given: Answer): Effect[] {
  return [
    posted(followUp, poll, given),
    { do: 'later', job: 'polls.follow', subject: followUp.id, at: againAt(now, poll) },
  ];
}

function againAt(told: Temporal.Instant, { timeZone }: Poll): Temporal.Instant {
  return workingTime(told, tellAgainAfterDays, timeZone);
}

function posted(followUp: FollowUp, poll: Poll, given: Answer, to: Asker = followUp.owner): Effect {
  return {
    do: 'post',
    to: { person: to.id },
    card: followCard(followUp, poll, given, wordsOf(to, poll)),
    audience: 'internal',
    key: keyOf(followUp, to.id),
    resend: true,
  };
}

/** The owner's card as it is now. */
function shown(followUp: FollowUp, poll: Poll, given: Answer): Effect {
  return {
    do: 'update',
    key: keyOf(followUp, followUp.owner.id),
    to: { person: followUp.owner.id },
    card: followCard(followUp, poll, given, wordsOf(followUp.owner, poll)),
    audience: 'internal',
    pace: 'final',
  };
}

function keyOf({ id }: FollowUp, person: string): string {
  return `follow:${id}:${person}`;
}

function wordsOf({ language }: Asker, { timeZone }: Poll) {
  return { say: voice(language), language, timeZone };
}

/** Nobody has taken it up: it is told again, and then to an admin. */
export async function followDue(due: Due): Promise<Effect[]> {
  const found = await findFollowUp(due.tx, due.tenant, due.subject);
  const subject = found && (await subjectOfFollowUp(due, found));
  if (found?.state !== 'open' || !subject || subject.poll.state === 'cancelled') return [];
  // It has been handed over since: its new owner has his own time.
  if (Temporal.Instant.compare(due.now, againAt(found.changedAt, subject.poll)) < 0) return [];
  const followUp: FollowUp = { ...found, told: found.told + 1 };
  await changeFollowUp(due.tx, due.tenant, followUp, due.now);
  if (followUp.told === 2) return tell(due, followUp, subject.poll, subject.given);
  const admin = await someAdmin(due, followUp.owner.id);
  return admin ? [posted(followUp, subject.poll, subject.given, admin)] : [];
}

async function subjectOfFollowUp(
  { tx, tenant }: Pick<At, 'tx' | 'tenant'>,
  { poll: id, person }: FollowUp,
): Promise<{ poll: Poll; given: Answer } | undefined> {
  const [poll, given] = [await findPoll(tx, tenant, id), await findVote(tx, tenant, id, person)];
  return poll && given && { poll, given };
}

/** Somebody who administers Belay, and is not the one who left it. */
async function someAdmin({ tx, tenant, platform }: At, but: string): Promise<Asker | undefined> {
  const appointed = new Set(await subjectsWith(tx, { tenant, platform, scope: 'person' }, 'role', 'admin'));
  const people = await readPeople(tx, platform, tenant, { outsiders: false });
  const admins = people.filter(({ id, admin }) => id !== but && (admin || appointed.has(id)));
  // Who was appointed for Belay is nearer to it than who administers the whole workspace.
  const one = admins.find(({ id }) => appointed.has(id)) ?? admins[0];
  return one && askerOf(one);
}

function askerOf({ id, name, language }: PersonRecord): Asker {
  return { id, name, language: language ?? 'nl' };
}

/** "I will call." */
export async function call(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { person } = asked;
  const followUp = await mine(asked, subject);
  const owner = { id: person.id, name: person.name, language: person.language };
  return settle(asked, { ...followUp, owner, state: 'calling' }, asked.say('follow.noted-call'));
}

/** Asks to whom it is handed over. */
export async function askWho(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const followUp = await mine(asked, subject);
  const { tx, platform, tenant, say } = asked;
  const people = await readPeople(tx, platform, tenant, { outsiders: false });
  const others = people.filter(({ id }) => id !== followUp.owner.id);
  if (others.length === 0) throw new Refusal('error.nobody-to-choose');
  return [{ do: 'ask', form: handForm(followUp.id, say, others) }];
}

/** Another one takes it over, and hears of it. */
export async function hand(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const followUp = await mine(asked, subject);
  const { tx, platform, tenant, now, say } = asked;
  const people = await readPeople(tx, platform, tenant, { outsiders: false });
  const found = people.find(({ id }) => id === fields.person);
  if (!found) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  const about = await subjectOfFollowUp(asked, followUp);
  if (!about) throw new Refusal('error.poll-gone');
  const handed: FollowUp = { ...followUp, owner: askerOf(found), state: 'open', told: 1 };
  await changeFollowUp(tx, tenant, handed, now);
  const text = say('follow.handed', { name: found.name });
  return [
    {
      do: 'update',
      key: keyOf(followUp, followUp.owner.id),
      to: { person: followUp.owner.id },
      card: line(voice(followUp.owner.language)('follow.handed', { name: found.name })),
      audience: 'internal',
      pace: 'final',
    },
    ...tell(asked, handed, about.poll, about.given),
    answer(line(text), 'internal'),
  ];
}

export async function askNote(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { id } = await mine(asked, subject);
  return [{ do: 'ask', form: doneForm(id, asked.say) }];
}

const noteSchema = z.string().trim().min(1);

/** It is done, and this came of it. */
export async function finish(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const followUp = await mine(asked, subject);
  const note = noteSchema.safeParse(fields.note).data;
  if (!note) throw new Refusal('error.follow-no-note', {}, { field: 'note' });
  if ([...note].length > limits.note)
    throw new Refusal('error.text-too-long', { most: limits.note }, { field: 'note' });
  return settle(asked, { ...followUp, state: 'done', note }, asked.say('follow.noted-done'));
}

/** It is the owner's, or an admin's when the owner left it; and not settled yet. */
async function mine({ tx, tenant, person }: Asked, id: string): Promise<FollowUp> {
  const followUp = await findFollowUp(tx, tenant, id);
  if (!followUp) throw new Refusal('error.poll-gone');
  if (person.id !== followUp.owner.id && !person.admin)
    throw new Refusal('error.follow-not-yours', { owner: followUp.owner.name });
  if (followUp.state === 'done' || followUp.state === 'dropped') throw new Refusal('error.follow-settled');
  return followUp;
}

async function settle(asked: Asked, followUp: FollowUp, text: string): Promise<Effect[]> {
  const { tx, tenant, now, person } = asked;
  await changeFollowUp(tx, tenant, followUp, now);
  const about = await subjectOfFollowUp(asked, followUp);
  const key = keyOf(followUp, person.id);
  const update = about && { ...shown(followUp, about.poll, about.given), key, to: { person: person.id } };
  return [...(update ? [update] : []), answer(line(text), 'internal')];
}
