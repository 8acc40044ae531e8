import type { Card } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import type { Voice } from '../../chat/voice.ts';
import { someAdmin } from '../../store/admins.ts';
import { hasLeft, readPerson } from '../../store/people.ts';
import { findContact, placeOf } from '../clients/access-store.ts';
import { type Client, type Colleague, personContactId } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { clientVoice, contactVoice, voiceIn, voiceOf } from '../clients/voice-store.ts';
import { answeredCard, type Outcome } from './cards.ts';
import { type Expectation, maySee, parted, type Wording } from './expectations.ts';
import { findExpectation } from './store.ts';
import { unheardCard } from './told-cards.ts';

/** What a handler or a job knows of its moment. */
export type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now' | 'link' | 'mails' | 'defaults'>;

/** The name of the message that asks about a wording. */
export function keyOf({ id }: Pick<Wording, 'id'>): string {
  return `expectation:${id}`;
}

type Post = Extract<Effect, { do: 'post' }>;

/** To the team, where it talks about the client; without such a channel to the client's owner. */
export async function toTeam(
  at: At,
  client: Client,
  one: Expectation,
  makeCard: (words: Voice) => Card,
): Promise<Post> {
  const place = await placeOf(at, client.id, 'internal');
  if (!place) return toOwner(at, client, one, makeCard);
  const card = makeCard(await voiceIn(at, place));
  return {
    do: 'post',
    to: { place },
    card,
    audience: 'internal',
    resend: true,
    otherwise: unheardBy(one, place),
  };
}

/** To the client's owner, alone; when he has left, to who stands in for him. */
export async function toOwner(
  at: At,
  client: Client,
  one: Expectation,
  makeCard: (words: Voice) => Card,
): Promise<Post> {
  const { id } = (await hearerOf(at, client, one)) ?? client.owner;
  return toPerson(at, id, one, makeCard);
}

/** To one of the team, alone, in his own language. */
export async function toPerson(
  at: At,
  person: string,
  one: Expectation,
  makeCard: (words: Voice) => Card,
  key?: string,
): Promise<Post> {
  const card = makeCard(await voiceOf(at, person));
  const otherwise = unheardBy(one, person);
  return { do: 'post', to: { person }, card, audience: 'internal', resend: true, key, otherwise };
}

function unheardBy({ id }: Expectation, whom: string) {
  return { job: 'expectations.unheard', subject: `${id}.${whom}` };
}

/** The owner; when he has left, or is `but`, an administrator, or the manager when that one may not see it. */
export async function hearerOf(
  at: At,
  client: Client,
  one: Expectation,
  but?: string,
): Promise<Colleague | undefined> {
  const { owner } = client;
  if (owner.id !== but && !(await hasLeft(at.tx, at.platform, at.tenant, owner.id))) return owner;
  const admin = await someAdmin(at.tx, at, owner.id);
  if (admin && maySee(one, { id: admin.id, relation: 'team' }, client)) return admin;
  return managerOf(at, client);
}

/** The manager of a client, unless he has left. */
export async function managerOf(at: At, { manager }: Client): Promise<Colleague | undefined> {
  return manager && !(await hasLeft(at.tx, at.platform, at.tenant, manager.id)) ? manager : undefined;
}

/** Somebody, or the team's channel, could not be told: the owner is, and then who stands in for him. */
export async function unheard(due: Due): Promise<Effect[]> {
  const { tx, tenant, platform, subject } = due;
  const [id, whom = ''] = parted(subject);
  const one = await findExpectation(tx, tenant, id);
  const client = one && (await findClient(tx, tenant, one.client));
  if (!client || client.archived) return [];
  const next = await hearerOf(due, client, one, whom);
  if (!next || next.id === whom) return [];
  const person = await readPerson(tx, platform, tenant, whom);
  const told = await toPerson(due, next.id, one, (words) =>
    unheardCard(client, one, words, { whom: person, now: due.now }),
  );
  // After whoever stands in there is nobody left to tell.
  return [next.id === client.owner.id ? told : { ...told, otherwise: undefined }];
}

/** Puts what came of it in the place of the question, where that was put in a channel or before a person. */
export async function update(
  at: At,
  client: Client,
  asked: Pick<Expectation, 'direction' | 'wording'>,
  outcome: Outcome,
  by?: string,
): Promise<Effect[]> {
  const { wording } = asked;
  const { place, person } = wording.sentTo;
  const to = place !== undefined ? { place } : person !== undefined ? { person } : undefined;
  if (!to) return [];
  const contact =
    person === undefined ? undefined : await findContact(at, client.id, personContactId(person));
  const words =
    person === undefined
      ? clientVoice(at, client)
      : contactVoice(at, contact ?? { person, language: undefined }, client);
  const card = answeredCard(asked, await words, { outcome, by, now: at.now });
  const audience = place !== undefined ? 'anyone' : 'person';
  return [{ do: 'update', key: keyOf(wording), to, card, audience, pace: 'final' }];
}
