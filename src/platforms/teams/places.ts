import type { Person, Place } from '../../chat/request.ts';
import type { PlaceRecord } from '../../store/directory.ts';
import { conversationOf, isDirect } from './parse.ts';
import { meetAll } from './people.ts';
import { placeReference, placeReferenceOf } from './references.ts';
import { isStale, type Scene, type World } from './scene.ts';

const sandboxShared = 'channel-acme';

/** Where it was said. A place Belay does not know yet is looked at first. */
export async function placeOf(scene: Scene, person: Person): Promise<Place> {
  if (isDirect(scene.activity)) return direct(scene, person);
  const known = await scene.directory.place(scene.tenant, conversationOf(scene.activity));
  if (!known?.reachable) return arrive(scene);
  const seen = {
    ...known,
    reference: referenceOf(scene),
    shared: known.shared || (person.outsider && !isSandboxInternal(scene)),
  };
  // Who is only not known makes it shared for now, not for good.
  const kept = person.unknown ? { ...seen, shared: known.shared } : seen;
  if (kept.shared !== known.shared || kept.reference !== known.reference)
    await scene.directory.savePlace(scene.tenant, kept);
  if (isStale(known, scene.now())) scene.background.run(`place ${known.id}`, () => look(scene));
  return publicPlace(scene, scene.tenant, seen);
}

/**
 * Where the message extension was used, which can be where Belay is not: nothing is learned of such a place, and nothing
 * is said there.
 */
export async function placeAround(scene: Scene): Promise<Place> {
  const id = conversationOf(scene.activity);
  const known = await scene.directory.place(scene.tenant, id);
  if (known) return publicPlace(scene, scene.tenant, known);
  return { id, kind: 'channel', shared: true, reachable: false };
}

/** Where a meeting is: who is asked to it changes from one time to the next, so Teams is asked who is there now. */
export async function meetingPlace(scene: Scene, person: Person): Promise<Place> {
  const id = conversationOf(scene.activity);
  const known = isDirect(scene.activity) ? undefined : await scene.directory.place(scene.tenant, id);
  if (known?.reachable)
    await look(scene).catch((error: unknown) =>
      scene.log.warn({ err: error, place: id }, 'Teams: could not find out who is in a meeting'),
    );
  return placeOf(scene, person);
}

/** Looks who is in a place that Belay came to, or where somebody came or went. */
export async function arrive(scene: Scene): Promise<Place> {
  const record = await look(scene).catch(async (error: unknown) => {
    const place = conversationOf(scene.activity);
    scene.log.warn({ err: error, place }, 'Teams: could not find out who is in a place');
    const unseen = await unseenPlace(scene);
    await scene.directory.savePlace(scene.tenant, unseen);
    return unseen;
  });
  return publicPlace(scene, scene.tenant, record);
}

/** Belay left, or the place is no more. */
export async function leave(scene: Scene): Promise<Place> {
  const { directory, tenant, activity } = scene;
  const known = await directory.place(tenant, conversationOf(activity));
  if (known) await directory.savePlace(tenant, { ...known, reachable: false });
  const kind = isDirect(activity) ? 'direct' : 'channel';
  return {
    id: conversationOf(activity),
    kind,
    name: known?.name,
    shared: known?.shared ?? true,
    reachable: false,
  };
}

/** Whether outsiders may read here now: in the place itself, or through the team it belongs to. */
export async function isShared(world: World, tenant: string, place: PlaceRecord): Promise<boolean> {
  if (place.shared) return true;
  const team = placeReference(place.reference)?.team;
  if (team === undefined || team === place.id) return false;
  return (await world.directory.place(tenant, team))?.shared ?? false;
}

async function publicPlace(world: World, tenant: string, record: PlaceRecord): Promise<Place> {
  const { id, kind, name, reachable, members, outsiders } = record;
  return { id, kind, name, shared: await isShared(world, tenant, record), reachable, members, outsiders };
}

/** Asks Teams who is here, and keeps it. Throws when Teams does not tell. */
async function look(scene: Scene): Promise<PlaceRecord> {
  const { activity, tenant } = scene;
  const members = await scene.gateway.members(activity.serviceUrl, conversationOf(activity));
  const people = members.filter(({ id }) => id !== activity.recipient.id);
  const known = await meetAll(scene, people);
  // By what is known of them: a guest whom an administrator counts among the team is no outsider.
  const outsiders = known.filter(({ outsider }) => outsider).length;
  const record = {
    ...(await unseenPlace(scene)),
    shared: sharedByRule(scene) ?? outsiders > 0,
    members: people.length,
    outsiders,
    checkedAt: scene.now().toString(),
  };
  const ids = known.map(({ id }) => id);
  await scene.directory.saveMembers(tenant, record.id, ids);
  await scene.directory.savePlace(tenant, record);
  await tellChannels(scene, record, ids);
  return record;
}

/** Who is in the team is in its channels: with a guest among them they say themselves that they are shared. */
async function tellChannels({ directory, tenant }: Scene, team: PlaceRecord, ids: string[]): Promise<void> {
  const { members, outsiders } = team;
  for (const place of await directory.places(tenant)) {
    if (place.id === team.id || placeReference(place.reference)?.team !== team.id) continue;
    await directory.saveMembers(tenant, place.id, ids);
    await directory.savePlace(tenant, { ...place, members, outsiders, shared: place.shared || team.shared });
  }
}

/** A place nobody could look into: the safe side, and due to be looked at again. */
async function unseenPlace(scene: Scene): Promise<PlaceRecord> {
  const id = conversationOf(scene.activity);
  const name = nameOf(scene) ?? (await scene.directory.place(scene.tenant, id))?.name;
  const checkedAt = '1970-01-01T00:00:00Z';
  return {
    id,
    kind: 'channel',
    name,
    shared: true,
    reachable: true,
    reference: referenceOf(scene),
    checkedAt,
  };
}

async function direct(scene: Scene, person: Person): Promise<Place> {
  const { id } = scene.activity.conversation;
  const reference = referenceOf(scene);
  const known = await scene.directory.place(scene.tenant, id);
  const place: Place = { id, kind: 'direct', shared: person.outsider, reachable: true, members: 1 };
  if (known?.reference !== reference || known.shared !== place.shared || !known.reachable)
    await scene.directory.savePlace(scene.tenant, { ...place, reference, checkedAt: scene.now().toString() });
  return place;
}

function referenceOf(scene: Scene): string {
  return JSON.stringify(placeReferenceOf(scene.activity));
}

/** What is known without looking who is there; undefined where one must look. */
function sharedByRule(scene: Scene): boolean | undefined {
  if (scene.activity.channelData?.channel?.type === 'shared') return true;
  if (isSandboxInternal(scene)) return false;
  return scene.sandbox && conversationOf(scene.activity) === sandboxShared ? true : undefined;
}

/** The cast of the sandbox plays both sides, so its General channel is internal whoever is in it. */
function isSandboxInternal({ sandbox, activity }: Scene): boolean {
  return sandbox && activity.channelData?.team?.id === conversationOf(activity);
}

/** A team's first channel has no name of its own: it is called like the team. */
function nameOf({ activity }: Scene): string | undefined {
  const { team, channel } = activity.channelData ?? {};
  const ofTeam = team?.id === conversationOf(activity) ? team.name : undefined;
  return activity.conversation.name ?? channel?.name ?? ofTeam ?? undefined;
}
