import { z } from 'zod';
import type { Person, Place } from '../../chat/request.ts';
import type { PlaceRecord } from '../../store/directory.ts';
import type { Installation } from './client.ts';
import { reasonOf } from './errors.ts';
import { isOutsideReader, isStale, type Parts, type People } from './people.ts';

/** Kept as a place's reference while it is not known who all is in it: until then it counts as shared. */
const unsettled = 'unsettled';
/** How long an answer waits for the list of members; after that it goes on in the background. */
const patienceMs = 1500;

const channelSchema = z.object({
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

export type Places = {
  /** Where `person` spoke. `direct`: the payload says that it is the conversation with Belay alone. */
  find(where: { id: string; direct?: boolean | undefined }, person: Person): Promise<Place>;
  /** Whether outsiders can read what stands there; when it is not known, they can. */
  isShared(id: string): Promise<boolean>;
  /** Asks Slack anew, after somebody came or went or the channel was shared. */
  refresh(id: string): Promise<Place>;
  /** Belay is not in it any more, or nobody can write there. */
  closed(id: string): Promise<Place>;
};

/** What is known of channels: from the directory, else from Slack. */
export function places(parts: Parts, people: People): Places {
  const { client, directory, installation, now, log } = parts;
  const settling = new Map<string, Promise<void>>();

  const read = async (id: string) => directory.place((await installation()).team, id);
  async function save(record: PlaceRecord): Promise<PlaceRecord> {
    await directory.savePlace((await installation()).team, record);
    return record;
  }

  async function ask(id: string): Promise<PlaceRecord> {
    try {
      const answer = await client.conversations.info({ channel: id, include_num_members: true });
      const record = recordOf(channelSchema.parse(answer.channel), await read(id), now());
      await save(record);
      return record.reference === unsettled ? settled(id, record) : record;
    } catch (error) {
      log.info({ place: id, reason: reasonOf(error) ?? 'unanswered' }, 'a channel could not be looked up');
      return { id, kind: 'channel', shared: true, reachable: false, checkedAt: now().toString() };
    }
  }

  /** Looks through the members for outsiders. What remains unknown keeps the place unsettled. */
  async function settle(id: string): Promise<void> {
    const outsiders = await outsidersAmong(parts, people, id);
    const record = await read(id);
    if (!record || outsiders === 'unknown') return;
    await save({ ...record, shared: outsiders === 'some', reference: undefined });
  }

  async function settled(id: string, record: PlaceRecord): Promise<PlaceRecord> {
    const running =
      settling.get(id) ??
      settle(id)
        .catch((error) =>
          log.warn({ err: error, place: id }, 'the members of a channel could not be looked up'),
        )
        .finally(() => settling.delete(id));
    settling.set(id, running);
    await Promise.race([running, new Promise((resolve) => setTimeout(resolve, patienceMs).unref())]);
    return (await read(id)) ?? record;
  }

  /** An outsider who speaks somewhere proves that outsiders read there. */
  async function withSpeaker(record: PlaceRecord, person: Person): Promise<Place> {
    if (!person.outsider || record.shared) return placeOf(record);
    return placeOf(await save({ ...record, shared: true }));
  }

  async function current(id: string): Promise<PlaceRecord> {
    const record = await read(id);
    if (!record) return ask(id);
    if (isStale(record.checkedAt, now()))
      ask(id).catch((error) => log.warn({ err: error }, 'a channel was not refreshed'));
    return record.reference === unsettled ? settled(id, record) : record;
  }

  async function direct(id: string, person: Person): Promise<Place> {
    const record = await read(id);
    if (record && record.kind === 'direct' && record.shared === person.outsider && record.reachable)
      return placeOf(record);
    const checkedAt = now().toString();
    return placeOf(
      await save({ id, kind: 'direct', shared: person.outsider, reachable: true, members: 1, checkedAt }),
    );
  }

  return {
    find: async (where, person) =>
      where.direct ? direct(where.id, person) : withSpeaker(await current(where.id), person),
    isShared: async (id) => (await current(id)).shared,
    refresh: async (id) => placeOf(await ask(id)),
    async closed(id) {
      const record = await read(id);
      const gone = {
        ...record,
        id,
        kind: 'channel' as const,
        shared: record?.shared ?? true,
        reachable: false,
      };
      return placeOf(await save({ ...gone, checkedAt: now().toString() }));
    },
  };
}

function placeOf({ id, kind, name, shared, reachable, members }: PlaceRecord): Place {
  return { id, kind, name, shared, reachable, members };
}

function recordOf(channel: Channel, before: PlaceRecord | undefined, now: Temporal.Instant): PlaceRecord {
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
    reference: external ? undefined : unsettled,
    checkedAt,
  };
}

async function outsidersAmong(
  parts: Parts,
  people: People,
  channel: string,
): Promise<'some' | 'none' | 'unknown'> {
  const home = await parts.installation();
  let found: 'none' | 'unknown' = 'none';
  let cursor: string | undefined;
  do {
    const answer = await parts.client.conversations.members({
      channel,
      limit: 200,
      ...(cursor ? { cursor } : {}),
    });
    const page = membersSchema.parse(answer);
    const known = await Promise.all(others(page.members, home).map((id) => people.known(id)));
    if (known.some((person) => person && isOutsideReader(person))) return 'some';
    if (known.includes(undefined)) found = 'unknown';
    cursor = page.response_metadata?.next_cursor || undefined;
  } while (cursor && found === 'none');
  return found;
}

function others(members: string[], home: Installation): string[] {
  return members.filter((id) => id !== home.botUser);
}
