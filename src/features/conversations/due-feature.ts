import { z } from 'zod';
import type { Due } from '../../chat/feature.ts';
import { readPerson } from '../../store/people.ts';
import { relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { stillDue } from '../nudges/guard-store.ts';
import type { Kind } from '../nudges/nudges.ts';
import { askedAmong } from './asking-store.ts';
import { askedAfter, type Conversation, isAhead } from './conversations.ts';
import { isUnderWay } from './meeting-rules.ts';
import { meetingOf } from './meeting-store.ts';
import { findConversation } from './store.ts';

/** What a job of these is about: to whom, and the keys of what (as nudges plans them). */
const subjectSchema = z.object({ person: z.string(), keys: z.array(z.string()) });

export type Found = { client: Client; conversation: Conversation; key: string };

type DueTalks = {
  person: string;
  found: Found[];
  /** Of which it is too early to ask: they ended later than was known. */
  early: Found[];
  /** Of which he may hear nothing any more, as he has gone over to the client. */
  lost: Found[];
  /** It makes no sense to send it after that. */
  until: Temporal.Instant;
};

/** The conversations of a planned message that are still to be told of now. */
export async function dueTalks(due: Due, kind: Extract<Kind, 'before' | 'day' | 'after'>): Promise<DueTalks> {
  const { person, keys } = subjectSchema.parse(JSON.parse(due.subject));
  const { open, lost } = await foundOf(due, person, keys);
  const all = kind === 'after' ? await overOf(due, open) : open;
  const asked = await askedAmong(
    due.tx,
    due.tenant,
    all.map(({ conversation }) => conversation.id),
  );
  const talks = all.map(({ conversation: { id, client, start, end, people, answer } }) => ({
    ...{ id, client, people: people.map((one) => one.id) },
    ...{ start: start.epochMilliseconds, end: end.epochMilliseconds },
    ...{ asked: asked.has(id), answered: answer !== undefined },
  }));
  const still = await stillDue(due, { person, kind, keys: all.map(({ key }) => key) }, { talks });
  const found = all.filter(({ key }) => still.keys.includes(key));
  const early = all.filter(({ conversation }) => isAhead(conversation, due.now.subtract(askedAfter)));
  return { person, found, early, lost, until: still.until };
}

/** Those that are over: one whose meeting goes on is not, whatever was planned. */
async function overOf(due: Due, found: Found[]): Promise<Found[]> {
  const over: Found[] = [];
  for (const one of found) {
    const { conversation } = one;
    if (isAhead(conversation, due.now)) continue;
    const meeting = await meetingOf(due.tx, due.tenant, conversation.id);
    if (!isUnderWay(meeting, conversation, due.now)) over.push(one);
  }
  return over;
}

/** Those that nobody answered for, in the order of their keys: of clients of whom this person may still read, and of others. */
async function foundOf(due: Due, person: string, keys: string[]): Promise<{ open: Found[]; lost: Found[] }> {
  const open: Found[] = [];
  const lost: Found[] = [];
  // Always in the same order, because each is held: two messages about the same ones wait for each other.
  for (const key of keys.toSorted()) {
    const conversation = await findConversation(due.tx, due, key.split('@')[0] ?? '');
    const client = conversation && (await findClient(due.tx, due.tenant, conversation.client));
    if (!client || client.archived || conversation.answer) continue;
    const list = (await mayHear(due, person, client)) ? open : lost;
    list.push({ client, conversation, key });
  }
  return { open: open.toSorted((one, other) => keys.indexOf(one.key) - keys.indexOf(other.key)), lost };
}

/** Whether somebody is told by himself about a client: one of its team or a colleague; no outsider, no contact of it. */
export async function mayHear(due: Due, person: string, client: Client): Promise<boolean> {
  const known = await readPerson(due.tx, due.platform, due.tenant, person);
  const relation = known && (await relationOf(due, known, client));
  return relation === 'team' || relation === 'colleague';
}
