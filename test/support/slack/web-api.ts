import { z } from 'zod';
import { messageErrors, viewErrors } from './block-kit.ts';
import { belay, channelObject, team, userObject, type View, type Workspace } from './workspace.ts';

/** An answer of Slack's Web API. */
export type Answer =
  | { ok: true; [field: string]: unknown }
  | { ok: false; error: string; response_metadata?: unknown };

export type Methods = Record<string, (args: Record<string, unknown>) => Answer>;

type Parts = {
  workspace: Workspace;
  now: () => number;
  baseUrl: () => string;
  filesReadyAfter: () => number;
  scopes: () => Set<string>;
};

const no = (error: string, messages?: string[]): Answer => ({
  ok: false,
  error,
  ...(messages ? { response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) } } : {}),
});

const blocks = z.array(z.unknown());
const shapes = {
  postMessage: z.strictObject({
    channel: z.string(),
    text: z.string().min(1),
    blocks: blocks.optional(),
    unfurl_links: z.stringbool(),
    unfurl_media: z.stringbool(),
  }),
  postEphemeral: z.strictObject({
    channel: z.string(),
    user: z.string(),
    text: z.string().min(1),
    blocks: blocks.optional(),
  }),
  update: z.strictObject({
    channel: z.string(),
    ts: z.string(),
    text: z.string().min(1),
    blocks: blocks.optional(),
  }),
  permalink: z.strictObject({ channel: z.string(), message_ts: z.string() }),
  open: z.strictObject({ trigger_id: z.string(), view: z.record(z.string(), z.unknown()) }),
  publish: z.strictObject({ user_id: z.string(), view: z.record(z.string(), z.unknown()) }),
  openConversation: z.strictObject({ users: z.string() }),
  info: z.strictObject({ channel: z.string(), include_num_members: z.stringbool().optional() }),
  members: z.strictObject({
    channel: z.string(),
    limit: z.coerce.number().max(1000).optional(),
    cursor: z.string().optional(),
  }),
  users: z.strictObject({
    limit: z.coerce.number().int().min(1).max(1000).optional(),
    cursor: z.string().optional(),
    include_locale: z.stringbool().optional(),
  }),
  user: z.strictObject({ user: z.string(), include_locale: z.stringbool().optional() }),
  uploadUrl: z.strictObject({ filename: z.string().min(1), length: z.coerce.number().int().positive() }),
  completeUpload: z.strictObject({
    files: z.array(z.strictObject({ id: z.string(), title: z.string() })).min(1),
  }),
};

/** Checks the arguments as Slack does: a missing, unknown or malformed one is refused. */
function method<T>(shape: z.ZodType<T>, run: (args: T) => Answer) {
  return (args: Record<string, unknown>): Answer => {
    const parsed = shape.safeParse(args);
    if (parsed.success) return run(parsed.data);
    if (args.text === undefined && parsed.error.issues.some(({ path }) => path[0] === 'text'))
      return no('no_text');
    return no(
      'invalid_arguments',
      parsed.error.issues.map(({ path, message }) => `${message} [json-pointer:/${path.join('/')}]`),
    );
  };
}

