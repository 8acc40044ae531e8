import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readPlace } from '../../store/places.ts';
import { contactsOf, findContact, placeOf } from '../clients/access-store.ts';
import type { Client, Contact } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { clientVoice, contactVoice } from '../clients/voice-store.ts';
import { questionCard } from './cards.ts';
import { bringTo, markSent } from './change-store.ts';
import { rawCard } from './concrete-cards.ts';
import { after, type Expectation, isJustPut, waitsForManager } from './expectations.ts';
import { noManager, owned } from './owned-feature.ts';
import { addContact, mailCard, sentCard, toWhomForm, unsentCard } from './send-cards.ts';
import { reviewMonthsOf } from './settings-feature.ts';
import { findExpectation, findWording } from './store.ts';
import { keyOf, toOwner, update } from './telling-feature.ts';

const linkLasts = { hours: 60 * 24 };

/** Puts it before the client; as it was noted only after a warning. */
export async function send(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { client, expectation } = await sendable(asked, subject);
  if (expectation.state === 'noted') return [answer(rawCard(expectation, asked.say), 'internal')];
  return put(asked, client, expectation);
}

/** The warning was read. */
export async function sendAnyway(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { client, expectation } = await sendable(asked, subject);
  return put(asked, client, expectation);
}

async function sendable(asked: Asked, id: string) {
  const found = await owned(asked, id, { write: true });
  const { client, expectation } = found;
  if (!after(expectation.state, 'send', 'team')) throw new Refusal('error.expectation-over');
  if (waitsForManager(expectation)) throw waits(asked, client, expectation);
  return found;
}

/** Why one about a person cannot be sent yet, and who is to say something first. */
function waits(asked: Asked, client: Client, { person, feasible }: Expectation): Refusal {
  const { manager } = client;
  if (!manager) return noManager(asked, client);
  const code = feasible === false ? 'error.expectation-not-feasible' : 'error.expectation-feasible';
  return new Refusal(code, { name: person?.name ?? '', manager: manager.name });
}

async function put(asked: Asked, client: Client, expectation: Expectation): Promise<Effect[]> {
  const place = await placeOf(asked, client.id, 'shared');
  if (place !== undefined) return putInChannel(asked, client, expectation, place);
  const contacts = await contactsOf(asked, client.id);
  const [only] = contacts;
  if (!only) throw noContact(asked, client);
  if (contacts.length === 1) return putTo(asked, client, expectation, only);
  return [{ do: 'ask', form: toWhomForm(expectation.id, asked.say, contacts), alone: true }];
}

function noContact({ say }: Asked, client: Client): Refusal {
  const buttons = [addContact(client, say)];
  return new Refusal('error.expectation-no-contact', { client: client.name }, { buttons });
}

/** To whom was chosen. */
export async function sendTo(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const { client, expectation } = await sendable(asked, subject);
  const contact = await findContact(asked, client.id, fields.contact ?? '');
  if (!contact)
    throw new Refusal('error.expectation-no-contact', { client: client.name }, { field: 'contact' });
  return putTo(asked, client, expectation, contact);
}

async function putInChannel(
  asked: Asked,
  client: Client,
  expectation: Expectation,
  place: string,
): Promise<Effect[]> {
  const { tx, tenant, platform, say, now } = asked;
  const name = (await readPlace(tx, platform, tenant, place))?.name;
  const where = name ? `#${name}` : say('expectations.the-channel', { client: client.name });
  const done = answer(sentCard(say('expectations.sent-in', { where }), expectation), 'internal');
  if (isJustPut(expectation, { place }, now)) return [done];
  const sent = await bring(asked, client, expectation, { place });
  const asking = { months: await reviewMonthsOf(asked), by: asked.person.name, alone: false };
  const card = questionCard(client, expectation, await clientVoice(asked, client), asking);
  return [
    ...sent,
    {
      do: 'post',
      to: { place },
      card,
      audience: 'anyone',
      key: keyOf(expectation.wording),
      ...surely(expectation),
    },
    done,
  ];
}

async function putTo(
  asked: Asked,
  client: Client,
  expectation: Expectation,
  contact: Contact,
): Promise<Effect[]> {
  if (contact.person === undefined) return putByMail(asked, client, expectation, contact);
  const { person } = contact;
  const done = answer(
    sentCard(asked.say('expectations.sent', { where: contact.name }), expectation),
    'internal',
  );
  if (isJustPut(expectation, { person }, asked.now)) return [done];
  const sent = await bring(asked, client, expectation, { person });
  const asking = { months: await reviewMonthsOf(asked), by: asked.person.name, alone: true };
  const card = questionCard(client, expectation, await contactVoice(asked, contact, client), asking);
  return [
    ...sent,
    {
      do: 'post',
      to: { person },
      card,
      audience: 'person',
      key: keyOf(expectation.wording),
      ...surely(expectation),
    },
    done,
  ];
}

async function putByMail(
  asked: Asked,
  client: Client,
  expectation: Expectation,
  contact: Contact,
): Promise<Effect[]> {
  const subject = `${expectation.wording.id}.${contact.id}`;
  const link = asked.link('expectations.answer', subject, asked.now.add(linkLasts));
  if (link === undefined || contact.email === undefined) throw new Refusal('error.no-public-address');
  const sent = await bring(asked, client, expectation, {});
  if (!asked.mails) {
    const text = asked.say('expectations.sent-link', { name: contact.name });
    return [...sent, answer(sentCard(text, expectation, link), 'person')];
  }
  const where = `${contact.name} (${contact.email})`;
  const words = await clientVoice(asked, client, contact.language);
  const card = mailCard(expectation, words, { url: link, by: asked.person.name });
  return [
    ...sent,
    { do: 'post', to: { mail: contact.email }, card, audience: 'person', ...surely(expectation) },
    answer(sentCard(asked.say('expectations.sent', { where }), expectation), 'internal'),
  ];
}

/** Where it was put before gives way; then it is sent. */
async function bring(
  asked: Asked,
  client: Client,
  expectation: Expectation,
  to: { place?: string; person?: string },
): Promise<Effect[]> {
  const { tx, tenant, person, now } = asked;
  const older = expectation.wording.sentAt ? await update(asked, client, expectation, 'replaced') : [];
  await bringTo(tx, tenant, expectation, { state: 'sent', happened: 'send' }, { who: person, now });
  await markSent(tx, tenant, expectation.wording.id, to, now);
  return older;
}

function surely({ wording }: Expectation) {
  return { resend: true, otherwise: { job: 'expectations.unsent', subject: wording.id } } as const;
}

/** It could not be put before the client: the owner hears, and it is to be sent again. */
export async function unsent(due: Due): Promise<Effect[]> {
  const wording = await findWording(due.tx, due.tenant, due.subject);
  const expectation = wording && (await findExpectation(due.tx, due.tenant, wording.expectation));
  const client = expectation && (await findClient(due.tx, due.tenant, expectation.client));
  if (!client || expectation.wording.id !== due.subject || expectation.state !== 'sent') return [];
  const deed = { who: client.owner, now: due.now };
  await bringTo(due.tx, due.tenant, expectation, { state: 'concrete', happened: 'unsent' }, deed);
  return [await toOwner(due, client, expectation, ({ say }) => unsentCard(client, expectation, say))];
}
