import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { mustWrite } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import type { Conversation } from './conversations.ts';
import { findConversation } from './store.ts';

export type Held = { client: Client; conversation: Conversation };

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
  if (client.archived) throw new Refusal('error.expectation-archived', { client: client.name });
}

/** A conversation by its id, with its client, for one of the client's team. */
export async function held(asked: Asked, id: string): Promise<Held> {
  const conversation = await findConversation(asked.tx, asked, id);
  if (!conversation) throw new Refusal('error.conversation-gone');
  return { client: await clientToTalk(asked, conversation.client), conversation };
}
