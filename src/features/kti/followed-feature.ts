import type { Followed } from '../../chat/contributions.ts';
import { shortened } from '../../chat/grammar.ts';
import { helpersOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import type { Matter } from '../follow-ups/follow-ups.ts';
import { teamOfClient } from './calendar-store.ts';
import { seenOf } from './current-store.ts';
import { gradesOfOne, onceBelow } from './grade-store.ts';
import { findInvitation } from './invitation-store.ts';
import { type Grade, type Invitation, insufficient, nameOf, type Round, scale } from './kti.ts';
import { readRound } from './round-store.ts';
import { findKtis } from './store.ts';

type At = Parameters<Followed['about']>[0];

/**
 * Failures are followed up like an unfavourable answer to a poll: by the client's owner, and then its manager. One
 * invitation is one matter: who is asked five things and is content with none is called once.
 */
export const followed: Followed = {
  kind: 'kti',
  async about(at, { subject, reader }, { say, language }) {
    const asked = await askedIn(at, subject);
    if (!asked || asked.client.archived) return undefined;
    const { one, client } = asked;
    const shown = await failuresOf(at, one);
    const ids = shown.map(({ kti }) => kti);
    const seen = await seenOf(at, client, reader, await findKtis(at.tx, at.tenant, ids));
    const names = new Map(seen.map((kti) => [kti.id, shortened(nameOf(kti, language), 80)]));
    const [first, ...more] = shown.map(({ kti, grade, why }) => {
      const name = names.get(kti);
      const text = name ?? say('improvements.serves-hidden');
      const where = say('kti.follow-where', { client: client.name, text });
      return { grade, why: name === undefined && why !== undefined ? '' : why, where };
    });
    if (!first) return undefined;
    const isLow = first.grade < insufficient;
    const { country } = await teamOfClient(at, client);
    return { ...first, more, name: one.name, to: scale.to, isLow, rises: client.manager, country };
  },
  async helpers(at, subject) {
    const asked = await askedIn(at, subject);
    return asked && helpersOf(at, asked.client);
  },
};

/** Read without holding: who answers holds the round before what is done about it, and this is the other way round. */
async function askedIn(
  { tx, tenant }: Pick<At, 'tx' | 'tenant'>,
  id: string,
): Promise<{ one: Invitation; client: Client } | undefined> {
  const one = await findInvitation(tx, tenant, id);
  const round = one && (await readRound(tx, tenant, one.round));
  const client = round && (await findClient(tx, tenant, round.client));
  return one && client && { one, client };
}

/** What somebody gave below six, the lowest first; when all was raised, what it is now. */
async function failuresOf({ tx, tenant }: At, one: Invitation): Promise<Grade[]> {
  const given = (await gradesOfOne(tx, tenant, one)).toSorted((a, b) => a.grade - b.grade);
  const low = given.filter(({ grade }) => grade < insufficient);
  if (low.length > 0) return low;
  const raised = await onceBelow(tx, tenant, one, insufficient);
  return given.filter(({ kti }) => raised.has(kti));
}

/** What is followed up when grades of somebody who was asked are low. */
export function lowGrades({ owner }: Client, { timeZone }: Round, { id }: Invitation): Matter {
  return { followed, subject: id, owner, timeZone };
}
