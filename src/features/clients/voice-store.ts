import type { Outside } from '../../chat/feature.ts';
import { type Language, languageOf } from '../../chat/request.ts';
import { languageFor, timeZoneIn, type Voice } from '../../chat/voice.ts';
import type { Db } from '../../store/database.ts';
import { readPerson } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { placeOf } from './access-store.ts';
import type { Client, Contact } from './clients.ts';

/** In whose words something is said to whom. */

type Speaking = { tx: Db; tenant: string; platform: string; defaults: Outside['defaults'] };

/**
 * In the words that the client's cards speak: the language given, else as set for the client, else for the channel
 * that it shares.
 */
export async function clientVoice(at: Speaking, client: Client, chosen?: Language): Promise<Voice> {
  const place = await placeOf(at, client.id, 'shared');
  const words = await voiceIn(at, place ?? '');
  const language = chosen ?? client.language ?? words.language;
  return { ...words, language, say: voice(language) };
}

/** In a contact's words: as the team set them, else his own, else as set for his client. */
export async function contactVoice(
  at: Speaking,
  { person = '', language }: Pick<Contact, 'person' | 'language'>,
  client: Pick<Client, 'language'>,
): Promise<Voice> {
  const words = await voiceOf(at, person, client.language);
  return language ? { ...words, language, say: voice(language) } : words;
}

/** In the words of a channel. */
export async function voiceIn(at: Speaking, place: string): Promise<Voice> {
  const { tenant, platform, defaults } = at;
  const kept = await readSettings(at.tx, { tenant, platform, place });
  const language = languageOf(kept.get('place.language')) ?? languageFor(kept, undefined, defaults);
  return { say: voice(language), language, timeZone: timeZoneIn(kept, defaults) };
}

/** In somebody's own words; `usual`: the language where his is not known. */
export async function voiceOf(at: Speaking, id: string, usual?: Language): Promise<Voice> {
  const { tenant, platform, defaults } = at;
  const person = await readPerson(at.tx, platform, tenant, id);
  const kept = await readSettings(at.tx, { tenant, platform, person: id });
  const language = languageFor(kept, person?.language ?? usual, defaults);
  const timeZone = person?.timeZone ?? timeZoneIn(kept, defaults);
  return { say: voice(language), language, timeZone };
}
