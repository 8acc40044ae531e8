import type { Asked, Due } from '../../chat/feature.ts';
import { type Language, languageOf } from '../../chat/request.ts';
import { readPerson } from '../../store/people.ts';
import { readSettings } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import type { Voice } from './cards.ts';
import type { Asker } from './polls.ts';

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'defaults'>;

/** The one who asks, as a poll keeps him. */
export function askerOf({ person }: Pick<Asked, 'person'>): Asker {
  return { id: person.id, name: person.name, language: person.language };
}

type Somebody = { id: string; name: string; language?: Language | undefined };

/** Somebody with the language that he has chosen by now. */
export async function asNow(
  { tx, tenant, platform, defaults }: At,
  { id, name, language }: Somebody,
): Promise<Asker> {
  const kept = await readSettings(tx, { tenant, platform, person: id });
  const chosen = languageOf(kept.get('person.language'));
  const usual = language ?? languageOf(kept.get('tenant.language')) ?? defaults.language;
  return { id, name, language: chosen ?? usual };
}

/** In somebody's words as he has chosen them by now. */
export async function wordsFor(at: At, person: Somebody, timeZone: string): Promise<Voice> {
  const { language } = await asNow(at, person);
  return { say: voice(language), language, timeZone };
}

/** Whether he is of the team no more. */
export async function hasLeft({ tx, tenant, platform }: At, { id }: Asker): Promise<boolean> {
  return (await readPerson(tx, platform, tenant, id))?.outsider ?? false;
}
