import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { findMessage } from '../../store/messages.ts';
import type { PersonRecord } from '../../store/people.ts';
import { readMembers, readPlace } from '../../store/places.ts';
import { silentCard } from './asking-cards.ts';
import { takersAmong } from './ballot-store.ts';
import { inWords, reminderCard } from './cards.ts';
import { deliver } from './invitation-feature.ts';
import { readInvitations, voterOf } from './invitation-store.ts';
import { wordsFor } from './people-feature.ts';
import { keyOf, type Poll } from './polls.ts';
import { holdPoll } from './store.ts';
import { votersAmong } from './vote-store.ts';

/** Once, privately, to who has not answered; and to the one who asked how many those are. */
export async function remind(due: Due): Promise<Effect[]> {
  const { tx, tenant, platform, now, mails } = due;
  const poll = await holdPoll(tx, tenant, due.subject);
  if (poll?.state !== 'open' || Temporal.Instant.compare(now, poll.closesAt) >= 0) return [];
  // Whoever was last seen in a channel that Belay has left may not be there any more.
  const place = await readPlace(tx, platform, tenant, poll.place);
  const members = place?.reachable ? await readMembers(tx, platform, tenant, poll.place) : [];
  // Of a client's poll only the client's people; of the team's no client who has come to read along since.
  const asked = members.filter(({ outsider }) => (poll.shared ? outsider : !outsider || !place?.shared));
  const invitations = await readInvitations(tx, tenant, poll.id);
  const everybody = [...asked.map(({ id }) => id), ...invitations.map((one) => voterOf(one).id)];
  const answered = await (poll.anonymous ? takersAmong : votersAmong)(tx, tenant, poll.id, everybody);
  const silent = asked.filter(({ id }) => !answered.has(id));
  const unread = invitations.filter((one) => !answered.has(voterOf(one).id));
  const effects = await Promise.all(silent.map((person) => toPerson(due, poll, person)));
  const byMail = mails ? deliver(due, poll, unread, 'again') : [];
  const all = silent.length + unread.length;
  if (all === 0) return [];
  const told = { silent: all, invited: everybody.length, reminded: effects.length + byMail.length };
  const card = silentCard(poll, await wordsFor(due, poll.asker, poll.timeZone), told);
  const { id } = poll.asker;
  return [
    ...effects,
    ...byMail,
    { do: 'post', to: { person: id }, card, audience: 'internal', resend: false },
  ];
}

async function toPerson(due: Due, poll: Poll, person: PersonRecord): Promise<Effect> {
  const reader = { ...person, language: person.language ?? poll.language };
  const words = await wordsFor(due, reader, person.timeZone ?? poll.timeZone);
  const message = await findMessage(due.tx, due, keyOf(poll));
  const card = reminderCard(inWords(poll, words), words, message?.link);
  // A reminder that may have come twice is one too many.
  return { do: 'post', to: { person: person.id }, card, audience: 'person', resend: false };
}
