import { plain } from '../../chat/grammar.ts';
import { type Client, matchClient } from '../clients/clients.ts';
import { limits } from './conversations.ts';
import { readWhen, type When } from './when-rules.ts';

/** Reading what somebody types of a conversation, in Dutch and English at once: with whom, when, about what. Pure. */

/** What was said of one whose client is known. */
export type Told = {
  when: When | undefined;
  /** It took place just now: that was said, or nothing at all. */
  justNow: boolean;
  /** What looks like a date or time and is none. */
  wrong: string | undefined;
  /** What says none of this: it is to be asked what is meant. */
  stray: string | undefined;
  /** What stands behind the moment. */
  title: string | undefined;
};

/** `wanted`: what may name a client where none is found; `words`: all that stands beside the name. */
type Typed = { client: Client | undefined; wanted: string; words: string };
type Found = { client: Client; at: number; end: number };

const joining = '(?:met|with|bij|en|and|samen|together)';
const leading = new RegExp(`^(?:${joining}(?=\\s|$)|[\\s,;:&+–—-])+`, 'i');
const trailing = new RegExp(`(?:(?<!\\S)${joining}|[\\s,;:&+.!?–—-])+$`, 'i');
const nowWords =
  /^(?:(?:zo|daar)?net|zonet|zojuist|just(?:\s+now)?)?\s*(?:gesproken|gebeld|spoke|spoken|called)?$/i;
/** More moments than one: as a title they would be lost. */
const furthermore = /^(?:elke?|iedere?|every|each|of|or)(?!\S)/i;
/** That it is off, which is no subject either. */
const off =
  /^(?:(?:gaat|ging)\s+(?:toch\s+)?niet\s+(?:meer\s+)?door(?!\p{L})|(?:(?:is|was)\s+)?(?:vervalt|vervallen|afgezegd|geannuleerd|cancell?ed|called\s+off|is\s+off)[\s.]*$)/iu;
/** Whoever types more tells a story, which no rule should toil over. */
const longest = 300;

/**
 * Finds the client in what was typed after `talk`. A whole name counts first, at the beginning or the end of the text or
 * of what says nothing of when; then a beginning of a name; then `here`, the client of the channel.
 */
export function readTyped(
  typed: string,
  clients: Client[],
  here: Client | undefined,
  now: Temporal.Instant,
  timeZone: string,
): Typed {
  const text = typed.slice(0, longest);
  const found = namesIn(text, clients);
  const named = atEdge(text, found) ?? besideMoment(text, clients, now, timeZone);
  if (named) return withName(text, named);
  if (nowWords.test(bare(text))) return { client: here, wanted: '', words: '' };
  const { beside } = readWhen(text, now, timeZone);
  const before = bare(beside.before);
  const wanted = before || bare(beside.after);
  const match = matchClient(clients, wanted);
  if (match.kind === 'one') return { client: match.client, wanted, words: spaced(text).replace(wanted, '') };
  // What stands behind the moment says what it is about rather than that another client is meant.
  const isOther = before !== '' && (match.kind === 'many' || match.nearest !== undefined);
  if (here && !isOther) return { client: here, wanted, words: text };
  const inside = longer(found);
  return inside ? withName(text, inside) : { client: undefined, wanted, words: text };
}

/** Reads when it is, and what about, in the words beside the client's name. */
export function readTold(words: string, now: Temporal.Instant, timeZone: string): Told {
  const nothing = { when: undefined, justNow: false, wrong: undefined, stray: undefined, title: undefined };
  const said = bare(words.slice(0, longest));
  if (nowWords.test(said)) return { ...nothing, justNow: true };
  const { when, wrong, beside, dated } = readWhen(said, now, timeZone, [], true);
  if (!when) return { ...nothing, ...(wrong === undefined ? { stray: said } : { wrong }) };
  const behind = [beside.between, beside.after].filter((part) => bare(part) !== '').join(' ');
  const about = behind.replace(trailing, '').replace(/^(?:over|about)\s+/i, '');
  // Of what is past it is asked whether it took place: the answer says so.
  const isPast = !when.dayOnly && Temporal.Instant.compare(when.start, now) <= 0;
  const title = isPast && saysOff(about) ? '' : [...about].slice(0, limits.title).join('');
  // With a time alone, a day that stands apart from it may be the one that is meant.
  const isUnclear =
    furthermore.test(title) || saysOff(title) || (!dated && readWhen(title, now, timeZone, [], true).dated);
  const stray = bare(beside.before) || (isUnclear ? title : '');
  return { ...nothing, when, stray: stray || undefined, title: title || undefined };
}

/** Whether words that are no moment say that it does not take place. */
export function saysOff(words: string): boolean {
  return off.test(words);
}

/** Where clients' names stand in a text, as whole words. */
function namesIn(text: string, clients: Client[]): Found[] {
  const words = [...text.matchAll(/\S+/g)].map(({ 0: typed, index: at }) => ({
    at,
    typed,
    said: plain(typed),
  }));
  return clients.flatMap((client) => {
    const wanted = plain(client.name).trim().split(/\s+/);
    return words.flatMap(({ at, said }, first): Found[] => {
      const last = words[first + wanted.length - 1];
      if (!last || !said.startsWith(wanted[0] ?? '')) return [];
      const name = words
        .slice(first, first + wanted.length)
        .map((word) => word.said)
        .join(' ');
      // "Acme, morgen": the comma is no part of the name, unless it is.
      const marks = name === wanted.join(' ') ? '' : (/[,;:.!?]+$/.exec(last.typed)?.[0] ?? '');
      const end = last.at + last.typed.length - marks.length;
      return name === wanted.join(' ') + marks ? [{ client, at, end }] : [];
    });
  });
}

/** The one that the text begins with, else the one that it ends with; of two, the longer one was typed. */
function atEdge(text: string, found: Found[]): Found | undefined {
  const begin = leading.exec(text)?.[0].length ?? 0;
  const end = text.replace(trailing, '').length;
  return longer(found.filter(({ at }) => at <= begin)) ?? longer(found.filter((one) => one.end >= end));
}

/** The one that stands at an edge of what says nothing of when, as in "morgen met Acme om 14:00". */
function besideMoment(
  text: string,
  clients: Client[],
  now: Temporal.Instant,
  timeZone: string,
): Found | undefined {
  const { rest } = readWhen(text, now, timeZone);
  const named = atEdge(rest, namesIn(rest, clients));
  return named && namesIn(text, [named.client]).at(-1);
}

function longer(found: Found[]): Found | undefined {
  return found.toSorted((one, other) => other.client.name.length - one.client.name.length)[0];
}

function withName(text: string, { client, at, end }: Found): Typed {
  return {
    client,
    wanted: '',
    words: spaced(`${text.slice(0, at).replace(trailing, '')} ${text.slice(end)}`),
  };
}

/** Without the words that join names and moments. */
function bare(text: string): string {
  return text.replace(leading, '').replace(trailing, '');
}

function spaced(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}
