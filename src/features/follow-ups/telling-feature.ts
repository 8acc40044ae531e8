import type { Card } from '../../chat/card.ts';
import type { Followed, Given } from '../../chat/contributions.ts';
import type { Effect } from '../../chat/effect.ts';
import { findMessage } from '../../store/messages.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { followCard } from './cards.ts';
import {
  type At,
  againAt,
  beginsAnew,
  type Follow,
  type FollowUp,
  type Matter,
  type Owner,
  withTried,
} from './follow-ups.ts';
import { changeFollowUp, followUpOn, openFollowUp } from './store.ts';

/** Handed to those who ask for grades. */
export const follow: Follow = { graded, explained };

async function graded(
  at: At,
  matter: Matter,
  voter: { id: string },
  { isLow, wasLow }: { isLow: boolean; wasLow: boolean },
): Promise<Effect[]> {
  const { followed, subject, owner, timeZone } = matter;
  // Of his own answer nobody need be told.
  if (voter.id === owner.id || (!isLow && !wasLow)) return [];
  if (!isLow) return raised(at, matter, voter);
  const about = { kind: followed.kind, subject, person: voter.id, owner, timeZone };
  const { followUp, isNew } = await openFollowUp(at.tx, at.tenant, about, at.now);
  if (isNew) return tell(at, followed, followUp);
  if (!beginsAnew(followUp, wasLow)) return shown(at, followed, followUp);
  const again: FollowUp = { ...followUp, state: 'open', told: 1 };
  return tell(at, followed, await changeFollowUp(at.tx, at.tenant, again, at.now));
}

/** He thinks better of it: when nobody has taken it up yet, nobody need. */
async function raised(at: At, { followed, subject }: Matter, { id }: { id: string }): Promise<Effect[]> {
  const { kind } = followed;
  const found = await followUpOn(at.tx, at.tenant, { kind, subject, person: id });
  if (!found) return [];
  const followUp: FollowUp = found.state === 'open' ? { ...found, state: 'dropped' } : found;
  return shown(at, followed, await changeFollowUp(at.tx, at.tenant, followUp, at.now));
}

async function explained(
  at: At,
  { followed, subject }: Pick<Matter, 'followed' | 'subject'>,
  { id }: { id: string },
): Promise<Effect[]> {
  const followUp = await followUpOn(at.tx, at.tenant, { kind: followed.kind, subject, person: id });
  return followUp ? shown(at, followed, followUp) : [];
}

/** Its owner hears of it, and once more when he lets it lie. `tried`: those who could not be told before him. */
export async function tell(
  at: At,
  followed: Followed,
  followUp: FollowUp,
  tried: string[] = [],
): Promise<Effect[]> {
  const subject = withTried(followUp, [...tried, followUp.owner.id]);
  return [
    ...(await posted(at, followed, followUp, { tried })),
    { do: 'later', job: 'follow-ups.due', subject, at: againAt(followUp) },
  ];
}

/** Told to somebody, alone; nothing when the answer is gone. */
export async function posted(
  at: At,
  followed: Followed,
  followUp: FollowUp,
  { to = followUp.owner, tried }: { to?: Owner; tried: string[] },
): Promise<Effect[]> {
  const told = await toldTo(at, followed, followUp, to);
  if (!told) return [];
  const subject = withTried(followUp, [...tried, to.id]);
  return [
    {
      do: 'post',
      to: { person: to.id },
      card: told.card,
      audience: 'internal',
      key: keyOf(followUp, to),
      resend: true,
      otherwise: { job: 'follow-ups.unheard', subject },
    },
  ];
}

/** The cards of it as it is now: its owner's, that of who `had` it, and of who is above him once it rose. */
export async function shown(at: At, followed: Followed, followUp: FollowUp, had?: Owner): Promise<Effect[]> {
  const { owner } = followUp;
  const own = await toldTo(at, followed, followUp, owner);
  if (!own) return [];
  const { rises } = own.given;
  const risen = rises && (await findMessage(at.tx, at, keyOf(followUp, rises))) ? [rises] : [];
  const others = new Map([...(had ? [had] : []), ...risen].map((one) => [one.id, one]));
  others.delete(owner.id);
  const updates = [inPlace(followUp, owner, own.card)];
  for (const to of others.values()) {
    const told = await toldTo(at, followed, followUp, to);
    if (told) updates.push(inPlace(followUp, to, told.card));
  }
  return updates;
}

/** In the place of the card that this person has of it. */
export function inPlace(followUp: FollowUp, to: Owner, card: Card): Effect {
  const key = keyOf(followUp, to);
  return { do: 'update', key, to: { person: to.id }, card, audience: 'internal', pace: 'final' };
}

/** What somebody reads of it, in his words; undefined when the answer is gone. */
async function toldTo(
  at: At,
  followed: Followed,
  followUp: FollowUp,
  to: Owner,
): Promise<{ given: Given; card: Card } | undefined> {
  const voice = await voiceOf(at, to.id);
  const given = await followed.about(at, { ...followUp, reader: to.id }, voice);
  return given && { given, card: followCard(followUp, given, voice) };
}

function keyOf({ id }: FollowUp, person: Owner): string {
  return `follow:${id}:${person.id}`;
}
