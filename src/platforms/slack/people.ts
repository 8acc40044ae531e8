import type { Logger as Log } from 'pino';
import { z } from 'zod';
import type { Person } from '../../chat/request.ts';
import type { Directory, PersonRecord } from '../../store/directory.ts';
import type { Client, Installation } from './client.ts';

/** Who spoke, as far as the signed payload tells. */
export type Speaker = { id: string; name?: string | undefined; team?: string | undefined };

/** users.info allows 100 a minute; some are left for others who use the same token. */
const lookUpsPerMinute = 90;
const staleAfterHours = 24;
/** Kept as the reference of our own bots and of those who left: they read nothing, so they make no channel shared. */
const noReader = 'no reader';

const userSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  real_name: z.string().optional(),
  team_id: z.string().optional(),
  deleted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  locale: z.string().optional(),
  tz: z.string().nullish(),
  enterprise_user: z.object({ teams: z.array(z.string()).optional() }).optional(),
  profile: z
    .object({
      display_name: z.string().optional(),
      real_name: z.string().optional(),
      email: z.string().optional(),
    })
    .optional(),
});
type User = z.infer<typeof userSchema>;

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

function recordOf(
  user: User,
  home: Installation,
  before: PersonRecord | undefined,
  now: Temporal.Instant,
): PersonRecord {
  const ours = user.team_id === home.team || (user.enterprise_user?.teams ?? []).includes(home.team);
  const guest =
    user.is_restricted || user.is_ultra_restricted || user.is_stranger || user.deleted || user.is_bot;
  const outsider = !ours || guest === true;
  return {
    id: user.id,
    name: user.profile?.display_name || user.profile?.real_name || user.real_name || user.name || user.id,
    email: user.profile?.email,
    outsider,
    admin: !outsider && (user.is_admin === true || user.is_owner === true),
    language: languageOf(user.locale) ?? (user.locale ? undefined : before?.language),
    timeZone: timeZoneOf(user.tz ?? undefined),
    reference: ours && (user.is_bot || user.deleted) ? noReader : before?.reference,
    checkedAt: now.toString(),
  };
}

/** Whether an outsider reads what stands in a channel that this person is in. */
export function isOutsideReader(person: PersonRecord): boolean {
  return person.outsider && person.reference !== noReader;
}

function personOf({ id, name, outsider, admin, language, timeZone }: PersonRecord): Person {
  return { id, name, outsider, admin, language, timeZone };
}

function languageOf(locale: string | undefined): 'nl' | 'en' | undefined {
  const language = locale?.slice(0, 2).toLowerCase();
  return language === 'nl' || language === 'en' ? language : undefined;
}

function timeZoneOf(name: string | undefined): string | undefined {
  return name && Intl.supportedValuesOf('timeZone').includes(name) ? name : undefined;
}

/** Whether what was learnt at `checkedAt` is due to be asked again. */
export function isStale(checkedAt: string, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(checkedAt).add({ hours: staleAfterHours }), now) < 0;
}
