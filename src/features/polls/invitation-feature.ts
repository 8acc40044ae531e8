import { z } from 'zod';
import { readAddresses } from '../../chat/address.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due, Page, Sheet } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Language } from '../../chat/request.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import { voice } from '../../text/say.ts';
import type { Follow } from '../follow-ups/follow-ups.ts';
import { castBallot, takersAmong } from './ballot-store.ts';
import { inWords } from './cards.ts';
import { followGrade } from './follow-feature.ts';
import {
  answeredSheet,
  answerSheet,
  endedSheet,
  invitationCard,
  invitedCard,
  inviteForm,
  unmailedCard,
} from './invitation-cards.ts';
import {
  findInvitation,
  type Invitation,
  invite,
  readInvitations,
  uninvite,
  voterOf,
} from './invitation-store.ts';
import { wordsFor } from './people-feature.ts';
import { limits, type Poll, voteRefusal } from './polls.ts';
import type { At } from './question-feature.ts';
import { allowEnding, known } from './result-feature.ts';
import { addInvited, findPoll, holdPoll } from './store.ts';
import { readGrade, readWhy } from './vote-feature.ts';
import { castVote, findVote, keepWhy } from './vote-store.ts';

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
  const fresh = await invite(tx, tenant, poll.id, asks, now);
  await addInvited(tx, tenant, poll.id, fresh.length);
  // Who was invited before gets no second mail; but his link can be had again.
  const listed = new Set(contacts.map(({ address }) => address));
  const made = mails
    ? fresh
    : (await readInvitations(tx, tenant, poll.id)).filter(({ address }) => listed.has(address));
  if (made.length === 0) throw new Refusal('error.all-invited', {}, field);
  const card = invitedCard(readers(asked), linksOf(asked, poll, made), mails);
  return [...(mails ? deliver(asked, poll, made, 'first') : []), answer(card, 'internal')];
}

/** The next round is put to the same contacts as the last. */
export async function inviteAgain(due: Due, before: Poll, poll: Poll): Promise<Effect[]> {
  const { tx, tenant, now, mails } = due;
  if (poll.anonymous && !mails) return [];
  const fresh = await invite(tx, tenant, poll.id, await readInvitations(tx, tenant, before.id), now);
  const links = linksOf(due, poll, fresh);
  if (links.length === 0) return [];
  await addInvited(tx, tenant, poll.id, fresh.length);
  if (mails) return deliver(due, poll, fresh, 'first');
  const card = invitedCard(await wordsFor(due, poll.asker, poll.timeZone), links, false);
  return [{ do: 'post', to: { person: poll.asker.id }, card, audience: 'internal', resend: false }];
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

/** A mail could not be delivered: the one who asked gets the link, to send it otherwise. */
export async function unmailed(due: Due): Promise<Effect[]> {
  const found = await invitedTo(due);
  if (found?.poll.state !== 'open') return [];
  const { invitation, poll } = found;
  if (poll.anonymous) {
    // Nobody may have his link; so that he can be invited again, he was not.
    await uninvite(due.tx, due.tenant, invitation.id);
    await addInvited(due.tx, due.tenant, poll.id, -1);
  }
  const link = poll.anonymous ? undefined : linkTo(due, poll, invitation.id);
  const card = unmailedCard(await wordsFor(due, poll.asker, poll.timeZone), invitation.address, link);
  return [{ do: 'post', to: { person: poll.asker.id }, card, audience: 'internal', resend: false }];
}

function linksOf(at: At, poll: Poll, invitations: Invitation[]): { name: string; link: string }[] {
  return invitations.flatMap(({ id, name }) => {
    const link = linkTo(at, poll, id);
    return link ? [{ name, link }] : [];
  });
}

function linkTo(at: At, poll: Poll, id: string): string | undefined {
  return at.link('polls.answer', id, poll.closesAt.add(linkOutlives));
}

function wordsOf({ language }: { language: Language }, { timeZone }: Poll): Voice {
  return { say: voice(language), language, timeZone };
}

async function invitedTo(
  { tx, tenant, subject }: Due,
  { hold } = { hold: false },
): Promise<{ invitation: Invitation; poll: Poll } | undefined> {
  const invitation = await findInvitation(tx, tenant, subject, { hold });
  // Held, so that it cannot close between this look and the vote.
  const poll = invitation && (await (hold ? holdPoll : findPoll)(tx, tenant, invitation.poll));
  return invitation && poll && { invitation, poll };
}

/** The page on which somebody without this chat answers, once. */
export function answerPage(follow: Follow): Page {
  return {
    async show(due, language) {
      const found = await invitedTo(due);
      if (!found) throw new Refusal('error.poll-gone');
      return sheetOf(due, found.invitation, found.poll, language);
    },
    async send(due, fields, language) {
      const found = await invitedTo(due, { hold: true });
      if (!found) throw new Refusal('error.poll-gone');
      const { invitation, poll } = found;
      const words = wordsOf({ language: language ?? invitation.language }, poll);
      if (await isOver(due, invitation, poll))
        return { sheet: await sheetOf(due, invitation, poll, language), effects: [] };
      const why = readWhy(fields.why);
      const grade = readGrade(poll, fields.grade);
      if (grade === undefined) throw new Refusal('error.poll-no-grade', {}, { field: 'grade' });
      return {
        sheet: answeredSheet(poll, words),
        effects: await keep(follow, due, poll, invitation, { grade, why }),
      };
    },
  };
}

async function keep(
  follow: Follow,
  due: Due,
  poll: Poll,
  invitation: Invitation,
  { grade, why }: { grade: number; why: string | undefined },
): Promise<Effect[]> {
  const { tx, tenant, now } = due;
  const voter = voterOf(invitation);
  if (poll.anonymous) {
    await castBallot(tx, tenant, poll.id, voter.id, { grade, why });
    return [];
  }
  const { before } = await castVote(tx, tenant, poll.id, voter, grade, now);
  if (why) await keepWhy(tx, tenant, poll.id, voter.id, why);
  return followGrade(follow, due, poll, voter, { before, grade });
}

async function isOver(due: Due, invitation: Invitation, poll: Poll): Promise<boolean> {
  return voteRefusal(poll, { outsider: true }, due.now) !== undefined || hasAnswered(due, invitation, poll);
}

async function hasAnswered({ tx, tenant }: Due, invitation: Invitation, poll: Poll): Promise<boolean> {
  const { id } = voterOf(invitation);
  if (!poll.anonymous) return (await findVote(tx, tenant, poll.id, id)) !== undefined;
  return poll.state === 'open' && (await takersAmong(tx, tenant, poll.id, [id])).has(id);
}

async function sheetOf(
  due: Due,
  invitation: Invitation,
  poll: Poll,
  language: Language | undefined,
): Promise<Sheet> {
  const words = wordsOf({ language: language ?? invitation.language }, poll);
  if (await hasAnswered(due, invitation, poll)) return answeredSheet(poll, words);
  const over = voteRefusal(poll, { outsider: true }, due.now) !== undefined;
  const read = inWords(poll, words);
  return over ? endedSheet(read, words) : answerSheet(read, words);
}
