import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { readPlace } from '../../store/places.ts';
import { sayDay } from '../../text/when.ts';
import { placeOf, relationOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { archived } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { seenOf } from '../kti/current-store.ts';
import type { Kti } from '../kti/kti.ts';
import { findKti } from '../kti/store.ts';
import { type Action, isOpen } from './actions.ts';
import { actionCard, showButton } from './cards.ts';
import { sincesOf } from './since-store.ts';
import { findAction } from './store.ts';

/** Who may see and change an action, and how it looks to him. */

export type Pressed = { subject: string; detail: string };
export type Sent = { subject: string; fields: Record<string, string> };
/** `kti`: undefined when it is kept no longer, or is not for whoever asks to see. */
export type Held = { one: Action; client: Client; kti: Kti | undefined };
/** `isTeam`: he works for its client. */
export type Found = Held & { isTeam: boolean; mayChange: boolean };

/** Who speaks. */
export function me({ person }: Asked): Colleague {
  return { id: person.id, name: person.name };
}

/** The day it is for whoever asks. */
export function todayOf({ now, person }: Asked): Temporal.PlainDate {
  return now.toZonedDateTimeISO(person.timeZone).toPlainDate();
}

/** One that whoever asks may read. Of somebody on the client's side nothing is told, not even that it is there. */
export async function found(asked: Asked, id: string): Promise<Found> {
  const { tx, tenant, person } = asked;
  const one = await findAction(tx, tenant, id);
  const client = one && (await findClient(tx, tenant, one.client));
  const relation = client && (await relationOf(asked, person, client));
  if (!one || !client || relation === 'contact' || relation === 'none')
    throw new Refusal('error.actions-gone');
  const isTeam = relation === 'team';
  const graded = await findKti(tx, tenant, one.kti);
  const [kti] = graded ? await seenOf(asked, client, person.id, [graded]) : [];
  return { one, client, kti, isTeam, mayChange: isTeam || one.owner.id === person.id };
}

/** One that whoever asks may change: the client's team, and its owner. */
export async function held(asked: Asked, id: string): Promise<Found> {
  const it = await found(asked, id);
  const { client, mayChange, one } = it;
  if (!mayChange) throw new Refusal('error.actions-not-yours', { client: client.name, name: one.owner.name });
  if (client.archived) throw archived(asked, client);
  return it;
}

/** The same, that is not over. */
export async function heldOpen(asked: Asked, id: string): Promise<Found> {
  const it = await held(asked, id);
  if (!isOpen(it.one)) throw isOver(asked, it.one);
  return it;
}

/** The same, that is done. */
export async function heldDone(asked: Asked, id: string): Promise<Found> {
  const it = await held(asked, id);
  if (it.one.state === 'open')
    throw new Refusal('error.actions-open', {}, { buttons: [showButton(it.one, asked.say)] });
  if (it.one.state === 'dropped') throw isOver(asked, it.one);
  return it;
}

/** Somebody was faster, or the card is an old one. */
function isOver(asked: Asked, one: Action): Refusal {
  const { language, timeZone } = readers(asked);
  const buttons = [showButton(one, asked.say)];
  const name = one.endedBy?.name ?? one.owner.name;
  if (!one.doneAt) return new Refusal('error.actions-dropped', { name }, { buttons });
  return new Refusal(
    'error.actions-done',
    { name, day: sayDay(one.doneAt, language, timeZone) },
    { buttons },
  );
}

/** It as a card for whoever asks, as it is now; `note`: what is to be done with it next. */
export async function shown(
  asked: Asked,
  { one, client, kti }: Held,
  { title, note }: { title?: string; note?: string } = {},
): Promise<Effect[]> {
  const relation = await relationOf(asked, asked.person, client);
  const isTeam = relation === 'team' && !client.archived;
  const since = (await sincesOf(asked.tx, asked.tenant, client.id, [one])).get(one.id);
  const view = {
    ...{ one, client, kti, title, note, today: todayOf(asked), since },
    mayChange: isTeam || (one.owner.id === asked.person.id && !client.archived),
    mayTell: isTeam && (await channelOf(asked, client)) !== undefined,
  };
  return [answer(actionCard(view, readers(asked)), 'person')];
}

/** The channel in which the client reads along, as long as I reach it. */
export async function channelOf(
  asked: Pick<Asked, 'tx' | 'tenant' | 'platform'>,
  client: Client,
): Promise<string | undefined> {
  const id = await placeOf(asked, client.id, 'shared');
  const place = id === undefined ? undefined : await readPlace(asked.tx, asked.platform, asked.tenant, id);
  return place?.reachable && place.shared ? place.id : undefined;
}
