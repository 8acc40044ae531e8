import { z } from 'zod';
import type { Language, Meeting, Mention, What } from '../../chat/request.ts';
import { typed } from './escape.ts';
import { dataOfDialog, type HeardPick, isExtension, isFromDialog, pickOf } from './extension.ts';
import { isMeetingEvent, meetingOf } from './meeting.ts';
import { decoded } from './plain.ts';

const accountSchema = z.object({
  id: z.string().min(1),
  name: z.string().nullish(),
  aadObjectId: z.string().nullish(),
});
export type Account = z.infer<typeof accountSchema>;

/** An activity as Teams posts it, as far as Belay reads it. */
export const activitySchema = z.object({
  type: z.string(),
  id: z.string().nullish(),
  name: z.string().nullish(),
  action: z.string().nullish(),
  text: z.string().nullish(),
  value: z.unknown().optional(),
  locale: z.string().nullish(),
  localTimezone: z.string().nullish(),
  channelId: z.string(),
  serviceUrl: z.string(),
  from: accountSchema.nullish(),
  recipient: accountSchema,
  conversation: z.object({
    id: z.string().min(1),
    tenantId: z.string().nullish(),
    conversationType: z.string().nullish(),
    name: z.string().nullish(),
  }),
  entities: z
    .array(z.object({ type: z.string(), text: z.string().nullish(), mentioned: accountSchema.nullish() }))
    .nullish(),
  membersAdded: z.array(accountSchema).nullish(),
  membersRemoved: z.array(accountSchema).nullish(),
  channelData: z
    .object({
      eventType: z.string().nullish(),
      tenant: z.object({ id: z.string() }).nullish(),
      team: z.object({ id: z.string().nullish(), name: z.string().nullish() }).nullish(),
      channel: z
        .object({ id: z.string().nullish(), name: z.string().nullish(), type: z.string().nullish() })
        .nullish(),
      // Of use at a meeting's events only, and on no account a reason to refuse what is said in its chat.
      meeting: z
        .object({ id: z.string().min(1) })
        .nullish()
        .catch(undefined),
    })
    .nullish(),
});
export type Activity = z.infer<typeof activitySchema>;

/** What Belay makes of an activity. Mentions still carry Teams' own ids of people. */
export type Heard =
  | { kind: 'said'; what: What }
  | { kind: 'meeting'; meeting: Meeting }
  | HeardPick
  | { kind: 'added' | 'removed' }
  /** Who is in this conversation, or what it is called, changed. */
  | { kind: 'place-changed' }
  | { kind: 'place-gone' }
  /** `unreadable`: it was for Belay, but not of the shape that Teams promises. */
  | { kind: 'ignored'; unreadable?: true };

/** The tenant of an activity; undefined when it names none, or two. */
export function tenantOf(activity: Activity): string | undefined {
  const named = [activity.conversation.tenantId, activity.channelData?.tenant?.id].filter((id) => id != null);
  return new Set(named).size === 1 ? named[0] : undefined;
}

/** The conversation, or of news about a channel that channel, without the thread that message ids carry. */
export function conversationOf(activity: Activity): string {
  const about = activity.type === 'conversationUpdate' ? activity.channelData?.channel?.id : undefined;
  return about ?? activity.conversation.id.replace(/;messageid=.*$/, '');
}

/** Whether only Belay and the one who speaks are in it. */
export function isDirect(activity: Activity): boolean {
  // A message extension is used in any conversation: a personal one may be that of two people.
  return activity.conversation.conversationType === 'personal' && !isExtension(activity);
}

/** Reads an activity. Whatever is not for Belay is ignored. */
export function read(activity: Activity): Heard {
  switch (activity.type) {
    case 'message':
      return said(activity.value == null ? commandOf(activity) : actionOf(activity.value, undefined));
    case 'invoke':
      return invoked(activity);
    case 'installationUpdate':
      return installation(activity.action ?? '');
    case 'conversationUpdate':
      return update(activity);
    case 'event':
      return event(activity);
    default:
      return { kind: 'ignored' };
  }
}

