import { expect, it } from 'vitest';
import { type Outgoing, SendError } from '../../../src/chat/platform.ts';
import { countFollowUps } from '../../../src/features/follow-ups/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { graded, type Matter } from '../../support/graded.ts';
import {
  acme,
  anna,
  askIn,
  bram,
  carla,
  daan,
  direct,
  eva,
  openHouse,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';

/** Bram owns what Daan grades, Carla is above him, Anna administers. Monday 23 November 2026, ten in Amsterdam. */
eachDatabase((_, open) => {
  async function house() {
    const matter: Matter = { owner: bram, rises: carla, gone: false };
    const belay = await openHouse(await open(), true, graded(matter));
    const give = (grade: number, person = daan, subject = 'round.one') =>
      belay.press(person, acme, 'graded.grade', subject, `${grade}`);
    /** All that was sent now, by whom it went to. */
    async function told(moment?: string): Promise<Record<string, string>> {
      if (moment) belay.time.set(moment);
      const words: Record<string, string> = {};
      for (const message of await belay.settle())
        words[toOf(message)] = `${words[toOf(message)] ?? ''}${wordsOf(message)}`;
      return words;
    }
    /** Daan is not content; returns what is done about it. */
    async function unhappy(grade = 4) {
      await give(grade);
      return subjectOf(await belay.settle(), 'follow-ups.call');
    }
    return { belay, matter, give, told, unhappy };
  }

  const toOf = ({ person, place }: Outgoing) => person ?? place ?? '';

  it('is told to its owner alone, in his words, with what was asked, and why once that is known', async () => {
    const { belay, give, told } = await house();
    await give(6);
    expect(await told()).toEqual({});
    await give(5, eva);
    const first = await told();
    expect(Object.keys(first)).toEqual(['bram']);
    expect(first.bram).toMatch(
      /Eva Jansen gaf een 5 \(van 10\).*Elke maandag bellen · Acme.*zonder toelichting/,
    );
    await belay.press(eva, acme, 'graded.why', 'round.one', 'Niemand belt');
    const second = await told();
    expect(belay.failures).toEqual([]);
    expect(Object.keys(second)).toEqual(['bram']);
    expect(second.bram).toMatch(/"kind":"update".*Niemand belt/);
  });

  it('tells nobody of his own answer, and of none that is favourable', async () => {
    const { belay, give, told } = await house();
    await give(1, bram);
    await give(9);
    await belay.press(daan, acme, 'graded.why', 'round.one', 'Zo hoort het');
    expect(await told()).toEqual({});
  });

  it('rises to who is above its owner when he lets it lie, and no further', async () => {
    const { belay, unhappy, told } = await house();
    const followUp = await unhappy();
    expect(refusalOf(await belay.press(eva, direct, 'follow-ups.call', followUp))).toContain('voor het team');
    expect(await told('2026-11-25T08:59:00Z')).toEqual({});
    const again = await told('2026-11-25T09:00:00Z');
    expect(Object.keys(again)).toEqual(['bram']);
    expect(again.bram).toContain('wacht nog op opvolging');
    const risen = await told('2026-11-27T09:00:00Z');
    expect(Object.keys(risen)).toEqual(['carla']);
    expect(risen.carla).toMatch(/Daan Visser answered 4.*Call every Monday.*It is with Bram Bakker/);
    expect(await told('2026-12-18T09:00:00Z')).toEqual({});
  });

  it('is taken up by who is above its owner, whose card says so', async () => {
    const { belay, unhappy, told } = await house();
    const followUp = await unhappy();
    await told('2026-11-25T09:00:00Z');
    await told('2026-11-27T09:00:00Z');
    await belay.press(carla, direct, 'follow-ups.call', followUp);
    const { bram: before, carla: now, ...others } = await told();
    expect(before).toMatch(/"kind":"update".*Carla Smit belt/);
    expect(now).toContain('Carla Smit will call');
    expect(others).toEqual({});
    await belay.submit(bram, direct, 'follow-ups.done', followUp, { note: 'Toch zelf gebeld.' });
    expect(refusalOf(await belay.press(bram, direct, 'follow-ups.call', followUp))).toContain('Carla Smit');
    expect(await told()).toEqual({});
    expect(await told('2026-12-18T09:00:00Z')).toEqual({});
  });

  it('shows who is above its owner what that one did about it after all', async () => {
    const { belay, unhappy, give, told } = await house();
    const followUp = await unhappy();
    await told('2026-11-25T09:00:00Z');
    await told('2026-11-27T09:00:00Z');
    await belay.press(bram, direct, 'follow-ups.call', followUp);
    expect((await told()).carla).toMatch(/"kind":"update".*Bram Bakker will call/);
    await give(7);
    expect((await told()).carla).toMatch(/"kind":"update".*answered 7/);
    expect(belay.failures).toEqual([]);
  });

  it.each([
    ['nobody is', undefined],
    ['who is, has it himself', bram],
    ['who was, has left', { ...carla, outsider: true }],
  ])('rises to an administrator where %s', async (_why, rises) => {
    const { belay, unhappy, told, matter } = await house();
    matter.rises = rises;
    if (rises?.outsider)
      await belay.people.savePerson('T1', { ...rises, checkedAt: belay.time.now().toString() });
    const followUp = await unhappy();
    await told('2026-11-25T09:00:00Z');
    expect(Object.keys(await told('2026-11-27T09:00:00Z'))).toEqual(['anna']);
    await belay.press(anna, direct, 'follow-ups.call', followUp);
    expect((await told()).bram).toContain('Anna de Vries belt');
  });

  it('rises at once after two days when its owner has left', async () => {
    const { belay, unhappy, told } = await house();
    await unhappy();
    const left = { ...bram, outsider: true, checkedAt: belay.time.now().toString() };
    await belay.people.savePerson('T1', left);
    expect(Object.keys(await told('2026-11-25T09:00:00Z'))).toEqual(['carla']);
  });

  it.each([
    ['its owner', ['bram'], 'carla'],
    ['its owner and who is above him', ['bram', 'carla'], 'anna'],
  ])('is another’s at once when %s cannot be told', async (_who, silent, expected) => {
    const { belay, give, told } = await house();
    const { send } = belay.platform;
    belay.platform.send = async (message) => {
      if (silent.includes(toOf(message))) throw new SendError('never', 'user_deactivated');
      return send(message);
    };
    await give(3);
    const first = await told();
    const all = { ...first, ...(await told()) };
    expect(Object.keys(all)).toEqual([expected]);
    const row = belay.store.db.selectFrom('follow_up').select(['owner_id', 'told']);
    expect(await row.executeTakeFirst()).toEqual({ owner_id: expected, told: 1 });
  });

  it('tries each of those above its owner once when none of them can be told', async () => {
    const { belay, give, told } = await house();
    const tried: string[] = [];
    belay.platform.send = async (message) => {
      tried.push(toOf(message));
      throw new SendError('never', 'user_deactivated');
    };
    await give(3);
    for (let times = 0; times < 10; times += 1) await belay.settle();
    expect(tried).toEqual(['bram', 'carla', 'anna']);
    // Two days later once more to the one who has it now.
    for (const day of ['25', '27', '30']) await told(`2026-11-${day}T09:00:00Z`);
    for (let times = 0; times < 10; times += 1) await belay.settle();
    expect(tried).toEqual(['bram', 'carla', 'anna', 'anna']);
  });

  it('is told again in the morning when its time comes round at night', async () => {
    const { unhappy, told } = await house();
    await unhappy();
    expect(await told('2026-11-25T20:00:00Z')).toEqual({});
    expect((await told('2026-11-26T08:00:00Z')).bram).toContain('wacht nog op opvolging');
  });

  it('is handed over to a colleague, who has his own time for it', async () => {
    const { belay, unhappy, told } = await house();
    const followUp = await unhappy();
    const asked = wordsOf(await belay.press(bram, direct, 'follow-ups.hand', followUp));
    expect(asked).toMatch(/Anna de Vries.*Carla Smit/);
    expect(asked).not.toMatch(/Bram|Daan|Eva/);
    belay.time.advance({ hours: 24 });
    await belay.submit(bram, direct, 'follow-ups.hand', followUp, { person: 'carla' });
    const sent = await told();
    expect(sent.carla).toMatch(/Daan Visser answered 4.*Call every Monday.*I will call/);
    expect(sent.bram).toMatch(/"kind":"update".*Overgedragen aan Carla Smit/);
    expect(refusalOf(await belay.press(bram, direct, 'follow-ups.call', followUp))).toContain('Carla Smit');
    // Two days after Bram was told, but only one after Carla was.
    expect(await told('2026-11-25T09:00:00Z')).toEqual({});
    expect((await told('2026-11-26T09:00:00Z')).carla).toContain('still waits');
    const outsider = await belay.submit(carla, direct, 'follow-ups.hand', followUp, { person: 'daan' });
    expect(outsider).toMatchObject({ kind: 'refused', field: 'person' });
  });

  it('is done with what came of it, by whoever it was, and is told anew when he is dissatisfied anew', async () => {
    const { belay, unhappy, give, told } = await house();
    const followUp = await unhappy();
    expect((await belay.press(anna, direct, 'follow-ups.done', followUp)).kind).toBe('ask');
    const empty = await belay.submit(anna, direct, 'follow-ups.done', followUp, { note: ' ' });
    expect(empty).toMatchObject({ kind: 'refused', field: 'note' });
    await belay.submit(anna, direct, 'follow-ups.done', followUp, { note: 'Gesproken.' });
    const { bram: before = '' } = await told();
    expect(before).toMatch(/"kind":"update".*Opgevolgd door Anna de Vries.*Gesproken/);
    expect(before).not.toContain('follow-ups.call');
    expect(refusalOf(await belay.press(bram, direct, 'follow-ups.call', followUp))).toContain(
      'Anna de Vries',
    );
    expect(refusalOf(await belay.press(anna, direct, 'follow-ups.call', followUp))).toContain('al afgerond');
    await give(3);
    expect(await told()).toEqual({});
    await give(8);
    await told();
    await give(2);
    expect((await told()).anna).toMatch(/"kind":"post".*gaf een 2.*Ik bel/);
  });

  it('need not be done when the grade is raised before anybody took it up', async () => {
    const { belay, unhappy, give, told } = await house();
    const followUp = await unhappy();
    await give(8);
    expect((await told()).bram).toMatch(/"kind":"update".*gaf een 8.*Opvolgen hoeft niet meer/);
    expect(refusalOf(await belay.press(bram, direct, 'follow-ups.call', followUp))).toContain('al afgerond');
    expect(await told('2026-12-18T09:00:00Z')).toEqual({});
    await give(5);
    expect((await told()).bram).toMatch(/"kind":"post".*gaf een 5.*Ik bel/);
  });

  it('is no more when the answer is gone', async () => {
    const { belay, unhappy, told, matter } = await house();
    const followUp = await unhappy();
    matter.gone = true;
    for (const name of ['follow-ups.call', 'follow-ups.hand', 'follow-ups.done'])
      expect(refusalOf(await belay.press(bram, direct, name, followUp))).toContain('niet meer');
    expect(await told('2026-12-18T09:00:00Z')).toEqual({});
  });

  it('is one for each question of each capability', async () => {
    const { belay, give } = await house();
    const poll = await askIn(belay, acme);
    await belay.press(daan, acme, 'polls.vote', poll, '4');
    await give(4, daan, poll);
    await give(4, daan, 'round.two');
    await give(4, eva, 'round.two');
    const sent = await belay.settle();
    const owned = sent.filter(({ person }) => person === 'bram');
    expect(
      sent
        .filter(({ person }) => person === 'anna')
        .map(wordsOf)
        .join(),
    ).toContain('NPS');
    expect(owned).toHaveLength(3);
    await belay.press(bram, direct, 'follow-ups.call', subjectOf(owned[0], 'follow-ups.call'));
    const count = (kind: string, subject: string) =>
      countFollowUps(belay.store.db, 'T1', { kind, subject }).then(({ open, calling }) => [open, calling]);
    expect(await count('polls', poll)).toEqual([1, 0]);
    expect(await count('graded', poll)).toEqual([0, 1]);
    expect(await count('graded', 'round.two')).toEqual([2, 0]);
  });

  it('knows no follow-up of another workspace, and none that is not there', async () => {
    const { belay, unhappy } = await house();
    const followUp = await unhappy();
    const abroad = await belay.press(bram, direct, 'follow-ups.call', followUp, '', { tenant: 'T2' });
    expect(refusalOf(abroad)).toContain('niet meer');
    for (const name of ['follow-ups.call', 'follow-ups.hand', 'follow-ups.done']) {
      expect(refusalOf(await belay.press(daan, acme, name, followUp))).toContain('alleen voor het team');
      expect(refusalOf(await belay.press(bram, direct, name, 'no-such'))).toContain('niet meer');
    }
  });

  it('hears cards that were posted, and jobs that were planned, when polls alone were followed up', async () => {
    const { belay, unhappy, told } = await house();
    const followUp = await unhappy();
    expect((await belay.press(bram, direct, 'polls.follow-hand', followUp)).kind).toBe('ask');
    expect((await belay.press(bram, direct, 'polls.follow-done', followUp)).kind).toBe('ask');
    await belay.submit(bram, direct, 'polls.follow-hand', followUp, { person: 'anna' });
    expect((await told()).anna).toContain('gaf een 4');
    const { now } = belay.time;
    const run = (job: string) =>
      belay.store.transact((tx) =>
        belay.carry(tx, { tenant: 'T1', platform: 'test', now: now(), person: '', place: '' }, [
          { do: 'later', job, subject: followUp, at: now() },
        ]),
      );
    belay.time.set('2026-11-26T12:00:00Z');
    await belay.store.db.deleteFrom('job').where('name', '=', 'follow-ups.due').execute();
    await run('polls.follow');
    expect((await told()).anna).toContain('wacht nog op opvolging');
    await run('polls.follow-unheard');
    expect((await told()).carla).toContain('Daan Visser answered 4');
    await belay.press(carla, direct, 'polls.follow-call', followUp);
    expect((await told()).carla).toContain('Carla Smit will call');
    await belay.submit(carla, direct, 'polls.follow-done', followUp, { note: 'Called.' });
    expect((await told()).carla).toContain('Followed up by Carla Smit');
  });
});
