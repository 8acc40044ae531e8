import { randomUUID } from 'node:crypto';
import { bot, type Member, type Message, tenant } from './connector.ts';

export type Where = { conversation: string; channel?: string; team?: string; name?: string };

export const general: Where = { conversation: 'team-id', channel: 'team-id', team: 'team-id' };
export const acme: Where = {
  conversation: 'channel-acme',
  channel: 'channel-acme',
  team: 'team-id',
  name: 'Acme',
};
export const personal = (who: Member): Where => ({ conversation: `personal-${who.id}` });

export type Answer = {
  status: number;
  body:
    | {
        statusCode?: number;
        type?: string;
        value?: unknown;
        /** Of a message extension: what its dialog shows. */
        task?: { type: string; value: unknown };
      }
    | undefined;
};

/** Acts as people of a Teams tenant do: posts to Belay at `belayUrl` what Teams would post. */
export function acting(belayUrl: string, serviceUrl: string) {
  async function post(activity: object, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${belayUrl}/api/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(activity),
    });
    const body = await response.text();
    return { status: response.status, body: body ? JSON.parse(body) : undefined };
  }

  function activity(who: Member, where: Where, what: object): object {
    const type = where.channel ? 'channel' : 'personal';
    return {
      id: randomUUID(),
      channelId: 'msteams',
      serviceUrl,
      from: { id: who.id, name: who.name, aadObjectId: who.aadObjectId },
      recipient: bot,
      locale: 'en-US',
      conversation: {
        conversationType: type,
        tenantId: tenant,
        id: where.conversation,
        ...(where.name && { name: where.name }),
      },
      channelData: {
        tenant: { id: tenant },
        ...(where.channel && { channel: { id: where.channel }, team: { id: where.team } }),
      },
      ...what,
    };
  }

  /** The thread that a message stands in, as its buttons name it. */
  const threadOf = (where: Where, message: Message): Where => ({
    ...where,
    conversation: where.channel ? `${where.channel};messageid=${message.id}` : where.conversation,
  });

  return {
    post,
    activity,
    /** Types a command; in a channel with the mention that Teams asks for. */
    say(who: Member, where: Where, words: string): Promise<Answer> {
      const mention = { type: 'mention', mentioned: bot, text: '<at>Belay</at>' };
      const what = where.channel ? { text: `<at>Belay</at> ${words}`, entities: [mention] } : { text: words };
      const thread = where.channel ? `${where.conversation};messageid=${Date.now()}` : where.conversation;
      return post(activity(who, { ...where, conversation: thread }, { type: 'message', ...what }));
    },
    /** Presses a button, or sends a form when `data` says so. */
    press(who: Member, where: Where, message: Message, verb: string, data: object): Promise<Answer> {
      const value = { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' };
      const what = { type: 'invoke', name: 'adaptiveCard/action', replyToId: message.id, value };
      return post(activity(who, threadOf(where, message), what));
    },
    /** Uses the message extension on a message, or, with `data`, sends or presses something in its dialog. */
    extend(who: Member, where: Where, what: { messagePayload: object } | { data: object }): Promise<Answer> {
      const name = `composeExtension/${'data' in what ? 'submitAction' : 'fetchTask'}`;
      const value = {
        commandId: 'feedback.keep',
        commandContext: 'message',
        context: { theme: 'default' },
        ...what,
      };
      return post(activity(who, where, { type: 'invoke', name, value }));
    },
    /** Adds Belay, as Teams tells it: twice, in two ways. */
    async install(who: Member, where: Where): Promise<void> {
      const added = { type: 'conversationUpdate', membersAdded: [bot] };
      await Promise.all([
        post(activity(who, where, { type: 'installationUpdate', action: 'add' })),
        post(activity(who, where, added)),
      ]);
    },
    uninstall: (who: Member, where: Where) =>
      post(activity(who, where, { type: 'installationUpdate', action: 'remove' })),
  };
}
