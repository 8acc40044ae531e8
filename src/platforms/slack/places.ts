import type { Person, Place } from '../../chat/request.ts';
import type { PersonRecord, PlaceRecord } from '../../store/directory.ts';
import { channelSchema, readersOf, recordOf, uncounted, unsettled } from './channels.ts';
import type { Parts } from './client.ts';
import { reasonOf } from './errors.ts';
import { patience, type Soon } from './patience.ts';
import { isStale, type People } from './people.ts';
import { reads } from './users.ts';

/** The reference of a place of which Slack told nothing just now. Never kept. */
const unanswered = 'unanswered';

type Where = {
  id: string;
  /** The payload says that it is the conversation with Belay alone. */
  direct?: boolean | undefined;
  /** What is said there hangs on who reads along, so it waits for that as long as an answer can. */
  decides?: boolean | undefined;
};

/** A look through the members that is under way, and the patience counted from its begin. */
type Settling = { done: Promise<void>; fresh: Soon };

export type Places = {
  /** Where `person` spoke. */
  find(where: Where, person: Person, soon?: Soon): Promise<Place>;
  /** Whether outsiders can read what stands there; undefined while that could not be found out. */
  isShared(id: string): Promise<boolean | undefined>;
  /** An outsider came in: nothing internal is said there from now on. */
  outsiderCame(id: string): Promise<void>;
  /** Asks Slack anew, after somebody came or went or the channel was shared. Throws when it does not answer. */
  refresh(id: string): Promise<Place>;
  /** Looks again where this person was, if he has left the workspace or is an outsider now. Throws as `refresh`. */
  personChanged(person: PersonRecord): Promise<void>;
  /** Belay is not in it any more, or nobody can write there. */
  closed(id: string): Promise<Place>;
};

/** What is known of channels: from the directory, else from Slack. */
export function places(parts: Parts, people: People): Places {
  const { client, directory, installation, now, log } = parts;
  const settling = new Map<string, Settling>();
  /** Counts what was learnt of a place, so that an older look at its members does not undo it. */
  const versions = new Map<string, number>();

  const read = async (id: string) => directory.place((await installation()).team, id);
  async function save(record: PlaceRecord): Promise<PlaceRecord> {
    versions.set(record.id, (versions.get(record.id) ?? 0) + 1);
    await directory.savePlace((await installation()).team, record);
    return record;
  }

  async function ask(id: string, soon = patience(), decides = false): Promise<PlaceRecord> {
    try {
      const answer = await client.conversations.info({ channel: id, include_num_members: true });
      const record = recordOf(channelSchema.parse(answer.channel), await read(id), now());
      await save(record);
      if (waits(record, decides)) return settled(record, soon, decides);
      // Nobody waits for it, but whoever is to be reminded of something later is found by it.
      if (record.reference === uncounted) begin(id);
      return record;
    } catch (error) {
      const reason = reasonOf(error);
      log.info({ place: id, reason }, 'a channel could not be looked up');
      const reference = reason === undefined ? unanswered : undefined;
      return { id, kind: 'channel', shared: true, reachable: false, reference, checkedAt: now().toString() };
    }
  }

  /** Looks through the members, and for outsiders among them. What remains unknown keeps the place unsettled. */
  async function settle(id: string): Promise<void> {
    const version = versions.get(id);
    const readers = await readersOf(parts, people, id);
    if (!readers) return;
    const { team } = await installation();
    const ids = readers.map((person) => person.id);
    await directory.saveMembers(team, id, ids);
    const record = await read(id);
    if (!record) return;
    if (versions.get(id) !== version) return settle(id);
    const outsiders = readers.filter(({ outsider }) => outsider).length;
    // Slack's own word that a channel is shared stands, whoever is in it now.
    const shared = record.reference === unsettled ? outsiders > 0 : record.shared;
    await save({ ...record, members: readers.length, outsiders, shared, reference: undefined });
  }

  /** Begins to look through the members, unless that is under way. */
  function begin(id: string): Settling {
    const running = settling.get(id);
    if (running) return running;
    const done = settle(id)
      .catch((error) =>
        log.warn({ err: error, place: id }, 'the members of a channel could not be looked up'),
      )
      .finally(() => settling.delete(id));
    const begun = { done, fresh: patience() };
    settling.set(id, begun);
    return begun;
  }

  /** Waits until it is known who reads along; but of what does not decide, only what comes at its begin. */
  async function settled(record: PlaceRecord, soon: Soon, decides: boolean): Promise<PlaceRecord> {
    const { done, fresh } = begin(record.id);
    await soon(decides ? done : fresh(done));
    return (await read(record.id)) ?? record;
  }

  /** An outsider who speaks somewhere proves that outsiders read there. Who is only not known proves it for now. */
  async function withSpeaker(record: PlaceRecord, person: Person): Promise<Place> {
    if (!person.outsider || record.shared) return placeOf(record);
    const { team } = await installation();
    const shared = { ...record, shared: true };
    return placeOf((await directory.person(team, person.id)) ? await save(shared) : shared);
  }

  async function current(id: string, soon = patience(), decides = false): Promise<PlaceRecord> {
    const record = await read(id);
    if (!record) return ask(id, soon, decides);
    if (isStale(record.checkedAt, now()))
      ask(id).catch((error) => log.warn({ err: error }, 'a channel was not refreshed'));
    return waits(record, decides) ? settled(record, soon, decides) : record;
  }

  async function refresh(id: string): Promise<Place> {
    const record = await ask(id);
    // The event that asked for it is sent again when it fails.
    if (record.reference === unanswered) throw new Error('Slack did not tell what became of a channel');
    return placeOf(record);
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
    find: async ({ id, direct: alone, decides }, person, soon) =>
      alone ? direct(id, person) : withSpeaker(await current(id, soon, decides), person),
    async isShared(id) {
      const { shared, reference } = await current(id);
      return reference === unsettled || reference === unanswered ? undefined : shared;
    },
    async outsiderCame(id) {
      const record = await read(id);
      if (record) await save({ ...record, shared: true });
    },
    refresh,
    async personChanged(person) {
      if (reads(person) && !person.outsider) return;
      const { team } = await installation();
      const were = await directory.placesOf(team, person.id);
      const due = were.filter(({ reachable, shared }) => reachable && !(reads(person) && shared));
      await Promise.all(due.map(({ id }) => refresh(id)));
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

/** Whether to wait for who all reads along: as long as it decides what is said there, and for what decides by it. */
function waits({ kind, reachable, reference, outsiders }: PlaceRecord, decides: boolean): boolean {
  if (reference === unsettled) return true;
  return decides && kind === 'channel' && reachable && (reference === uncounted || outsiders === undefined);
}

function placeOf({ id, kind, name, shared, reachable, members, outsiders }: PlaceRecord): Place {
  return { id, kind, name, shared, reachable, members, outsiders };
}
