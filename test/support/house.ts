import type { Effect } from '../../src/chat/effect.ts';
import { createPages } from '../../src/chat/pages.ts';
import { type Outcome, type Outgoing, type Platform, SendError } from '../../src/chat/platform.ts';
import type { Person, Picked, Place, Request, What } from '../../src/chat/request.ts';
import { createRouter } from '../../src/chat/router.ts';
import { featuresOf } from '../../src/features/features.ts';
import { createClock } from '../../src/jobs/clock.ts';
import { createCarryOut } from '../../src/jobs/effects.ts';
import { createSender } from '../../src/jobs/sender.ts';
import type { Store } from '../../src/store/database.ts';
import { directory } from '../../src/store/directory.ts';
import { claim } from '../../src/store/inbox.ts';
import { readSettings } from '../../src/store/settings.ts';
import { clock } from './clock.ts';

export const anna: Person = { id: 'anna', name: 'Anna de Vries', outsider: false, admin: true };
export const bram: Person = { id: 'bram', name: 'Bram Bakker', outsider: false, admin: false };
export const carla: Person = {
  id: 'carla',
  name: 'Carla Smit',
  outsider: false,
  admin: false,
  language: 'en',
};
export const daan: Person = { id: 'daan', name: 'Daan Visser', outsider: true, admin: false };
export const eva: Person = { id: 'eva', name: 'Eva Jansen', outsider: true, admin: false };
export const finn: Person = { id: 'finn', name: 'Finn Mulder', outsider: true, admin: false };

export const general: Place = { id: 'general', kind: 'channel', shared: false, reachable: true, members: 3 };
export const acme: Place = {
  id: 'acme',
  kind: 'channel',
  shared: true,
  reachable: true,
  members: 6,
  outsiders: 3,
};
export const direct: Place = { id: 'direct', kind: 'direct', shared: false, reachable: true };

export type House = Awaited<ReturnType<typeof openHouse>>;

