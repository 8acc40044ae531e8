import { expect, it } from 'vitest';
import { type Outgoing, SendError } from '../../../src/chat/platform.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  acme,
  anna,
  askIn,
  bram,
  daan,
  direct,
  eva,
  general,
  type House,
  openHouse,
  refusalOf,
  wordsOf,
} from '../../support/house.ts';

eachDatabase((_, open) => {
  const house = async () => openHouse(await open());
  const toPerson = (sent: Outgoing[], id: string) =>
    sent.filter(({ person, kind }) => person === id && kind !== 'whisper');
  const words = (sent: Outgoing[], id: string) => toPerson(sent, id).map(wordsOf).join('\n');

  /** Daan gives a low grade; returns the poll and the follow-up that Anna is told of. */
  async function unhappy(belay: House, grade = '3') {
    const poll = await askIn(belay, acme);
    await belay.press(daan, acme, 'polls.vote', poll, grade);
    const told = words(await belay.settle(), 'anna');
    const [, followUp = ''] = /"follow-ups\.call","subject":"([^"]+)"/.exec(told) ?? [];
    return { poll, followUp, told };
  }

  it('tells the one who asked at once, privately, with what to do', async () => {
    const belay = await house();
    const { told, poll } = await unhappy(belay);
    expect(told).toMatch(/Daan Visser gaf een 3 \(van 10\).*Ik bel.*Overdragen.*Klaar/);
    await belay.submit(daan, acme, 'polls.why', poll, { why: 'Niemand belt terug' });
    const sent = await belay.settle();
    expect(sent.filter(({ place }) => place === 'acme')).toEqual([]);
    expect(words(sent, 'anna')).toMatch(/"kind":"update".*Niemand belt terug/);
  });

  it.each([
    ['nps', '6', true],
    ['nps', '7', false],
    ['ces', '3', true],
    ['ces', '4', false],
    ['csat', '2', true],
    ['csat', '3', false],
  ])('%s %s is told: %s', async (kind, grade, is) => {
    const belay = await house();
    const poll = await askIn(belay, acme, `${kind} vragen`);
    await belay.press(daan, acme, 'polls.vote', poll, grade);
    expect(words(await belay.settle(), 'anna') !== '').toBe(is);
  });

  it('tells nobody of his own answer', async () => {
    const belay = await house();
    const poll = await askIn(belay, general);
    await belay.press(anna, general, 'polls.vote', poll, '0');
    expect(words(await belay.settle(), 'anna')).toBe('');
  });

  it('is told again after two working days, then to an admin, and then no more', async () => {
    const belay = await house();
    // Bram asks; Anna administers.
    const poll = await askIn(belay, acme, 'nps vragen voor 30 dagen', bram);
    await belay.press(daan, acme, 'polls.vote', poll, '0');
    await belay.settle();
    belay.time.set('2026-11-25T08:59:00Z');
    expect(words(await belay.settle(), 'bram')).toBe('');
    belay.time.set('2026-11-25T09:00:00Z');
    expect(words(await belay.settle(), 'bram')).toMatch(/wacht nog op opvolging/);
    belay.time.set('2026-11-26T09:30:00Z');
    await belay.settle();
    belay.time.set('2026-11-27T09:00:00Z');
    const last = await belay.settle();
    expect(words(last, 'anna')).toMatch(/Daan Visser gaf een 0.*Het ligt bij Bram Bakker/);
    expect(words(last, 'bram')).toBe('');
    belay.time.set('2026-12-10T09:00:00Z');
    expect(words(await belay.settle(), 'anna')).toBe('');
  });

  it('goes no further once he says he will call, and keeps what came of it', async () => {
    const belay = await house();
    const { followUp, poll } = await unhappy(belay);
    await belay.press(anna, direct, 'follow-ups.call', followUp);
    expect(words(await belay.settle(), 'anna')).toMatch(/"kind":"update".*Anna de Vries belt/);
    belay.time.set('2026-11-27T12:00:00Z');
    const later = words(await belay.settle(), 'anna');
    expect(later).not.toContain('opvolging');

    expect((await belay.press(anna, direct, 'follow-ups.done', followUp)).kind).toBe('ask');
    const empty = await belay.submit(anna, direct, 'follow-ups.done', followUp, { note: ' ' });
    expect(empty).toMatchObject({ kind: 'refused', field: 'note' });
    await belay.submit(anna, direct, 'follow-ups.done', followUp, { note: 'Gebeld, het is opgelost.' });
    expect(words(await belay.settle(), 'anna')).toMatch(
      /Opgevolgd door Anna de Vries.*Gebeld, het is opgelost/,
    );
    expect(refusalOf(await belay.press(anna, direct, 'follow-ups.call', followUp))).toContain('al afgerond');

    await belay.press(eva, acme, 'polls.vote', poll, '5');
    await belay.say(anna, acme, 'nps sluiten');
    expect(words(await belay.settle(), 'anna')).toContain(
      'Opvolging van wie niet tevreden is: 1 opgevolgd, 1 nog niet opgepakt.',
    );
  });

  it('is dropped when he thinks better of it, and taken up again when he does not', async () => {
    const belay = await house();
    const { poll, followUp } = await unhappy(belay);
    await belay.press(daan, acme, 'polls.vote', poll, '8');
    expect(words(await belay.settle(), 'anna')).toMatch(/"kind":"update".*Opvolgen hoeft niet meer/);
    expect(refusalOf(await belay.press(anna, direct, 'follow-ups.call', followUp))).toContain('al afgerond');
    belay.time.set('2026-11-27T12:00:00Z');
    expect(words(await belay.settle(), 'anna')).not.toContain('gaf een');
    await belay.press(daan, acme, 'polls.vote', poll, '2');
    expect(words(await belay.settle(), 'anna')).toMatch(/"kind":"post".*gaf een 2/);
    await belay.press(daan, acme, 'polls.vote', poll, '1');
    expect(words(await belay.settle(), 'anna')).toMatch(/"kind":"update".*gaf een 1/);
    belay.time.advance({ hours: 24 });
    await belay.say(anna, acme, 'nps sluiten');
    expect(words(await belay.settle(), 'anna')).toContain(
      'Opvolging van wie niet tevreden is: 1 nog niet opgepakt.',
    );
  });

  it('goes to an administrator at once when the one who asked cannot be told', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme, 'nps vragen', bram);
    const { send } = belay.platform;
    belay.platform.send = async (message) => {
      if (message.person === 'bram') throw new SendError('never', 'user_deactivated');
      return send(message);
    };
    await belay.press(daan, acme, 'polls.vote', poll, '1');
    const told = words(await belay.settle(), 'anna');
    expect(told).toMatch(/gaf een 1.*Ik bel/);
    const [, followUp = ''] = /"follow-ups\.call","subject":"([^"]+)"/.exec(told) ?? [];
    await belay.press(anna, direct, 'follow-ups.call', followUp);
    expect(words(await belay.settle(), 'anna')).toContain('Anna de Vries belt');
    await belay.say(anna, acme, 'nps sluiten');
    expect(words(await belay.settle(), 'anna')).toContain('Uitslag NPS');
  });

  it('loses nothing of what two do at the same time', async () => {
    const belay = await house();
    const { poll, followUp } = await unhappy(belay);
    for (let round = 0; round < 10; round += 1) {
      const [done] = await Promise.all([
        belay.submit(anna, direct, 'follow-ups.done', followUp, { note: `ronde ${round}` }),
        belay.press(daan, acme, 'polls.vote', poll, '8'),
      ]);
      const kept = await belay.store.db.selectFrom('follow_up').select(['state', 'note']).executeTakeFirst();
      if (done.kind === 'refused') expect(kept?.state).toBe('dropped');
      else expect(kept).toEqual({ state: 'done', note: `ronde ${round}` });
      await belay.press(daan, acme, 'polls.vote', poll, '2');
    }
  });

  it('follows up nothing of a question that was withdrawn', async () => {
    const belay = await house();
    await unhappy(belay);
    await belay.say(anna, acme, 'nps annuleren');
    await belay.settle();
    belay.time.set('2026-12-03T12:00:00Z');
    expect(words(await belay.settle(), 'anna')).toBe('');
  });
});
