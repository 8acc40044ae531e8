import type { Telling } from '../../chat/contributions.ts';
import { clientsWithContact } from '../clients/contact-store.ts';
import { lastDiscussed } from '../conversations/note-store.ts';
import { lastRaised } from '../conversations/raised-store.ts';
import { openOutlines } from '../expectations/outline-store.ts';
import { countedComplaints } from '../feedback/count-store.ts';
import type { Facts } from './reports.ts';

/** Complaints of so long count among those of late, as on a client's own card. */
const lately = { hours: 24 * 92 };

/** What is kept of one client, or of all: as many queries whatever the number of clients. */
export async function readFacts(
  { tx, tenant, platform, now }: Telling,
  client?: string,
): Promise<Omit<Facts, 'sources'>> {
  const since = now.subtract(lately);
  return {
    expectations: await openOutlines(tx, tenant, client),
    discussed: await lastDiscussed(tx, tenant, client),
    raised: await lastRaised(tx, tenant, client),
    complaints: await countedComplaints(tx, tenant, { since, client }),
    withContact: await clientsWithContact(tx, { tenant, platform }),
  };
}
