import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { contactsOf } from '../clients/access-store.ts';
import { contactIn } from '../clients/clients.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { workingMoment } from '../daily-start/schedule-rules.ts';
import { spendAmong } from '../fatigue/budget-store.ts';
import { teamOfClient } from './calendar-store.ts';
import { gradesOfRound } from './grade-store.ts';
import { hearerOf } from './hearer-store.ts';
import { changeInvitation, invitationsOf } from './invitation-store.ts';
import { type Asking, askingOf, invitedIn, letterTo, linkTo } from './invite-feature.ts';
import type { Invitation, Round } from './kti.ts';
import { workingDaysLater } from './plan-rules.ts';
import { type Silent, silentCard } from './silent-cards.ts';
import { roundFor } from './spread-rules.ts';
import { channelAgain } from './unasked-feature.ts';

/** Who keeps silent hears of it once more. */

const afterDays = 3;

/** When those who were asked at a moment are reminded: of all of a round, or of one question alone. None too late for it. */
export async function reminding(
  at: Parameters<typeof teamOfClient>[0],
  { round, client }: Pick<Asking, 'round' | 'client'>,
  subject: string,
  askedAt: Temporal.Instant,
): Promise<Effect[]> {
  return inTime(round, subject, workingDaysLater(await teamOfClient(at, client), askedAt, afterDays));
}

function inTime({ closesAt }: Pick<Round, 'closesAt'>, subject: string, at: Temporal.Instant): Effect[] {
  return Temporal.Instant.compare(at, closesAt) < 0 ? [{ do: 'later', job: 'kti.remind', subject, at }] : [];
}

/**
 * Once, to who has not answered and is still a contact: alone, but not to who was written to a day ago, or in the channel
 * where he was asked. Who asked hears of it, and whom he is to remind himself.
 */
export async function remind(due: Due): Promise<Effect[]> {
  const own = await invitedIn(due, due.subject);
  const asking = own?.asking ?? (await askingOf(due, due.subject));
  if (asking?.round.state !== 'open') return [];
  const round = own ? roundFor(asking.round, own.one) : asking.round;
  if (Temporal.Instant.compare(due.now, round.closesAt) >= 0) return [];
  // Nobody is reminded at night or on a holiday, however late this runs.
  const moment = workingMoment(await teamOfClient(due, asking.client), due.now);
  if (Temporal.Instant.compare(moment, due.now) > 0) return inTime(round, due.subject, moment);
  const asked = own ? [own.one] : await invitationsOf(due.tx, due.tenant, asking.round.id);
  const silent = await silentOf(due, asking, asked);
  if (silent.length === 0) return [];
  const { reached, spared, effects } = await remindAlone(due, asking, silent);
  const inChannel = await remindInChannel(due, asking, silent);
  const links = silent.filter(({ way }) => way === 'link').flatMap((one) => linkOf(due, asking, one));
  const told = {
    ...{ count: silent.length, asked: asked.length, reminded: reached.map(({ name }) => name) },
    ...{ inChannel: inChannel.names, spared, links },
  };
  // Of one question a day he hears only what he has to do.
  const tells = !own || links.length > 0;
  return [...effects, ...inChannel.effects, ...(tells ? [await toAsker(due, asking, told)] : [])];
}

async function remindAlone(due: Due, asking: Asking, silent: Invitation[]) {
  const alone = silent.filter(({ way }) => way === 'direct' || way === 'mail');
  const spent = await spendAmong(due, alone, 'reminder');
  const reached = alone.filter((_, index) => !spent[index]);
  const spared = alone.filter((_, index) => spent[index]).map(({ name }) => name);
  const effects: Effect[] = [];
  for (const one of reached) {
    await changeInvitation(due.tx, due.tenant, { ...one, remindedAt: due.now });
    effects.push(...(await letterTo(due, asking, one, 'again')));
  }
  return { reached, spared, effects };
}

/** One card for all who were asked there. */
async function remindInChannel(due: Due, asking: Asking, silent: Invitation[]) {
  const there = silent.filter(({ way }) => way === 'channel');
  const effects = there.length > 0 ? await channelAgain(due, asking) : [];
  if (effects.length === 0) return { names: [], effects };
  for (const one of there) await changeInvitation(due.tx, due.tenant, { ...one, remindedAt: due.now });
  return { names: there.map(({ name }) => name), effects };
}

function linkOf(due: Due, { round }: Asking, { id, name }: Invitation): Silent['links'] {
  const link = linkTo(due, round, id);
  return link === undefined ? [] : [{ name, link }];
}

async function toAsker(due: Due, { client, round }: Asking, silent: Silent): Promise<Effect> {
  const { id } = await hearerOf(due, client, round.asker);
  const card = silentCard(client, silent, await voiceOf(due, id));
  return { do: 'post', to: { person: id }, card, audience: 'internal', resend: false };
}

async function silentOf(due: Due, { round, client }: Asking, asked: Invitation[]): Promise<Invitation[]> {
  const given = await gradesOfRound(due.tx, due.tenant, round.id);
  const contacts = await contactsOf(due, client.id);
  return asked.filter((one) => {
    const isGiven = given.some(
      ({ grader, kti }) => grader === one.grader && (one.kti === undefined || kti === one.kti),
    );
    return !one.doneAt && !one.remindedAt && !isGiven && contactIn(contacts, one.contact);
  });
}
