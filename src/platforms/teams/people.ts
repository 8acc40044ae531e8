import type { Logger } from 'pino';
import type { Person } from '../../chat/request.ts';
import type { Directory, PersonRecord } from '../../store/directory.ts';
import type { Gateway, Member } from './adapter.ts';
import type { Background } from './background.ts';
import { type Account, type Activity, conversationOf, isDirect, languageOf } from './parse.ts';
import { personReference } from './references.ts';

export type World = {
  gateway: Gateway;
  directory: Directory;
  background: Background;
  now: () => Temporal.Instant;
  log: Logger;
  sandbox: boolean;
};

const freshFor = Temporal.Duration.from({ hours: 24 });

/** The first of the sandbox's cast, and the domain of its client. */
const sandboxAdmin = 'user-0';
const sandboxClient = /@acme\.example$/i;

export function isStale(record: { checkedAt: string }, now: Temporal.Instant): boolean {
  return Temporal.Instant.compare(Temporal.Instant.from(record.checkedAt).add(freshFor), now) < 0;
}

/** Belay's id of a person: the one that stays the same in every conversation, where Teams tells it. */
export function idOf(account: Account): string {
  return account.aadObjectId ?? account.id;
}

/** Who speaks. Known people are answered at once and asked about again in the background, once a day. */
export async function speaker(
  world: World,
  tenant: string,
  activity: Activity,
  from: Account,
): Promise<Person> {
  const known = await world.directory.person(tenant, idOf(from));
  if (!known) return (await meet(world, tenant, activity, from)) ?? stranger(from);
  if (isStale(known, world.now()))
    world.background.run(`person ${known.id}`, async () => {
      await lookUp(world, tenant, activity, from);
    });
  const seen = { ...known, ...envelope(world, activity), reference: referenceOf(activity, from, known) };
  const changed = (['language', 'timeZone', 'reference'] as const).some((fact) => seen[fact] !== known[fact]);
  if (changed) await world.directory.savePerson(tenant, seen);
  return seen;
}

/** When Teams does not tell who someone is, he counts as an outsider, and is asked about again next time. */
function stranger(from: Account): Person {
  return { id: idOf(from), name: from.name ?? '', outsider: true, admin: false };
}

/** The one who installed Belay administers it. False for those who may not: outsiders, and the unknown. */
export async function makeAdmin(
  world: World,
  tenant: string,
  activity: Activity,
  from: Account,
): Promise<boolean> {
  const known =
    (await world.directory.person(tenant, idOf(from))) ?? (await meet(world, tenant, activity, from));
  if (!known || known.outsider) return false;
  if (!known.admin) await world.directory.savePerson(tenant, { ...known, admin: true });
  return true;
}

/** A mention's person: mentions carry only Teams' own id, so Teams is asked. Falls back to that id. */
export async function mentioned(
  world: World,
  tenant: string,
  activity: Activity,
  id: string,
): Promise<string> {
  const met = await meet(world, tenant, activity, { id });
  return met?.id ?? id;
}

async function meet(world: World, tenant: string, activity: Activity, from: Account) {
  try {
    return await lookUp(world, tenant, activity, from);
  } catch (error) {
    world.log.warn({ err: error, person: idOf(from) }, 'Teams: could not find out who someone is');
    return undefined;
  }
}

async function lookUp(
  world: World,
  tenant: string,
  activity: Activity,
  from: Account,
): Promise<PersonRecord> {
  const member = await world.gateway.member(activity.serviceUrl, conversationOf(activity), from.id);
  const account = { ...from, aadObjectId: member.aadObjectId ?? from.aadObjectId };
  const known = await world.directory.person(tenant, idOf(account));
  const record: PersonRecord = {
    ...known,
    ...(activity.from?.id === from.id && envelope(world, activity)),
    id: idOf(account),
    name: member.name ?? from.name ?? '',
    email: member.email ?? member.userPrincipalName ?? undefined,
    outsider: isOutsider(member, tenant, world.sandbox),
    admin: world.sandbox ? from.id === sandboxAdmin : (known?.admin ?? false),
    reference: referenceOf(activity, account, known),
    checkedAt: world.now().toString(),
  };
  await world.directory.savePerson(tenant, record);
  return record;
}

/** Another tenant's person, a guest, or someone of whom Teams does not say whose he is. */
export function isOutsider(member: Member, tenant: string, sandbox: boolean): boolean {
  if (sandbox) return sandboxClient.test(member.email ?? '');
  if (member.tenantId?.toLowerCase() !== tenant.toLowerCase()) return true;
  if (member.userPrincipalName?.toUpperCase().includes('#EXT#')) return true;
  return member.userRole === 'guest' || member.userRole === 'anonymous';
}

/** The Playground always reports en-US and the zone of its own machine, whoever speaks: in the sandbox neither counts. */
function envelope(world: World, activity: Activity) {
  if (world.sandbox) return {};
  const timeZone = activity.localTimezone;
  return { language: languageOf(activity), ...(timeZone && isTimeZone(timeZone) && { timeZone }) };
}

function isTimeZone(name: string): boolean {
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}

function referenceOf(activity: Activity, account: Account, known: PersonRecord | undefined): string {
  const before = personReference(known?.reference);
  const personal = isDirect(activity) && activity.from?.id === account.id;
  const conversation = personal ? activity.conversation.id : before?.conversation;
  return JSON.stringify({
    serviceUrl: activity.serviceUrl,
    bot: activity.recipient.id,
    user: account.id,
    ...(conversation && { conversation }),
  });
}
