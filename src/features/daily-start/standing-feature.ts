import type { Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { numberIn } from '../../chat/number-setting.ts';
import { Refusal } from '../../chat/refusal.ts';
import { isMember, readPlace } from '../../store/places.ts';
import { readSettings } from '../../store/settings.ts';
import { clientOfPlace } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { voiceIn } from '../clients/voice-store.ts';
import type { Feedback } from '../feedback/feedback.ts';
import { findFeedback } from '../feedback/store.ts';
import { countryOf } from '../nudges/reach-rules.ts';
import { type Item, morningCard, type Standing } from './cards.ts';
import { limits, type Start } from './daily-start.ts';
import { openDeeds } from './deed-store.ts';
import type { Calendar } from './schedule-rules.ts';
import { findStart, learnedIn, partsOf } from './store.ts';
import { cameIn, type Team, teamIn, waiting } from './team-store.ts';

/** How a team's morning stands, and who may take part in it: what all handlers of daily starts share. */

/** What somebody asks, or a job: both know as much as is needed here. */
export type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now' | 'defaults'>;

/** Throws where clients read along, or are going to: what is said in the morning is for the team. */
export async function mustBeOurs(asked: Asked): Promise<void> {
  const link = await clientOfPlace(asked, asked.place.id);
  if (asked.place.shared || link?.kind === 'shared') throw new Refusal('error.daily-start-shared');
}

/** Whether a channel is still the team's alone. */
export async function isOurs(at: At, place: string): Promise<boolean> {
  const known = await readPlace(at.tx, at.platform, at.tenant, place);
  const link = await clientOfPlace(at, place);
  return known !== undefined && !known.shared && link?.kind !== 'shared';
}

/** One that whoever asks may take part in, open or over. Throws a Refusal. */
export async function held(asked: Asked, id: string): Promise<Start> {
  const { tx, tenant, platform, person, place } = asked;
  const start = await findStart(tx, asked, id);
  const isThere =
    start && (start.place === place.id || (await isMember(tx, platform, tenant, start.place, person.id)));
  if (!start || !isThere) throw new Refusal('error.daily-start-gone');
  if (!(await isOurs(asked, start.place))) throw new Refusal('error.daily-start-shared');
  return start;
}

/** The same while it is open. */
export async function heldOpen(asked: Asked, id: string): Promise<Start> {
  const start = await held(asked, id);
  if (start.closedAt) throw new Refusal('error.daily-start-closed');
  return start;
}

/** How long it is open in a channel, in minutes, and by whose clock and holidays its days go. */
export async function waysOf(at: At, place: string): Promise<Calendar & { minutes: number }> {
  const { tenant, platform } = at;
  const kept = await readSettings(at.tx, { tenant, platform, place });
  const country = countryOf(kept.get('place.daily-start.country'));
  const { timeZone } = await voiceIn(at, place);
  return {
    timeZone,
    country: country === 'none' ? '' : country,
    minutes: numberIn(limits.minutes, kept.get('place.daily-start.minutes')) ?? limits.minutes.usual,
  };
}

/** How it stands now. */
export async function standingOf(at: At, start: Start): Promise<Standing> {
  const team = await teamIn(at, start.place);
  const { since, openedAt } = start;
  return {
    start,
    before: await itemsOf(at, await cameIn(at, team, { since, until: openedAt })),
    waiting: await itemsOf(at, await waiting(at, team, since)),
    came: await itemsOf(at, await cameSince(at, team, start)),
    parts: (await partsOf(at.tx, at.tenant, [start.id])).get(start.id) ?? [],
    learned: await learnedIn(at.tx, at.tenant, start.id),
    deeds: await openDeeds(at.tx, at, start.place),
  };
}

/** What came since it began; once it is over, what had come by then. */
export async function cameSince(
  at: At,
  team: Team,
  { openedAt, closedAt, lines }: Start,
): Promise<Feedback[]> {
  if (lines.items) return readAll(at, lines.items);
  return cameIn(at, team, { since: openedAt, until: (closedAt ?? at.now).add({ milliseconds: 1 }) });
}

async function readAll({ tx, tenant }: At, ids: string[]): Promise<Feedback[]> {
  const all: Feedback[] = [];
  for (const id of ids) {
    const one = await findFeedback(tx, tenant, id);
    if (one) all.push(one);
  }
  return all;
}

/** Each with the client that it is about. */
export async function itemsOf({ tx, tenant }: At, all: Feedback[]): Promise<Item[]> {
  const clients = new Map<string, Client | undefined>();
  const items: Item[] = [];
  for (const one of all) {
    const { client: id } = one;
    if (id !== undefined && !clients.has(id)) clients.set(id, await findClient(tx, tenant, id));
    items.push({ one, client: id === undefined ? undefined : clients.get(id) });
  }
  return items;
}

/** Under this name its card in the channel is found again. */
export function keyOf({ id, posting }: Pick<Start, 'id' | 'posting'>): string {
  return `daily-start:${id}:${posting}`;
}

/** The card in the channel, as it stands now. */
export async function renewed(at: At, start: Start): Promise<Effect> {
  const card = morningCard(await standingOf(at, start), await voiceIn(at, start.place));
  const to = { place: start.place };
  return { do: 'update', key: keyOf(start), to, card, audience: 'internal', pace: 'final' };
}
