import type { Followed } from '../../chat/contributions.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { someAdmin } from '../../store/admins.ts';
import { hasLeft } from '../../store/people.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { workingMoment } from '../daily-start/schedule-rules.ts';
import { againAt, type FollowUp, type Owner, readTried } from './follow-ups.ts';
import { changeFollowUp, findFollowUp } from './store.ts';
import { posted, tell } from './telling-feature.ts';

/** What is followed up, by its kind. */
export type Kinds = ReadonlyMap<string, Followed>;

/** Nobody has taken it up: it is told again, and then to who is above its owner. */
export async function tellAgain(due: Due, kinds: Kinds): Promise<Effect[]> {
  const found = await stillOpen(due, kinds);
  // It has been handed over since: its new owner has his own time.
  if (!found || Temporal.Instant.compare(due.now, againAt(found.followUp)) < 0) return [];
  const { tried } = found;
  if (tried.length > 0 && tried.at(-1) !== found.followUp.owner.id) return [];
  const { tx, tenant, platform, now } = due;
  const at = workingMoment({ ...found.followUp, country: found.country }, now);
  if (Temporal.Instant.compare(at, now) > 0)
    return [{ do: 'later', job: 'follow-ups.due', subject: due.subject, at }];
  const told = found.followUp.told + 1;
  const followUp = await changeFollowUp(tx, tenant, { ...found.followUp, told }, now);
  if (told === 2 && !(await hasLeft(tx, platform, tenant, followUp.owner.id)))
    return tell(due, found.followed, followUp, tried);
  const above = await aboveOwner(due, found);
  return above ? posted(due, found.followed, followUp, { to: above, tried }) : [];
}

/** Its owner cannot be told: who is above him takes it over at once, or a next one as long as there is any. */
export async function takeOver(due: Due, kinds: Kinds): Promise<Effect[]> {
  const found = await stillOpen(due, kinds);
  const owner = found && (await aboveOwner(due, found));
  if (!found || !owner) return [];
  const followUp = { ...found.followUp, owner, told: 1 };
  return tell(due, found.followed, await changeFollowUp(due.tx, due.tenant, followUp, due.now), found.tried);
}

type Open = {
  followUp: FollowUp;
  followed: Followed;
  rises: Owner | undefined;
  country: string;
  tried: string[];
};

/** The follow-up that a job is about, while somebody is dissatisfied and nobody has taken it up. */
async function stillOpen(due: Due, kinds: Kinds): Promise<Open | undefined> {
  const { id, tried } = readTried(due.subject);
  const followUp = await findFollowUp(due.tx, due.tenant, id);
  const followed = followUp?.state === 'open' ? kinds.get(followUp.kind) : undefined;
  if (!followUp || !followed) return undefined;
  const voice = await voiceOf(due, followUp.owner.id);
  const given = await followed.about(due, { ...followUp, reader: followUp.owner.id }, voice);
  if (!given?.isLow) return undefined;
  return { followUp, followed, rises: given.rises, country: given.country ?? '', tried };
}

/** Whoever is named for it, unless it is he who has it, or he was tried or has left; else an admin who was not. */
async function aboveOwner(due: Due, { followUp, rises, tried }: Open): Promise<Owner | undefined> {
  const { tx, platform, tenant } = due;
  const not = [followUp.owner.id, ...tried];
  const mayRise = rises && !not.includes(rises.id) && !(await hasLeft(tx, platform, tenant, rises.id));
  const above = mayRise ? rises : await someAdmin(tx, due, ...not);
  return above && { id: above.id, name: above.name };
}
