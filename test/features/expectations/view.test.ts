import { expect, it } from 'vitest';
import type { Outcome } from '../../../src/chat/platform.ts';
import { addContact } from '../../../src/features/clients/people-store.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  carla,
  daan,
  direct,
  eva,
  finn,
  general,
  refusalOf,
  wordsOf,
} from '../../support/house.ts';

eachDatabase((_, open) => {
  const house = async () => openTeamHouse(await open());
  const mine = (belay: TeamHouse, person = daan, place = acme, subject = '', detail = '') =>
    belay.press(person, place, 'expectations.mine', subject, detail);
  const pressesIn = (said: Outcome) =>
    [...JSON.stringify(said).matchAll(/"press":"([^"]+)"/g)].map(([, press]) => press);

  it('shows a contact what was put before him, where it stands, and how he will see that it is met', async () => {
    const belay = await house();
    await belay.plant('Nog niet voorgelegd', { stage: 'concrete' });
    await belay.plant('Sneller antwoord', { stage: 'confirmed', seen: 'Binnen een dag' });
    await belay.plant('Vaste contactpersoon', { stage: 'sent', direction: 'ours' });
    const view = await mine(belay);
    const said = wordsOf(view);
    expect(said).toMatch(
      /Wat u van ons verwacht.*Sneller antwoord, concreet.*Binnen een dag.*Bevestigd door Daan Visser op 23 november 2026\. Rond 22 mei 2027/,
    );
    expect(said).toMatch(/Wat wij van u vragen.*Vaste contactpersoon, concreet.*wacht op uw antwoord/);
    expect(said).not.toContain('Nog niet voorgelegd');
    expect(said).toContain('"url":"https://belay.example/expectations.document/c1.person:daan"');
    expect(pressesIn(view)).toEqual([
      'expectations.correct',
      'expectations.doubt',
      'expectations.confirm',
      'expectations.correct',
      'expectations.doubt',
    ]);
    const [sent] = await belay.settle();
    expect(sent).toBeUndefined();
    expect(wordsOf(await belay.say(daan, acme, 'verwacht'))).toBe(said);
    expect(wordsOf(await belay.say(daan, direct, 'expect'))).toBe(said);
  });

  it('keeps showing what he confirmed when the team ended it with a text that he never saw', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    await belay.submit(anna, general, 'expectations.edit', id, { text: 'Geheime tekst' });
    await belay.press(anna, general, 'expectations.withdraw', id);
    const said = wordsOf(await mine(belay));
    expect(said).toMatch(/Afgerond.*Sneller antwoord, concreet.*Vervallen op 23 november 2026/);
    expect(said).not.toContain('Geheime tekst');
  });

  it('answers for him alone where it cannot go back with the press', async () => {
    const belay = await house();
    await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    await belay.press(daan, acme, 'expectations.mine', '', '', { returns: 'nothing' });
    expect(await belay.settle()).toMatchObject([{ kind: 'whisper', person: 'daan', audience: 'person' }]);
  });

  it('keeps showing what he confirmed while the team puts it into other words', async () => {
    const belay = await house();
    const id = await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    await belay.submit(anna, general, 'expectations.edit', id, { text: 'Geheime nieuwe tekst' });
    const view = await mine(belay);
    expect(wordsOf(view)).toMatch(
      /Sneller antwoord, concreet.*Bevestigd door Daan Visser.*passen de tekst aan/,
    );
    expect(wordsOf(view)).not.toContain('Geheime');
    expect(pressesIn(view)).toEqual([]);
  });

  it('shows where each went: corrected, doubted, over', async () => {
    const belay = await house();
    const corrected = await belay.plant('Een', { stage: 'sent' });
    const doubted = await belay.plant('Twee', { stage: 'sent' });
    const withdrawn = await belay.plant('Drie', { stage: 'sent' });
    const met = await belay.plant('Vier', { stage: 'confirmed' });
    const never = await belay.plant('Vijf', { stage: 'concrete' });
    const wordingOf = async (id: string) => (await belay.find(id)).wording.id;
    await belay.submit(eva, acme, 'expectations.correct', await wordingOf(corrected), {
      text: 'Een en half',
    });
    await belay.press(eva, acme, 'expectations.doubt', await wordingOf(doubted));
    for (const id of [withdrawn, never]) await belay.press(anna, general, 'expectations.withdraw', id);
    await belay.press(anna, general, 'expectations.met', met);
    const said = wordsOf(await mine(belay));
    expect(said).toMatch(/Een en half.*Anders verwoord door Eva Jansen op 23 november 2026/);
    expect(said).toMatch(
      /Twee, concreet.*Eva Jansen zei hier op 23 november 2026 nee op.*Anna de Vries bespreekt/,
    );
    expect(said).toMatch(/Afgerond.*Waargemaakt op 23 november 2026/);
    expect(said).toMatch(/Vervallen op 23 november 2026/);
    expect(said).not.toContain('Vijf');
  });

  it('has all of many, a few at a time', async () => {
    const belay = await house();
    for (let at = 1; at <= 7; at += 1) await belay.plant(`Verwachting ${at}`, { stage: 'sent' });
    const first = await mine(belay);
    expect(wordsOf(first)).toContain('"press":"expectations.mine.5","subject":"c1","label":"Nog 2 bekijken"');
    const rest = await mine(belay, daan, acme, 'c1', '5');
    for (let at = 1; at <= 7; at += 1)
      expect(wordsOf(at <= 5 ? first : rest)).toContain(`Verwachting ${at},`);
    // A number that nobody's button has.
    for (const detail of ['x', '-1'])
      expect(wordsOf(await mine(belay, daan, acme, 'c1', detail))).toContain('Verwachting 1,');
    expect((await mine(belay, daan, acme, 'c1', '9999')).kind).toBe('answer');
  });

  it('cuts no text that he is asked to confirm', async () => {
    const belay = await house();
    const long = (at: number) => `${at} ${'lang '.repeat(397)}einde`;
    for (const at of [1, 2, 3]) await belay.plant(long(at), { stage: 'sent', seen: 'x'.repeat(500) });
    const seen: number[] = [];
    for (let from = 0; from < 3; from += 1) {
      const view = wordsOf(await mine(belay, daan, acme, 'c1', `${from}`));
      for (const at of [1, 2, 3]) if (view.includes(`${long(at)}, concreet`)) seen.push(at);
    }
    expect(seen).toEqual([1, 2, 3]);
  });

  it('leaves out the page to print where Belay has no address', async () => {
    const belay = await house();
    await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    belay.outside.link = () => undefined;
    expect(wordsOf(await mine(belay))).not.toContain('"url"');
  });

  it('has a warm word when there is nothing yet, and a clear one for nobody’s contact', async () => {
    const belay = await house();
    const empty = wordsOf(await mine(belay));
    expect(empty).toContain('Vertel ons gerust wat u van ons verwacht');
    expect(empty).not.toContain('"url"');
    await belay.people.saveMembers('T1', 'acme', ['anna', 'bram', 'carla', 'daan', 'eva']);
    expect(refusalOf(await mine(belay, finn, direct))).toContain('bij geen organisatie bekend');
    expect(refusalOf(await mine(belay, anna, direct))).toContain('bij geen organisatie bekend');
  });

  it('shows the team what the client sees, without buttons to answer for him', async () => {
    const belay = await house();
    await belay.plant('Sneller antwoord', { stage: 'sent' });
    for (const person of [anna, carla]) {
      const view = await mine(belay, person);
      expect(wordsOf(view)).toMatch(/Zo ziet de klant het|how the client sees it/);
      expect(wordsOf(view)).toContain('Sneller antwoord, concreet');
      expect(pressesIn(view)).toEqual([]);
    }
  });

  it('shows a contact of two clients each apart, and another client to nobody', async () => {
    const belay = await house();
    const north = acmeClient(belay, { id: 'c2', name: 'Acme Noord' });
    await belay.store.transact(async (tx) => {
      await addClient(tx, 'T1', north);
      const eva = { id: 'k1', client: 'c2', name: 'Eva Jansen', person: 'eva' };
      const nothing = { role: undefined, language: undefined, email: undefined };
      await addContact(tx, 'T1', { ...nothing, ...eva }, belay.time.now());
    });
    await belay.plant('Sneller antwoord', { stage: 'confirmed' });
    const theirs = await belay.plant('Alleen voor Noord', { stage: 'confirmed', client: 'c2' });
    const here = wordsOf(await mine(belay, eva));
    expect(here).toContain('Sneller antwoord');
    expect(here).not.toContain('Noord');
    expect(await belay.settle()).toEqual([]);
    const first = wordsOf(await mine(belay, eva, direct));
    const [other] = await belay.settle();
    expect(first).toMatch(/met Acme hebben.*Sneller antwoord/);
    expect(first).not.toContain('Noord');
    expect(other).toMatchObject({ kind: 'whisper', person: 'eva', audience: 'person' });
    expect(JSON.stringify(other)).toMatch(/met Acme Noord hebben.*Alleen voor Noord/);
    expect(wordsOf(await mine(belay, daan, acme, 'c2', '0'))).not.toContain('Noord');
    expect(await belay.settle()).toEqual([]);
    const { wording } = await belay.find(theirs);
    expect(wordsOf(await belay.press(daan, acme, 'expectations.confirm', wording.id))).not.toContain('Noord');
  });
});
