import type { Followed } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Client } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { parted } from '../expectations/expectations.ts';
import type { Matter } from '../follow-ups/follow-ups.ts';
import { gradesOfRound } from './grade-store.ts';
import { insufficient, type Kti, nameOf, type Round, scale } from './kti.ts';
import { readRound } from './round-store.ts';
import { findKti } from './store.ts';

/** A failure is followed up like an unfavourable answer to a poll: by the client's owner, and then its manager. */
export const followed: Followed = {
  kind: 'kti',
  async about({ tx, tenant }, subject, person, { say, language }) {
    const [id, about = ''] = parted(subject);
    // Not held: whoever gives a grade holds the round before its follow-up, and here it is the other way about.
    const [round, kti] = [await readRound(tx, tenant, id), await findKti(tx, tenant, about)];
    const client = round && (await findClient(tx, tenant, round.client));
    if (!kti || !client || client.archived) return undefined;
    const all = await gradesOfRound(tx, tenant, id);
    const given = all.find((one) => one.kti === about && one.grader === person);
    if (!given) return undefined;
    const { name, grade, why } = given;
    const where = say('kti.follow-where', {
      client: client.name,
      text: shortened(nameOf(kti, language), 80),
    });
    return { name, grade, to: scale.to, why, where, isLow: grade < insufficient, rises: client.manager };
  },
};

/** What is followed up when a grade of this KTI is low. */
export function matterOf({ owner }: Client, { id, timeZone }: Round, kti: Kti): Matter {
  return { followed, subject: `${id}.${kti.id}`, owner, timeZone };
}
