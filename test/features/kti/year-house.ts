import type { Card } from '../../../src/chat/card.ts';
import type { Form } from '../../../src/chat/form.ts';
import type { Outcome, Outgoing } from '../../../src/chat/platform.ts';
import type { Language, Person, Place } from '../../../src/chat/request.ts';
import { addContact } from '../../../src/features/clients/people-store.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import {
  bringTo,
  markConfirmed,
  markSent,
  noteExpectation,
  reword,
} from '../../../src/features/expectations/change-store.ts';
import { findExpectation } from '../../../src/features/expectations/store.ts';
import type { Store } from '../../../src/store/database.ts';
import { writeSetting } from '../../../src/store/settings.ts';
import { questions } from '../../../src/text/satisfaction.ts';
import { wordsIn } from '../../support/diary.ts';
import { acmeClient, openTeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, carla, daan, direct, general } from '../../support/house.ts';
import { daanOfVanDam, expected, finnOfVanDam, type Mind, minds, predictions } from './year-opinions.ts';

/** Three clients, a team and a clock that goes through a year; what everybody gets is written down. */

const begin = '2027-01-04';
const zone = 'Europe/Amsterdam';
const vanDam: Place = { ...general, id: 'van-dam', shared: true, members: 4, outsiders: 2 };

const clients = { c1: 'Acme', c2: 'Zonnig', c3: 'Bakkerij Van Dam' };

/** A message, or what somebody was answered; `to`: who or where. */
type Entry = { at: Temporal.Instant; to: string; how: string; card: Card };

type Answer = { at: Temporal.Instant; who: Mind; message: Outgoing };

