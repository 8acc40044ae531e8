import type { Person } from '../../chat/request.ts';
import type { PersonRecord } from '../../store/directory.ts';
import type { Parts } from './client.ts';
import { lookingUp } from './look-up.ts';
import { patience, type Soon } from './patience.ts';
import { roster } from './roster.ts';
import { recordOf, type User, userSchema } from './users.ts';

/** Who spoke, as far as the signed payload tells. */
export type Speaker = { id: string; name?: string | undefined; team?: string | undefined };

const staleAfterHours = 24;
/** So many are asked about one by one, which takes no longer than one page of the list of everybody. */
const few = 10;

export type People = {
  /** The one who spoke, from what is known; Slack is asked only about people never met. */
  find(speaker: Speaker, soon?: Soon): Promise<Person>;
  /** Who has this id; undefined when Slack does not tell now. */
  known(id: string): Promise<PersonRecord | undefined>;
  /** Who have these ids, as `known`, however long it takes Slack to tell. */
  allOf(ids: string[]): Promise<(PersonRecord | undefined)[]>;
  /** Takes what a user_change event says. undefined: it is about somebody who never met Belay. */
  changed(user: unknown): Promise<PersonRecord | undefined>;
  /** Keeps the channel in which this person is spoken to alone. */
  reachedAt(id: string, channel: string): Promise<void>;
};

/** Who people are: from the directory, else from Slack, one by one or from the list of everybody. */
export function people(parts: Parts): People {
  const { directory, installation, log, now } = parts;
  const lookUp = lookingUp(parts);
  const everybody = roster(parts);

  async function keep(user: User): Promise<PersonRecord> {
    const home = await installation();
    const before = await directory.person(home.team, user.id);
    const record = recordOf(user, home, before, now());
    await directory.savePerson(home.team, record);
    return record;
  }

  async function ask(id: string): Promise<PersonRecord | undefined> {
    const user = await lookUp(id);
    return typeof user === 'object' ? keep(user) : undefined;
  }

  /** Of somebody never met. When too many are asked about, the list tells of all who belong to the workspace. */
  async function meet(id: string, soon: Soon): Promise<PersonRecord | undefined> {
    const user = await lookUp(id);
    if (user === 'short') return soon(listed(id));
    return user && keep(user);
  }

  async function listed(id: string): Promise<PersonRecord | undefined> {
    const { team } = await installation();
    for (;;) {
      // Looked for first: others may have read the list in the meantime.
      const record = await directory.person(team, id);
      if (record || !(await everybody.readOn())) return record;
    }
  }

  async function allOf(ids: string[]): Promise<(PersonRecord | undefined)[]> {
    const { team } = await installation();
    const met = async () => new Map((await directory.people(team, ids)).map((person) => [person.id, person]));
    let found = await met();
    while (ids.length - found.size > few && (await everybody.readOn())) found = await met();
    // People of other organisations are in no list.
    return Promise.all(ids.map((id) => found.get(id) ?? meet(id, patience())));
  }

  function askLater(id: string): void {
    ask(id).catch((error) => log.warn({ err: error }, 'a person could not be looked up'));
  }

  /** From another workspace: the signed payload says so, nobody needs to be asked. */
  async function foreigner(speaker: Speaker, record: PersonRecord | undefined): Promise<Person> {
    if (record?.outsider || record?.colleague) {
      if (isStale(record.checkedAt, now())) askLater(speaker.id);
      return personOf(record);
    }
    const person = {
      id: speaker.id,
      name: record?.name ?? speaker.name ?? speaker.id,
      outsider: true,
      admin: false,
    };
    const { team } = await installation();
    await directory.savePerson(team, { ...record, ...person, checkedAt: now().toString() });
    // Only for the name, the language and the address; that he is an outsider stands.
    askLater(speaker.id);
    return person;
  }

  return {
    async find(speaker, soon = patience()) {
      const home = await installation();
      const record = await directory.person(home.team, speaker.id);
      if (speaker.team && speaker.team !== home.team && speaker.team !== home.enterprise)
        return foreigner(speaker, record);
      if (record) {
        if (isStale(record.checkedAt, now())) askLater(speaker.id);
        return personOf(record);
      }
      const met = await meet(speaker.id, soon);
      if (met) return personOf(met);
      // Nobody knows who this is: an outsider, and asked again next time.
      const name = speaker.name ?? speaker.id;
      return { id: speaker.id, name, outsider: true, unknown: true, admin: false };
    },
    async known(id) {
      const { team } = await installation();
      return (await directory.person(team, id)) ?? meet(id, patience());
    },
    allOf,
    async changed(user) {
      const parsed = userSchema.parse(user);
      const { team } = await installation();
      // Whoever never met Belay is no concern of it.
      if (!(await directory.person(team, parsed.id))) return undefined;
      await keep(parsed);
      // With what an administrator says of him beside what Slack says.
      return directory.person(team, parsed.id);
    },
    async reachedAt(id, channel) {
      const { team } = await installation();
      const record = await directory.person(team, id);
      if (record && record.reference !== channel)
        await directory.savePerson(team, { ...record, reference: channel });
    },
  };
}

function personOf({ id, name, outsider, admin, language, timeZone }: PersonRecord): Person {
  return { id, name, outsider, admin, language, timeZone };
}

/** Whether what was learnt at `checkedAt` is due to be asked again. */
export function isStale(checkedAt: string, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(checkedAt).add({ hours: staleAfterHours }), now) < 0;
}
