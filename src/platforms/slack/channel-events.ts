import { z } from 'zod';
import { envelope } from './parse.ts';

const channelSchema = z.object({
  ...envelope,
  event: z.object({
    type: z.string(),
    channel: z.string(),
    user: z.string().optional(),
    team: z.string().optional(),
    inviter: z.string().optional(),
    actor_id: z.string().optional(),
  }),
});

/** Somebody came into a channel or left it, or the channel changed. */
export type ChannelEvent = z.infer<typeof channelSchema>['event'] & {
  key: string;
  installed: string | undefined;
};

/** An event about a channel as a whole or its members. */
export function readChannelEvent(body: unknown): ChannelEvent {
  const { event, event_id, authorizations } = channelSchema.parse(body);
  return { ...event, key: `slack:${event_id}`, installed: authorizations?.[0]?.team_id ?? undefined };
}

const userChangeSchema = z.object({ event: z.object({ user: z.unknown() }) });

/** The user object of a user_change event. */
export function readUserChange(body: unknown): unknown {
  return userChangeSchema.parse(body).event.user;
}