/** All of Belay behind the platforms: real database, router, jobs and sender; a platform that keeps what it is sent. */
export async function openHouse(store: Store, counting = true, features = featuresOf({ sandbox: true })) {
  const time = clock('2026-11-23T09:00:00Z');
  const sent: Outgoing[] = [];
  const platform: Platform = {
    name: 'test',
    pace: { laneGapMs: 0, counting, burst: 1000, perSecond: 1000 },
    routes: {},
    start: async () => {},
    stop: async () => {},
    send: async (message) => {
      await refuseInternal(message);
      sent.push(message);
      return { ref: `ref-${sent.length}`, link: `https://chat.example/${sent.length}` };
    },
  };
  const people = directory(store, 'test');
  for (const person of [anna, bram, carla, daan, eva, finn])
    await people.savePerson('T1', { ...person, checkedAt: time.now().toString() });
  for (const place of [general, acme])
    await people.savePlace('T1', { ...place, checkedAt: time.now().toString() });
  await people.saveMembers('T1', 'general', ['anna', 'bram', 'carla']);
  await people.saveMembers('T1', 'acme', ['anna', 'bram', 'carla', 'daan', 'eva', 'finn']);

  /** The second look that every platform takes. */
  async function refuseInternal({ audience, kind, place, person }: Outgoing): Promise<void> {
    if (audience !== 'internal') return;
    const shared = kind !== 'whisper' && place && (await people.place('T1', place))?.shared;
    const outsider = person && (await people.person('T1', person))?.outsider;
    if (shared || outsider) throw new SendError('never', 'internal_before_a_client');
  }

  const carryOut = createCarryOut(() => platform.pace.counting);
  const failures: unknown[] = [];
  /** The ways out of the chat; a test may close them. */
  const outside = {
    mails: true,
    seal: (kind: string, text: string): string | undefined => `sealed ${kind} ${text}`,
    defaults: { language: 'nl' as const, timeZone: 'Europe/Amsterdam' },
    link: (name: string, subject: string): string | undefined => `https://belay.example/${name}/${subject}`,
  };
  const sender = createSender({
    store,
    platforms: new Map([
      ['test', platform],
      ['mail', platform],
    ]),
    now: time.now,
    wait: () => () => {},
    troubled: (error) => failures.push(error),
    observe: (_, outcome, reason) => {
      if (outcome !== 'sent') failures.push(`${outcome}: ${reason}`);
    },
  });
  const jobs = createClock({
    store,
    regular: features.flatMap(({ regular }) => regular ?? []),
    jobs: new Map(features.flatMap((feature) => Object.entries(feature.jobs ?? {}))),
    carryOut,
    now: time.now,
    outside: () => outside,
    wakeSender: () => {},
    tidy: async () => {},
    troubled: (error) => failures.push(error),
    failed: (_, error) => failures.push(error),
  });
  const pages = createPages({
    features,
    db: store.db,
    transact: store.transact,
    carryOut,
    now: time.now,
    outside: () => outside,
    committed: () => {},
  });
  const hear = createRouter({
    features,
    transact: store.transact,
    claim,
    settings: readSettings,
    carryOut,
    now: time.now,
    outside: () => outside,
    committed: () => {},
    heard: () => {},
    failed: (_, error) => failures.push(error),
  });
  let count = 0;

  /** As a platform makes it: who somebody is comes from the directory. */
  async function heard(
    person: Person,
    place: Place,
    what: What,
    more: Partial<Request> = {},
  ): Promise<Outcome> {
    const outsider = (await people.person('T1', person.id))?.outsider ?? person.outsider;
    return hear(request({ ...person, outsider }, place, what, more));
  }

  function request(person: Person, place: Place, what: What, more: Partial<Request> = {}): Request {
    count += 1;
    return {
      key: `key-${count}`,
      platform: 'test',
      tenant: 'T1',
      person,
      place,
      what,
      returns: 'card',
      ...more,
    };
  }

  return {
    store,
    people,
    time,
    sent,
    failures,
    features,
    hear,
    request,
    outside,
    /** As a verified link opens it. */
    pages,
    linked: (name: string, subject: string) => ({ platform: 'test', tenant: 'T1', name, subject }),
    sender,
    jobs,
    carry: carryOut,
    platform,
    say: (person: Person, place: Place, text: string, more?: Partial<Request>) =>
      heard(person, place, { kind: 'command', text, mentions: [] }, more),
    press: (person: Person, place: Place, name: string, subject = '', detail = '', more?: Partial<Request>) =>
      heard(person, place, { kind: 'press', name, subject, detail }, more),
    submit: (person: Person, place: Place, name: string, subject: string, fields: Record<string, string>) =>
      heard(person, place, { kind: 'submit', name, subject, fields }),
    pick: (person: Person, place: Place, name: string, message: Picked, more?: Partial<Request>) =>
      heard(person, place, { kind: 'message', name, message }, more),
    event: (person: Person, place: Place, name: 'added' | 'removed' | 'home') =>
      heard(person, place, { kind: 'event', name }, { returns: 'nothing' }),
    /** Runs what is due now and sends what it says; returns what was sent since the last time. */
    async settle(): Promise<Outgoing[]> {
      const from = sent.length;
      await jobs.tick();
      await sender.idle();
      await jobs.tick();
      await sender.idle();
      return sent.slice(from);
    },
  };
}

/** Everything a card or an outcome says, as one text. */
export function wordsOf(said: Outcome | Outgoing | Effect): string {
  return JSON.stringify(said);
}

/** The subject of this button in what was said. Throws when there is no such button. */
export function subjectOf(said: unknown, press: string): string {
  const written = JSON.stringify(said);
  const found = new RegExp(`"press":"${press.replaceAll('.', '\\.')}","subject":"([^"]+)"`).exec(written);
  if (!found?.[1]) throw new Error(`There is no button ${press} in ${written}`);
  return found[1];
}

/** Asks in this place; returns the poll's id as its card carries it. */
export async function askIn(
  belay: House,
  place: Place,
  text = 'nps vragen',
  person: Person = anna,
): Promise<string> {
  await belay.say(person, place, text);
  return pollIn(await belay.settle());
}

/** The id of the poll whose question is among these messages. */
export function pollIn(sent: Outgoing[]): string {
  const question = sent.findLast(({ kind, place }) => kind === 'post' && place !== undefined);
  const scale = question?.card.elements.find(({ kind }) => kind === 'scale');
  return scale?.kind === 'scale' ? scale.subject : '';
}

/** The words of a refusal; the kind of any other outcome. */
export function refusalOf(outcome: Outcome): string {
  return outcome.kind === 'refused' ? outcome.text : outcome.kind;
}
