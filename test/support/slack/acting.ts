import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { buttonOf, keepAnswer, stateOf } from './pressing.ts';
import { sign } from './signing.ts';
import type { Socket } from './socket.ts';
import { direct } from './web-api.ts';
import { belay, type Message, team, userObject, type View, type Workspace } from './workspace.ts';

/** What came back for something that a person did. */
export type Result = { status: number; body: unknown; elapsedMs: number };
type Json = Record<string, unknown>;

export type Acting = {
  /** Where Belay listens over HTTP; without it, it goes through the socket. */
  deliverTo(eventsUrl: string): void;
  /** Types `/belay TEXT`. The answer that only this person sees is kept among the messages. */
  command(user: string, channel: string, text: string): Promise<Result>;
  mention(user: string, channel: string, text: string): Promise<Result>;
  dm(user: string, text: string): Promise<Result>;
  /** Presses a button of a message, or of the person's home. */
  press(user: string, on: Message | View, actionId: string): Promise<Result>;
  /** Says something in a channel, which Belay does not hear. */
  write(user: string, channel: string, text: string): Message;
  /** Uses a shortcut of the app's on a message. */
  shortcut(user: string, on: Message, callbackId: string): Promise<Result>;
  /** Sends a modal. It closes, unless errors come back. */
  submit(user: string, view: View, values: Record<string, string>): Promise<Result>;
  openHome(user: string): Promise<Result>;
  /** Brings Belay into a channel. */
  invite(user: string, channel: string): Promise<Result>;
  /** Any event, as Slack wraps it. */
  event(event: Json): Promise<Result>;
  userChange(user: string): Promise<Result>;
  /** The last delivery once more, as a retry. */
  again(): Promise<Result>;
  /** Any body with any headers, over HTTP. */
  post(body: string, headers: Record<string, string>): Promise<Result>;
  /** Messages that this person sees in a channel. */
  seenBy(user: string, channel: string): Message[];
};

type Parts = {
  workspace: Workspace;
  now: () => number;
  socket: Socket;
  settings: { patienceMs: number; scopes: Set<string> };
  secret: string;
};
type Kind = 'events_api' | 'slash_commands' | 'interactive';

const jsonSchema = z.record(z.string(), z.unknown());

function fixture(name: string): Json {
  return jsonSchema.parse(
    JSON.parse(readFileSync(new URL(`../../fixtures/slack/${name}.json`, import.meta.url), 'utf8')),
  );
}

const shortcutsSchema = z.object({
  features: z.object({
    shortcuts: z.array(z.object({ type: z.literal('message'), callback_id: z.string() })),
  }),
});

/** What the app's manifest offers on a message. */
function manifestShortcuts() {
  const text = readFileSync(new URL('../../../manifests/slack/manifest.json', import.meta.url), 'utf8');
  return shortcutsSchema.parse(JSON.parse(text)).features.shortcuts;
}

function within(json: Json, ...path: string[]): Json {
  return path.reduce((inner, key) => jsonSchema.parse(inner[key]), json);
}

