import { z } from 'zod';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { nextMoment } from '../nudges/reach-store.ts';
import { colleagueCard } from './after-cards.ts';
import { type Conversation, isAhead } from './conversations.ts';
import { mayHear } from './due-feature.ts';
import { findConversation } from './store.ts';

/** Those who were in a conversation too hear what was said of it, when they can be reached. */

const subjectSchema = z.object({
  person: z.string(),
  conversation: z.string(),
  /** Who said that it takes place, of one that was called off by mistake. */
  anew: z.object({ id: z.string(), name: z.string() }).optional(),
});

/** What was answered so long ago is no news: he was away. */
const newsFor = { hours: 24 * 5 };

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now' | 'defaults'>;

/** Tells somebody what was answered: at once, or when he can be reached. `anew`: who said that it takes place after all. */
async function tellLater(
  at: At,
  person: string,
  { id: client }: Client,
  conversation: string,
  anew?: Colleague,
): Promise<Effect[]> {
  const moment = await nextMoment(at, person, client);
  if (!moment) return [];
  const subject = JSON.stringify({ person, conversation, anew });
  return [{ do: 'later', job: 'conversations.told', subject, at: moment.at, once: true }];
}

/** The same to each of a conversation's people but one, who said it. */
export async function tellOthers(
  at: At,
  client: Client,
  { id, people }: Conversation,
  but: Colleague,
  anew?: Colleague,
): Promise<Effect[]> {
  const others = people.filter((one) => one.id !== but.id);
  return (await Promise.all(others.map((one) => tellLater(at, one.id, client, id, anew)))).flat();
}

/** Tells it, as it was answered last; not to whoever answered that himself. */
export async function told(due: Due): Promise<Effect[]> {
  const { person, conversation: id, anew } = subjectSchema.parse(JSON.parse(due.subject));
  const conversation = await findConversation(due.tx, due, id);
  const client = conversation && (await findClient(due.tx, due.tenant, conversation.client));
  if (!client || client.archived) return [];
  const isThere = conversation.people.some((one) => one.id === person);
  const news = newsOf(conversation, anew, due.now);
  if (!news || news.by.id === person || !isThere || !(await mayHear(due, person, client))) return [];
  const moment = await nextMoment(due, person, client.id);
  if (!moment?.at.equals(due.now)) return moment ? tellLater(due, person, client, id, anew) : [];
  const card = colleagueCard({ client, conversation }, news.outcome, await voiceOf(due, person), news.by);
  const { until } = moment;
  const otherwise = { job: 'conversations.told', subject: due.subject, only: 'expired' } as const;
  return [{ do: 'post', to: { person }, card, audience: 'internal', resend: false, until, otherwise }];
}

/** What is still news of it: what was answered last, or that it takes place after all. */
function newsOf(conversation: Conversation, by: Colleague | undefined, now: Temporal.Instant) {
  if (by) return isAhead(conversation, now) ? { outcome: 'anew' as const, by } : undefined;
  const { answer } = conversation;
  return answer && Temporal.Instant.compare(answer.at.add(newsFor), now) >= 0 ? answer : undefined;
}
