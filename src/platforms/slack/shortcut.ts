import { z } from 'zod';
import type { Picked } from '../../chat/request.ts';
import { pressName, type Said, userSchema } from './parse.ts';

/** A message that somebody picked, as Slack wrote it: its id, and its author's. */
export type SaidMessage = {
  channel: string;
  ts: string;
  raw: string;
  author?: string | undefined;
  unfit?: Picked['unfit'];
};

const shortcutSchema = z.object({
  callback_id: z.string(),
  trigger_id: z.string(),
  user: userSchema,
  team: z.object({ id: z.string() }).nullish(),
  channel: z.object({ id: z.string() }),
  message: z.object({
    ts: z.string().regex(/^\d{1,12}\.\d{1,9}$/),
    text: z.string().nullish(),
    user: z.string().nullish(),
    bot_id: z.string().nullish(),
    subtype: z.string().nullish(),
    is_ephemeral: z.boolean().nullish(),
  }),
});

/** A shortcut on a message; undefined for one that is no feature's. */
export function readShortcut(body: unknown): Said | undefined {
  const { callback_id, trigger_id, user, team, channel, message } = shortcutSchema.parse(body);
  const [, name] = pressName.exec(callback_id) ?? [];
  if (!name) return undefined;
  const { ts, text, user: author, bot_id, subtype, is_ephemeral } = message;
  const isApp = Boolean(bot_id) || subtype === 'bot_message' || !author;
  const unfit = is_ephemeral ? 'fleeting' : isApp ? 'app' : undefined;
  return {
    key: `slack:${trigger_id}`,
    speaker: { id: user.id, name: user.name ?? user.username, team: user.team_id ?? team?.id },
    where: { id: channel.id },
    what: {
      kind: 'message',
      name,
      message: { channel: channel.id, ts, raw: text ?? '', author: author ?? undefined, unfit },
    },
    trigger: trigger_id,
  };
}
