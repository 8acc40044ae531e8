import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { newId } from '../../store/id.ts';
import { readPerson } from '../../store/people.ts';
import { contactsOf } from '../clients/access-store.ts';
import type { Contact } from '../clients/clients.ts';
import { spend } from '../fatigue/budget-store.ts';
import { addInvitation, changeInvitation, invitationsOf } from './invitation-store.ts';
import type { Asking } from './invite-feature.ts';
import { graderOf, type Invitation, isHis, type Round } from './kti.ts';

/** Whoever presses the card in his channel is asked from then on, if he was not. The round is held. */
export async function invitedHere(asked: Asked, { client, round }: Asking): Promise<Invitation> {
  const { tx, tenant, person } = asked;
  // There each is asked one question on his day, and none stands in the channel.
  if (round.spread) throw new Refusal('error.kti-gone');
  const contact = (await contactsOf(asked, client.id)).find((one) => one.person === person.id);
  const found = await invitedBefore(asked, round, contact);
  if (found?.person !== undefined) return found;
  if (found) {
    // He was asked by mail; what he sends from here is his, too.
    const known: Invitation = { ...found, person: person.id };
    await changeInvitation(tx, tenant, known);
    return known;
  }
  const one = invitationHere(asked, round, contact);
  await addInvitation(tx, tenant, one);
  await spend(asked, { person: person.id, email: one.email }, 'kti');
  return one;
}

async function invitedBefore(
  { tx, tenant, platform, person }: Asked,
  { id }: Round,
  contact: Contact | undefined,
): Promise<Invitation | undefined> {
  const known = await readPerson(tx, platform, tenant, person.id);
  const his = { person: person.id, contact: contact?.id, emails: [contact?.email, known?.email] };
  return (await invitationsOf(tx, tenant, id)).find((one) => isHis(one, his));
}

function invitationHere({ person, now }: Asked, round: Round, contact: Contact | undefined): Invitation {
  const grader = contact ? graderOf(contact) : person.id;
  return {
    ...{ id: newId(), round: round.id, contact: contact?.id ?? `person:${person.id}`, grader },
    ...{ name: person.name, person: person.id, email: contact?.email, language: contact?.language },
    ...{ kti: undefined, way: 'channel', invitedAt: now, remindedAt: undefined, doneAt: undefined },
  };
}
