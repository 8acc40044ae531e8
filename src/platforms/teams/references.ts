import { z } from 'zod';
import type { Activity } from './parse.ts';

/** How Belay speaks to someone alone: `user` is Teams' own id, `conversation` is there once one was opened. */
const personReferenceSchema = z.object({
  serviceUrl: z.string(),
  bot: z.string(),
  user: z.string(),
  conversation: z.string().optional(),
});
export type PersonReference = z.infer<typeof personReferenceSchema>;

/** How Belay posts in a place. `team`: the team whose guests are in this channel as well. */
const placeReferenceSchema = z.object({
  serviceUrl: z.string(),
  bot: z.string(),
  team: z.string().optional(),
  channel: z.boolean(),
});
export type PlaceReference = z.infer<typeof placeReferenceSchema>;

export function personReference(text: string | undefined): PersonReference | undefined {
  return text === undefined ? undefined : personReferenceSchema.parse(JSON.parse(text));
}

export function placeReference(text: string | undefined): PlaceReference | undefined {
  return text === undefined ? undefined : placeReferenceSchema.parse(JSON.parse(text));
}

/** What an activity tells about reaching its place. */
export function placeReferenceOf(activity: Activity): PlaceReference {
  const { team, channel } = activity.channelData ?? {};
  // A private or shared channel has members of its own; every other channel has the team's.
  const ofTeam = channel?.type == null || channel.type === 'standard';
  return {
    serviceUrl: activity.serviceUrl,
    bot: activity.recipient.id,
    ...(team?.id && ofTeam && { team: team.id }),
    channel: activity.conversation.conversationType === 'channel',
  };
}
