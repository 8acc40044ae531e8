import { expect, it } from 'vitest';
import type { Outgoing } from '../../../src/chat/platform.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  acme,
  anna,
  askIn,
  bram,
  carla,
  daan,
  direct,
  eva,
  finn,
  general,
  openHouse,
  pollIn,
  refusalOf,
  wordsOf,
} from '../../support/house.ts';

eachDatabase((_, open) => {
  const house = async () => openHouse(await open());
  const reminded = (sent: Outgoing[]) =>
    sent.filter((one) => wordsOf(one).includes('"scale"') && one.person).map(({ person }) => person);

  it('goes once, privately, after three working days, to those who have not answered', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme);
    await belay.press(eva, acme, 'polls.vote', poll, '9');
    belay.time.set('2026-11-26T08:59:00Z');
    expect(await belay.settle()).toHaveLength(1);
    belay.time.set('2026-11-26T09:00:00Z');
    const sent = await belay.settle();
    expect(reminded(sent).sort()).toEqual(['daan', 'finn']);
    expect(sent.filter(({ place }) => place)).toEqual([]);
    const toAnna = sent.find(({ person }) => person === 'anna');
    expect(wordsOf(toAnna ?? { kind: 'nothing' })).toMatch(
      /2 van de 3 hebben nog niet geantwoord.*2 van hen/,
    );
    expect(wordsOf(toAnna ?? { kind: 'nothing' })).not.toMatch(/Daan|Finn|Eva/);
    belay.time.advance({ hours: 72 });
    expect(reminded(await belay.settle())).toEqual([]);
  });

  it('leaves alone who had a message within a day, and tells how many those are, not who', async () => {
    const belay = await house();
    await askIn(belay, acme);
    await askIn(belay, acme, 'csat vragen');
    belay.time.set('2026-11-26T09:00:00Z');
    const sent = await belay.settle();
    expect(reminded(sent).sort()).toEqual(['daan', 'eva', 'finn']);
    const told = sent.filter(({ person }) => person === 'anna').map(wordsOf);
    expect(told.join()).toMatch(/Ik herinner 3 van hen/);
    expect(told.join()).toContain('3 van hen kregen net al een bericht van mij.');
    expect(told.join()).not.toMatch(/Daan|Finn|Eva|niet zelf bereiken/);
  });

  it('reminds one human once, in the chat, who was invited by mail too', async () => {
    const belay = await house();
    await belay.people.savePerson('T1', { ...eva, email: 'Eva@acme.example', checkedAt: '' });
    const poll = await askIn(belay, acme);
    const addresses = 'eva@acme.example\nnobody@acme.example';
    await belay.submit(anna, acme, 'polls.invite', poll, { addresses, language: 'nl' });
    await belay.settle();
    belay.time.set('2026-11-26T09:00:00Z');
    const sent = await belay.settle();
    expect(reminded(sent).sort()).toEqual(['daan', 'eva', 'finn']);
    expect(sent.flatMap(({ person }) => (person?.includes('@') ? person : []))).toEqual([
      'nobody@acme.example',
    ]);
    // A reminder is no question: the budget of questions is that of the invitation.
    belay.time.set('2026-11-27T09:00:00Z');
    await belay.say(anna, acme, 'ces vragen');
    const other = pollIn(await belay.settle());
    const again = await belay.submit(anna, acme, 'polls.invite', other, {
      ...{ addresses: 'daan@acme.example\neva@acme.example', language: 'nl' },
    });
    expect(wordsOf(again)).toMatch(
      /één uitnodiging.*daan@acme.*eva@acme.example kreeg op 23 november al een persoonlijke/,
    );
  });

  it('is answered where it is read', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme);
    belay.time.set('2026-11-26T09:00:00Z');
    await belay.settle();
    const his = { ...direct, shared: true };
    expect((await belay.press(daan, his, 'polls.vote', poll, '4')).kind).toBe('answer');
    expect((await belay.submit(daan, his, 'polls.why', poll, { why: 'Te traag' })).kind).toBe('answer');
    expect(await belay.store.db.selectFrom('vote').select(['person_id', 'why']).execute()).toEqual([
      { person_id: 'daan', why: 'Te traag' },
    ]);
  });

  it('is answered by nobody who is not in the channel', async () => {
    const belay = await house();
    await belay.people.saveMembers('T1', 'acme', ['anna', 'daan']);
    const poll = await askIn(belay, acme);
    expect(refusalOf(await belay.press(finn, direct, 'polls.vote', poll, '4'))).toContain('niet meer');
    expect(refusalOf(await belay.press(daan, general, 'polls.vote', poll, '4'))).toContain('niet meer');
  });

  it('speaks the language of each', async () => {
    const belay = await house();
    await askIn(belay, general);
    belay.time.set('2026-11-26T09:00:00Z');
    const sent = await belay.settle();
    expect(wordsOf(sent.find(({ person }) => person === 'carla') ?? { kind: 'nothing' })).toContain(
      'This is the only reminder',
    );
    expect(wordsOf(sent.find(({ person }) => person === 'bram') ?? { kind: 'nothing' })).toContain(
      'Dit is de enige herinnering',
    );
  });

  it('knows who answered anonymously, and tells nobody who', async () => {
    const belay = await house();
    const poll = await askIn(belay, general, 'nps vragen anoniem');
    await belay.submit(bram, general, 'polls.ballot', poll, { grade: '3' });
    belay.time.set('2026-11-26T09:00:00Z');
    const sent = await belay.settle();
    expect(reminded(sent).sort()).toEqual(['anna', 'carla']);
    expect(
      sent
        .filter((one) => /van de 3 hebben/.test(wordsOf(one)))
        .map(wordsOf)
        .join(),
    ).not.toMatch(/Bram|Carla/);
  });

  it('does not come when everybody answered, when the poll is closed, or when it is shorter', async () => {
    const belay = await house();
    for (const [text, votes, close] of [
      ['nps vragen', true, false],
      ['ces vragen', false, true],
      ['csat vragen voor 3 dagen', false, false],
    ] as const) {
      const poll = await askIn(belay, general, text);
      for (const person of votes ? [anna, bram, carla] : [])
        await belay.press(person, general, 'polls.vote', poll, '9');
      if (close) await belay.say(anna, general, 'ces sluiten');
    }
    await belay.settle();
    belay.time.set('2026-11-26T09:00:00Z');
    expect((await belay.settle()).filter((one) => /herinner|nog niet geantwoord/.test(wordsOf(one)))).toEqual(
      [],
    );
  });

  it('asks nobody in a channel that Belay has left', async () => {
    const belay = await house();
    await askIn(belay, general);
    await belay.people.savePlace('T1', { ...general, reachable: false, checkedAt: '2026-11-24T09:00:00Z' });
    belay.time.set('2026-11-26T09:00:00Z');
    expect(reminded(await belay.settle())).toEqual([]);
  });
});
