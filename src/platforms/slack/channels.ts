import { z } from 'zod';
import type { PersonRecord, PlaceRecord } from '../../store/directory.ts';
import type { Installation, Parts } from './client.ts';
import type { People } from './people.ts';
import { reads } from './users.ts';

/** Kept as a place's reference while it is not known who all is in it: until then it counts as shared. */
export const unsettled = 'unsettled';
/** Kept so while Slack says that it is shared, but it is not known who all is in it. */
export const uncounted = 'uncounted';

/** A conversation object of Slack's, as far as Belay reads it. */
export const channelSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  is_im: z.boolean().optional(),
  is_member: z.boolean().optional(),
  is_archived: z.boolean().optional(),
  is_shared: z.boolean().optional(),
  is_ext_shared: z.boolean().optional(),
  is_pending_ext_shared: z.boolean().optional(),
  is_org_shared: z.boolean().optional(),
  num_members: z.number().optional(),
});
type Channel = z.infer<typeof channelSchema>;

const membersSchema = z.object({
  members: z.array(z.string()),
  response_metadata: z.object({ next_cursor: z.string().optional() }).optional(),
});

/** What Belay keeps of a channel. `before` is what it knew. */
export function recordOf(
  channel: Channel,
  before: PlaceRecord | undefined,
  now: Temporal.Instant,
): PlaceRecord {
  const checkedAt = now.toString();
  if (channel.is_im)
    return {
      id: channel.id,
      kind: 'direct',
      shared: before?.shared ?? false,
      reachable: true,
      members: 1,
      checkedAt,
    };
  // Shared within one organisation sets is_shared too, and is no outsider's doing.
  const acrossOrganisations = channel.is_shared === true && channel.is_org_shared !== true;
  const external = channel.is_ext_shared || channel.is_pending_ext_shared || acrossOrganisations;
  const reachable = channel.is_member === true && channel.is_archived !== true;
  // Guests make a channel shared without any flag; whether one is in it takes a look at the members.
  return {
    id: channel.id,
    kind: 'channel',
    name: channel.name,
    // What was known holds until the members are looked through again, unless Belay was away in between.
    shared: external || !before?.reachable || before.shared,
    reachable,
    members:
      channel.num_members === undefined
        ? undefined
        : Math.max(channel.num_members - (channel.is_member ? 1 : 0), 0),
    outsiders: before?.outsiders,
    reference: reachable ? (external ? uncounted : unsettled) : undefined,
    checkedAt,
  };
}

/** Who reads along in a channel; undefined while Slack does not tell who somebody is. */
export async function readersOf(
  parts: Parts,
  people: People,
  channel: string,
): Promise<PersonRecord[] | undefined> {
  const home = await parts.installation();
  const readers: PersonRecord[] = [];
  let cursor: string | undefined;
  do {
    const answer = await parts.client.conversations.members({
      channel,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    const page = membersSchema.parse(answer);
    for (const person of await people.allOf(others(page.members, home))) {
      if (!person) return undefined;
      if (reads(person)) readers.push(person);
    }
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor);
  return readers;
}

function others(members: string[], home: Installation): string[] {
  return members.filter((id) => id !== home.botUser);
}
