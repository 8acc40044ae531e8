import type { Picked } from '../../chat/request.ts';
import type { Parts } from './client.ts';
import { reasonOf } from './errors.ts';
import { readMarkup, unnamed } from './markup.ts';
import type { Soon } from './patience.ts';
import type { People } from './people.ts';
import type { SaidMessage } from './shortcut.ts';

/** Nobody keeps more of a message; names are looked up for that much of it. */
const mostLetters = 8000;
const mostNames = 20;

/**
 * A message that somebody picked: as plain text, with its link and its author. What Slack does not tell in time is left
 * out, because the form opens only within three seconds.
 */
export async function pickedFrom(
  { client, log }: Pick<Parts, 'client' | 'log'>,
  people: People,
  { channel, ts, raw, author, unfit }: SaidMessage,
  soon: Soon,
): Promise<Picked> {
  async function linkOf(): Promise<string | undefined> {
    try {
      return (await client.chat.getPermalink({ channel, message_ts: ts })).permalink;
    } catch (error) {
      log.info({ reason: reasonOf(error) }, 'a message has no link that Slack would tell');
      return undefined;
    }
  }

  async function nameOf(id: string): Promise<readonly [string, string]> {
    return [id, (await soon(people.known(id)))?.name ?? id];
  }

  async function authorOf(id: string): Promise<Picked['author']> {
    const known = await soon(people.known(id));
    // Of somebody of whom nothing was told yet the name is his id.
    return known && known.name !== id ? { name: known.name, outsider: known.outsider } : undefined;
  }

  const text = raw.slice(0, mostLetters);
  const [link, names, written] = await Promise.all([
    soon(linkOf()),
    Promise.all(unnamed(text).slice(0, mostNames).map(nameOf)),
    author === undefined || unfit ? undefined : authorOf(author),
  ]);
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(Number(ts) * 1000));
  return { text: readMarkup(text, new Map(names)).text, link, author: written, at, unfit };
}