/** What people do in the made-up workspace, built from the recorded payloads and signed as Slack signs. */
export function acting({ workspace, now, socket, settings, secret }: Parts): Acting {
  let url: string | undefined;
  let count = 0;
  let last: (() => Promise<Result>) | undefined;

  const next = () => {
    count += 1;
    return String(count).padStart(10, '0');
  };
  const trigger = (user: string, inWindow = false) => {
    const id = `1${next()}.738474920.8088930838d88f008e0`;
    workspace.triggers.set(id, { user, at: now(), used: false, inWindow });
    return id;
  };
  const member = (user: string) => {
    const found = workspace.users.get(user);
    if (!found) throw new Error(`${user} is nobody here`);
    return found;
  };
  const userOf = (user: string) => {
    const { id, name, team: home } = member(user);
    return { id, username: name, name, team_id: home };
  };

  async function post(body: string, headers: Record<string, string>): Promise<Result> {
    if (!url) throw new Error('nobody listens: call deliverTo first');
    const started = performance.now();
    const answer = await fetch(url, { method: 'POST', body, headers });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.startsWith('application/json') ?? false;
    return {
      status: answer.status,
      body: isJson ? JSON.parse(text) : text,
      elapsedMs: performance.now() - started,
    };
  }

  async function overSocket(kind: Kind, payload: Json): Promise<Result> {
    const started = performance.now();
    const ack = await socket.deliver(kind, payload, settings.patienceMs);
    return { status: ack ? 200 : 0, body: ack?.payload, elapsedMs: performance.now() - started };
  }

  function deliver(kind: Kind, payload: Json): Promise<Result> {
    const send = async () => {
      if (!url) return overSocket(kind, payload);
      const isEvent = kind === 'events_api';
      const form = kind === 'slash_commands' ? asText(payload) : { payload: JSON.stringify(payload) };
      const body = isEvent ? JSON.stringify(payload) : new URLSearchParams(form).toString();
      const type = isEvent ? 'application/json' : 'application/x-www-form-urlencoded';
      return post(body, { 'content-type': type, ...sign(secret, body, now()) });
    };
    last = send;
    return send();
  }

  function event(inner: Json): Promise<Result> {
    const envelope = fixture('app-mention');
    const event_time = Math.floor(now() / 1000);
    return deliver('events_api', { ...envelope, event: inner, event_id: `Ev${next()}`, event_time });
  }

  const stamp = () => `${Math.floor(now() / 1000)}.${next().slice(4)}`;

  return {
    deliverTo(eventsUrl) {
      url = eventsUrl;
    },
    async command(user, channel, text) {
      const { id, name, team: home } = member(user);
      // Slack Connect: the other side's slash commands are not offered.
      if (home !== team.id) throw new Error(`${user} has no /belay`);
      const from = workspace.channels.get(channel);
      const who = {
        user_id: id,
        user_name: name,
        channel_id: channel,
        channel_name: from?.name ?? 'directmessage',
      };
      const result = await deliver('slash_commands', {
        ...fixture('slash-command'),
        ...who,
        text,
        trigger_id: trigger(user),
      });
      keepAnswer(workspace, user, channel, result, stamp());
      return result;
    },
    mention(user, channel, text) {
      const ts = stamp();
      const said = {
        user,
        channel,
        ts,
        event_ts: ts,
        team: member(user).team,
        text: `<@${belay.user}> ${text}`,
      };
      return event({ ...within(fixture('app-mention'), 'event'), ...said });
    },
    dm(user, text) {
      const ts = stamp();
      const channel = direct(workspace, user);
      const said = { user, channel, ts, event_ts: ts, team: member(user).team, text };
      return event({ ...within(fixture('message-im'), 'event'), ...said });
    },
    press(user, on, actionId) {
      const action = { ...buttonOf(on.blocks, actionId), action_ts: stamp() };
      const inWindow = 'hash' in on && on.type === 'modal';
      const said = { user: userOf(user), trigger_id: trigger(user, inWindow), actions: [action] };
      if ('hash' in on) {
        const form = fixture('block-actions-home');
        const view = { ...within(form, 'view'), ...on };
        return deliver('interactive', {
          ...form,
          ...said,
          view,
          container: { type: 'view', view_id: on.id },
        });
      }
      if (on.onlyFor && on.onlyFor !== user) throw new Error(`${user} does not see that message`);
      const form = fixture(on.onlyFor ? 'block-actions-ephemeral' : 'block-actions-message');
      const place = { channel_id: on.channel, message_ts: on.ts };
      const name = workspace.channels.get(on.channel)?.name ?? 'directmessage';
      return deliver('interactive', {
        ...form,
        ...said,
        container: { ...within(form, 'container'), ...place },
        channel: { id: on.channel, name },
        ...(on.onlyFor
          ? {}
          : { message: { ...within(form, 'message'), ts: on.ts, text: on.text, blocks: on.blocks } }),
      });
    },
    write(user, channel, text) {
      member(user);
      const message = { channel, ts: stamp(), text, blocks: [], by: user, edits: 0 };
      workspace.messages.push(message);
      return message;
    },
    async shortcut(user, on, callbackId) {
      const shown = manifestShortcuts().some(({ callback_id }) => callback_id === callbackId);
      if (!shown) throw new Error(`the app has no shortcut ${callbackId}`);
      if (on.onlyFor) throw new Error('Slack shows no shortcuts on such a message');
      // Slack Connect: the other side's shortcuts are not offered.
      if (member(user).team !== team.id) throw new Error(`${user} has no shortcut of this app`);
      const form = fixture('message-action');
      const by = on.by === undefined ? undefined : member(on.by);
      const author = by
        ? { user: by.id, team: by.team, user_team: by.team, source_team: by.team }
        : { user: belay.user, bot_id: belay.bot, app_id: belay.app, team: team.id };
      const {
        client_msg_id: _id,
        user_team: _team,
        source_team: _source,
        ...message
      } = within(form, 'message');
      const name = workspace.channels.get(on.channel)?.name ?? 'directmessage';
      return deliver('interactive', {
        ...form,
        user: userOf(user),
        callback_id: callbackId,
        trigger_id: trigger(user),
        channel: { id: on.channel, name },
        message_ts: on.ts,
        message: { ...message, ...author, ts: on.ts, text: on.text, blocks: on.blocks },
      });
    },
    async submit(user, view, values) {
      if (!workspace.modals.includes(view) || view.user !== user) throw new Error('that form is not open');
      const { team: home } = member(user);
      const form = fixture(home === team.id ? 'view-submission' : 'view-submission-outsider');
      const sent = {
        ...within(form, 'view'),
        id: view.id,
        hash: view.hash,
        callback_id: view.callback_id,
        private_metadata: view.private_metadata,
        blocks: view.blocks,
        state: { values: stateOf(view.blocks, values) },
      };
      const result = await deliver('interactive', {
        ...form,
        user: userOf(user),
        trigger_id: trigger(user),
        view: sent,
      });
      const kept = jsonSchema.safeParse(result.body).data?.response_action === 'errors';
      if (result.status === 200 && !kept) workspace.modals.splice(workspace.modals.indexOf(view), 1);
      return result;
    },
    openHome(user) {
      const home = within(fixture('app-home-opened'), 'event');
      return event({ ...home, user, channel: direct(workspace, user), event_ts: stamp() });
    },
    invite(user, channel) {
      workspace.channels.get(channel)?.members.add(belay.user);
      const joined = within(fixture('member-joined-channel'), 'event');
      return event({ ...joined, channel, inviter: user, event_ts: stamp() });
    },
    event,
    userChange: (user) =>
      event({ type: 'user_change', user: userObject(member(user), settings.scopes), event_ts: stamp() }),
    again() {
      if (!last) throw new Error('nothing was delivered yet');
      return last();
    },
    post,
    seenBy: (user, channel) =>
      workspace.messages.filter((one) => one.channel === channel && (!one.onlyFor || one.onlyFor === user)),
  };
}

function asText(payload: Json): Record<string, string> {
  return Object.fromEntries(Object.entries(payload).map(([name, value]) => [name, String(value)]));
}
