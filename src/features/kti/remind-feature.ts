import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { findContact } from '../clients/access-store.ts';
import { spendAmong } from '../fatigue/budget-store.ts';
import { teamOfClient } from './calendar-store.ts';
import { gradesOfRound } from './grade-store.ts';
import { changeInvitation, findInvitation, invitationsOf } from './invitation-store.ts';
import { type Asking, askingOf, letterTo } from './invite-feature.ts';
import type { Invitation, Round } from './kti.ts';
import { workingDaysLater, workingMoment } from './plan-rules.ts';
import { roundFor } from './spread-rules.ts';

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

/** Once, to who has not answered and is still a contact; not to who was written to a day ago. */
export async function remind(due: Due): Promise<Effect[]> {
  const { tx, tenant, now } = due;
  const own = await findInvitation(tx, tenant, due.subject);
  const asking = await askingOf(due, own?.round ?? due.subject);
  if (asking?.round.state !== 'open') return [];
  const round = own ? roundFor(asking.round, own) : asking.round;
  if (Temporal.Instant.compare(now, round.closesAt) >= 0) return [];
  // Nobody is reminded at night or on a holiday, however late this runs.
  const moment = workingMoment(await teamOfClient(due, asking.client), now);
  if (Temporal.Instant.compare(moment, now) > 0) return inTime(round, due.subject, moment);
  const silent = await silentOf(due, asking, own ? [own] : await invitationsOf(tx, tenant, asking.round.id));
  const spent = await spendAmong(due, silent, 'reminder');
  const effects: Effect[] = [];
  for (const one of silent.filter((_, index) => !spent[index])) {
    await changeInvitation(tx, tenant, { ...one, remindedAt: now });
    effects.push(...(await letterTo(due, asking, one, 'again')));
  }
  return effects;
}

async function silentOf(due: Due, { round, client }: Asking, all: Invitation[]): Promise<Invitation[]> {
  const given = await gradesOfRound(due.tx, due.tenant, round.id);
  const silent: Invitation[] = [];
  for (const one of all) {
    const isGiven = given.some(
      ({ grader, kti }) => grader === one.grader && (one.kti === undefined || kti === one.kti),
    );
    const isAlone = one.way === 'direct' || one.way === 'mail';
    if (one.doneAt || one.remindedAt || isGiven || !isAlone) continue;
    if (await findContact(due, client.id, one.contact)) silent.push(one);
  }
  return silent;
}
