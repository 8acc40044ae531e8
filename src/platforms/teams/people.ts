import type { Person } from '../../chat/request.ts';
import type { PersonRecord } from '../../store/directory.ts';
import type { Member } from './adapter.ts';
import type { Author } from './extension.ts';
import { type Account, conversationOf, isDirect, languageOf } from './parse.ts';
import { personReference } from './references.ts';
import { isStale, type Scene } from './scene.ts';

/** The first of the sandbox's cast, and the domain of its client. */
const sandboxAdmin = 'user-0';
const sandboxClient = /@acme\.example$/i;

/** Belay's id of a person: the one that stays the same in every conversation, where Teams tells it. */
function idOf(account: Account): string {
  return account.aadObjectId ?? account.id;
}

/** Who speaks. Known people are answered at once and asked about again in the background, once a day. */
export async function speaker(scene: Scene, from: Account): Promise<Person> {
  const record = (await recognise(scene, from)) ?? (await meet(scene, from));
  // When Teams does not tell who someone is, he counts as an outsider, and is asked about again next time.
  if (!record) return { id: idOf(from), name: from.name ?? '', outsider: true, unknown: true, admin: false };
  const { id, name, outsider, admin, language, timeZone } = record;
  return { id, name, outsider, admin, language, timeZone };
}

async function recognise(scene: Scene, from: Account): Promise<PersonRecord | undefined> {
  const known = await scene.directory.person(scene.tenant, idOf(from));
  if (!known) return undefined;
  const seen = { ...known, ...envelope(scene), reference: referenceOf(scene, from, known) };
  if (isStale(known, scene.now())) scene.background.run(`person ${known.id}`, () => lookUp(scene, from));
  else if ((['language', 'timeZone', 'reference'] as const).some((fact) => seen[fact] !== known[fact]))
    await scene.directory.savePerson(scene.tenant, seen);
  return seen;
}

/**
 * The first who installs Belay in a team administers it; others are appointed, because anybody can make a team of
 * his own. False for those who may not: outsiders, and the unknown.
 */
export async function makeAdmin(scene: Scene, from: Account): Promise<boolean> {
  const known = await scene.directory.person(scene.tenant, idOf(from));
  if (!known || known.outsider) return false;
  if (known.admin) return true;
  if (await scene.directory.hasAdmin(scene.tenant)) return false;
  await scene.directory.savePerson(scene.tenant, { ...known, admin: true });
  return true;
}

/** A mention's person: mentions carry only Teams' own id, so Teams is asked. Falls back to that id. */
export async function mentioned(scene: Scene, id: string): Promise<string> {
  return (await meet(scene, { id }))?.id ?? id;
}

/** Who wrote a message: whether an outsider did, by what is known, else by what Teams says with the message. */
export async function authorOf(
  scene: Scene,
  { id, name, foreign }: Author,
): Promise<{ name: string; outsider: boolean }> {
  const known = id === undefined ? undefined : await scene.directory.person(scene.tenant, id);
  return { name: known?.name || name, outsider: known?.outsider ?? foreign };
}

async function meet(scene: Scene, from: Account): Promise<PersonRecord | undefined> {
  try {
    return await lookUp(scene, from);
  } catch (error) {
    scene.log.warn({ err: error, person: idOf(from) }, 'Teams: could not find out who someone is');
    return undefined;
  }
}

function lookUp(scene: Scene, from: Account): Promise<PersonRecord> {
  const key = `${scene.tenant} ${from.id}`;
  const underWay = scene.lookUps.get(key);
  if (underWay) return underWay;
  const done = askTeams(scene, from).finally(() => scene.lookUps.delete(key));
  scene.lookUps.set(key, done);
  return done;
}

async function askTeams(scene: Scene, from: Account): Promise<PersonRecord> {
  const { activity, tenant } = scene;
  const member = await scene.gateway.member(activity.serviceUrl, conversationOf(activity), from.id);
  const account = { ...from, aadObjectId: member.aadObjectId ?? from.aadObjectId };
  const known = await scene.directory.person(tenant, idOf(account));
  const record = recordOf(scene, member, account, known);
  await scene.directory.savePerson(tenant, record);
  return record;
}

function recordOf(
  scene: Scene,
  member: Member,
  account: Account,
  known: PersonRecord | undefined,
): PersonRecord {
  const { activity, tenant, sandbox } = scene;
  return {
    ...known,
    ...(activity.from?.id === account.id && envelope(scene)),
    id: idOf(account),
    name: member.name ?? account.name ?? '',
    email: addressOf(member) ?? known?.email,
    outsider: isOutsider(member, tenant, sandbox),
    admin: sandbox ? account.id === sandboxAdmin : (known?.admin ?? false),
    reference: referenceOf(scene, account, known),
    checkedAt: scene.now().toString(),
  };
}

/** A guest's principal name only looks like an address; his own is in `email`. */
function addressOf({ email, userPrincipalName }: Member): string | undefined {
  const address = [email, userPrincipalName].find((one) => one?.includes('@') && !isGuestName(one));
  return address?.toLowerCase();
}

/** Of an account that another organisation's person has here: `daan_acme.example#EXT#@…`. */
function isGuestName(principal: string | null | undefined): boolean {
  return principal?.toUpperCase().includes('#EXT#') ?? false;
}

/** Keeps those whom Belay has not met, so that they can be chosen before they say anything; tells who all are. */
export async function meetAll(scene: Scene, members: Member[]): Promise<PersonRecord[]> {
  const accounts = members.map((member) => ({ member, account: accountOf(member) }));
  const records = accounts.map(({ member, account }) => recordOf(scene, member, account, undefined));
  await scene.directory.addPeople(scene.tenant, records);
  const ids = records.map(({ id }) => id);
  return scene.directory.people(scene.tenant, ids);
}

function accountOf({ id, name, aadObjectId }: Member): Account {
  return { id, ...(name && { name }), ...(aadObjectId && { aadObjectId }) };
}

/** Another tenant's person, a guest, or someone of whom Teams does not say whose he is. */
export function isOutsider(member: Member, tenant: string, sandbox: boolean): boolean {
  if (sandbox) return sandboxClient.test(member.email ?? '');
  if (member.tenantId?.toLowerCase() !== tenant.toLowerCase()) return true;
  if (isGuestName(member.userPrincipalName)) return true;
  return member.userRole === 'guest' || member.userRole === 'anonymous';
}

/**
 * The Playground reports en-US and the zone of its own machine, whoever speaks: in the sandbox neither counts. Nor does
 * what comes with a meeting: nobody wrote that.
 */
function envelope({ activity, sandbox }: Scene) {
  if (sandbox || activity.type === 'event') return {};
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

function referenceOf({ activity }: Scene, account: Account, known: PersonRecord | undefined): string {
  const personal = isDirect(activity) && activity.from?.id === account.id;
  const conversation = personal ? activity.conversation.id : personReference(known?.reference)?.conversation;
  return JSON.stringify({
    serviceUrl: activity.serviceUrl,
    bot: activity.recipient.id,
    user: account.id,
    ...(conversation && { conversation }),
  });
}
