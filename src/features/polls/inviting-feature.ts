import { z } from 'zod';
import { type Addressee, readAddresses } from '../../chat/address.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Language } from '../../chat/request.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import { voice } from '../../text/say.ts';
import { holdBudgets, spendAmong } from '../fatigue/budget-store.ts';
import { type Skipped, sayFewSkipped, saySkipped } from '../fatigue/said-rules.ts';
import { inWords } from './cards.ts';
import { invitationCard, invitedCard, inviteForm } from './invitation-cards.ts';
import { type Invitation, invite, readInvitations } from './invitation-store.ts';
import { limits, type Poll, subjectOf } from './polls.ts';
import type { At } from './question-feature.ts';
import { allowEnding, known } from './result-feature.ts';
import { addInvited } from './store.ts';

/** So long after the closing a link still leads to a page that says so. */
const linkOutlives = { hours: 30 * 24 };

/** Asks who is to be asked by mail. */
export async function askWhom(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const poll = await open(asked, subject);
  return [{ do: 'ask', form: inviteForm(poll, asked.say, asked.mails) }];
}

async function open(asked: Asked, id: string): Promise<Poll> {
  const poll = await known(asked, id);
  allowEnding(asked, poll);
  if (poll.state !== 'open') throw new Refusal(`error.poll-${poll.state}`);
  // Whoever holds the links could answer in their place, and know who the last one was.
  if (poll.anonymous && !asked.mails) throw new Refusal('error.invite-anonymous');
  if (!linkTo(asked, poll, poll.id)) throw new Refusal('error.no-public-address');
  return poll;
}

const formSchema = z.object({ addresses: z.string(), language: z.enum(['nl', 'en']) });

/** Invites contacts who have no more than an e-mail address. */
export async function inviteContacts(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const poll = await open(asked, subject);
  const form = formSchema.safeParse(fields);
  if (!form.success) throw new Refusal('error.form-incomplete');
  const { contacts, wrong } = readAddresses(form.data.addresses);
  const field = { field: 'addresses' };
  if (wrong !== undefined) throw new Refusal('error.address', { address: wrong }, field);
  if (contacts.length === 0) throw new Refusal('error.no-address', {}, field);
  if (contacts.length > limits.addresses)
    throw new Refusal('error.addresses-many', { most: limits.addresses }, field);
  const { language } = form.data;
  const asks = contacts.map((contact) => ({ ...contact, language }));
  const { tx, tenant, now, mails } = asked;
  const { fresh, skipped } = await inviteRested(asked, poll, asks);
  // Who was invited before gets no second mail; but his link can be had again.
  const listed = new Set(contacts.map(({ address }) => address));
  const made = mails
    ? fresh
    : (await readInvitations(tx, tenant, poll.id)).filter(({ address }) => listed.has(address));
  const words = readers(asked);
  if (made.length === 0 && skipped.length > 0)
    throw new Refusal('error.fatigue-all', { people: sayFewSkipped(skipped, words, now) }, field);
  if (made.length === 0) throw new Refusal('error.all-invited', {}, field);
  const card = invitedCard(words, linksOf(asked, poll, made), mails, saySkipped(skipped, words, now));
  return [...(mails ? deliver(asked, poll, made, 'first') : []), answer(card, 'internal')];
}

type Contact = Addressee & { language: Language };

/**
 * Invites those of them who are not invited yet and whose budget allows it; a link that is made for somebody is an
 * invitation, whoever sends it. `skipped`: who was asked too lately.
 */
export async function inviteRested(
  at: At,
  poll: Poll,
  contacts: Contact[],
): Promise<{ fresh: Invitation[]; skipped: Skipped[] }> {
  const { tx, tenant, now } = at;
  await holdBudgets(at);
  const before = new Set((await readInvitations(tx, tenant, poll.id)).map(({ address }) => address));
  const others = contacts.filter(({ address }) => !before.has(address));
  const spent = await spendAmong(
    at,
    others.map(({ address }) => ({ email: address })),
    subjectOf(poll.kind),
  );
  const rested = others.filter((_, index) => spent[index] === undefined);
  const fresh = await invite(tx, tenant, poll.id, rested, now);
  await addInvited(tx, tenant, poll.id, fresh.length);
  const skipped = others.flatMap(({ name }, index) => {
    const why = spent[index];
    return why ? [{ name, spent: why }] : [];
  });
  return { fresh, skipped };
}

/** Mails these their links. */
export function deliver(at: At, poll: Poll, invitations: Invitation[], time: 'first' | 'again'): Effect[] {
  return invitations.flatMap((one): Effect[] => {
    const link = linkTo(at, poll, one.id);
    if (!link) return [];
    return [
      {
        do: 'post',
        to: { mail: one.address },
        card: invitationCard(inWords(poll, wordsOf(one, poll)), wordsOf(one, poll), link, time === 'again'),
        audience: 'person',
        resend: time === 'first',
        otherwise: { job: 'polls.unmailed', subject: one.id },
      },
    ];
  });
}

/** Each one's name and link. */
export function linksOf(at: At, poll: Poll, invitations: Invitation[]): { name: string; link: string }[] {
  return invitations.flatMap(({ id, name }) => {
    const link = linkTo(at, poll, id);
    return link ? [{ name, link }] : [];
  });
}

/** The address of the page on which this invitation is answered; undefined where Belay has none. */
export function linkTo(at: At, poll: Poll, id: string): string | undefined {
  return at.link('polls.answer', id, poll.closesAt.add(linkOutlives));
}

/** In the words of a contact: his language, and the poll's clock. */
export function wordsOf({ language }: { language: Language }, { timeZone }: Poll): Voice {
  return { say: voice(language), language, timeZone };
}
