import type { Person, Place } from '../../chat/request.ts';
import type { PlaceRecord } from '../../store/directory.ts';
import { type Activity, conversationOf, isDirect } from './parse.ts';
import { isOutsider, isStale, type World } from './people.ts';
import { placeReference, placeReferenceOf } from './references.ts';

const sandboxShared = 'channel-acme';

/** Where it was said. A place Belay does not know yet is looked at first; until that succeeds it counts as shared. */
export async function placeOf(
  world: World,
  tenant: string,
  activity: Activity,
  person: Person,
): Promise<Place> {
  if (isDirect(activity)) return direct(world, tenant, activity, person);
  const known = await world.directory.place(tenant, conversationOf(activity));
  if (!known?.reachable) return arrive(world, tenant, activity);
  if (isStale(known, world.now()))
    world.background.run(`place ${known.id}`, () => refresh(world, tenant, activity));
  const seen = {
    ...known,
    reference: JSON.stringify(placeReferenceOf(activity)),
    shared: known.shared || (person.outsider && !isSandboxInternal(world, activity)),
  };
  if (seen.shared !== known.shared || seen.reference !== known.reference)
    await world.directory.savePlace(tenant, seen);
  return { ...seen, shared: await isShared(world, tenant, seen) };
}

/** Whether outsiders may read here now: in the place itself, or through the team it belongs to. */
export async function isShared(world: World, tenant: string, place: PlaceRecord): Promise<boolean> {
  if (place.shared) return true;
  const team = placeReference(place.reference)?.team;
  if (team === undefined || team === place.id) return false;
  return (await world.directory.place(tenant, team))?.shared ?? false;
}

/** Looks again at who is in the place an activity comes from. Throws when Teams does not tell. */
async function refresh(world: World, tenant: string, activity: Activity): Promise<void> {
  const id = conversationOf(activity);
  const known = await world.directory.place(tenant, id);
  const members = await world.gateway.members(activity.serviceUrl, id);
  const people = members.filter((member) => member.id !== activity.recipient.id);
  await world.directory.savePlace(tenant, {
    id,
    kind: 'channel',
    name: nameOf(activity) ?? known?.name,
    shared: sharedByRule(world, activity) ?? people.some((who) => isOutsider(who, tenant, world.sandbox)),
    reachable: true,
    members: people.length,
    reference: JSON.stringify(placeReferenceOf(activity)),
    checkedAt: world.now().toString(),
  });
}

/** Belay left, or the place is no more. */
export async function leave(world: World, tenant: string, activity: Activity): Promise<Place> {
  const known = await world.directory.place(tenant, conversationOf(activity));
  if (known) await world.directory.savePlace(tenant, { ...known, reachable: false });
  const kind = isDirect(activity) ? 'direct' : 'channel';
  return { id: conversationOf(activity), kind, shared: true, ...known, reachable: false };
}

/** Looks who is in a place that Belay came to, or where somebody came or went. */
export async function arrive(world: World, tenant: string, activity: Activity): Promise<Place> {
  try {
    await refresh(world, tenant, activity);
  } catch (error) {
    world.log.warn(
      { err: error, place: conversationOf(activity) },
      'Teams: could not find out who is in a place',
    );
    await world.directory.savePlace(tenant, unseen(activity));
  }
  const record = (await world.directory.place(tenant, conversationOf(activity))) ?? unseen(activity);
  return { ...record, shared: await isShared(world, tenant, record) };
}

/** A place nobody could look into: the safe side, and looked at again at the next opportunity. */
function unseen(activity: Activity): PlaceRecord {
  return {
    id: conversationOf(activity),
    kind: 'channel',
    name: nameOf(activity),
    shared: true,
    reachable: true,
    reference: JSON.stringify(placeReferenceOf(activity)),
    checkedAt: '1970-01-01T00:00:00Z',
  };
}

async function direct(world: World, tenant: string, activity: Activity, person: Person): Promise<Place> {
  const id = activity.conversation.id;
  const reference = JSON.stringify(placeReferenceOf(activity));
  const known = await world.directory.place(tenant, id);
  const place: Place = { id, kind: 'direct', shared: person.outsider, reachable: true, members: 1 };
  if (known?.reference !== reference || known.shared !== place.shared || !known.reachable)
    await world.directory.savePlace(tenant, { ...place, reference, checkedAt: world.now().toString() });
  return place;
}

/** What is known without counting heads; undefined where heads must be counted. */
function sharedByRule(world: World, activity: Activity): boolean | undefined {
  if (activity.channelData?.channel?.type === 'shared') return true;
  if (!world.sandbox) return undefined;
  return (
    conversationOf(activity) === sandboxShared || (isSandboxInternal(world, activity) ? false : undefined)
  );
}

/** The cast of the sandbox plays both sides, so its General channel is internal whoever is in it. */
function isSandboxInternal(world: World, activity: Activity): boolean {
  return world.sandbox && activity.channelData?.team?.id === conversationOf(activity);
}

/** A team's first channel has no name of its own: it is called like the team. */
function nameOf(activity: Activity): string | undefined {
  const { team, channel } = activity.channelData ?? {};
  const ofTeam = team?.id === conversationOf(activity) ? team.name : undefined;
  return activity.conversation.name ?? channel?.name ?? ofTeam ?? undefined;
}
