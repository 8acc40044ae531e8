import { expect, it } from 'vitest';
import { SendError } from '../../../src/chat/platform.ts';
import { unlinkPlace } from '../../../src/features/clients/link-store.ts';
import { addContact } from '../../../src/features/clients/people-store.ts';
import { eventsOf } from '../../../src/features/expectations/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, type TeamHouse, toldIn, toldTo } from '../../support/expectation-house.ts';
import { acme, anna, carla, daan, general, wordsOf } from '../../support/house.ts';

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());

  /** Nothing can be posted there any more. */
  function close(belay: TeamHouse, ...closed: string[]): void {
    const { send } = belay.platform;
    belay.platform.send = async (message) => {
      if (closed.includes(message.person ?? message.place ?? '')) throw new SendError('never', 'gone');
      return send(message);
    };
  }

  const makeCarlaAdmin = ({ people }: TeamHouse) =>
    people.savePerson('T1', { ...carla, admin: true, checkedAt: '' });
  const annaLeaves = ({ people }: TeamHouse) =>
    people.savePerson('T1', { ...anna, outsider: true, admin: false, checkedAt: '' });

  it('tells the owner when it could not be put before the client, so that it is sent again', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'concrete' });
    close(belay, 'acme');
    await belay.press(anna, general, 'expectations.send', id);
    const told = toldTo(await belay.settle(), 'anna');
    expect(told).toMatch(
      /kon niet worden voorgelegd in het kanaal dat we met Acme delen.*Sneller antwoord, concreet/,
    );
    expect(told).toContain(`"press":"expectations.send","subject":"${id}"`);
    expect((await belay.find(id)).state).toBe('concrete');
    const events = await belay.store.transact((tx) => eventsOf(tx, 'T1', id));
    expect(events.at(-1)?.happened).toBe('unsent');
  });

  it('tells the owner when it could not be put before a person, and offers to add another', async () => {
    const belay = await house();
    await belay.store.transact(async (tx) => {
      await unlinkPlace(tx, { tenant: 'T1', platform: 'test', place: 'acme' });
      const nothing = { role: undefined, language: undefined, email: undefined };
      const eva = { id: 'k1', client: 'c1', name: 'Eva Jansen', person: 'eva' };
      await addContact(tx, 'T1', { ...nothing, ...eva }, belay.time.now());
    });
    const id = await belay.plant('Sneller antwoord', { stage: 'concrete' });
    close(belay, 'eva');
    await belay.submit(anna, general, 'expectations.send-to', id, { contact: 'k1' });
    const told = toldTo(await belay.settle(), 'anna');
    expect(told).toMatch(/kon niet aan Acme worden voorgelegd.*contactpersoon nog bereikbaar/);
    expect(told).not.toContain('in dat kanaal');
    expect(told).toMatch(
      /"expectations\.send","subject":"[^"]+","label":"Opnieuw voorleggen".*"clients\.contact"/,
    );
  });

  it('tells the owner what the team’s channel cannot hear', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'sent' });
    close(belay, 'general');
    await belay.press(daan, acme, 'expectations.confirm', (await belay.find(id)).wording.id);
    const sent = await belay.settle();
    expect(toldTo(sent, 'anna')).toMatch(
      /Ik kon het team dit niet laten weten.*Acme.*bevestigd door Daan Visser/,
    );
    expect(toldTo(sent, 'anna')).toContain('expectations.show');
    expect(toldIn(sent, 'acme')).not.toContain('niet laten weten');
  });

  it('tells an administrator what the owner cannot hear, and gives up when that one cannot either', async () => {
    const belay = await house();
    await makeCarlaAdmin(belay);
    const id = await belay.plant('Sneller antwoord', { stage: 'sent' });
    const { wording } = await belay.find(id);
    close(belay, 'anna');
    await belay.press(daan, acme, 'expectations.doubt', wording.id);
    const sent = await belay.settle();
    expect(toldTo(sent, 'carla')).toMatch(/Anna de Vries.*Acme/);
    close(belay, 'anna', 'carla');
    await belay.press(anna, general, 'expectations.send', id);
    await belay.settle();
    await belay.press(daan, acme, 'expectations.doubt', wording.id);
    expect(toldTo(await belay.settle(), 'carla')).toBe('');
    expect(toldTo(await belay.settle(), 'carla')).toBe('');
  });

  it('tells an administrator at once when the owner has left', async () => {
    const belay = await house();
    await makeCarlaAdmin(belay);
    await annaLeaves(belay);
    const id = await belay.plant('Sneller antwoord', { stage: 'sent' });
    await belay.press(daan, acme, 'expectations.doubt', (await belay.find(id)).wording.id);
    const sent = await belay.settle();
    expect(toldTo(sent, 'carla')).toContain('Sneller antwoord, concreet');
    expect(toldTo(sent, 'anna')).toBe('');
  });

  it('of one about a person, not judged yet, tells the manager instead of an administrator', async () => {
    const belay = await house();
    await makeCarlaAdmin(belay);
    await annaLeaves(belay);
    await belay.store.transact((tx) => unlinkPlace(tx, { tenant: 'T1', platform: 'test', place: 'general' }));
    const person = { id: 'anna', name: anna.name };
    const id = await belay.plant('Anna belt', { stage: 'sent', inside: { about: 'person', person } });
    await belay.press(daan, acme, 'expectations.confirm', (await belay.find(id)).wording.id);
    const sent = await belay.settle();
    expect(toldTo(sent, 'bram')).toContain('Anna belt, concreet');
    expect(sent.map(wordsOf).join()).not.toMatch(/"person":"carla"/);
  });
});
