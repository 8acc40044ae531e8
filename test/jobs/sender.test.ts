import { expect, it } from 'vitest';
import { line } from '../../src/chat/card.ts';
import { type Outgoing, type Pace, type Platform, SendError } from '../../src/chat/platform.ts';
import { createSender } from '../../src/jobs/sender.ts';
import type { Store } from '../../src/store/database.ts';
import { keepMessage } from '../../src/store/messages.ts';
import {
  headsOfLanes,
  type Letter,
  markSending,
  outboxState,
  putOut,
  unfinished,
} from '../../src/store/outbox.ts';
import { clock } from '../support/clock.ts';
import { eachDatabase } from '../support/databases.ts';

type Answer = 'ok' | SendError | (() => Promise<SendError>);

/** A sender on a clock of the test's, before a platform that answers as it is told (ok when it is not). */
function senderOn(store: Store, answers: Answer[] = [], laneGapMs = 0, pace: Partial<Pace> = {}) {
  const time = clock('2026-11-23T09:00:00Z');
  const sent: Outgoing[] = [];
  const outcomes: string[] = [];
  const waits: number[] = [];
  const troubles: unknown[] = [];
  const platform: Platform = {
    name: 'test',
    pace: { laneGapMs, counting: false, burst: 1000, perSecond: 1000, ...pace },
    routes: {},
    start: async () => {},
    stop: async () => {},
    send: async (message) => {
      sent.push(message);
      const answer = answers.shift() ?? 'ok';
      if (typeof answer === 'function') throw await answer();
      if (answer !== 'ok') throw answer;
      return { ref: `ref-${sent.length}` };
    },
  };
  const sender = createSender({
    store,
    platforms: new Map([['test', platform]]),
    now: time.now,
    wait: (ms, then) => {
      waits.push(ms);
      void rig.onWait(then);
      return () => {};
    },
    observe: (_, outcome, reason) => outcomes.push(reason ? `${outcome} ${reason}` : outcome),
    troubled: (error) => troubles.push(error),
  });
  const put = (text: string, more: Partial<Letter> = {}) =>
    store.transact((tx) =>
      putOut(
        tx,
        {
          tenant: 'T1',
          platform: 'test',
          lane: 'C1',
          kind: 'post',
          place: 'C1',
          audience: 'anyone',
          card: line(text),
          resend: true,
          expiresAt: time.now().add({ hours: 24 }),
          ...more,
        },
        time.now(),
      ),
    );
  const rig = {
    time,
    platform,
    sent,
    outcomes,
    waits,
    troubles,
    sender,
    put,
    said: () => sent.map(({ card }) => card.summary),
    /** What a wait leads to: nothing, until a test says more. */
    onWait: async (_then: () => void): Promise<void> => {},
  };
  return rig;
}

