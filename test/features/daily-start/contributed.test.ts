import { expect, it } from 'vitest';
import { newClient } from '../../../src/features/clients/clients.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
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
  wordsOf,
} from '../../support/house.ts';

/** What other capabilities tell a team in the morning. Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  const morning = async (belay: TeamHouse, moment = '2026-11-24T08:00:00Z') => {
    belay.time.set(moment);
    await belay.settle();
    await belay.say(anna, general, 'dagstart nu');
    return wordsOf((await belay.settle()).find(({ kind }) => kind === 'post') as never);
  };

  it('is with whom its people speak today, in order, and nobody else’s', async () => {
    const belay = await house();
    await belay.say(anna, direct, 'gesprek Acme morgen 14:00');
    await belay.say(bram, direct, 'gesprek Acme morgen 11:00');
    await belay.say(bram, direct, 'gesprek Acme overmorgen 11:00');
    await belay.say(carla, direct, 'klant toevoegen Elders');
    await belay.say(carla, direct, 'gesprek Elders morgen 12:00');
    await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
    const card = await morning(belay);
    expect(card).toMatch(/11:00 gesprek met Acme: Bram Bakker.*14:00 gesprek met Acme: Anna de Vries/);
    expect(card).not.toContain('Elders');
    expect(card.match(/gesprek met/g)).toHaveLength(2);
  });

  it('is no longer than a card has room for', async () => {
    const belay = await house();
    for (let hour = 10; hour < 20; hour += 1)
      await belay.say(anna, direct, `gesprek Acme morgen ${hour}:00-${hour}:20`);
    const card = await morning(belay);
    expect(card.match(/gesprek met Acme/g)).toHaveLength(5);
    expect(card).toContain('En nog 5.');
  });

  it('is what clients confirmed, what waits for them a week, and what is due', async () => {
    const belay = await house();
    await belay.plant('Sneller antwoord', { stage: 'sent' });
    await belay.plant('Over Bram', {
      stage: 'sent',
      inside: { about: 'person', person: { id: 'bram', name: 'Bram' } },
    });
    belay.time.set('2026-11-30T08:00:00Z');
    await belay.plant('Eén nummer', { stage: 'confirmed' });
    const card = await morning(belay, '2026-11-30T09:30:00Z');
    expect(card).toContain('Acme bevestigde: “Eén nummer, concreet”');
    expect(card).toMatch(/Acme: \d verwachting(en)? wacht(en)? al een week/);
    expect(await morning(belay, '2027-06-15T09:00:00Z')).toContain('toe aan terugblik');
  });

  it('is which ideas came for their clients', async () => {
    const belay = await house();
    await belay.say(bram, direct, 'verbetering Acme: Vooraf bellen');
    await belay.say(carla, direct, 'verbetering Nieuwe koffie');
    await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
    const card = await morning(belay);
    expect(card).toContain('Nieuw idee: “Vooraf bellen” (Bram Bakker)');
    expect(card).not.toContain('koffie');
  });

  it('is how many have answered what they were asked, unless nobody may know', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme);
    await belay.press(daan, acme, 'polls.vote', poll, '9');
    await belay.press(eva, acme, 'polls.vote', poll, '6');
    const card = await morning(belay, '2026-11-23T13:00:00Z');
    expect(card).toContain('NPS bij Acme: 2 antwoorden erbij');
    await belay.say(anna, general, 'dagstart sluiten');
    expect(await morning(belay, '2026-11-24T08:00:00Z')).not.toContain('NPS');
    await belay.say(anna, general, 'dagstart sluiten');
    belay.time.advance({ minutes: 5 });
    await belay.press(finn, acme, 'polls.vote', poll, '8');
    await belay.say(anna, acme, 'nps sluiten');
    expect(await morning(belay, '2026-11-25T08:00:00Z')).toContain(
      'NPS bij Acme is gesloten, met 3 antwoorden',
    );
    await belay.say(anna, general, 'dagstart sluiten');
    const hidden = await askIn(belay, acme, 'nps vragen anoniem');
    await belay.submit(daan, acme, 'polls.vote', hidden, { grade: '9' });
    await belay.say(anna, acme, 'nps sluiten');
    expect(await morning(belay, '2026-11-26T08:00:00Z')).not.toContain('NPS');
  });

  it('is of the clients of its own people only', async () => {
    const belay = await house();
    const owner = { id: 'carla', name: carla.name };
    const elders = newClient({ id: 'c9', name: 'Elders', owner, createdAt: belay.time.now() });
    await belay.store.transact((tx) => addClient(tx, 'T1', elders));
    await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
    await belay.plant('Iets anders', { client: 'c9', stage: 'confirmed' });
    await belay.say(carla, direct, 'klacht Elders: traag');
    const card = await morning(belay);
    expect(card).not.toContain('Elders');
    expect(card).not.toContain('traag');
  });
});
