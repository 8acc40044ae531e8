import { expect, it } from 'vitest';
import { type Outgoing, SendError } from '../../../src/chat/platform.ts';
import { newClient } from '../../../src/features/clients/clients.ts';
import { addContact } from '../../../src/features/clients/people-store.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { talksToAsk } from '../../../src/features/conversations/asking-store.ts';
import { addConversation } from '../../../src/features/conversations/store.ts';
import { forgetSent, readSnoozes, snooze } from '../../../src/features/nudges/store.ts';
import { enqueue } from '../../../src/jobs/queue.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, carla, direct } from '../../support/house.ts';

/** Monday 23 November 2026; hours as a clock in Amsterdam shows them. */
const at = (time: string, date = '2026-11-23') =>
  Temporal.PlainDateTime.from(`${date} ${time}`).toZonedDateTime('Europe/Amsterdam').toInstant();
const where = { tenant: 'T1', platform: 'test' };

/** What comes at each of these times, a line for each message: who, and `asked`, `briefed` or `told`. */
async function comes(belay: TeamHouse, ...times: (string | [string, string])[]): Promise<string[]> {
  const lines: string[] = [];
  for (const time of times) {
    const moment = typeof time === 'string' ? at(time) : at(...time);
    belay.time.set(moment.toString());
    lines.push(...(await belay.settle()).map(lineOf));
  }
  return lines;
}

function lineOf(message: Outgoing): string {
  const words = JSON.stringify(message.card);
  const asked = words.match(/"press":"conversations.raised"/g)?.length ?? 0;
  const what = asked > 0 ? `asked ${asked}` : words.includes('nudges.snooze.week') ? 'told' : 'briefed';
  return `${message.person} ${what}`;
}