export async function openYear(store: Store, language: Language) {
  const belay = await openTeamHouse(store);
  const { time, people } = belay;
  time.set(`${begin}T05:00:00Z`);
  const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(zone).toInstant();
  const diary: Entry[] = [];
  const waiting: Answer[] = [];
  const asked = new Map<string, number>();
  const ids = new Map<string, string>();
  const opinions = structuredClone(Object.fromEntries(minds.map(({ id, thinks }) => [id, thinks])));
  let forecasts = 0;

  async function prepare(): Promise<void> {
    const checkedAt = time.now().toString();
    await people.savePerson('T1', { ...carla, language, checkedAt });
    await people.savePlace('T1', { ...vanDam, checkedAt });
    for (const { id } of [daanOfVanDam, finnOfVanDam]) {
      const name = id.startsWith('daan') ? 'Daan' : 'Finn';
      await people.savePerson('T1', { id, name, outsider: true, admin: false, checkedAt });
    }
    await people.saveMembers('T1', 'van-dam', ['bram', daanOfVanDam.id, finnOfVanDam.id]);
    await store.transact(async (tx) => {
      const tenant = { tenant: 'T1', platform: 'test', scope: 'tenant', subject: '' } as const;
      await writeSetting(tx, tenant, 'language', language);
      const place = { ...tenant, scope: 'place', subject: 'general' } as const;
      await writeSetting(tx, place, 'kti.predict', 'yes');
      await addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: clients.c2 }));
      const owner = { id: 'bram', name: bram.name };
      await addClient(tx, 'T1', {
        ...acmeClient(belay, { id: 'c3', name: clients.c3 }),
        ...{ owner, manager: { id: 'anna', name: anna.name } },
      });
      const contact = { id: 'k-eva', client: 'c2', name: 'Eva', email: 'eva@zonnig.example' };
      const none = { role: undefined, language: undefined, person: undefined };
      await addContact(tx, 'T1', { ...contact, ...none }, time.now());
    });
    await belay.link('van-dam', 'shared', 'c3');
    for (const topic of ['outage', 'overview', 'contact']) await confirm('c1', topic);
    for (const topic of ['invoice', 'price']) await confirm('c2', topic);
    for (const topic of ['friday', 'rush']) await confirm('c3', topic);
  }

  /** The client confirms it: in these words for the first time, or in other words than before. */
  async function confirm(client: string, topic: string, before?: string): Promise<void> {
    const now = time.now();
    const deed = { who: { id: 'anna', name: anna.name }, now };
    const text = expected[topic]?.[language] ?? '';
    await store.transact(async (tx) => {
      const known = ids.get(before ?? '');
      const about = { client, direction: 'theirs', words: text } as const;
      const id = known ?? (await noteExpectation(tx, 'T1', about, deed)).id;
      ids.set(topic, id);
      const one = async () => {
        const found = await findExpectation(tx, 'T1', id);
        if (!found) throw new Error('It was just noted.');
        return found;
      };
      const wording = { text, seen: undefined, author: deed.who, byClient: false };
      await reword(tx, 'T1', await one(), { state: 'concrete', happened: 'make-concrete', wording }, deed);
      await bringTo(tx, 'T1', await one(), { state: 'sent', happened: 'send' }, deed);
      await markSent(tx, 'T1', (await one()).wording.id, { place: 'acme' }, now);
      const who = { id: 'daan', name: daan.name };
      await markConfirmed(tx, 'T1', (await one()).wording.id, { who, now });
      const reviewAt = now.add({ hours: 24 * 500 });
      await bringTo(tx, 'T1', await one(), { state: 'confirmed', happened: 'confirm', reviewAt }, deed);
    });
  }

  /** Writes down what was sent, and who is going to answer it. */
  function heard(messages: Outgoing[]): void {
    for (const message of messages) {
      const to = message.place ?? message.person ?? '';
      const mind = minds.find(({ id }) => id === message.person);
      diary.push({
        at: time.now(),
        to,
        how: message.kind === 'update' ? 'now reads' : '',
        card: message.card,
      });
      if (message.kind !== 'post' || !mind || !/kti\.(grade|open|answer)/.test(JSON.stringify(message.card)))
        continue;
      const isAgain = /herinnering|reminder/.test(JSON.stringify(message.card));
      const round = (asked.get(mind.id) ?? -1) + (isAgain ? 0 : 1);
      asked.set(mind.id, round);
      if (mind.silent?.includes(round) || (mind.late?.includes(round) && !isAgain)) continue;
      waiting.push({ at: time.now().add({ hours: mind.after }), who: mind, message });
    }
  }

  /** Somebody presses, types or sends; what he is answered is written down. */
  function answered(who: Person, outcome: Outcome): Outcome {
    if (outcome.kind === 'answer' || outcome.kind === 'refused')
      diary.push({ at: time.now(), to: who.id, how: 'is answered', card: outcome.card });
    return outcome;
  }

  async function replies({ who, message }: Answer): Promise<void> {
    const words = JSON.stringify(message.card);
    const link = /kti\.answer\/([\w-]+)/.exec(words)?.[1];
    if (link !== undefined) {
      const at = belay.linked('kti.answer', link);
      const { form } = await belay.pages.show(at, undefined);
      if (form) await belay.pages.send(at, fieldsOf(who, form), undefined);
      return;
    }
    const person: Person = { id: who.id, name: who.called, outsider: true, admin: false };
    const [, invitation = ''] = /"subject":"([\w-]+)\./.exec(words) ?? [];
    const opened = await belay.press(person, direct, 'kti.open', invitation);
    if (opened.kind !== 'ask') {
      answered(person, opened);
      return;
    }
    const fields = fieldsOf(who, opened.form);
    if (Object.keys(fields).length > 0) await belay.submit(person, direct, 'kti.grade', invitation, fields);
  }

  function fieldsOf({ id: who }: Mind, { fields }: Form): Record<string, string> {
    const given: Record<string, string> = {};
    for (const { id, label } of fields.filter(({ kind }) => kind === 'grade')) {
      const opinion = opinions[who]?.[topicOf(label)]?.shift();
      if (!opinion) continue;
      const [grade, why] = opinion;
      given[id] = `${grade}`;
      if (why) given[id.replace('grade', 'why')] = why[language];
    }
    return given;
  }

  function topicOf(label: string): string {
    const own = Object.entries(expected).find(([, text]) => label.includes(text[language]));
    return own?.[0] ?? questions.find((one) => label.includes(one[language]))?.id ?? '';
  }

  /** The team predicts, an hour after it was asked to. */
  async function predict(message: Outgoing): Promise<void> {
    const round = forecasts;
    forecasts += 1;
    const [, id = ''] =
      /"press":"kti\.forecast","subject":"([^"]+)"/.exec(JSON.stringify(message.card)) ?? [];
    for (const who of [anna, bram, carla]) {
      const grade = predictions[who.id]?.[round];
      if (grade === undefined) continue;
      const opened = await belay.press(who, general, 'kti.forecast', id);
      if (opened.kind !== 'ask') continue;
      const fields = Object.fromEntries(opened.form.fields.map((field) => [field.id, `${grade}`]));
      await belay.submit(who, general, 'kti.forecast', id, fields);
    }
  }

  async function settle(): Promise<void> {
    const messages = await belay.settle();
    heard(messages);
    for (const message of messages.filter(({ kind }) => kind === 'post'))
      if (JSON.stringify(message.card).includes('"kti.forecast"')) {
        await predict(message);
        heard(await belay.settle());
      }
  }

  /** When something happens next, by itself or since somebody answers. */
  async function nextAt(): Promise<Temporal.Instant | undefined> {
    const row = await store.db
      .selectFrom('job')
      .select(({ fn }) => fn.min('due_at').as('at'))
      .where('state', '=', 'waiting')
      .executeTakeFirst();
    const times = [...(row?.at ? [Temporal.Instant.from(row.at)] : []), ...waiting.map((one) => one.at)];
    return times.toSorted(Temporal.Instant.compare)[0];
  }

  /** Lets the time go by until then. */
  async function until(text: string): Promise<void> {
    const end = at(text);
    for (;;) {
      const next = await nextAt();
      if (!next || Temporal.Instant.compare(next, end) > 0) break;
      if (Temporal.Instant.compare(next, time.now()) > 0) time.set(next.toString());
      for (const one of waiting.filter((one) => Temporal.Instant.compare(one.at, next) <= 0)) {
        waiting.splice(waiting.indexOf(one), 1);
        await replies(one);
      }
      await settle();
    }
    time.set(end.toString());
  }

  /** The subject of the last button of this name that somebody, or a channel, was shown. */
  function buttonOf(press: string, to: string): string {
    const all = new RegExp(`"press":"${press.replaceAll('.', '\\.')}(?:\\.beside)?","subject":"([^"]+)"`);
    const found = diary.findLast((one) => one.to === to && all.test(JSON.stringify(one.card)));
    const subject = all.exec(JSON.stringify(found?.card))?.[1];
    if (!subject) throw new Error(`${to} has no button ${press}.`);
    return subject;
  }

  await prepare();
  return {
    ...belay,
    diary,
    language,
    confirm,
    until,
    settle,
    buttonOf,
    types: async (who: Person, where: Place, text: string) => {
      answered(who, await belay.say(who, where, text));
      await settle();
    },
    presses: async (who: Person, where: Place, name: string, subject: string) => {
      const outcome = answered(who, await belay.press(who, where, name, subject));
      await settle();
      return outcome;
    },
    sends: async (who: Person, name: string, subject: string, fields: Record<string, string>) => {
      answered(who, await belay.submit(who, direct, name, subject, fields));
      await settle();
    },
  };
}

