import type { Feature } from '../../src/chat/feature.ts';
import type { Outgoing } from '../../src/chat/platform.ts';
import type { Client, LinkKind } from '../../src/features/clients/clients.ts';
import { linkPlace } from '../../src/features/clients/link-store.ts';
import { addClient } from '../../src/features/clients/store.ts';
import {
  bringTo,
  markConfirmed,
  markSent,
  noteExpectation,
  reword,
} from '../../src/features/expectations/change-store.ts';
import type { Direction, Expectation, Inside } from '../../src/features/expectations/expectations.ts';
import { keepInside } from '../../src/features/expectations/inside-store.ts';
import { findExpectation } from '../../src/features/expectations/store.ts';
import type { Db, Store } from '../../src/store/database.ts';
import { anna, bram, daan, type House, openHouse, wordsOf } from './house.ts';

const nothingInside: Inside = {
  why: undefined,
  importance: undefined,
  kano: undefined,
  about: 'company',
  person: undefined,
  category: undefined,
  notes: undefined,
};

/** How far one is brought: noted by Anna, made concrete by her, put in the channel acme, confirmed there by Daan. */
type Stage = 'noted' | 'concrete' | 'sent' | 'confirmed';

export type Planted = {
  stage?: Stage;
  direction?: Direction;
  seen?: string;
  inside?: Partial<Inside>;
  client?: string;
  reviewAt?: Temporal.Instant;
};

/** A house with the client Acme: Anna owns it, Bram manages it, general is internal and acme is shared. */
export async function openTeamHouse(store: Store, features?: Feature[]) {
  const belay = await openHouse(store, true, features);
  const { transact } = store;
  await transact((tx) => addClient(tx, 'T1', acmeClient(belay)));
  const link = (place: string, kind: LinkKind, client = 'c1') =>
    transact((tx) =>
      linkPlace(tx, { tenant: 'T1', platform: 'test', place }, { client, kind }, belay.time.now()),
    );
  await link('general', 'internal');
  await link('acme', 'shared');
  return {
    ...belay,
    link,
    plant: (words: string, planted: Planted = {}) =>
      transact((tx) => plant(tx, belay.time.now(), words, planted)),
    find: async (id: string): Promise<Expectation> => {
      const found = await transact((tx) => findExpectation(tx, 'T1', id));
      if (!found) throw new Error(`There is no expectation ${id}.`);
      return found;
    },
  };
}

export type TeamHouse = Awaited<ReturnType<typeof openTeamHouse>>;

/** Acme, as it is kept. */
export function acmeClient({ time }: Pick<House, 'time'>, more: Partial<Client> = {}): Client {
  return {
    id: 'c1',
    name: 'Acme',
    owner: { id: 'anna', name: anna.name },
    manager: { id: 'bram', name: bram.name },
    rhythmDays: 14,
    language: undefined,
    knowsNeed: undefined,
    archived: false,
    createdAt: time.now(),
    ...more,
  };
}

/** Plants expectations as they were brought there at this moment. */
export function plantIn({ transact }: Pick<Store, 'transact'>, at: Temporal.Instant) {
  return (words: string, planted: Planted = {}) => transact((tx) => plant(tx, at, words, planted));
}

async function plant(tx: Db, now: Temporal.Instant, words: string, planted: Planted): Promise<string> {
  const { stage = 'noted', direction = 'theirs', client = 'c1', seen, inside } = planted;
  const deed = { who: { id: 'anna', name: anna.name }, now };
  const { id } = await noteExpectation(tx, 'T1', { client, direction, words }, deed);
  const one = async () => {
    const found = await findExpectation(tx, 'T1', id);
    if (!found) throw new Error('It was just noted.');
    return found;
  };
  if (inside) await keepInside(tx, 'T1', await one(), { ...nothingInside, ...inside });
  if (stage === 'noted') return id;
  const wording = { text: `${words}, concreet`, seen, author: deed.who, byClient: false };
  await reword(tx, 'T1', await one(), { state: 'concrete', happened: 'make-concrete', wording }, deed);
  if (stage === 'concrete') return id;
  await bringTo(tx, 'T1', await one(), { state: 'sent', happened: 'send' }, deed);
  await markSent(tx, 'T1', (await one()).wording.id, { place: 'acme' }, now);
  if (stage === 'sent') return id;
  const byDaan = { who: { id: 'daan', name: daan.name }, now };
  const reviewAt = planted.reviewAt ?? now.add({ hours: 24 * 180 });
  await markConfirmed(tx, 'T1', (await one()).wording.id, byDaan);
  await bringTo(tx, 'T1', await one(), { state: 'confirmed', happened: 'confirm', reviewAt }, byDaan);
  return id;
}

/** What somebody got alone, as one text. */
export function toldTo(sent: Outgoing[], person: string): string {
  return sent
    .filter((one) => one.person === person && one.kind !== 'whisper')
    .map(wordsOf)
    .join('\n');
}

/** What a place got, as one text. */
export function toldIn(sent: Outgoing[], place: string): string {
  return sent
    .filter((one) => one.place === place && one.kind !== 'whisper')
    .map(wordsOf)
    .join('\n');
}
