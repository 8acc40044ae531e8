import type { Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Ignored } from '../../chat/refusal.ts';
import type { Meeting } from '../../chat/request.ts';
import { newId } from '../../store/id.ts';
import type { PersonRecord } from '../../store/people.ts';
import { readMembers } from '../../store/places.ts';
import { clientOfPlace, clientsOfContact, relationOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { type Conversation, limits, usualMinutes } from './conversations.ts';
import { beginningOf, endingOf, heldIn, isNear, type Kept } from './meeting-rules.ts';
import { findMeeting, keepMeeting } from './meeting-store.ts';
import { planNow } from './plan-feature.ts';
import { spanAround } from './same-rules.ts';
import {
  addConversation,
  conversationsBetween,
  findConversation,
  joinConversation,
  moveConversation,
} from './store.ts';

type Begun = Pick<Meeting, 'id' | 'title'> & { start: Temporal.Instant };

/** A meeting of the platform's own has begun or is over. Nothing is said about it there: clients read along. */
export function meeting(asked: Asked, heard: Meeting): Promise<Effect[]> {
  if (!isNear(heard.phase === 'begun' ? heard.start : heard.end, asked.now)) throw new Ignored('meeting-far');
  return heard.phase === 'begun' ? begun(asked, heard) : over(asked, heard);
}

async function begun(asked: Asked, { id, title, start }: Begun): Promise<Effect[]> {
  const { tx } = asked;
  const before = await findMeeting(tx, asked, id);
  const beginning = beginningOf(before, start);
  if (before && beginning === 'resumed') await keepMeeting(tx, asked, id, { ...before, end: undefined });
  if (beginning !== 'another') return [];
  const found = await withWhom(asked);
  const conversation = found && (await conversationIn(asked, found, { id, title, start }));
  if (conversation) await keepMeeting(tx, asked, id, { conversation, start, end: undefined });
  return [];
}

async function over(asked: Asked, heard: Extract<Meeting, { phase: 'over' }>): Promise<Effect[]> {
  const { tx } = asked;
  const { id, title, start, end } = heard;
  const before = await findMeeting(tx, asked, id);
  const ending = endingOf(before, end);
  if (ending === 'known') return [];
  if (before && ending === 'its') return ended(asked, id, before, end);
  // Belay was added while it was under way, or did not hear of its beginning.
  if (!start) throw new Ignored('meeting-not-begun');
  await begun(asked, { id, title, start });
  const since = await findMeeting(tx, asked, id);
  return since && endingOf(since, end) === 'its' ? ended(asked, id, since, end) : [];
}

/** The conversation ended when its meeting did, so that it is asked about after that. */
async function ended(asked: Asked, id: string, kept: Kept, end: Temporal.Instant): Promise<Effect[]> {
  const { tx, tenant, now } = asked;
  await keepMeeting(tx, asked, id, { ...kept, end });
  const one = await findConversation(tx, asked, kept.conversation);
  // What is over before it was to begin was somebody who looked whether it works.
  if (!one || one.answer || Temporal.Instant.compare(end, one.start) <= 0) return [];
  await moveConversation(tx, tenant, { ...one, end });
  return planNow(now);
}

type Found = { client: Client; people: Colleague[] };

/** The client of the place, or else of those who are in it, and who of us is there. */
async function withWhom(asked: Asked): Promise<Found | undefined> {
  const { tx, tenant, platform, place } = asked;
  const members = await readMembers(tx, platform, tenant, place.id);
  const linked = await clientOfPlace(asked, place.id);
  const client = linked?.client ?? (await clientAmong(asked, members));
  if (!client) return undefined;
  const people: Colleague[] = [];
  for (const one of members) {
    const relation = await relationOf(asked, one, client);
    // Everybody of a whole team is in its channels; in the chat of a meeting are those who were asked to it.
    if (relation === 'team' || (relation === 'colleague' && !linked))
      people.push({ id: one.id, name: one.name });
  }
  return { client, people };
}

/** The one client whose people are there; undefined when there are people of several, or of none. */
async function clientAmong(asked: Asked, members: PersonRecord[]): Promise<Client | undefined> {
  const outsiders = members.filter(({ outsider }) => outsider);
  const found = new Map<string, Client>();
  // Where nobody is from outside, it may be with a department of our own, whose people are listed.
  for (const one of outsiders.length > 0 ? outsiders : members)
    for (const client of await clientsOfContact(asked, one)) found.set(client.id, client);
  const [only, ...others] = found.values();
  return others.length === 0 ? only : undefined;
}

/** The id of the conversation that a meeting is: one that is known, or a new one when somebody of us is there. */
async function conversationIn(
  asked: Asked,
  { client, people }: Found,
  { title, start }: Begun,
): Promise<string | undefined> {
  const { tx, tenant, now } = asked;
  const named = [...(title ?? '')].slice(0, limits.title).join('') || undefined;
  const near = await conversationsBetween(tx, asked, {
    ...spanAround({ start, end: start }),
    client: client.id,
  });
  const same = heldIn(near, start);
  if (same) {
    for (const one of people) await joinConversation(tx, asked, same.id, one);
    if (!same.title && named) await moveConversation(tx, tenant, { ...same, title: named });
    return same.id;
  }
  if (people.length === 0) return undefined;
  const fresh: Conversation = {
    id: newId(),
    client: client.id,
    title: named,
    start,
    end: start.add({ minutes: usualMinutes }),
    source: 'meeting',
    people,
    answer: undefined,
  };
  await addConversation(tx, asked, fresh, now);
  return fresh.id;
}
