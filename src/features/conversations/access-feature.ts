import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { mustWrite, relationOf } from '../clients/access-store.ts';
import type { Client, Relation } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import type { Conversation } from './conversations.ts';
import { findConversation } from './store.ts';

/** `relation`: what whoever asks is to the client. */
export type Held = { client: Client; conversation: Conversation; relation: Relation };

/** A client whose conversations whoever asks may write about; of an archived one nobody may. */
export async function clientToTalk(asked: Asked, id: string): Promise<Client> {
  const client = await findClient(asked.tx, asked.tenant, id);
  if (!client) throw new Refusal('error.client-gone');
  await mustBeTeam(asked, client);
  return client;
}

/** Throws unless whoever asks is of the client's team, and the client is not archived. */
export async function mustBeTeam(asked: Asked, client: Client): Promise<void> {
  await mustWrite(asked, client);
  mustBeActive(client);
}

function mustBeActive(client: Client): void {
  if (client.archived) throw new Refusal('error.expectation-archived', { client: client.name });
}

/** Whether somebody may say what came of a conversation: one of the client's team, or a colleague who takes part. */
export function mayAnswer(person: string, { people }: Conversation, relation: Relation): boolean {
  return relation === 'team' || (relation === 'colleague' && people.some(({ id }) => id === person));
}

/** A conversation by its id, with its client, for whoever may answer for it. Throws a Refusal for anybody else. */
export async function held(asked: Asked, id: string): Promise<Held> {
  const conversation = await findConversation(asked.tx, asked, id);
  if (!conversation) throw new Refusal('error.conversation-gone');
  const client = await findClient(asked.tx, asked.tenant, conversation.client);
  if (!client) throw new Refusal('error.client-gone');
  const relation = await relationOf(asked, asked.person, client);
  if (!mayAnswer(asked.person.id, conversation, relation)) await mustBeTeam(asked, client);
  mustBeActive(client);
  return { client, conversation, relation };
}