export type Year = Awaited<ReturnType<typeof openYear>>;

/** Who or where, as the log calls it. */
const called = new Map([
  ...minds.map(({ id, called }): [string, string] => [id, called]),
  ['anna', anna.name],
  ['bram', bram.name],
  ['carla', carla.name],
  ['general', '#general (ours)'],
  ['acme', '#acme (with the client)'],
  ['van-dam', '#van-dam (with the client)'],
]);

/** What was written down, week by week; who got the same at the same time stands together. */
export function readDiary(diary: Entry[]): string {
  const lines: string[] = [];
  let week = 0;
  const groups = Map.groupBy(diary, ({ at, how, card }) => `${at} ${how} ${wordsOfCard(card).join('\n')}`);
  for (const [first, ...more] of groups.values()) {
    if (!first) continue;
    const at = first.at.toZonedDateTimeISO(zone);
    if (at.weekOfYear !== week) {
      week = at.weekOfYear ?? 0;
      lines.push(`── ${at.yearOfWeek}, week ${week}`, '');
    }
    const to = [first, ...more].map((one) => called.get(one.to) ?? one.to).join(', ');
    const stamp = `${at.toPlainDate()} ${at.toPlainTime().toString({ smallestUnit: 'minute' })}`;
    lines.push([stamp, to, first.how].filter((part) => part !== '').join('  '));
    lines.push(...wordsOfCard(first.card).map((line) => `    ${line}`), '');
  }
  return lines.join('\n');
}

function wordsOfCard(card: Card): string[] {
  return card.elements.flatMap(wordsIn);
}
