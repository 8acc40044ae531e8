import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { isMember } from '../../store/places.ts';
import { placeOf } from '../clients/access-store.ts';
import { clientVoice, voiceOf } from '../clients/voice-store.ts';
import { takeBack } from '../fatigue/budget-store.ts';
import { hearerOf } from './hearer-store.ts';
import { channelCard, unaskedCard } from './invitation-cards.ts';
import { changeInvitation, invitationsOf } from './invitation-store.ts';
import { type Asking, channelAgainKey, channelKey, invitedIn, letterTo, linkTo } from './invite-feature.ts';
import type { Invitation } from './kti.ts';
import type { At } from './put-feature.ts';

/** Who could not be asked in the way that was tried first. */

/** The client's channel is the next for who is in it, then mail; then who asked is told. */
export async function unasked(due: Due): Promise<Effect[]> {
  const found = await invitedIn(due, due.subject);
  if (found?.asking.round.state !== 'open') return [];
  const { one, asking } = found;
  const all = await invitationsOf(due.tx, due.tenant, asking.round.id);
  const inChannel = all.filter(({ way }) => way === 'channel');
  const place = one.way === 'direct' ? await channelOf(due, asking, one) : undefined;
  if (place !== undefined) {
    await changeInvitation(due.tx, due.tenant, { ...one, way: 'channel' });
    return inChannel.length > 0 ? [] : [await channelPost(due, asking, place, one.id)];
  }
  // One card in the channel stands for all who could not be asked alone.
  const each = one.way === 'channel' ? inChannel : [one];
  const effects: Effect[] = [];
  for (const other of each) if (!other.doneAt) effects.push(...(await askOtherwise(due, asking, other)));
  return effects;
}

/** Where the card is that he can see; what one person is asked alone, on his day, is no card for all of a channel. */
async function channelOf(
  at: At,
  { client, round }: Asking,
  { person }: Invitation,
): Promise<string | undefined> {
  if (round.spread || person === undefined) return undefined;
  const place = await placeOf(at, client.id, 'shared');
  if (place === undefined) return undefined;
  return (await isMember(at.tx, at.platform, at.tenant, place, person)) ? place : undefined;
}

async function askOtherwise(due: Due, asking: Asking, one: Invitation): Promise<Effect[]> {
  const { client, round } = asking;
  const link = linkTo(due, round, one.id);
  if (one.way !== 'mail' && due.mails && one.email !== undefined && link !== undefined) {
    const next: Invitation = { ...one, way: 'mail' };
    await changeInvitation(due.tx, due.tenant, next);
    return letterTo(due, asking, next, 'first');
  }
  await changeInvitation(due.tx, due.tenant, { ...one, way: 'link' });
  // Nothing has reached him: he can be asked again at once.
  if (link === undefined) await takeBack(due, one, 'kti', one.invitedAt);
  const hearer = await hearerOf(due, client, round.asker);
  const card = unaskedCard(one, client, await voiceOf(due, hearer.id), link);
  return [{ do: 'post', to: { person: hearer.id }, card, audience: 'internal', resend: true }];
}

async function channelPost(
  at: At,
  { client, round, ktis }: Asking,
  place: string,
  id: string,
): Promise<Effect> {
  const card = channelCard({ round, ktis, again: false }, await clientVoice(at, client));
  return {
    ...{ do: 'post', to: { place }, card, audience: 'anyone', key: channelKey(round), resend: true },
    ...{ until: round.closesAt, otherwise: { job: 'kti.unasked', subject: id } },
  };
}

/** The same card once more, for who has not answered there; none where the client has no channel any more. */
export async function channelAgain(at: At, { client, round, ktis }: Asking): Promise<Effect[]> {
  const place = await placeOf(at, client.id, 'shared');
  if (place === undefined) return [];
  const card = channelCard({ round, ktis, again: true }, await clientVoice(at, client));
  const key = channelAgainKey(round);
  return [
    {
      ...{ do: 'post', to: { place }, card, audience: 'anyone', key, resend: false },
      until: round.closesAt,
    },
  ];
}
