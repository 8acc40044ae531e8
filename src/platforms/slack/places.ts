import type { Person, Place } from '../../chat/request.ts';
import type { PlaceRecord } from '../../store/directory.ts';
import { channelSchema, outsidersAmong, recordOf, unsettled } from './channels.ts';
import { reasonOf } from './errors.ts';
import { isStale, type Parts, type People } from './people.ts';

/** The reference of a place of which Slack told nothing just now. Never kept. */
const unanswered = 'unanswered';
/** How long an answer waits for the list of members; after that it goes on in the background. */
const patienceMs = 1500;

export type Places = {
  /** Where `person` spoke. `direct`: the payload says that it is the conversation with Belay alone. */
  find(where: { id: string; direct?: boolean | undefined }, person: Person): Promise<Place>;
  /** Whether outsiders can read what stands there; undefined while that could not be found out. */
  isShared(id: string): Promise<boolean | undefined>;
  /** An outsider came in: nothing internal is said there from now on. */
  outsiderCame(id: string): Promise<void>;
  /** Asks Slack anew, after somebody came or went or the channel was shared. Throws when it does not answer. */
  refresh(id: string): Promise<Place>;
  /** Belay is not in it any more, or nobody can write there. */
  closed(id: string): Promise<Place>;
};

/** What is known of channels: from the directory, else from Slack. */
export function places(parts: Parts, people: People): Places {
  const { client, directory, installation, now, log } = parts;
  const settling = new Map<string, Promise<void>>();
  /** Counts what was learnt of a place, so that an older look at its members does not undo it. */
  const versions = new Map<string, number>();

  const read = async (id: string) => directory.place((await installation()).team, id);
  async function save(record: PlaceRecord): Promise<PlaceRecord> {
    versions.set(record.id, (versions.get(record.id) ?? 0) + 1);
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
      const reason = reasonOf(error);
      log.info({ place: id, reason }, 'a channel could not be looked up');
      const reference = reason === undefined ? unanswered : undefined;
      return { id, kind: 'channel', shared: true, reachable: false, reference, checkedAt: now().toString() };
    }
  }

  /** Looks through the members for outsiders. What remains unknown keeps the place unsettled. */
  async function settle(id: string): Promise<void> {
    const version = versions.get(id);
    const outsiders = await outsidersAmong(parts, people, id);
    const record = await read(id);
    if (!record || outsiders === 'unknown') return;
    if (versions.get(id) !== version) return settle(id);
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
    async isShared(id) {
      const { shared, reference } = await current(id);
      return reference === unsettled || reference === unanswered ? undefined : shared;
    },
    async outsiderCame(id) {
      const record = await read(id);
      if (record) await save({ ...record, shared: true });
    },
    async refresh(id) {
      const record = await ask(id);
      // The event that asked for it is sent again when it fails.
      if (record.reference === unanswered) throw new Error('Slack did not tell what became of a channel');
      return placeOf(record);
    },
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
