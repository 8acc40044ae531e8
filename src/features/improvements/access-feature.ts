import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { placeOf, relationOf } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { archived } from '../clients/naming-store.ts';
import { findClient } from '../clients/store.ts';
import { improvementCard } from './cards.ts';
import { type Improvement, isOpen, mayChange } from './improvements.ts';
import { answersOf, gradedOf, gradingOf, questionOf } from './measured-feature.ts';
import { servedOf } from './served-feature.ts';
import { findImprovement } from './store.ts';
import { votersOf } from './vote-store.ts';

/** Who may see and change an improvement, and how it looks to him. */

export type Pressed = { subject: string; detail: string };
export type Sent = { subject: string; fields: Record<string, string> };
export type Held = { one: Improvement; client: Client | undefined };
/** `isTeam`: he works for its client; of none that is everybody of us, to take part. */
export type Found = Held & { mayChange: boolean; isTeam: boolean };

/** Who speaks. */
export function me({ person }: Asked): Colleague {
  return { id: person.id, name: person.name };
}

/** One that whoever asks may read. Of somebody on the client's side nothing is told, not even that it is there. */
export async function found(asked: Asked, id: string): Promise<Found> {
  return seen(asked, await findImprovement(asked.tx, asked.tenant, id));
}

/** The same of one that was read already. */
export async function seen(asked: Asked, one: Improvement | undefined): Promise<Found> {
  const { tx, tenant, person } = asked;
  if (!one) throw new Refusal('error.improvements-gone');
  const client = one.client === undefined ? undefined : await findClient(tx, tenant, one.client);
  const relation = client && (await relationOf(asked, person, client));
  if (relation === 'contact' || relation === 'none') throw new Refusal('error.improvements-gone');
  const isTeam = relation === 'team';
  return { one, client, isTeam: isTeam || !client, mayChange: mayChange(one, person, isTeam) };
}

/** Throws unless he may change it now. */
export function mustChange(asked: Asked, { one, client, mayChange }: Found): void {
  if (!mayChange) {
    const names = { name: one.maker.name, client: client?.name ?? '' };
    throw new Refusal(client ? 'error.improvements-not-yours' : 'error.improvements-not-yours-none', names);
  }
  if (client?.archived) throw archived(asked, client);
}

/** One that whoever asks may change. */
export async function held(asked: Asked, id: string): Promise<Held> {
  const one = await found(asked, id);
  mustChange(asked, one);
  return one;
}

/** The same, that is not over. */
export async function heldOpen(asked: Asked, id: string): Promise<Held> {
  const one = await held(asked, id);
  if (!isOpen(one.one)) throw elsewhere(asked, one.one);
  return one;
}

/** Somebody was faster, or the card is an old one: where it is by now, with the way there. */
export function elsewhere({ say }: Asked, { id, stage, movedBy }: Improvement): Refusal {
  const buttons = [{ press: 'improvements.show', subject: id, label: say('improvements.show-now') }];
  const values = { name: movedBy.name, stage: say(`improvements.stage-${stage}`) };
  return new Refusal(
    stage === 'declined' ? 'error.improvements-declined' : 'error.improvements-moved',
    values,
    {
      buttons,
    },
  );
}

/** It as a card for whoever asks, as it is now. */
export async function shown(
  asked: Asked,
  { one: kept, client }: Held,
  { title, note }: { title?: string; note?: string | undefined } = {},
): Promise<Effect[]> {
  const { tx, tenant, person } = asked;
  // What was withdrawn was not asked.
  const one = {
    ...kept,
    poll: (await questionOf(asked, kept)) && kept.poll,
    grading: (await gradingOf(asked, kept)) && kept.grading,
  };
  const rights = await seen(asked, one);
  const voters = (await votersOf(tx, tenant, [one.id])).get(one.id) ?? [];
  const served = await servedOf(asked, one, client);
  const shares = client !== undefined && (await placeOf(asked, client.id, 'shared')) !== undefined;
  const view = {
    ...{ one, client, title, note, votes: voters.length, voted: voters.includes(person.id) },
    reader: person.id,
    mayChange: rights.mayChange && !client?.archived,
    mayJoin: rights.isTeam && !client?.archived,
    served: served?.text,
    answers: await answersOf(asked, one),
    graded: served?.text === undefined ? undefined : await gradedOf(asked, one),
    mayAsk: shares,
    mayGrade: client !== undefined && served?.gradable !== undefined,
    mayTell: shares && served?.mayTell === true,
  };
  return [answer(improvementCard(view, readers(asked)), 'person')];
}
