import { z } from 'zod';
import type { EventName } from '../../chat/request.ts';
import { clean } from './escape.ts';
import type { Speaker } from './people.ts';
import type { SaidMessage } from './shortcut.ts';

/** What a payload says, before anybody is looked up. */
export type Said = {
  key: string;
  speaker: Speaker;
  /** Absent when it was pressed on the person's own page of the app. */
  where?: { id: string; direct?: boolean | undefined } | undefined;
  what:
    | { kind: 'command'; raw: string }
    | { kind: 'press'; name: string; detail?: string | undefined; subject?: string | undefined }
    | { kind: 'submit'; name: string; subject?: string | undefined; fields: Record<string, string> }
    | { kind: 'message'; name: string; message: SaidMessage }
    | { kind: 'event'; name: EventName };
  /** Opens a form, once, within 3 seconds. */
  trigger?: string | undefined;
  /** It was pressed in a window: what it opens lies on top of that. */
  inWindow?: boolean | undefined;
  /** The input blocks of the form that was sent: where an error can be shown. */
  inputs?: string[] | undefined;
  /** The installation that the payload names as its own. */
  installed?: string | undefined;
};

/** What every event comes wrapped in. */
export const envelope = {
  event_id: z.string(),
  authorizations: z.array(z.object({ team_id: z.string().nullish() })).optional(),
};

const commandSchema = z.object({
  text: z.string(),
  trigger_id: z.string(),
  user_id: z.string(),
  user_name: z.string().optional(),
  team_id: z.string().optional(),
  channel_id: z.string(),
});

/** A slash command. Its `team_id` is the workspace in which it was typed. */
export function readCommand(body: unknown): Said {
  const command = commandSchema.parse(body);
  return {
    key: `slack:${command.trigger_id}`,
    speaker: { id: command.user_id, name: command.user_name, team: command.team_id },
    where: { id: command.channel_id },
    what: { kind: 'command', raw: command.text },
    trigger: command.trigger_id,
  };
}

const messageSchema = z.object({
  ...envelope,
  event: z.object({
    type: z.enum(['app_mention', 'message']),
    subtype: z.string().optional(),
    channel_type: z.string().optional(),
    channel: z.string(),
    user: z.string().optional(),
    bot_id: z.string().optional(),
    text: z.string().optional(),
    team: z.string().optional(),
    user_team: z.string().optional(),
    edited: z.unknown().optional(),
  }),
});

/** A mention in a channel or a direct message; undefined when it is no person's new message to Belay. */
export function readMessage(body: unknown): Said | undefined {
  const { event, event_id, authorizations } = messageSchema.parse(body);
  const { user } = event;
  const fresh = (event.subtype === undefined || event.subtype === 'file_share') && event.edited === undefined;
  if (!user || event.bot_id || !fresh) return undefined;
  if (event.type === 'message' && event.channel_type !== 'im') return undefined;
  return {
    key: `slack:${event_id}`,
    // Only user_team is surely the speaker's own; `team` is so in messages outside Slack Connect.
    speaker: { id: user, team: event.user_team ?? event.team },
    where: { id: event.channel, direct: event.type === 'message' },
    what: { kind: 'command', raw: event.text ?? '' },
    installed: authorizations?.[0]?.team_id ?? undefined,
  };
}

/** `<feature>.<verb>`, more after a further dot, and what made it unique within its message. */
export const pressName = /^([a-z][a-z0-9-]*\.[a-z][a-z0-9-]*)(?:\.([^~]+))?(?:~\d+)?$/;

/** Who did it. */
export const userSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  username: z.string().optional(),
  team_id: z.string().optional(),
});

const pressSchema = z.object({
  trigger_id: z.string(),
  user: userSchema,
  channel: z.object({ id: z.string() }).optional(),
  container: z.object({ channel_id: z.string().optional() }).optional(),
  view: z
    .object({
      type: z.string().optional(),
      private_metadata: z.string().max(3000).optional(),
      app_installed_team_id: z.string().optional(),
    })
    .optional(),
  actions: z.array(z.object({ action_id: z.string(), value: z.string().nullish() })).min(1),
});

/** A pressed button; undefined for what is no press of a feature (a link's button, say). */
export function readPress(body: unknown): Said | undefined {
  const press = pressSchema.parse(body);
  const [action] = press.actions;
  const [, name, detail] = pressName.exec(action?.action_id ?? '') ?? [];
  if (!action || !name) return undefined;
  const inWindow = press.view?.type === 'modal';
  const kept = inWindow && press.view?.private_metadata;
  const place =
    press.channel?.id ??
    press.container?.channel_id ??
    (kept ? metadataSchema.parse(JSON.parse(kept)).place : undefined);
  return {
    key: `slack:${press.trigger_id}`,
    speaker: { id: press.user.id, name: press.user.name ?? press.user.username, team: press.user.team_id },
    where: place ? { id: place } : undefined,
    what: { kind: 'press', name, detail, subject: action.value ?? undefined },
    trigger: press.trigger_id,
    inWindow,
    installed: press.view?.app_installed_team_id,
  };
}

const stateSchema = z.record(
  z.string(),
  z.record(
    z.string(),
    z.object({
      value: z.string().nullish(),
      selected_option: z.object({ value: z.string() }).nullish(),
      selected_user: z.string().nullish(),
    }),
  ),
);

const submitSchema = z.object({
  user: userSchema,
  view: z.object({
    id: z.string(),
    hash: z.string(),
    callback_id: z.string(),
    private_metadata: z.string().max(3000),
    app_installed_team_id: z.string().optional(),
    blocks: z.array(z.object({ type: z.string(), block_id: z.string().optional() })),
    state: z.object({ values: stateSchema }),
  }),
});

const metadataSchema = z.object({ subject: z.string().optional(), place: z.string() });

/** A sent form. */
export function readSubmit(body: unknown): Said {
  const { user, view } = submitSchema.parse(body);
  const { subject, place } = metadataSchema.parse(JSON.parse(view.private_metadata));
  const fields = fieldsOf(view.state.values);
  return {
    // Nothing of what was answered is in it: the key outlives an anonymous answer. A refused form, which is sent
    // again under the same hash, is not heard as the same, because a refusal undoes the claim of its key.
    key: `slack:${view.id}:${view.hash}`,
    speaker: { id: user.id, name: user.name, team: user.team_id },
    where: { id: place },
    what: { kind: 'submit', name: view.callback_id, subject, fields },
    inputs: view.blocks.flatMap((block) =>
      block.type === 'input' && block.block_id ? [block.block_id] : [],
    ),
    installed: view.app_installed_team_id,
  };
}

function fieldsOf(values: z.infer<typeof stateSchema>): Record<string, string> {
  const answers = Object.values(values).flatMap((block) =>
    Object.entries(block).flatMap(([id, { value, selected_option, selected_user }]) => {
      const answer = value ?? selected_option?.value ?? selected_user;
      return answer ? [[id, clean(answer)]] : [];
    }),
  );
  return Object.fromEntries(answers);
}

const homeSchema = z.object({
  ...envelope,
  event: z.object({ user: z.string(), channel: z.string(), tab: z.string().optional() }),
});

/** The person's own page of the app was opened; undefined for its other tabs. */
export function readHome(body: unknown): Said | undefined {
  const { event, event_id, authorizations } = homeSchema.parse(body);
  if (event.tab !== 'home') return undefined;
  return {
    key: `slack:${event_id}`,
    speaker: { id: event.user },
    where: { id: event.channel, direct: true },
    what: { kind: 'event', name: 'home' },
    installed: authorizations?.[0]?.team_id ?? undefined,
  };
}
