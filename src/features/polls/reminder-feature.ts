import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { languageOf } from '../../chat/request.ts';
import { type PersonRecord, readMembers, readPlace } from '../../store/directory.ts';
import { findMessage } from '../../store/messages.ts';
import { readSettings } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { silentCard } from './asking-cards.ts';
import { takersAmong } from './ballot-store.ts';
import { ofAsker, reminderCard, type Voice } from './cards.ts';
import { deliver } from './invitation-feature.ts';
import { readInvitations, voterOf } from './invitation-store.ts';
import { keyOf, type Poll } from './polls.ts';
import { holdPoll } from './store.ts';
import { votersAmong } from './vote-store.ts';

/** Once, privately, to who has not answered; and to the one who asked how many those are. */
export async function remind(due: Due): Promise<Effect[]> {
  const { tx, tenant, platform, now, mails } = due;
  const poll = await holdPoll(tx, tenant, due.subject);
  if (poll?.state !== 'open' || Temporal.Instant.compare(now, poll.closesAt) >= 0) return [];
  // Whoever was last seen in a channel that Belay has left may not be there any more.
  const reachable = (await readPlace(tx, platform, tenant, poll.place))?.reachable ?? false;
  const members = !reachable ? [] : await readMembers(tx, platform, tenant, poll.place);
  const asked = members.filter(({ outsider }) => outsider || !poll.shared);
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
  const card = silentCard(poll, ofAsker(poll), told);
  const { id } = poll.asker;
  return [
    ...effects,
    ...byMail,
    { do: 'post', to: { person: id }, card, audience: 'internal', resend: false },
  ];
}

async function toPerson(due: Due, poll: Poll, person: PersonRecord): Promise<Effect> {
  const { tx, tenant, platform } = due;
  const kept = await readSettings(tx, { tenant, platform, person: person.id });
  const language = languageOf(kept.get('person.language')) ?? person.language ?? poll.language;
  const words: Voice = { say: voice(language), language, timeZone: person.timeZone ?? poll.timeZone };
  const message = await findMessage(tx, due, keyOf(poll));
  const card = reminderCard(poll, words, message?.link);
  // A reminder that may have come twice is one too many.
  return { do: 'post', to: { person: person.id }, card, audience: 'person', resend: false };
}
