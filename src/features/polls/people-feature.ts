import type { Asked, Due } from '../../chat/feature.ts';
import type { Language } from '../../chat/request.ts';
import { languageFor, type Voice } from '../../chat/voice.ts';
import { readMembers } from '../../store/places.ts';
import { readSettings } from '../../store/settings.ts';
import { voice } from '../../text/say.ts';
import { askedLately, periodsIn } from '../fatigue/budget-store.ts';
import { sayLately } from '../fatigue/said-rules.ts';
import type { Asker, Poll } from './polls.ts';

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

/**
 * A question in a channel reaches everybody there: how many of the client's people were asked in person lately, for the
 * one who asks. Undefined when none were, and of a team's poll.
 */
export async function sayAskedLately(
  at: Pick<Due, 'tx' | 'tenant' | 'platform' | 'now'>,
  poll: Poll,
  words: Voice,
): Promise<string | undefined> {
  if (!poll.shared) return undefined;
  const members = await readMembers(at.tx, at.platform, at.tenant, poll.place);
  const theirs = members.filter(({ outsider }) => outsider).map(({ id }) => ({ person: id }));
  const count = await askedLately(at, theirs);
  const { survey: days } = await periodsIn(at);
  return sayLately({ count, of: theirs.length, days }, words);
}