eachDatabase((_, open) => {
  async function house() {
    const belay = await openTeamHouse(await open());
    await belay.jobs.ready();
    return belay;
  }

  /** A talk with Acme that is kept without a word. */
  const talk = (
    belay: TeamHouse,
    id: string,
    start: string,
    end: string,
    ...people: { id: string; name: string }[]
  ) =>
    belay.store.transact((tx) =>
      addConversation(
        tx,
        where,
        {
          ...{ id, client: 'c1', title: id, start: at(start), end: at(end), source: 'calendar' as const },
          ...{ people: people.map(({ id, name }) => ({ id, name })), answer: undefined },
        },
        belay.time.now(),
      ),
    );
  const order = (belay: TeamHouse, name: string, subject: object | 'now') =>
    belay.store.transact((tx) => {
      const text = subject === 'now' ? subject : JSON.stringify(subject);
      const now = belay.time.now();
      return enqueue(tx, { ...where, name, subject: text, at: now, once: true }, now);
    });
  const noted = async ({ store }: TeamHouse) =>
    (await store.db.selectFrom('nudge_sent').select('key').execute()).map(({ key }) => key);

  it('asks nothing at night when the process was away, but as the day begins', async () => {
    const belay = await house();
    await talk(belay, 'late', '15:00', '16:00', anna);
    expect(await comes(belay, '16:05', '23:30')).toEqual([]);
    expect(await comes(belay, ['08:29', '2026-11-24'])).toEqual([]);
    expect(await comes(belay, ['08:30', '2026-11-24'])).toEqual(['anna asked 1']);
    expect(belay.failures).toEqual([]);
  });

  it('tells nothing that was planned before a pause or a mute, and tells it when that is over', async () => {
    const belay = await house();
    await talk(belay, 'soon', '13:55', '14:30', anna, bram);
    expect(await comes(belay, '13:15')).toEqual([]);
    await belay.submit(anna, direct, 'nudges.pause', '', { until: '2026-11-24' });
    await belay.submit(bram, direct, 'nudges.mute', '', { client: 'c1' });
    expect(await comes(belay, '13:25')).toEqual([]);
    expect(await noted(belay)).toEqual([]);
    await belay.press(anna, direct, 'nudges.resume');
    await belay.submit(bram, direct, 'nudges.unmute', '', { client: 'c1' });
    expect((await comes(belay, '13:30')).toSorted()).toEqual(['anna briefed', 'bram briefed']);
  });

  it('asks about each conversation once, though it was planned in two messages', async () => {
    const belay = await house();
    await talk(belay, 'first', '11:00', '12:00', anna);
    expect(await comes(belay, '12:00', '12:04')).toEqual([]);
    await talk(belay, 'second', '11:00', '11:55', anna);
    await order(belay, 'nudges.plan', 'now');
    await comes(belay, '12:04', '12:10', '12:15');
    const asked = belay.sent.flatMap(({ card }) =>
      [...JSON.stringify(card).matchAll(/"press":"conversations.raised","subject":"([^"]+)"/g)].map(
        (one) => one[1],
      ),
    );
    expect(asked.toSorted()).toEqual(['first', 'second']);
  });

  it('asks about no more at once than a message has room for, and about the rest after that', async () => {
    const belay = await house();
    for (let number = 0; number < 10; number += 1) await talk(belay, `t${number}`, '11:00', '11:55', anna);
    expect(await comes(belay, '12:00', '12:05', '12:15', '12:30')).toEqual(['anna asked 8', 'anna asked 2']);
  });

  it('tells of a talk once: of itself, or in that of the day', async () => {
    const belay = await house();
    for (const [id, start] of [
      ['a', '12:20'],
      ['b', '14:00'],
      ['c', '15:00'],
    ] as const)
      await talk(belay, id, start, '16:00', anna);
    expect(await comes(belay, '11:45')).toEqual([]);
    belay.time.set(at('11:47').toString());
    await belay.say(anna, direct, 'gesprek Acme vandaag 16:00');
    expect(await comes(belay, '11:48')).toEqual(['anna briefed']);
    expect(await comes(belay, '11:50', '12:05')).toEqual([]);
  });

  it('tells what waits once a day, though it was planned twice, and nothing of a muted client', async () => {
    const belay = await house();
    const noord = { id: 'noord', name: 'Noord', owner: { id: 'anna', name: anna.name } };
    const createdAt = belay.time.now();
    await belay.store.transact((tx) => addClient(tx, 'T1', newClient({ ...noord, createdAt })));
    // A while later nobody has spoken of either for longer than its rhythm.
    belay.time.set(at('10:05', '2027-01-06').toString());
    await belay.store.db.deleteFrom('job').execute();
    const [acme, other] = ['conversations.quiet:c1', 'conversations.quiet:noord'];
    await belay.submit(bram, direct, 'nudges.mute', '', { client: 'c1' });
    for (const keys of [[acme], [acme, other]])
      await order(belay, 'nudges.between', { person: 'anna', kind: 'between', keys });
    await order(belay, 'nudges.between', { person: 'bram', kind: 'between', keys: [acme] });
    expect(await comes(belay, ['10:05', '2027-01-06'])).toEqual(['anna told']);
    expect(await noted(belay)).toEqual([acme]);
  });

  it('tells nobody what waits in the middle of a talk that came up since', async () => {
    const belay = await house();
    belay.time.set(at('10:05', '2027-01-06').toString());
    await belay.store.db.deleteFrom('job').execute();
    await belay.store.transact((tx) =>
      addConversation(
        tx,
        where,
        {
          ...{ id: 'now', client: 'c1', title: undefined, source: 'calendar', answer: undefined },
          ...{ start: at('10:00', '2027-01-06'), end: at('11:00', '2027-01-06') },
          people: [{ id: 'anna', name: anna.name }],
        },
        belay.time.now(),
      ),
    );
    const keys = ['conversations.quiet:c1'];
    await order(belay, 'nudges.between', { person: 'anna', kind: 'between', keys });
    expect(await comes(belay, ['10:05', '2027-01-06'])).toEqual([]);
    expect(await noted(belay)).toEqual([]);
  });

  it('briefs and asks nobody who has gone over to the client, or has left', async () => {
    const belay = await house();
    await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
    await talk(belay, 'soon', '14:00', '15:00', anna, bram, carla);
    await comes(belay, '13:15');
    const nothing = { role: undefined, language: undefined, email: undefined };
    const contact = { id: 'contact', client: 'c1', name: carla.name, person: 'carla', ...nothing };
    await belay.store.transact((tx) => addContact(tx, 'T1', contact, belay.time.now()));
    await belay.people.savePerson('T1', { ...bram, outsider: true, checkedAt: '' });
    expect(await comes(belay, '13:30')).toEqual(['anna briefed']);
    for (const person of ['bram', 'carla'])
      await order(belay, 'conversations.after', { person, keys: ['soon'] });
    expect(await comes(belay, '15:11')).toEqual(['anna asked 1']);
  });

  it('asks another who was there when the one it would ask has gone over to the client', async () => {
    const belay = await house();
    const beta = acmeClient(belay, { id: 'c2', name: 'Beta', manager: undefined });
    await belay.store.transact((tx) => addClient(tx, 'T1', beta));
    await talk(belay, 'soon', '14:00', '15:00', bram, carla);
    await belay.store.db.updateTable('conversation').set({ client_id: 'c2' }).execute();
    const nothing = { role: undefined, language: undefined, email: undefined };
    const contact = { id: 'contact', client: 'c2', name: bram.name, person: 'bram', ...nothing };
    await belay.store.transact((tx) => addContact(tx, 'T1', contact, belay.time.now()));
    expect(await comes(belay, '15:00', '15:11')).toEqual(['carla asked 1']);
    expect(await comes(belay, '15:30', ['09:00', '2026-11-24'])).toEqual([]);
  });

  it('sends no message late because the platform was away, and tells of what still holds the next morning', async () => {
    const belay = await house();
    await talk(belay, 'morning', '10:45', '11:15', anna);
    await talk(belay, 'evening', '16:00', '17:00', anna);
    await comes(belay, '10:05');
    const { send } = belay.platform;
    belay.platform.send = async () => {
      throw new SendError('later', 'away');
    };
    await comes(belay, '10:15', '11:25', '15:30', '17:10', '17:20');
    belay.platform.send = send;
    expect(await comes(belay, '21:00')).toEqual([]);
    expect(belay.failures.filter((one) => String(one).startsWith('expired'))).toHaveLength(4);
    // Of briefings for what is over there is nothing more to tell.
    expect(await comes(belay, ['08:30', '2026-11-24'], ['10:05', '2026-11-24'])).toEqual(['anna asked 2']);
    expect(await comes(belay, ['08:30', '2026-11-25'])).toEqual([]);
  });

  it('tells what was put off to a day on which it could not be sent on the next one', async () => {
    const belay = await house();
    await talk(belay, 'long ago', '15:00', '16:00', anna);
    await belay.store.db.updateTable('conversation').set({ outcome: 'raised' }).execute();
    const day = (time: string, date: number): [string, string] => [time, `2027-01-0${date}`];
    expect(await comes(belay, day('10:05', 6))).toContain('anna told');
    const sent = belay.store.db.selectFrom('nudge_sent').select('sent_at').where('person_id', '=', 'anna');
    const { sent_at } = await sent.executeTakeFirstOrThrow();
    await belay.press(anna, direct, 'nudges.snooze', sent_at, 'tomorrow');
    const { send } = belay.platform;
    belay.platform.send = async () => {
      throw new SendError('later', 'away');
    };
    await comes(belay, day('10:05', 7), day('21:00', 7));
    belay.platform.send = send;
    expect(await comes(belay, day('10:05', 8))).toEqual(['anna told']);
  });

  it('keeps what was put off once more while the first could not be sent', async () => {
    const belay = await house();
    await talk(belay, 'long ago', '15:00', '16:00', anna);
    await belay.store.db.updateTable('conversation').set({ outcome: 'raised' }).execute();
    const day = (time: string, date: number): [string, string] => [time, `2027-01-0${date}`];
    await comes(belay, day('10:05', 6));
    const sent = belay.store.db.selectFrom('nudge_sent').select('sent_at').where('person_id', '=', 'anna');
    const { sent_at } = await sent.executeTakeFirstOrThrow();
    await belay.press(anna, direct, 'nudges.snooze', sent_at, 'tomorrow');
    const { send } = belay.platform;
    belay.platform.send = async () => {
      throw new SendError('later', 'away');
    };
    await comes(belay, day('10:05', 7));
    await belay.press(anna, direct, 'nudges.snooze', sent_at, 'week');
    await comes(belay, day('21:00', 7));
    belay.platform.send = send;
    expect(await comes(belay, day('10:05', 8))).toEqual([]);
  });

  it('tells nothing anew that could not be sent for another reason, or may have arrived', async () => {
    for (const failure of ['never', 'unknown'] as const) {
      const belay = await house();
      await talk(belay, 'morning', '10:45', '11:15', anna);
      await comes(belay, '10:05');
      const { send } = belay.platform;
      belay.platform.send = async () => {
        throw new SendError(failure, 'away');
      };
      await comes(belay, '11:25');
      belay.platform.send = send;
      expect(await comes(belay, '11:45', ['08:30', '2026-11-24'])).toEqual([]);
    }
  });

  it('tells what waits on the day after one on which it could not be sent', async () => {
    const belay = await house();
    await talk(belay, 'long ago', '15:00', '16:00', anna);
    await belay.store.db.updateTable('conversation').set({ outcome: 'raised' }).execute();
    const away = '2027-01-06';
    const { send } = belay.platform;
    belay.platform.send = async () => {
      throw new SendError('later', 'away');
    };
    await comes(belay, ['08:30', away], ['10:05', away], ['21:00', away]);
    belay.platform.send = send;
    expect(await noted(belay)).toEqual([]);
    const told = await comes(belay, ['10:05', '2027-01-07']);
    expect(told.toSorted()).toEqual(['anna told', 'bram told']);
    expect(await noted(belay)).toContain('conversations.quiet:c1');
  });

  it('asks the same first whatever order they are kept in', async () => {
    const belay = await house();
    await talk(belay, 'owned', '08:00', '08:30', carla, bram, anna);
    await talk(belay, 'other', '08:00', '08:30', carla, bram);
    const asked = await talksToAsk(belay.store.db, where, {
      now: belay.time.now(),
      snoozed: [],
      owner: () => 'carla',
    });
    expect(asked.map(({ id, people }) => `${id}: ${people}`).toSorted()).toEqual([
      'other: carla,bram',
      'owned: carla,anna,bram',
    ]);
  });

  it('forgets what was put off until long ago', async () => {
    const belay = await house();
    const now = belay.time.now();
    for (const [key, days] of [
      ['old', 10],
      ['lately', 8],
      ['ahead', -3],
    ] as const)
      await belay.store.transact((tx) =>
        snooze(tx, where, { person: 'anna', key, until: now.subtract({ hours: 24 * days }) }),
      );
    await belay.store.transact((tx) => forgetSent(tx, where, now));
    expect((await readSnoozes(belay.store.db, where)).map(({ key }) => key).toSorted()).toEqual([
      'ahead',
      'lately',
    ]);
  });
});