eachDatabase((name, open) => {
  it('sends what is put out, in its lane’s order, and forgets it then', async () => {
    const store = await open();
    const { sender, put, said } = senderOn(store);
    for (const text of ['one', 'two', 'three']) await put(text);
    await sender.idle();
    expect(said()).toEqual(['one', 'two', 'three']);
    expect((await outboxState(store.db)).waiting).toBe(0);
  });

  it('keeps the platform’s pace within a lane and lets other lanes go ahead', async () => {
    const { sender, put, said, time, waits } = senderOn(await open(), [], 1000);
    await put('one');
    await put('two');
    await put('elsewhere', { lane: 'C2' });
    await sender.idle();
    expect(said().sort()).toEqual(['elsewhere', 'one']);
    expect(waits.at(-1)).toBe(1000);
    time.advance({ milliseconds: 999 });
    await sender.idle();
    expect(said()).toHaveLength(2);
    time.advance({ milliseconds: 1 });
    await sender.idle();
    expect(said().at(-1)).toBe('two');
  });

  it('waits as long as it is told after a 429, and loses nothing', async () => {
    const busy = new SendError('later', 'ratelimited', { afterMs: 30_000 });
    const { sender, put, said, time } = senderOn(await open(), [busy]);
    await put('one');
    await put('two');
    await sender.idle();
    expect(said()).toEqual(['one']);
    time.advance({ seconds: 29 });
    await sender.idle();
    expect(said()).toEqual(['one']);
    time.advance({ seconds: 1 });
    await sender.idle();
    expect(said()).toEqual(['one', 'one', 'two']);
  });

  it('sends a poll once more when nobody knows whether it arrived, and then never again', async () => {
    const unknown = () => new SendError('unknown', 'cut');
    const { sender, put, said, time, outcomes } = senderOn(await open(), [unknown(), unknown()]);
    await put('poll');
    for (let at = 0; at < 4; at += 1) {
      await sender.idle();
      time.advance({ hours: 1 });
    }
    expect(said()).toEqual(['poll', 'poll']);
    expect(outcomes).toEqual(['unknown cut', 'unknown cut']);
  });

  it('does not send a nudge again when nobody knows whether it arrived', async () => {
    const { sender, put, said, time } = senderOn(await open(), [new SendError('unknown', 'cut')]);
    await put('nudge', { resend: false });
    await sender.idle();
    time.advance({ hours: 1 });
    await sender.idle();
    expect(said()).toEqual(['nudge']);
  });

  it('stops after one attempt that can never succeed, and starts the work that tells somebody', async () => {
    const store = await open();
    const { sender, put, said } = senderOn(store, [new SendError('never', 'is_archived')]);
    await put('poll', { otherwise: { job: 'polls.unposted', subject: 'p1' } });
    await sender.idle();
    expect(said()).toEqual(['poll']);
    const jobs = await store.db.selectFrom('job').select(['name', 'subject']).execute();
    expect(jobs).toEqual([{ name: 'polls.unposted', subject: 'p1' }]);
  });

  it('does not call lost what may have arrived', async () => {
    const store = await open();
    const { sender, put } = senderOn(store, [new SendError('unknown', 'cut')]);
    await put('poll', { resend: false, otherwise: { job: 'polls.unposted', subject: 'p1' } });
    await sender.idle();
    expect(await store.db.selectFrom('job').selectAll().execute()).toEqual([]);
  });

  it('lets stale messages expire instead of flooding', async () => {
    const { sender, put, said, time, outcomes } = senderOn(await open());
    await put('stale');
    time.advance({ hours: 25 });
    await put('fresh');
    await sender.idle();
    expect(said()).toEqual(['fresh']);
    expect(outcomes.sort()).toEqual(['expired too late', 'sent']);
  });

  it('updates a message where it stands, the newest card only', async () => {
    const store = await open();
    const { sender, put, sent, time } = senderOn(store);
    const at = { tenant: 'T1', platform: 'test', place: 'C1', now: time.now() };
    await store.transact((tx) => keepMessage(tx, at, 'poll:1', { ref: 'there', link: undefined }));
    for (const text of ['1 answer', '2 answers', '3 answers'])
      await put(text, { kind: 'update', key: 'poll:1' });
    await sender.idle();
    expect(sent.map(({ ref, card }) => [ref, card.summary])).toEqual([['there', '3 answers']]);
  });

  it('updates a message that is posted in the same lane before it', async () => {
    const { sender, put, sent } = senderOn(await open());
    await put('question', { key: 'poll:1' });
    await put('closed', { kind: 'update', key: 'poll:1' });
    await sender.idle();
    expect(sent.map(({ ref }) => ref)).toEqual([undefined, 'ref-1']);
  });

  it('drops an update that a newer one has overtaken while it failed', async () => {
    const store = await open();
    const overtaken = async () => {
      await belay.put('new', { kind: 'update', key: 'poll:1' });
      return new SendError('later', 'busy');
    };
    const belay = senderOn(store, ['ok', overtaken]);
    await belay.put('question', { key: 'poll:1' });
    await belay.sender.idle();
    await belay.put('old', { kind: 'update', key: 'poll:1' });
    await belay.sender.idle();
    belay.time.advance({ minutes: 1 });
    await belay.sender.idle();
    expect(belay.said()).toEqual(['question', 'old', 'new']);
    expect((await outboxState(store.db)).waiting).toBe(0);
  });

  it('hears a call to wake in whichever moment it comes', async () => {
    const store = await open();
    for (let moment = 0; moment < 30; moment += 1) {
      const belay = senderOn(store, [], 1000);
      // The lane's pause is over, and the wake comes so many microtasks after the sender looked.
      belay.onWait = async (then) => {
        belay.time.advance({ seconds: 1 });
        for (let tick = 0; tick < moment; tick += 1) await Promise.resolve();
        then();
      };
      for (const text of ['one', 'two']) await belay.put(text, { lane: `L${moment}` });
      void belay.sender.wake();
      await expect.poll(belay.said, { interval: 2, message: `moment ${moment}` }).toEqual(['one', 'two']);
      await belay.sender.stop();
    }
  });

  it('waits a little when the database cannot be written, instead of trying without end', async () => {
    const store = await open();
    const broken = { ...store, transact: () => Promise.reject(new Error('disk full')) };
    const { put } = senderOn(store);
    await put('one');
    const { sender, said, waits, troubles } = senderOn(broken);
    await sender.wake();
    await expect.poll(() => waits.length).toBeGreaterThan(0);
    expect(troubles).toHaveLength(1);
    expect(said()).toEqual([]);
    expect(waits.at(-1)).toBe(1000);
  });

  it('records what was under way when it is told to stop: nothing is sent twice', async () => {
    const store = await open();
    const { promise, resolve } = Promise.withResolvers<void>();
    const belay = senderOn(store);
    const send = belay.platform.send;
    belay.platform.send = async (message) => {
      await promise;
      return send(message);
    };
    await belay.put('poll', { key: 'poll:1' });
    void belay.sender.wake();
    await expect.poll(async () => (await unfinished(store.db)).length).toBe(1);
    const stopped = belay.sender.stop();
    resolve();
    await stopped;
    expect((await outboxState(store.db)).waiting).toBe(0);
    expect(belay.outcomes).toEqual(['sent']);
  });

  it('after a crash sends a poll once more and a nudge not at all', async () => {
    const store = await open();
    const { sender, put, said } = senderOn(store);
    await put('poll');
    await put('nudge', { resend: false, lane: 'C2' });
    for (const { id } of await store.db.selectFrom('outbox').select('id').execute())
      await store.transact((tx) => markSending(tx, id));
    await sender.idle();
    expect(said()).toEqual([]);
    await sender.recover();
    await sender.idle();
    expect(said()).toEqual(['poll']);
    expect((await outboxState(store.db)).waiting).toBe(0);
  });

  it('sends a workspace so many at once, then so many a second, and meanwhile to another', async () => {
    const { sender, put, said, time, waits } = senderOn(await open(), [], 0, { burst: 3, perSecond: 2 });
    for (let n = 1; n <= 6; n += 1) await put(`${n}`, { lane: `L${n}` });
    await put('elsewhere', { tenant: 'T2' });
    await sender.idle();
    expect(said().toSorted()).toEqual(['1', '2', '3', 'elsewhere']);
    expect(waits.at(-1)).toBe(500);
    time.advance({ milliseconds: 499 });
    await sender.idle();
    expect(said()).toHaveLength(4);
    time.advance({ milliseconds: 1 });
    await sender.idle();
    expect(said().slice(4)).toEqual(['4']);
    time.advance({ seconds: 1 });
    await sender.idle();
    expect(said().slice(5)).toEqual(['5', '6']);
  });

  it('gives every lane its turn, however much comes into others', async () => {
    const { sender, put, said, time } = senderOn(await open(), [], 0, { burst: 1, perSecond: 1 });
    for (const text of ['a1', 'a2', 'a3']) await put(text, { lane: 'A' });
    for (const text of ['b1', 'b2']) await put(text, { lane: 'B' });
    await put('c1', { lane: 'C' });
    for (let second = 0; second < 6; second += 1) {
      await sender.idle();
      time.advance({ seconds: 1 });
    }
    expect(said()).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  it('finds the one that can leave behind hundreds that wait for their time', async () => {
    const refused = Array.from({ length: 120 }, () => new SendError('later', 'busy', { afterMs: 60_000 }));
    const { sender, put, said, waits } = senderOn(await open(), refused);
    for (let n = 0; n < 120; n += 1) await put('refused', { lane: `A${1000 + n}` });
    await sender.idle();
    await put('goes', { lane: 'Z' });
    await sender.idle();
    expect(said().at(-1)).toBe('goes');
    expect(said()).toHaveLength(121);
    expect(waits.at(-1)).toBe(60_000);
  });

  it('has at most four calls under way for a workspace, and does not let that hold up another', async () => {
    const belay = senderOn(await open());
    const { promise, resolve } = Promise.withResolvers<void>();
    const send = belay.platform.send;
    let hanging = 0;
    belay.platform.send = async (message) => {
      if (message.tenant === 'T1') {
        hanging += 1;
        await promise;
      }
      return send(message);
    };
    for (let n = 0; n < 9; n += 1) await belay.put('hangs', { lane: `L${n}` });
    await belay.put('other', { tenant: 'T2' });
    void belay.sender.wake();
    await expect.poll(belay.said).toEqual(['other']);
    expect(hanging).toBe(4);
    resolve();
    await belay.sender.idle();
    expect(belay.said()).toHaveLength(10);
  });

  it.each([true, false])(
    'when one private answer is refused, waits with all of them: %s',
    async (together) => {
      const busy = new SendError('later', 'ratelimited', { afterMs: 30_000 });
      const pace = { whispersTogether: together };
      const { sender, put, said, time } = senderOn(await open(), [busy], 0, pace);
      const whisper = { kind: 'whisper', resend: false } as const;
      await put('refused', { ...whisper, lane: 'W1' });
      await sender.idle();
      await put('second', { ...whisper, lane: 'W2' });
      await put('post');
      await put('elsewhere', { ...whisper, tenant: 'T2', lane: 'W3' });
      await sender.idle();
      const others = together ? ['elsewhere', 'post'] : ['elsewhere', 'post', 'second'];
      expect(said().slice(1).toSorted()).toEqual(others);
      time.advance({ seconds: 30 });
      await sender.idle();
      expect(said().toSorted()).toEqual(['elsewhere', 'post', 'refused', 'refused', 'second']);
    },
  );

  if (name === 'sqlite')
    it('sends ten thousand in five thousand lanes, each in its lane’s order, and reads few at a time', async () => {
      const store = await open();
      const belay = senderOn(store);
      belay.time.advance({ hours: 1 });
      const letters = Array.from({ length: 10_000 }, (_, n) => `${n}`);
      await Promise.all(letters.map((text, n) => belay.put(text, { lane: `L${n % 5000}` })));
      const heads = await headsOfLanes(store.db, { platform: 'test', tenant: 'T1' }, { most: 50 });
      expect(heads).toHaveLength(50);
      // A moment passes with each: the platform takes a thousand a second.
      const send = belay.platform.send;
      belay.platform.send = async (message) => {
        belay.time.advance({ milliseconds: 1 });
        return send(message);
      };
      await belay.sender.idle();
      expect(belay.sent).toHaveLength(10_000);
      const at = new Map(belay.said().map((text, index) => [Number(text), index]));
      expect(letters.slice(0, 5000).every((_, n) => (at.get(n) ?? 0) < (at.get(n + 5000) ?? -1))).toBe(true);
      expect((await outboxState(store.db)).waiting).toBe(0);
    }, 60_000);
});
