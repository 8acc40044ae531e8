import type { Card } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { languageOf } from '../../chat/request.ts';
import { readPerson } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { placeOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { answeredCard, type Outcome, type Voice } from './cards.ts';
import type { Expectation, Wording } from './expectations.ts';

/** What a handler or a job knows of its moment. */
export type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now' | 'link' | 'mails'>;

/** The name of the message that asks about a wording. */
export function keyOf({ id }: Pick<Wording, 'id'>): string {
  return `expectation:${id}`;
}

/** To the team, where it talks about the client; without such a channel to the client's owner. */
export async function toTeam(
  at: At,
  client: Client,
  makeCard: (words: Voice) => Card,
  key?: string,
): Promise<Effect> {
  const place = await placeOf(at, client.id, 'internal');
  if (!place) return toOwner(at, client, makeCard, key);
  const card = makeCard(await voiceIn(at, place));
  return { do: 'post', to: { place }, card, audience: 'internal', resend: true, key };
}

/** To the client's owner, alone. */
export function toOwner(
  at: At,
  client: Client,
  makeCard: (words: Voice) => Card,
  key?: string,
): Promise<Effect> {
  return toPerson(at, client.owner.id, makeCard, key);
}

/** To one of the team, alone, in his own language. */
export async function toPerson(
  at: At,
  person: string,
  makeCard: (words: Voice) => Card,
  key?: string,
): Promise<Effect> {
  const card = makeCard(await voiceOf(at, person));
  return { do: 'post', to: { person }, card, audience: 'internal', resend: true, key };
}

/** In the words that the client's cards speak: as set for the client, else for the channel it shares. */
export async function clientVoice(at: At, client: Client): Promise<Voice> {
  const place = await placeOf(at, client.id, 'shared');
  const words = await voiceIn(at, place ?? '');
  const language = client.language ?? words.language;
  return { ...words, language, say: voice(language) };
}

async function voiceIn(at: At, place: string): Promise<Voice> {
  const { tenant, platform } = at;
  const kept = await readSettings(at.tx, { tenant, platform, place });
  const language = languageOf(kept.get('place.language')) ?? languageOf(kept.get('tenant.language')) ?? 'nl';
  const timeZone = kept.get('place.timeZone') ?? kept.get('tenant.timeZone') ?? usualTimeZone;
  return { say: voice(language), language, timeZone };
}

const usualTimeZone = 'Europe/Amsterdam';

/** In somebody's own words. */
export async function voiceOf(at: At, id: string): Promise<Voice> {
  const { tenant, platform } = at;
  const person = await readPerson(at.tx, platform, tenant, id);
  const kept = await readSettings(at.tx, { tenant, platform, person: id });
  const language =
    languageOf(kept.get('person.language')) ??
    person?.language ??
    languageOf(kept.get('tenant.language')) ??
    'nl';
  const timeZone = person?.timeZone ?? kept.get('tenant.timeZone') ?? usualTimeZone;
  return { say: voice(language), language, timeZone };
}

/** Puts what came of it in the place of the question, where that was put in a channel or before a person. */
export async function update(
  at: At,
  client: Client,
  { wording }: Pick<Expectation, 'wording'>,
  outcome: Outcome,
  by?: string,
): Promise<Effect[]> {
  const { place, person } = wording.sentTo;
  const to = place !== undefined ? { place } : person !== undefined ? { person } : undefined;
  if (!to) return [];
  const card = answeredCard(client, { wording }, await clientVoice(at, client), outcome, by);
  const audience = place !== undefined ? 'anyone' : 'person';
  return [{ do: 'update', key: keyOf(wording), to, card, audience, pace: 'final' }];
}
