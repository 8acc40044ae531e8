import type { Logger as Log } from 'pino';
import type { Person } from '../../chat/request.ts';
import type { Directory, PersonRecord } from '../../store/directory.ts';
import type { Client, Installation } from './client.ts';
import { recordOf, type User, userSchema } from './users.ts';

/** Who spoke, as far as the signed payload tells. */
export type Speaker = { id: string; name?: string | undefined; team?: string | undefined };

/** users.info allows 100 a minute; some are left for others who use the same token. */
const lookUpsPerMinute = 90;
const staleAfterHours = 24;

export type People = {
  /** The one who spoke, from what is known; Slack is asked only about people never met. */
  find(speaker: Speaker): Promise<Person>;
  /** Who has this id; undefined when Slack does not tell now. */
  known(id: string): Promise<PersonRecord | undefined>;
  /** Takes what a user_change event says. */
  changed(user: unknown): Promise<void>;
  /** Keeps the channel in which this person is spoken to alone. */
  reachedAt(id: string, channel: string): Promise<void>;
};

export type Parts = {
  client: Client;
  installation: () => Promise<Installation>;
  directory: Directory;
  now: () => Temporal.Instant;
  log: Log;
};

/** Who people are: from the directory, else from Slack, within the limit of look-ups. */
export function people(parts: Parts): People {
  const { directory, installation, log, now } = parts;
  const lookUp = lookingUp(parts);

  async function keep(user: User): Promise<PersonRecord> {
    const home = await installation();
    const before = await directory.person(home.team, user.id);
    const record = recordOf(user, home, before, now());
    await directory.savePerson(home.team, record);
    return record;
  }

  async function ask(id: string): Promise<PersonRecord | undefined> {
    const user = await lookUp(id);
    return user && keep(user);
  }

  function askLater(id: string): void {
    ask(id).catch((error) => log.warn({ err: error }, 'a person could not be looked up'));
  }

  /** From another workspace: the signed payload says so, nobody needs to be asked. */
  async function foreigner(speaker: Speaker, record: PersonRecord | undefined): Promise<Person> {
    if (record?.outsider) return personOf(record);
    const person = {
      id: speaker.id,
      name: record?.name ?? speaker.name ?? speaker.id,
      outsider: true,
      admin: false,
    };
    const { team } = await installation();
    await directory.savePerson(team, { ...record, ...person, checkedAt: now().toString() });
    // Only for the name and the language; that he is an outsider stands.
    askLater(speaker.id);
    return person;
  }

  return {
    async find(speaker) {
      const home = await installation();
      const record = await directory.person(home.team, speaker.id);
      if (speaker.team && speaker.team !== home.team && speaker.team !== home.enterprise)
        return foreigner(speaker, record);
      if (record) {
        if (isStale(record.checkedAt, now())) askLater(speaker.id);
        return personOf(record);
      }
      const asked = await ask(speaker.id);
      if (asked) return personOf(asked);
      // Nobody knows who this is: an outsider, and asked again next time.
      return { id: speaker.id, name: speaker.name ?? speaker.id, outsider: true, admin: false };
    },
    async known(id) {
      const { team } = await installation();
      return (await directory.person(team, id)) ?? ask(id);
    },
    async changed(user) {
      const parsed = userSchema.parse(user);
      const { team } = await installation();
      // Whoever never met Belay is no concern of it.
      if (await directory.person(team, parsed.id)) await keep(parsed);
    },
    async reachedAt(id, channel) {
      const { team } = await installation();
      const record = await directory.person(team, id);
      if (record && record.reference !== channel)
        await directory.savePerson(team, { ...record, reference: channel });
    },
  };
}

/** One users.info a person at a time, at most so many a minute; undefined when it does not tell. */
function lookingUp({ client, now, log }: Parts): (id: string) => Promise<User | undefined> {
  const under = new Map<string, Promise<User | undefined>>();
  let recent: number[] = [];

  async function ask(id: string): Promise<User | undefined> {
    const at = now().epochMilliseconds;
    recent = recent.filter((before) => before > at - 60_000);
    if (recent.length >= lookUpsPerMinute) return undefined;
    recent.push(at);
    try {
      const answer = await client.users.info({ user: id, include_locale: true });
      return userSchema.parse(answer.user);
    } catch (error) {
      log.warn({ err: error, person: id }, 'a person could not be looked up and counts as an outsider');
      return undefined;
    }
  }

  return (id) => {
    const running = under.get(id) ?? ask(id).finally(() => under.delete(id));
    under.set(id, running);
    return running;
  };
}

function personOf({ id, name, outsider, admin, language, timeZone }: PersonRecord): Person {
  return { id, name, outsider, admin, language, timeZone };
}

/** Whether what was learnt at `checkedAt` is due to be asked again. */
export function isStale(checkedAt: string, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(checkedAt).add({ hours: staleAfterHours }), now) < 0;
}
