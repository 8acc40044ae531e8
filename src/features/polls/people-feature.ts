import type { Asked, Due } from '../../chat/feature.ts';
import type { Language } from '../../chat/request.ts';
import { languageFor, type Voice } from '../../chat/voice.ts';
import { readSettings } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import type { Asker } from './polls.ts';

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'defaults'>;

/** The one who asks, as a poll keeps him. */
export function askerOf({ person }: Pick<Asked, 'person'>): Asker {
  return { id: person.id, name: person.name, language: person.language };
}

type Somebody = { id: string; name: string; language?: Language | undefined };

/** Somebody with the language that he has chosen by now. */
async function asNow(
  { tx, tenant, platform, defaults }: At,
  { id, name, language }: Somebody,
): Promise<Asker> {
  const kept = await readSettings(tx, { tenant, platform, person: id });
  return { id, name, language: languageFor(kept, language, defaults) };
}

/** In somebody's words as he has chosen them by now. */
export async function wordsFor(at: At, person: Somebody, timeZone: string): Promise<Voice> {
  const { language } = await asNow(at, person);
  return { say: voice(language), language, timeZone };
}
