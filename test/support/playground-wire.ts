import { once } from 'node:events';
import { z } from 'zod';
import { within } from './belay-process.ts';

/** A message of Belay's as the Playground's page would show it now. */
export type Shown = { conversation: string; id: string; content: unknown };

export type Cast = 'user-0' | 'user-1' | 'user-2' | 'user-3' | 'user-4' | 'user-5';

export type PlaygroundWire = {
  /** All of Belay's messages since it was opened, each as last updated, in the order they came. */
  messages: Shown[];
  /** The newest message whose content matches; waits for it. Rejects after 10 s. */
  message(pattern: RegExp, more?: { conversation?: string }): Promise<Shown>;
  /** Types a message; in a channel or a group it mentions Belay. */
  say(conversation: string, text: string, by?: Cast): Promise<void>;
  /** Presses a button of a message as one of the cast. Resolves with what the press was answered. */
  invokeAs(by: Cast, on: { conversation: string; id: string }, verb: string, data: object): Promise<unknown>;
  close(): void;
};

const frameSchema = z.object({
  action: z.enum(['createMessage', 'updateMessage']),
  actionConversationId: z.string(),
  message: z.looseObject({
    messageId: z.string(),
    /** Of a new thread. */
    postConversationId: z.string().optional(),
    attachments: z.array(z.object({ content: z.unknown() })).optional(),
  }),
});

const names: Record<Cast, string> = {
  'user-0': 'Anna de Vries',
  'user-1': 'Bram Bakker',
  'user-2': 'Carla Smit',
  'user-3': 'Daan Visser',
  'user-4': 'Eva Jansen',
  'user-5': 'Finn Mulder',
};

/** Speaks with the Playground at `url` as its page does, without a page. */
export async function openWire(url: string): Promise<PlaygroundWire> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/_ws_conversation/v1/conversations/stream`);
  await within(10_000, once(socket, 'open'), () => `The Playground at ${url} does not talk.`);
  const { messages, message } = hear(socket);
  return {
    messages,
    message,
    async say(conversation, text, by = 'user-0') {
      await send(`${url}/_internal/v1/customActivities`, activity(url, conversation, text, by));
    },
    invokeAs(by, on, verb, data) {
      return send(`${url}/_conversation/v1/invoke`, {
        name: 'adaptiveCard/action',
        value: { action: { type: 'Action.Execute', verb, data } },
        from: { id: by },
        conversation: { id: on.conversation },
        replyToId: on.id,
      });
    },
    close: () => socket.close(),
  };
}

function hear(socket: WebSocket): Pick<PlaygroundWire, 'messages' | 'message'> {
  const messages: Shown[] = [];
  const waiting = new Set<() => void>();
  socket.addEventListener('message', ({ data }) => {
    const frame = frameSchema.safeParse(JSON.parse(String(data)));
    if (!frame.success) return;
    const { actionConversationId, message } = frame.data;
    const conversation = message.postConversationId ?? actionConversationId;
    const shown = { conversation, id: message.messageId, content: message };
    const known = messages.findIndex(({ id }) => id === shown.id);
    if (known < 0) messages.push(shown);
    // An update does not say in which thread the message stands.
    else messages[known] = { ...shown, conversation: messages[known]?.conversation ?? shown.conversation };
    for (const look of waiting) look();
  });
  async function message(pattern: RegExp, { conversation = '' } = {}): Promise<Shown> {
    const { promise, resolve } = Promise.withResolvers<Shown>();
    const look = () => {
      const found = messages.findLast(
        (shown) => shown.conversation.startsWith(conversation) && pattern.test(JSON.stringify(shown.content)),
      );
      if (found) resolve(found);
    };
    waiting.add(look);
    look();
    const late = () => `No message matches ${pattern}: ${JSON.stringify(messages, null, 1)}`;
    return within(10_000, promise, late).finally(() => waiting.delete(look));
  }
  return { messages, message };
}

/** What the Playground sends when one of the cast types: its own page can do this only as Anna. */
function activity(url: string, conversation: string, text: string, by: Cast): object {
  const tenant = { id: '11111111-1111-1111-1111-111111111111' };
  const personal = !/^(team-id|channel-|group-chat)/.test(conversation);
  const mention = { type: 'mention', mentioned: { id: '28:belay', name: 'Belay' }, text: '<at>Belay</at>' };
  const client = { type: 'clientInfo', locale: 'en-US', country: 'US', timezone: 'UTC' };
  const channel = conversation.replace(/;.*/, '');
  const inTeam = {
    team: { id: 'team-id' },
    channel: { id: channel },
    teamsTeamId: 'team-id',
    teamsChannelId: channel,
  };
  return {
    type: 'message',
    id: crypto.randomUUID(),
    text: personal ? text : `<at>Belay</at> ${text}`,
    textFormat: 'plain',
    locale: 'en-US',
    channelId: 'msteams',
    serviceUrl: `${url}/_connector`,
    timestamp: new Date().toISOString(),
    from: { id: by, name: names[by], aadObjectId: `00000000-0000-0000-0000-0000000000a${by.at(-1)}` },
    recipient: { id: '28:belay', name: 'Belay' },
    conversation: {
      id: conversation,
      tenantId: tenant.id,
      conversationType: personal ? 'personal' : conversation.startsWith('group') ? 'groupChat' : 'channel',
      ...(personal ? {} : { isGroup: true }),
    },
    entities: personal ? [client] : [mention, client],
    channelData: personal || conversation.startsWith('group') ? { tenant } : { tenant, ...inTeam },
  };
}

async function send(url: string, body: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  const answer = await response.text();
  if (!response.ok) throw new Error(`The Playground answered ${response.status}: ${answer}`);
  return answer === '' ? undefined : JSON.parse(answer);
}
