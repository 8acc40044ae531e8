import type { Effect } from '../../chat/effect.ts';
import type { Due, Followed } from '../../chat/feature.ts';
import { someAdmin } from '../../store/admins.ts';
import { hasLeft } from '../../store/people.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { againAt, type FollowUp, type Owner } from './follow-ups.ts';
import { changeFollowUp, findFollowUp } from './store.ts';
import { posted, tell } from './telling-feature.ts';

/** What is followed up, by its kind. */
export type Kinds = ReadonlyMap<string, Followed>;

/** Nobody has taken it up: it is told again, and then to who is above its owner. */
export async function tellAgain(due: Due, kinds: Kinds): Promise<Effect[]> {
  const found = await stillOpen(due, kinds);
  // It has been handed over since: its new owner has his own time.
  if (!found || Temporal.Instant.compare(due.now, againAt(found.followUp)) < 0) return [];
  const { tx, tenant, platform, now } = due;
  const told = found.followUp.told + 1;
  const followUp = await changeFollowUp(tx, tenant, { ...found.followUp, told }, now);
  if (told === 2 && !(await hasLeft(tx, platform, tenant, followUp.owner.id)))
    return tell(due, found.followed, followUp);
  const above = await aboveOwner(due, found);
  return above ? posted(due, found.followed, followUp, above) : [];
}

/** Its owner cannot be told: who is above him takes it over at once. */
export async function takeOver(due: Due, kinds: Kinds): Promise<Effect[]> {
  const found = await stillOpen(due, kinds);
  const owner = found && (await aboveOwner(due, found));
  if (!found || !owner) return [];
  const followUp = { ...found.followUp, owner, told: 1 };
  return tell(due, found.followed, await changeFollowUp(due.tx, due.tenant, followUp, due.now));
}

type Open = { followUp: FollowUp; followed: Followed; rises: Owner | undefined };

/** The follow-up that a job is about, while somebody is dissatisfied and nobody has taken it up. */
async function stillOpen(due: Due, kinds: Kinds): Promise<Open | undefined> {
  const followUp = await findFollowUp(due.tx, due.tenant, due.subject);
  const followed = followUp?.state === 'open' ? kinds.get(followUp.kind) : undefined;
  if (!followUp || !followed) return undefined;
  const voice = await voiceOf(due, followUp.owner.id);
  const given = await followed.about(due, followUp.subject, followUp.person, voice);
  return given?.isLow ? { followUp, followed, rises: given.rises } : undefined;
}

/** Whoever is named for it, unless it is he who has it, or he has left; else an admin. */
async function aboveOwner(due: Due, { followUp, rises }: Open): Promise<Owner | undefined> {
  const { tx, platform, tenant } = due;
  const { owner } = followUp;
  const mayRise = rises && rises.id !== owner.id && !(await hasLeft(tx, platform, tenant, rises.id));
  const above = mayRise ? rises : await someAdmin(tx, due, owner.id);
  return above && { id: above.id, name: above.name };
}