function invoked(activity: Activity): Heard {
  if (activity.name === 'adaptiveCard/action') return said(invokedOf(activity.value));
  if (!isExtension(activity)) return { kind: 'ignored' };
  const heard = isFromDialog(activity)
    ? said(actionOf(dataOfDialog(activity.value), undefined))
    : pickOf(activity.value);
  return heard && heard.kind !== 'ignored' ? heard : { kind: 'ignored', unreadable: true };
}

function said(what: What | undefined): Heard {
  return what ? { kind: 'said', what } : { kind: 'ignored' };
}

function installation(action: string): Heard {
  if (action.startsWith('add')) return { kind: 'added' };
  return action === 'remove' ? { kind: 'removed' } : { kind: 'ignored' };
}

function update(activity: Activity): Heard {
  const isBelay = (account: Account) => account.id === activity.recipient.id;
  const event = activity.channelData?.eventType ?? '';
  if (activity.membersAdded?.some(isBelay)) return { kind: 'added' };
  if (activity.membersRemoved?.some(isBelay)) return { kind: 'removed' };
  if (/^(channel|team)(Hard)?Deleted$/.test(event)) return { kind: 'place-gone' };
  return { kind: 'place-changed' };
}

function event(activity: Activity): Heard {
  if (!isMeetingEvent(activity)) return { kind: 'ignored' };
  const meeting = meetingOf(activity);
  return meeting ? { kind: 'meeting', meeting } : { kind: 'ignored', unreadable: true };
}

function commandOf(activity: Activity): What {
  const mentions: Mention[] = [];
  let text = activity.text ?? '';
  for (const { type, text: tag, mentioned } of activity.entities ?? []) {
    if (type !== 'mention' || !tag || !mentioned) continue;
    const name = mentioned.name ?? tag.replaceAll(/<[^>]*>/g, '');
    const isBelay = mentioned.id === activity.recipient.id;
    if (!isBelay) mentions.push({ id: mentioned.id, name });
    text = text.replace(tag, () => (isBelay ? ' ' : ` @${name} `));
  }
  return {
    kind: 'command',
    text: decoded(text)
      .replaceAll(/[ \u00a0]+/g, ' ')
      .trim(),
    mentions,
  };
}

const invokeSchema = z.object({
  action: z.object({ verb: z.string().nullish(), data: z.unknown().optional() }),
});

function invokedOf(value: unknown): What | undefined {
  const parsed = invokeSchema.safeParse(value);
  if (!parsed.success) return undefined;
  const { verb, data } = parsed.data.action;
  return actionOf(data ?? {}, verb ?? undefined);
}

const dataSchema = z.looseObject({
  verb: z.string().optional(),
  id: z.string().optional(),
  form: z.literal(true).optional(),
});

/** A button's data: of an Action.Execute, or with the verb in it of the Action.Submit that stands in for one. */
function actionOf(data: unknown, verb: string | undefined): What | undefined {
  const parsed = dataSchema.safeParse(data);
  if (!parsed.success) return undefined;
  const { verb: ownVerb, id: subject, form, ...inputs } = parsed.data;
  const name = /^([a-z][a-z-]*\.[a-z][a-z-]*)(?:\.(.+))?$/.exec(verb ?? ownVerb ?? '');
  if (!name?.[1]) return undefined;
  if (form) return { kind: 'submit', name: name[1], subject, fields: fieldsOf(inputs) };
  return { kind: 'press', name: name[1], detail: name[2], subject };
}

function fieldsOf(inputs: Record<string, unknown>): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const [id, value] of Object.entries(inputs))
    if (typeof value === 'string' && value.trim() !== '') fields[id] = typed(value).replaceAll('\0', '');
  return fields;
}

/** The language that Teams reports, when it is one of ours. */
export function languageOf(activity: Activity): Language | undefined {
  const language = activity.locale?.slice(0, 2).toLowerCase();
  return language === 'nl' || language === 'en' ? language : undefined;
}
