import { line } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { workingTime } from '../../chat/working-time.ts';
import { someAdmin } from '../../store/admins.ts';
import { hasLeft, readPeople } from '../../store/people.ts';
import { doneForm, followCard, handForm } from './follow-cards.ts';
import { changeFollowUp, type FollowUp, findFollowUp, followUpOn, openFollowUp } from './follow-store.ts';
import { askerOf, asNow, wordsFor } from './people-feature.ts';
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
  // Who is dissatisfied anew is told anew, also when it had been done.
  const settled = followUp.state === 'dropped' || (followUp.state === 'done' && !wasLow);
  if (!settled) return [await shown(at, followUp, poll, given)];
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
  return [await shown(at, followUp, poll, given)];
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
  return followUp ? [await shown(at, followUp, poll, { name: voter.name, grade, why })] : [];
}

async function tell(at: At, followUp: FollowUp, poll: Poll, given: Answer): Promise<Effect[]> {
  return [
    await posted(at, followUp, poll, given),
    { do: 'later', job: 'polls.follow', subject: followUp.id, at: againAt(at.now, poll) },
  ];
}

function againAt(told: Temporal.Instant, { timeZone }: Poll): Temporal.Instant {
  return workingTime(told, tellAgainAfterDays, timeZone);
}

async function posted(
  at: At,
  followUp: FollowUp,
  poll: Poll,
  given: Answer,
  to: Asker = followUp.owner,
): Promise<Effect> {
  return {
    do: 'post',
    to: { person: to.id },
    card: followCard(followUp, poll, given, await wordsFor(at, to, poll.timeZone)),
    audience: 'internal',
    key: keyOf(followUp, to.id),
    resend: true,
    otherwise: { job: 'polls.follow-unheard', subject: followUp.id },
  };
}

/** A person's card of it as it is now. */
async function shown(
  at: At,
  followUp: FollowUp,
  poll: Poll,
  given: Answer,
  to: Asker = followUp.owner,
): Promise<Effect> {
  return {
    do: 'update',
    key: keyOf(followUp, to.id),
    to: { person: to.id },
    card: followCard(followUp, poll, given, await wordsFor(at, to, poll.timeZone)),
    audience: 'internal',
    pace: 'final',
  };
}

function keyOf({ id }: FollowUp, person: string): string {
  return `follow:${id}:${person}`;
}

/** Nobody has taken it up: it is told again, and then to an admin. */
export async function followDue(due: Due): Promise<Effect[]> {
  const found = await stillOpen(due);
  if (!found) return [];
  const { poll, given } = found;
  // It has been handed over since: its new owner has his own time.
  if (Temporal.Instant.compare(due.now, againAt(found.followUp.changedAt, poll)) < 0) return [];
  const followUp: FollowUp = { ...found.followUp, told: found.followUp.told + 1 };
  await changeFollowUp(due.tx, due.tenant, followUp, due.now);
  if (followUp.told === 2 && !(await hasLeft(due.tx, due.platform, due.tenant, followUp.owner.id)))
    return tell(due, followUp, poll, given);
  const admin = await someAdmin(due.tx, due, followUp.owner.id);
  return admin ? [await posted(due, followUp, poll, given, await asNow(due, admin))] : [];
}

/** Its owner cannot be told: an admin takes it over at once. */
export async function followUnheard(due: Due): Promise<Effect[]> {
  const found = await stillOpen(due);
  const admin = found && (await someAdmin(due.tx, due, found.followUp.owner.id));
  if (!found || !admin) return [];
  const followUp: FollowUp = { ...found.followUp, owner: await asNow(due, admin), told: 1 };
  await changeFollowUp(due.tx, due.tenant, followUp, due.now);
  return tell(due, followUp, found.poll, found.given);
}

/** The follow-up that a job is about, while somebody is dissatisfied and nobody has taken it up. */
async function stillOpen(due: Due): Promise<{ followUp: FollowUp; poll: Poll; given: Answer } | undefined> {
  const followUp = await findFollowUp(due.tx, due.tenant, due.subject);
  const about = followUp?.state === 'open' ? await subjectOfFollowUp(due, followUp) : undefined;
  if (!followUp || !about || about.poll.state === 'cancelled') return undefined;
  return groupOf(about.poll.kind, about.given.grade) === 'low' ? { followUp, ...about } : undefined;
}

async function subjectOfFollowUp(
  { tx, tenant }: Pick<At, 'tx' | 'tenant'>,
  { poll: id, person }: FollowUp,
): Promise<{ poll: Poll; given: Answer } | undefined> {
  const [poll, given] = [await findPoll(tx, tenant, id), await findVote(tx, tenant, id, person)];
  return poll && given && { poll, given };
}

/** "I will call." */
export async function call(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return settle(asked, await mine(asked, subject), { state: 'calling' });
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
  const { tx, platform, tenant, now } = asked;
  const people = await readPeople(tx, platform, tenant, { outsiders: false });
  const found = people.find(({ id }) => id === fields.person);
  if (!found) throw new Refusal('error.person-unknown', {}, { field: 'person' });
  const about = await subjectOfFollowUp(asked, followUp);
  if (!about) throw new Refusal('error.poll-gone');
  const handed: FollowUp = { ...followUp, owner: await asNow(asked, found), state: 'open', told: 1 };
  await changeFollowUp(tx, tenant, handed, now);
  return [
    {
      do: 'update',
      key: keyOf(followUp, followUp.owner.id),
      to: { person: followUp.owner.id },
      card: line((await wordsFor(asked, followUp.owner, 'UTC')).say('follow.handed', { name: found.name })),
      audience: 'internal',
      pace: 'final',
    },
    ...(await tell(asked, handed, about.poll, about.given)),
  ];
}

export async function askNote(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { id } = await mine(asked, subject);
  return [{ do: 'ask', form: doneForm(id, asked.say) }];
}

/** It is done, and this came of it. */
export async function finish(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const followUp = await mine(asked, subject);
  const asks = { most: limits.note, field: 'note', empty: 'error.follow-no-note' } as const;
  const note = requiredText(fields.note, asks);
  return settle(asked, followUp, { state: 'done', note });
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

/** Whoever takes it up has it from now on. Its card says so, and that of the one who had it: no other answer is needed. */
async function settle(
  asked: Asked,
  before: FollowUp,
  change: Pick<FollowUp, 'state'> & Partial<Pick<FollowUp, 'note'>>,
): Promise<Effect[]> {
  const { tx, tenant, now } = asked;
  const followUp: FollowUp = { ...before, ...change, owner: askerOf(asked) };
  await changeFollowUp(tx, tenant, followUp, now);
  const about = await subjectOfFollowUp(asked, followUp);
  const people = before.owner.id === followUp.owner.id ? [followUp.owner] : [followUp.owner, before.owner];
  const updates: Effect[] = [];
  for (const person of about ? people : [])
    if (about) updates.push(await shown(asked, followUp, about.poll, about.given, person));
  return updates;
}