/** The methods of the Web API that Belay uses, over a made-up workspace. */
export function methods({ workspace, now, baseUrl, filesReadyAfter, scopes }: Parts): Methods {
  const { users, channels, messages, modals, homes, files, triggers } = workspace;
  let count = 0;
  let refusedFiles = 0;

  const stamp = () => {
    count += 1;
    return `${Math.floor(now() / 1000)}.${String(count).padStart(6, '0')}`;
  };
  const isFile = (id: string) => {
    if (!files.get(id)?.complete) return false;
    refusedFiles += 1;
    return refusedFiles > filesReadyAfter();
  };

  /** A press in a modal pushes the next one; everything else opens the first. */
  function openView({ trigger_id, view }: z.infer<typeof shapes.open>, onTop: boolean): Answer {
    const trigger = triggers.get(trigger_id);
    if (!trigger || trigger.inWindow !== onTop) return no('invalid_trigger_id');
    if (trigger.used) return no('exchanged_trigger_id');
    if (now() - trigger.at > 3000) return no('expired_trigger_id');
    const wrong = viewErrors(view, isFile);
    if (wrong.length > 0 || view.type !== 'modal') return no('invalid_arguments', wrong);
    trigger.used = true;
    const opened = viewOf(trigger.user, view);
    modals.push(opened);
    return { ok: true, view: opened };
  }

  /** Why Belay cannot write in a channel; undefined: it can. */
  function shut(id: string): string | undefined {
    const channel = channels.get(id);
    if (!channel) return 'channel_not_found';
    if (channel.im) return undefined;
    if (!channel.members.has(belay.user)) return channel.private ? 'channel_not_found' : 'not_in_channel';
    return channel.archived ? 'is_archived' : undefined;
  }

  function refusal(channel: string, shown: unknown[] | undefined): Answer | undefined {
    const error = shut(channel);
    if (error) return no(error);
    const wrong = shown ? messageErrors(shown, isFile) : [];
    if (wrong.includes('msg_blocks_too_long')) return no('msg_blocks_too_long');
    return wrong.length > 0 ? no('invalid_blocks', wrong) : undefined;
  }

  function viewOf(user: string, view: Record<string, unknown>): View {
    count += 1;
    const id = `V${String(count).padStart(10, '0')}`;
    const shape = z.object({
      type: z.enum(['modal', 'home']),
      blocks,
      callback_id: z.string().optional(),
      private_metadata: z.string().optional(),
      title: z.unknown().optional(),
    });
    return { ...shape.parse(view), id, hash: `${Math.floor(now() / 1000)}.hash${count}`, user };
  }

  return {
    'auth.test': () => ({
      ok: true,
      url: team.url,
      team: 'Ons',
      user: 'belay',
      team_id: team.id,
      user_id: belay.user,
      bot_id: belay.bot,
      is_enterprise_install: false,
    }),
    'chat.postMessage': method(shapes.postMessage, ({ channel, text, blocks: shown }) => {
      const refused = refusal(channel, shown);
      if (refused) return refused;
      const message = { channel, ts: stamp(), text, blocks: shown ?? [], edits: 0 };
      messages.push(message);
      return {
        ok: true,
        channel,
        ts: message.ts,
        message: { type: 'message', user: belay.user, bot_id: belay.bot, text },
      };
    }),
    'chat.postEphemeral': method(shapes.postEphemeral, ({ channel, user, text, blocks: shown }) => {
      const refused = refusal(channel, shown);
      if (refused) return refused;
      const place = channels.get(channel);
      if (place?.im !== user && !place?.members.has(user)) return no('user_not_in_channel');
      const message = { channel, ts: stamp(), text, blocks: shown ?? [], onlyFor: user, edits: 0 };
      messages.push(message);
      return { ok: true, message_ts: message.ts };
    }),
    'chat.update': method(shapes.update, ({ channel, ts, text, blocks: shown }) => {
      const refused = refusal(channel, shown);
      if (refused) return refused;
      const message = messages.find((one) => one.channel === channel && one.ts === ts && !one.onlyFor);
      if (!message) return no('message_not_found');
      Object.assign(message, { text, blocks: shown ?? [], edits: message.edits + 1 });
      return { ok: true, channel, ts, text };
    }),
    'chat.getPermalink': method(shapes.permalink, ({ channel: id, message_ts }) => {
      const channel = channels.get(id);
      if (!channel || (channel.private && !channel.members.has(belay.user))) return no('channel_not_found');
      const said = messages.some((one) => one.channel === id && one.ts === message_ts && !one.onlyFor);
      if (!said) return no('message_not_found');
      const permalink = `${team.url}archives/${id}/p${message_ts.replace('.', '')}`;
      return { ok: true, channel: id, permalink };
    }),
    'views.open': method(shapes.open, (args) => openView(args, false)),
    'views.push': method(shapes.open, (args) => openView(args, true)),
    'views.publish': method(shapes.publish, ({ user_id, view }) => {
      if (!users.has(user_id)) return no('user_not_found');
      const wrong = viewErrors(view, isFile);
      if (wrong.length > 0 || view.type !== 'home') return no('invalid_arguments', wrong);
      const home = viewOf(user_id, view);
      homes.set(user_id, home);
      return { ok: true, view: home };
    }),
    'conversations.open': method(shapes.openConversation, ({ users: user }) => {
      const member = users.get(user);
      if (!member) return no('user_not_found');
      if (member.bot) return no('cannot_dm_bot');
      if (member.closed) return no('user_not_visible');
      return { ok: true, channel: { id: direct(workspace, user) } };
    }),
    'conversations.info': method(shapes.info, ({ channel: id }) => {
      const channel = channels.get(id);
      if (!channel || (channel.private && !channel.members.has(belay.user))) return no('channel_not_found');
      return { ok: true, channel: channelObject(channel) };
    }),
    'conversations.members': method(shapes.members, ({ channel: id, limit = 100, cursor }) => {
      const channel = channels.get(id);
      if (!channel || (channel.private && !channel.members.has(belay.user))) return no('channel_not_found');
      return pageOf([...channel.members], limit, cursor);
    }),
    // The whole workspace with its guests and bots, but nobody of another one.
    'users.list': method(shapes.users, ({ limit, cursor, include_locale }) => {
      const own = [...users.values()].filter((member) => member.team === team.id);
      if (limit === undefined && own.length > 1000) return no('limit_required');
      const told = own.map((member) => userObject(member, scopes()));
      const objects = told.map(({ locale, ...user }) => ({
        ...user,
        ...(include_locale ? { locale } : {}),
      }));
      return pageOf(objects, limit ?? own.length, cursor);
    }),
    'users.info': method(shapes.user, ({ user }) => {
      const member = users.get(user);
      return member ? { ok: true, user: userObject(member, scopes()) } : no('user_not_found');
    }),
    'files.getUploadURLExternal': method(shapes.uploadUrl, ({ length }) => {
      const id = `F${String(files.size + 1).padStart(9, '0')}`;
      files.set(id, { length, uploaded: false, complete: false });
      return { ok: true, upload_url: `${baseUrl()}/upload/v1/${id}`, file_id: id };
    }),
    'files.completeUploadExternal': method(shapes.completeUpload, ({ files: done }) => {
      for (const { id } of done) if (!files.get(id)?.uploaded) return no('file_not_found');
      for (const { id } of done) Object.assign(files.get(id) ?? {}, { complete: true });
      return { ok: true, files: done };
    }),
  };
}

/** A page of a list, and the cursor of the next one; a cursor that was never given out is refused. */
function pageOf(all: unknown[], limit: number, cursor: string | undefined): Answer {
  const from = cursor ? Number(Buffer.from(cursor, 'base64').toString()) : 0;
  if (!Number.isInteger(from) || from < 0) return no('invalid_cursor');
  const next = from + limit < all.length ? Buffer.from(String(from + limit)).toString('base64') : '';
  return { ok: true, members: all.slice(from, from + limit), response_metadata: { next_cursor: next } };
}

/** The direct conversation between Belay and a person, opened when it is not there yet. */
export function direct({ channels }: Workspace, user: string): string {
  const id = `D_${user}`;
  if (!channels.has(id))
    channels.set(id, { id, name: 'directmessage', members: new Set([user, belay.user]), im: user });
  return id;
}
