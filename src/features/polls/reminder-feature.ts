import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { findMessage } from '../../store/messages.ts';
import type { PersonRecord } from '../../store/people.ts';
import { readMembers, readPlace } from '../../store/places.ts';
import { holdBudgets, spendAmong } from '../fatigue/budget-store.ts';
import { silentCard } from './asking-cards.ts';
import { takersAmong } from './ballot-store.ts';
import { inWords, reminderCard } from './cards.ts';
import { type Invitation, readInvitations, voterOf } from './invitation-store.ts';
import { deliver } from './inviting-feature.ts';
import { wordsFor } from './people-feature.ts';
import { keyOf, type Poll } from './polls.ts';
import { holdPoll } from './store.ts';
import { votersAmong } from './vote-store.ts';

/** Once, privately, to who has not answered; and to the one who asked how many those are. */
export async function remind(due: Due): Promise<Effect[]> {
  const { tx, tenant, now, mails } = due;
  await holdBudgets(due);
  const poll = await holdPoll(tx, tenant, due.subject);
  if (poll?.state !== 'open' || Temporal.Instant.compare(now, poll.closesAt) >= 0) return [];
  const asked = await askedOf(due, poll);
  const silent = asked.filter(({ answered }) => !answered);
  if (silent.length === 0) return [];
  // Whom Belay cannot mail it cannot remind.
  const within = asked.filter(({ invitation }) => mails || !invitation);
  const may = await mayRemind(due, poll, within);
  const reached = silent.filter((one) => may.has(one));
  const effects = await Promise.all(
    reached.map(async ({ person, invitation }) => [
      ...(person ? [await toPerson(due, poll, person)] : []),
      ...(invitation ? deliver(due, poll, [invitation], 'again') : []),
    ]),
  );
  const card = silentCard(poll, await wordsFor(due, poll.asker, poll.timeZone), {
    ...{ silent: silent.length, invited: asked.length, reminded: effects.flat().length },
    spared: within.filter((one) => !one.answered && !may.has(one)).length,
  });
  const { id } = poll.asker;
  return [...effects.flat(), { do: 'post', to: { person: id }, card, audience: 'internal', resend: false }];
}

/** Somebody who was asked: in the channel, or by an invitation. */
type AskedOne = { answered: boolean; person?: PersonRecord; invitation?: Invitation };

async function askedOf({ tx, tenant, platform }: Due, poll: Poll): Promise<AskedOne[]> {
  // Whoever was last seen in a channel that Belay has left may not be there any more.
  const place = await readPlace(tx, platform, tenant, poll.place);
  const members = place?.reachable ? await readMembers(tx, platform, tenant, poll.place) : [];
  // Of a client's poll only the client's people; of the team's no client who has come to read along since.
  const people = members.filter(({ outsider }) => (poll.shared ? outsider : !outsider || !place?.shared));
  const invitations = await readInvitations(tx, tenant, poll.id);
  const voters = [...people.map(({ id }) => id), ...invitations.map((one) => voterOf(one).id)];
  const answered = await (poll.anonymous ? takersAmong : votersAmong)(tx, tenant, poll.id, voters);
  return [
    ...people.map((person) => ({ person, answered: answered.has(person.id) })),
    ...invitations.map((one) => ({ invitation: one, answered: answered.has(voterOf(one).id) })),
  ];
}

/**
 * Those of them whose budget allows a reminder now, which is spent. Of an anonymous poll it is spent for everybody who
 * was asked: who had a reminder has not answered, and that is kept nowhere.
 */
async function mayRemind(due: Due, { anonymous }: Poll, asked: AskedOne[]): Promise<Set<AskedOne>> {
  const each = asked.filter(({ answered }) => anonymous || !answered);
  const invitees = each.map(({ person, invitation }) => ({ person: person?.id, email: invitation?.address }));
  const spent = await spendAmong(due, invitees, 'reminder');
  return new Set(each.filter((_, index) => spent[index] === undefined));
}

async function toPerson(due: Due, poll: Poll, person: PersonRecord): Promise<Effect> {
  const reader = { ...person, language: person.language ?? poll.language };
  const words = await wordsFor(due, reader, person.timeZone ?? poll.timeZone);
  const message = await findMessage(due.tx, due, keyOf(poll));
  const card = reminderCard(inWords(poll, words), words, message?.link);
  // A reminder that may have come twice is one too many.
  return { do: 'post', to: { person: person.id }, card, audience: 'person', resend: false };
}
