import { expect, it } from 'vitest';
import type { Mention, Person, Place } from '../../../src/chat/request.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  eva,
  finn,
  general,
  type House,
  openHouse,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';

/** As a platform makes it when somebody is mentioned. */
function sayTo(belay: House, person: Person, place: Place, text: string, mentions: Mention[]) {
  return belay.say(person, place, text, { what: { kind: 'command', text, mentions } });
}

eachDatabase((_, open) => {
  const house = async () => openHouse(await open());

  /** A client of Bram's; its id. */
  async function added(belay: House, name = 'Acme', person: Person = bram): Promise<string> {
    return subjectOf(await belay.say(person, direct, `klant toevoegen ${name}`), 'clients.show');
  }

  async function dossier(belay: House, name = 'Acme', place: Place = direct): Promise<string> {
    return wordsOf(await belay.say(anna, place, `klant ${name}`));
  }

  it('adds a client, and says so to its owner', async () => {
    const belay = await house();
    const outcome = wordsOf(await belay.say(carla, general, 'client add  Acme   Nederland'));
    expect(outcome).toMatch(/Acme Nederland has been added\. You are the owner/);
    expect(outcome).toMatch(/clients\.link.*clients\.contact.*clients\.show/);
    expect(await dossier(belay, 'acme nederland')).toMatch(/Eigenaar","value":"Carla Smit/);
  });

  it('asks for a name where none was typed, and links the channel at once', async () => {
    const belay = await house();
    const form = await belay.say(bram, general, 'klant toevoegen');
    expect(wordsOf(form)).toMatch(/"name":"clients\.add","subject":"general".*"internal".*"shared".*"none"/);
    expect(wordsOf(await belay.press(bram, direct, 'clients.add'))).not.toContain('internal');
    expect(wordsOf(await belay.press(bram, acme, 'clients.add'))).not.toContain('internal');
    const done = await belay.submit(bram, direct, 'clients.add', 'general', {
      name: 'Acme',
      link: 'internal',
    });
    expect(wordsOf(done)).toContain('dit is het interne kanaal');
    expect(wordsOf(await belay.say(bram, general, 'klant'))).toContain('Dossier van Acme');
    const taken = await belay.submit(bram, general, 'clients.add', 'general', {
      name: 'Zuid',
      link: 'shared',
    });
    expect(refusalOf(taken)).toContain('hoort al bij Acme');
    expect(wordsOf(await belay.say(bram, direct, 'klanten'))).not.toContain('Zuid');
    // Not by somebody who is not in that channel.
    await belay.people.saveMembers('T1', 'acme', ['bram', 'daan']);
    const fields = { name: 'X', link: 'shared' };
    const elsewhere = await belay.submit(carla, direct, 'clients.add', 'acme', fields);
    expect(refusalOf(elsewhere)).toContain('no longer works');
  });

  it('refuses a name that cannot be', async () => {
    const belay = await house();
    await added(belay, 'Café Zuid');
    const says = async (name: string) =>
      refusalOf(await belay.submit(bram, general, 'clients.add', 'general', { name, link: 'none' }));
    expect(await says(' “” ')).toContain('Hoe heet de klant');
    expect(await says('x'.repeat(81))).toContain('te lang');
    expect(await says('x'.repeat(10_000))).toContain('te lang');
    expect(await says('Acme: Nederland')).toContain('dubbele punt');
    expect(await says('CAFE  zuid')).toContain('Café Zuid is er al');
    expect(await belay.submit(bram, general, 'clients.add', '', {})).toMatchObject({ field: 'name' });
    expect(refusalOf(await belay.say(bram, general, 'klant toevoegen cafe zuid'))).toContain('is er al');
  });

  it('links a channel, in which the name can be left out from then on', async () => {
    const belay = await house();
    await added(belay);
    expect(wordsOf(await belay.say(bram, general, 'klant koppelen acme intern'))).toContain(
      'interne kanaal van Acme',
    );
    expect(wordsOf(await belay.say(carla, acme, 'client link Acme shared'))).toContain(
      'shared channel of Acme',
    );
    expect(await dossier(belay, '', general)).toMatch(/Kanalen","value":"/);
    expect(refusalOf(await belay.say(bram, direct, 'klant koppelen Acme intern'))).toContain('in een kanaal');
  });

  it('asks what was left out of a link, and takes the answer from elsewhere', async () => {
    const belay = await house();
    const id = await added(belay);
    expect(wordsOf(await belay.say(bram, general, 'klant koppelen Acme'))).toMatch(
      /"name":"clients\.link","subject":"general".*"value":"internal"/,
    );
    expect(wordsOf(await belay.press(bram, acme, 'clients.link', id))).not.toContain('"internal"');
    expect(refusalOf(await belay.press(bram, direct, 'clients.link', id))).toContain(
      'klant koppelen Acme intern',
    );
    const sent = { client: id, kind: 'internal' };
    expect(await belay.submit(bram, general, 'clients.link', 'general', { client: id })).toMatchObject({
      field: 'kind',
    });
    expect(wordsOf(await belay.submit(bram, direct, 'clients.link', 'general', sent))).toContain(
      'interne kanaal',
    );
    expect(await belay.submit(bram, direct, 'clients.link', 'elsewhere', sent)).toMatchObject({
      kind: 'refused',
    });
  });

  it('refuses a link that cannot be', async () => {
    const belay = await house();
    await added(belay);
    await added(belay, 'Support');
    const says = async (text: string, place = general, person = bram) =>
      refusalOf(await belay.say(person, place, text));
    expect(await says('klant koppelen Acme intern', acme)).toContain('mensen van buiten');
    expect(await says('klant koppelen Acme intern', general, carla)).toContain('Only the team of Acme');
    expect(await says('klant koppelen Acme intern')).toBe('answer');
    expect(await says('klant koppelen Acme intern')).toContain('al aan Acme gekoppeld');
    expect(await says('klant koppelen Support gedeeld')).toContain('hoort al bij Acme');
    await belay.people.savePlace('T1', { ...general, id: 'second', checkedAt: '' });
    const second = { ...general, id: 'second', name: 'Tweede' };
    expect(await says('klant koppelen Acme intern', second)).toContain('heeft al een intern kanaal');
    expect(await says('klant koppelen Acme gedeeld', second)).toBe('answer');
    expect(await says('klant koppelen gedeeld', general)).toContain('Dit is het interne kanaal van Acme');
    await belay.people.savePlace('T1', { ...general, id: 'third', checkedAt: '' });
    const third = { ...general, id: 'third', name: 'Derde' };
    expect(await says('klant koppelen Acme gedeeld', third)).toContain('heeft al een gedeeld kanaal');
    expect(await says('klant ontkoppelen', second)).toBe('answer');
    expect(await says('klant ontkoppelen', second)).toContain('aan geen klant gekoppeld');
    expect(await says('klant koppelen gedeeld', general)).toContain('eerst “klant ontkoppelen”');
    expect(await says('klant ontkoppelen', general)).toBe('answer');
    expect(await says('klant koppelen Acme gedeeld', general)).toBe('answer');
    expect(await says('klant ontkoppelen', general, carla)).toContain('Only the team of Acme');
  });

  it('says nothing internal where outsiders have come, and warns', async () => {
    const belay = await house();
    await added(belay);
    await belay.say(bram, general, 'klant koppelen Acme intern');
    expect(await dossier(belay)).not.toContain('mensen van buiten');
    await belay.people.savePlace('T1', { ...general, shared: true, name: 'General', checkedAt: '' });
    const warned = await belay.say(bram, direct, 'klant Acme');
    expect(wordsOf(warned)).toContain('In General zitten nu mensen van buiten');
    expect(wordsOf(await belay.say(carla, direct, 'client Acme'))).not.toContain('clients.unlink');
    await belay.press(
      bram,
      direct,
      'clients.unlink',
      subjectOf(warned, 'clients.unlink.internal'),
      'internal',
    );
    expect(await dossier(belay)).not.toContain('mensen van buiten');
  });

  it('answers alone where the client’s people are, or are going to be', async () => {
    const belay = await house();
    await added(belay);
    await belay.say(bram, general, 'klant koppelen Acme gedeeld');
    for (const text of ['klant', 'klanten', 'klant Acme', 'klant contact']) {
      await belay.say(bram, general, text, { returns: 'nothing' });
      const [sent] = await belay.settle();
      expect(sent).toMatchObject({ kind: 'whisper', person: 'bram', audience: 'person' });
    }
    await belay.say(bram, acme, 'klant Acme', { returns: 'nothing' });
    expect(await belay.settle()).toMatchObject([{ kind: 'whisper', audience: 'internal' }]);
  });

  it('adds contacts: a person, an address, several, one with his name', async () => {
    const belay = await house();
    const id = await added(belay);
    expect(wordsOf(await sayTo(belay, bram, direct, 'klant contact Acme @Daan Visser', [daan]))).toContain(
      'Daan Visser is nu contactpersoon van Acme',
    );
    expect(
      wordsOf(await belay.say(bram, direct, 'klant contact acme Eva Jansen <EVA@acme.example>')),
    ).toContain('Eva Jansen is nu contactpersoon');
    await belay.say(bram, general, 'klant koppelen Acme intern');
    expect(wordsOf(await belay.say(bram, general, 'klant contact Finn Mulder finn@acme.example'))).toContain(
      'Finn Mulder is nu contactpersoon',
    );
    const shown = await dossier(belay);
    expect(shown).toMatch(/Daan Visser","value":"via de chat.*Eva Jansen","value":"per e-mail.*Finn Mulder/);
    expect(refusalOf(await sayTo(belay, bram, general, 'klant contact @Daan Visser', [daan]))).toContain(
      'is al contactpersoon',
    );
    expect(refusalOf(await belay.say(bram, general, 'klant contact eva@ACME.example'))).toContain(
      'is al contactpersoon',
    );
    const told = { email: 'eva@acme.example', role: 'Inkoper', language: 'en' };
    await belay.submit(bram, general, 'clients.contact', id, told);
    expect(wordsOf(await belay.say(bram, general, 'klant Acme'))).toContain('Inkoper');
    expect(refusalOf(await belay.say(bram, general, 'klant contact @Bram Bakker'))).toContain(
      'hoort bij het team',
    );
    expect(refusalOf(await belay.say(bram, general, 'klant contact @wiedanook'))).toContain(
      'Wie @wiedanook is',
    );
  });

  it('asks who the contact is, and keeps name, role and language', async () => {
    const belay = await house();
    const id = await added(belay);
    expect(wordsOf(await belay.say(bram, direct, 'klant contact Acme'))).toContain(`"subject":"${id}"`);
    expect(wordsOf(await belay.say(bram, direct, 'klant contact'))).toMatch(/"id":"client".*"label":"Acme"/);
    const send = (fields: Record<string, string>, subject = id) =>
      belay.submit(bram, direct, 'clients.contact', subject, fields);
    expect(await send({ language: 'nl' })).toMatchObject({ kind: 'refused', field: 'person' });
    expect(await send({ person: 'nobody' })).toMatchObject({ field: 'person' });
    for (const email of ['eva', 'eva@acme', 'a@x.example, b@x.example', `${'x'.repeat(10_000)}@x.example`])
      expect(await send({ email })).toMatchObject({ kind: 'refused', field: 'email' });
    expect(await send({ person: 'daan', role: 'x'.repeat(81) })).toMatchObject({ field: 'role' });
    expect(await send({ person: 'daan', name: 'x'.repeat(81) })).toMatchObject({ field: 'name' });
    expect(
      wordsOf(await send({ person: 'daan', role: 'Inkoper', language: 'en', client: id }, '')),
    ).toContain('Daan Visser is nu contactpersoon');
    expect(await dossier(belay)).toContain('Inkoper · via de chat');
    const gone = wordsOf(await belay.press(bram, direct, 'clients.contact-remove', id));
    const [, contact = ''] = /"choices":\[\{"value":"([^"]+)","label":"Daan Visser"/.exec(gone) ?? [];
    const removed = await belay.submit(bram, direct, 'clients.contact-remove', id, { contact });
    expect(wordsOf(removed)).toContain('niet meer bij de contactpersonen');
    const again = await belay.submit(bram, direct, 'clients.contact-remove', id, { contact });
    expect(again).toMatchObject({ kind: 'refused', field: 'contact' });
  });

  it('says that somebody stays a contact by being in the shared channel', async () => {
    const belay = await house();
    const id = await added(belay);
    await belay.say(bram, acme, 'klant koppelen Acme gedeeld');
    expect(await dossier(belay)).toMatch(/Daan Visser.*Eva Jansen.*Finn Mulder/);
    await sayTo(belay, bram, direct, 'klant contact Acme @Daan Visser', [daan]);
    const form = wordsOf(await belay.press(bram, direct, 'clients.contact-remove', id));
    const [, contact = ''] = /"choices":\[\{"value":"([^"]+)"/.exec(form) ?? [];
    const removed = await belay.submit(bram, direct, 'clients.contact-remove', id, { contact });
    expect(wordsOf(removed)).toContain('blijft contactpersoon');
  });

  it('makes a manager, a team and another owner, who is told', async () => {
    const belay = await house();
    const id = await added(belay);
    expect(refusalOf(await sayTo(belay, carla, direct, 'client team Acme @Carla Smit', [carla]))).toContain(
      'Bram Bakker owns it',
    );
    expect(wordsOf(await sayTo(belay, bram, direct, 'klant team Acme @Carla Smit', [carla]))).toContain(
      'Carla Smit hoort nu bij het team',
    );
    expect(refusalOf(await sayTo(belay, bram, direct, 'klant team Acme @Carla Smit', [carla]))).toContain(
      'hoort al bij',
    );
    expect(wordsOf(await belay.say(carla, direct, 'client manager Acme @Anna de Vries'))).toContain(
      'Anna de Vries is now',
    );
    for (const verb of ['team', 'eigenaar', 'manager'])
      expect(
        refusalOf(await sayTo(belay, bram, direct, `klant ${verb} Acme @Daan Visser`, [daan])),
      ).toContain('van buiten');
    expect(
      refusalOf(
        await sayTo(belay, bram, direct, 'klant eigenaar Acme @Anna de Vries @Carla Smit', [anna, carla]),
      ),
    ).toContain('één persoon');
    expect(refusalOf(await sayTo(belay, bram, direct, 'klant eigenaar Acme @Bram Bakker', [bram]))).toContain(
      'al eigenaar',
    );
    await belay.settle();
    await sayTo(belay, bram, direct, 'klant eigenaar Acme @Carla Smit', [carla]);
    const [told] = await belay.settle();
    expect(told).toMatchObject({ kind: 'post', person: 'carla', audience: 'internal' });
    expect(wordsOf(told ?? { kind: 'nothing' })).toContain('Bram Bakker handed Acme over to you');
    const shown = await dossier(belay);
    expect(shown).toMatch(
      /Eigenaar","value":"Carla Smit.*Manager","value":"Anna de Vries.*Team","value":"Bram Bakker/,
    );
    await belay.submit(carla, direct, 'clients.team-remove', id, { person: 'bram' });
    expect(refusalOf(await belay.say(bram, direct, 'klant hernoemen Acme: Zuid'))).toContain('Carla Smit');
  });

  it('asks whom, by a form', async () => {
    const belay = await house();
    const id = await added(belay);
    for (const post of ['owner', 'manager', 'team']) {
      const form = wordsOf(await belay.press(bram, direct, `clients.${post}`, id));
      expect(form).toMatch(/Anna de Vries.*Carla Smit/);
      expect(form).not.toContain('Daan');
      for (const person of ['daan', 'nobody'])
        expect(await belay.submit(bram, direct, `clients.${post}`, id, { person })).toMatchObject({
          field: 'person',
        });
      expect(await belay.submit(bram, direct, `clients.${post}`, id, {})).toMatchObject({ field: 'person' });
    }
    expect(wordsOf(await belay.say(bram, direct, 'klant eigenaar'))).toMatch(/"id":"client"/);
    expect((await belay.submit(bram, direct, 'clients.owner', '', { client: id, person: 'anna' })).kind).toBe(
      'answer',
    );
  });

  it('lets an administrator hand over what belongs to somebody who has left', async () => {
    const belay = await house();
    const id = await added(belay);
    await belay.people.savePerson('T1', { ...bram, outsider: true, checkedAt: '' });
    expect(await dossier(belay)).toMatch(/werkt hier niet meer.*clients\.owner.*Klant overdragen/);
    expect(wordsOf(await belay.say(carla, direct, 'client Acme'))).not.toContain('clients.owner');
    expect(wordsOf(await belay.say(anna, direct, 'klanten'))).toContain('de eigenaar werkt hier niet meer');
    await belay.submit(anna, direct, 'clients.owner', id, { person: 'carla' });
    expect(await dossier(belay)).toMatch(/Eigenaar","value":"Carla Smit/);
    expect(await dossier(belay)).not.toContain('Bram');
  });

  it('counts whoever has an address of its domain as a contact', async () => {
    const belay = await house();
    const id = await added(belay);
    await added(belay, 'Support');
    await belay.people.savePerson('T1', { ...finn, email: 'finn@acme.example', checkedAt: '' });
    expect(wordsOf(await belay.say(bram, direct, 'klant domein Acme @ACME.example'))).toContain(
      'acme.example',
    );
    expect(await dossier(belay)).toMatch(/acme\.example.*Finn Mulder/);
    const says = async (text: string) => refusalOf(await belay.say(bram, direct, text));
    expect(await says('klant domein Support acme.example')).toContain('hoort al bij Acme');
    expect(await says('klant domein Support gmail.com')).toContain('iedereen');
    expect(await says('klant domein Support a..b.example')).toContain('geen e-maildomein');
    expect(await says('klant domein Support')).toBe('ask');
    const sent = await belay.submit(bram, direct, 'clients.domain', id, {
      domain: 'https://www.acme.test/x',
    });
    expect(wordsOf(sent)).toContain('acme.test');
  });

  it('changes what is kept of a client in one form', async () => {
    const belay = await house();
    const id = await added(belay);
    await added(belay, 'Support');
    expect(wordsOf(await belay.say(bram, direct, 'klant wijzigen Acme'))).toContain(
      '"name":"clients.change"',
    );
    const fields = {
      name: 'Acme Groep',
      rhythm: '30',
      need: 'no',
      manager: 'carla',
      language: 'en',
      domains: 'acme.example, acme.test',
    };
    const send = (more: Record<string, string>) =>
      belay.submit(bram, direct, 'clients.change', id, { ...fields, ...more });
    for (const rhythm of ['0', '366', '-1', '1.5', 'veertien', ''])
      expect(await send({ rhythm })).toMatchObject({ kind: 'refused', field: 'rhythm' });
    expect(await send({ name: 'support' })).toMatchObject({ field: 'name' });
    expect(await send({ manager: 'daan' })).toMatchObject({ field: 'person' });
    expect(await send({ domains: 'acme.example, gmail.com' })).toMatchObject({ field: 'domains' });
    expect(await dossier(belay)).toMatch(/Dossier van Acme"/);
    await send({});
    const shown = await dossier(belay, 'Acme Groep');
    expect(shown).toMatch(/Begin nog niet/);
    expect(shown).toMatch(/elke 30 dagen.*English.*acme\.example, acme\.test/);
    await send({ domains: 'acme.test', manager: 'none', language: 'automatic', need: 'unknown' });
    const after = await dossier(belay, 'Acme Groep');
    expect(after).not.toMatch(/acme\.example|Manager|English|Begin nog niet/);
    expect(after).toContain('Weet Acme Groep zelf');
  });

  it('asks once whether the client knows its need, and advises by it', async () => {
    const belay = await house();
    const id = await added(belay);
    expect(await dossier(belay)).toMatch(/clients\.need\.yes.*clients\.need\.no/);
    expect(wordsOf(await belay.say(carla, direct, 'client Acme'))).not.toContain('clients.need');
    await belay.press(bram, direct, 'clients.need', id, 'yes');
    const shown = await dossier(belay);
    expect(shown).toContain('Zoek toenadering');
    expect(shown).not.toContain('clients.need');
    expect(refusalOf(await belay.press(carla, direct, 'clients.need', id, 'no'))).toContain('Only the team');
    await belay.press(bram, direct, 'clients.archive-now', id);
    expect(wordsOf(await belay.press(bram, direct, 'clients.show', id))).not.toContain('Zoek toenadering');
  });

  it('names all contacts of many, to whoever may read them', async () => {
    const belay = await house();
    const id = await added(belay);
    for (let at = 1; at <= 25; at += 1)
      await belay.say(bram, direct, `klant contact Acme c${at}@acme.example`);
    const shown = wordsOf(await belay.say(carla, direct, 'client Acme'));
    expect(shown).toContain(`"press":"clients.contacts","subject":"${id}"`);
    const page = async (detail: string) =>
      wordsOf(await belay.press(carla, direct, 'clients.contacts', id, detail));
    for (const detail of ['', '1', 'x', '-1']) expect(await page(detail)).toContain('clients.contacts.2');
    for (const detail of ['2', '99']) expect(await page(detail)).toContain('clients.contacts.1');
    for (let at = 1; at <= 25; at += 1) expect((await page('1')) + (await page('2'))).toContain(`c${at}@`);
    expect((await belay.press(daan, acme, 'clients.contacts', id)).kind).toBe('refused');
  });

  it('renames, also by a form', async () => {
    const belay = await house();
    const id = await added(belay);
    await added(belay, 'Support');
    expect(wordsOf(await belay.say(bram, direct, 'klant hernoemen acme: Acme Groep'))).toContain(
      'Acme heet nu Acme Groep',
    );
    expect(refusalOf(await belay.say(bram, direct, 'klant hernoemen Acme: support'))).toContain(
      'Support is er al',
    );
    expect(refusalOf(await belay.say(bram, direct, 'klant hernoemen Acme: A: B'))).toContain('dubbele punt');
    expect((await belay.say(bram, direct, 'klant hernoemen Acme')).kind).toBe('ask');
    expect(wordsOf(await belay.submit(bram, direct, 'clients.rename', id, { name: 'ACME GROEP' }))).toContain(
      'ACME GROEP',
    );
  });

  it('archives after asking, and brings back', async () => {
    const belay = await house();
    const id = await added(belay);
    await belay.people.saveMembers('T1', 'general', ['bram']);
    await belay.say(bram, general, 'klant koppelen Acme intern');
    expect(wordsOf(await belay.say(bram, general, 'klant archiveren'))).toMatch(
      /Alles blijft bewaard.*clients\.archive-now/,
    );
    expect(wordsOf(await belay.say(bram, direct, 'klanten'))).toContain('Acme openen');
    await belay.press(bram, direct, 'clients.archive-now', id);
    // By its name too, rather than the advice to add it anew.
    const named = await belay.say(bram, direct, 'klant contact acme');
    expect(refusalOf(named)).toContain('Acme is gearchiveerd');
    const shown = await belay.press(bram, direct, 'clients.show', subjectOf(named, 'clients.show'));
    expect(wordsOf(shown)).toContain('clients.restore');
    expect(wordsOf(await belay.say(bram, direct, 'klanten'))).toContain('Archief (1)');
    expect(wordsOf(await belay.say(bram, general, 'klant'))).toContain('Er is nog geen klant');
    expect(wordsOf(await belay.press(carla, direct, 'clients.archived'))).not.toContain('clients.restore');
    expect(wordsOf(await belay.press(bram, direct, 'clients.archived'))).toContain('clients.restore');
    for (const press of [
      'contact',
      'change',
      'archive',
      'archive-now',
      'need',
      'team-remove',
      'contact-remove',
    ])
      expect((await belay.press(bram, direct, `clients.${press}`, id)).kind).toMatch(/refused|ask/);
    expect(refusalOf(await belay.submit(bram, direct, 'clients.contact', id, { person: 'daan' }))).toContain(
      'gearchiveerd',
    );
    const other = await added(belay);
    const taken = await belay.press(bram, direct, 'clients.restore', id);
    expect(refusalOf(taken)).toContain('Hernoem die eerst');
    expect(subjectOf(taken, 'clients.show')).toBe(other);
    await belay.say(bram, direct, 'klant hernoemen Acme: Zuid');
    await belay.press(bram, direct, 'clients.restore', id);
    expect(wordsOf(await belay.say(bram, general, 'klant'))).toContain('Dossier van Acme');
    expect(refusalOf(await belay.press(bram, direct, 'clients.restore', other))).toContain(
      'niet in het archief',
    );
  });

  it('merges after asking: all of one goes into the other', async () => {
    const belay = await house();
    const [from, to] = [await added(belay, 'Acme BV', carla), await added(belay, 'Acme')];
    await belay.say(carla, direct, 'client domain Acme BV acme.example');
    await belay.say(carla, acme, 'client link Acme BV shared');
    await belay.say(carla, direct, 'client contact Acme BV eva@acme.example');
    await belay.say(bram, direct, 'klant contact Acme eva@acme.example');
    expect(refusalOf(await belay.say(bram, direct, 'klant samenvoegen Acme BV: Acme'))).toContain(
      'Carla Smit',
    );
    expect(refusalOf(await belay.say(anna, direct, 'klant samenvoegen Acme: Acme'))).toContain('in zichzelf');
    const sure = await belay.say(anna, direct, 'klant samenvoegen Acme BV: Acme');
    expect(wordsOf(sure)).toContain('Alles van Acme BV gaat over naar Acme');
    expect(subjectOf(sure, 'clients.show')).toBe(from);
    const pair = subjectOf(sure, 'clients.merge-now');
    expect(refusalOf(await belay.press(bram, direct, 'clients.merge-now', pair))).toContain('Carla Smit');
    expect(wordsOf(await belay.press(anna, direct, 'clients.merge-now', pair))).toContain(
      'Acme BV hoort nu bij Acme',
    );
    const shown = await dossier(belay);
    expect(shown).toMatch(
      /Eigenaar","value":"Bram Bakker.*Team","value":"Carla Smit.*gedeeld.*acme\.example/,
    );
    expect(wordsOf(await belay.press(anna, direct, 'clients.show', from))).toContain('Dossier van Acme"');
    expect(refusalOf(await belay.press(anna, direct, 'clients.merge-now', pair))).toContain('niet meer');
    expect(refusalOf(await belay.press(anna, direct, 'clients.merge-now', `${to}/${from}`))).toContain(
      'niet meer',
    );
    expect(wordsOf(await belay.say(anna, direct, 'klant Acme BV'))).toContain('Dossier van Acme"');
  });

  it('merges no two that both have a channel of a kind, and none alone', async () => {
    const belay = await house();
    const id = await added(belay);
    expect(refusalOf(await belay.say(bram, direct, 'klant samenvoegen Acme'))).toContain('maar één klant');
    const other = await added(belay, 'Support');
    await belay.people.savePlace('T1', { ...general, id: 'second', checkedAt: '' });
    await belay.say(bram, general, 'klant koppelen Acme intern');
    await belay.say(bram, { ...general, id: 'second' }, 'klant koppelen Support intern');
    const sent = await belay.submit(bram, direct, 'clients.merge', id, { into: other });
    expect(sent).toMatchObject({ kind: 'refused', field: 'into' });
    expect(refusalOf(sent)).toContain('allebei een intern kanaal');
    expect(await belay.submit(bram, direct, 'clients.merge', id, {})).toMatchObject({ field: 'into' });
  });

  it('merges once, when two do so the other way round at the same time', async () => {
    const belay = await house();
    const [one, other] = [await added(belay), await added(belay, 'Support')];
    const outcomes = await Promise.all([
      belay.press(bram, direct, 'clients.merge-now', `${one}/${other}`),
      belay.press(bram, direct, 'clients.merge-now', `${other}/${one}`),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'refused']);
    expect(belay.failures).toEqual([]);
  });

  it('lists all clients with what is missing, a page at a time', async () => {
    const belay = await house();
    for (let at = 1; at <= 11; at += 1) await added(belay, `Klant ${`${at}`.padStart(2, '0')}`);
    const first = wordsOf(await belay.say(carla, direct, 'clients'));
    expect(first).toMatch(/owned by Bram Bakker.* · no contact yet · no channel yet/);
    expect(first).toMatch(/Klant 10.*clients\.list\.2/);
    expect(first).not.toContain('Klant 11');
    expect(wordsOf(await belay.press(carla, direct, 'clients.list', '', '2'))).toMatch(
      /Klant 11.*clients\.list\.1/,
    );
    expect(wordsOf(await belay.press(carla, direct, 'clients.list', '', '99'))).toContain('Klant 11');
    expect(wordsOf(await belay.say(carla, direct, 'client'))).toBe(first);
  });

  it('understands a name forgivingly, and asks back', async () => {
    const belay = await house();
    await added(belay, 'Acme Nederland');
    await added(belay, 'Acme België');
    const says = async (text: string) => refusalOf(await belay.say(bram, direct, text));
    expect(await says('klant acme belgie')).toBe('answer');
    expect(await says('klant ACME N')).toBe('answer');
    expect(await says('klant acme')).toMatch(/“Acme België”, “Acme Nederland”/);
    expect(await says('klant acme nederlnd')).toContain('Was “Acme Nederland” bedoeld');
    expect(await says('klant zebra')).toContain('klant toevoegen zebra');
    expect(await says('klant kopellen Zebra')).toContain('Was “klant koppelen” bedoeld');
    expect((await says(`klant ${'x'.repeat(10_000)}`)).length).toBeLessThan(400);
    expect(await says('klant archiveren')).toContain('Over welke klant gaat het');
  });

  it('finds a client whose name begins like a verb', async () => {
    const belay = await house();
    await added(belay, 'Team Noord');
    await added(belay, 'Contact');
    expect(await dossier(belay, 'team noord')).toContain('Dossier van Team Noord');
    expect(await dossier(belay, 'contact')).toContain('Dossier van Contact');
  });

  it('says that there is no client yet, with the way to the first', async () => {
    const belay = await house();
    expect(wordsOf(await belay.say(bram, direct, 'klant contact'))).toMatch(/nog geen klant.*clients\.add/);
    expect(wordsOf(await belay.say(bram, direct, 'klanten'))).toMatch(
      /clients\.add","label":"Eerste klant toevoegen/,
    );
    const hub = wordsOf(await belay.say(bram, direct, 'menu'));
    expect(hub).toMatch(/"buttons":\[\{"press":"clients\.add"/);
    await added(belay);
    const after = wordsOf(await belay.say(bram, direct, 'menu'));
    expect(after).toContain('clients.list');
    expect(after).not.toContain('clients.add');
    expect(wordsOf(await belay.say(daan, direct, 'menu'))).not.toContain('clients.');
  });

  it('shows a colleague everything, but lets him change nothing', async () => {
    const belay = await house();
    const id = await added(belay);
    const shown = wordsOf(await belay.say(carla, direct, 'client Acme'));
    expect(shown).toContain('The file of Acme');
    expect(shown).not.toMatch(/clients\.(change|contact|more|link|need)/);
    const presses = [
      'contact',
      'contact-remove',
      'owner',
      'manager',
      'team',
      'team-remove',
      'domain',
      'need',
      'change',
    ];
    for (const verb of [...presses, 'rename', 'merge', 'archive', 'archive-now', 'more', 'link', 'restore'])
      expect(refusalOf(await belay.press(carla, general, `clients.${verb}`, id))).toContain(
        'Only the team of Acme',
      );
    const fields = {
      person: 'anna',
      domain: 'acme.example',
      name: 'X',
      rhythm: '3',
      into: id,
      client: id,
      kind: 'internal',
    };
    for (const verb of [
      'contact',
      'contact-remove',
      'owner',
      'manager',
      'team',
      'team-remove',
      'domain',
      'change',
      'rename',
    ])
      expect(refusalOf(await belay.submit(carla, general, `clients.${verb}`, id, fields))).toContain(
        'Only the team of Acme',
      );
    expect(refusalOf(await belay.submit(carla, general, 'clients.link', 'general', fields))).toContain(
      'Only the team',
    );
  });

  it('tells a colleague nothing of the department that he is a contact of', async () => {
    const belay = await house();
    const id = await added(belay, 'Support');
    await sayTo(belay, bram, direct, 'klant contact Support @Carla Smit', [carla]);
    expect(refusalOf(await belay.say(carla, direct, 'client Support'))).toContain(
      'contact of Support yourself',
    );
    expect(refusalOf(await belay.press(carla, direct, 'clients.show', id))).toContain(
      'contact of Support yourself',
    );
    expect(wordsOf(await belay.say(carla, direct, 'clients'))).not.toContain('Support');
    expect(wordsOf(await belay.say(anna, direct, 'klanten'))).toContain('Support');
  });

  it('tells a client’s people nothing, the same for every name and id, there or not', async () => {
    const belay = await house();
    const [own, other] = [await added(belay), await added(belay, 'Zuidas')];
    await belay.say(bram, acme, 'klant koppelen Acme gedeeld');
    const verbs = [
      '',
      'toevoegen',
      'koppelen',
      'ontkoppelen',
      'contact',
      'manager',
      'domein',
      'team',
      'eigenaar',
      'hernoemen',
    ];
    for (const verb of [...verbs, 'archiveren', 'samenvoegen', 'wijzigen'])
      for (const person of [daan, eva])
        for (const place of [acme, direct]) {
          const said = (name: string) => belay.say(person, place, `klant ${verb} ${name}`);
          const unknown = JSON.stringify(await said('Bestaatniet'));
          for (const name of ['Zuidas', 'Acme', 'Zuid', 'Zuidas intern', `Acme: Zuidas`, '@Bram Bakker'])
            expect(JSON.stringify(await said(name))).toBe(unknown);
        }
    const feature = belay.features.find(({ name }) => name === 'clients');
    const unknownPress = JSON.stringify(await belay.press(daan, acme, 'clients.show', 'no-such'));
    for (const press of Object.keys(feature?.presses ?? {}))
      for (const id of [other, own, `${other}/${own}`, 'no-such'])
        expect(JSON.stringify(await belay.press(daan, acme, press, id))).toBe(unknownPress);
    const unknownForm = JSON.stringify(await belay.submit(daan, acme, 'clients.add', 'no-such', {}));
    for (const form of Object.keys(feature?.forms ?? {}))
      for (const id of [other, own, 'no-such'])
        expect(
          JSON.stringify(
            await belay.submit(daan, acme, form, id, { client: other, name: 'Zuidas', into: own }),
          ),
        ).toBe(unknownForm);
    expect(wordsOf(await belay.say(daan, acme, 'help'))).not.toContain('klant toevoegen');
    await belay.settle();
    expect(belay.sent.filter(({ person }) => person === 'daan' || person === 'eva')).toEqual([]);
  });

  it('knows no client of another workspace', async () => {
    const belay = await house();
    const id = await added(belay);
    const abroad = { tenant: 'T2' };
    expect(refusalOf(await belay.say(anna, direct, 'klant Acme', abroad))).toContain('ken ik nog niet');
    expect(refusalOf(await belay.press(anna, direct, 'clients.show', id, '', abroad))).toContain('niet meer');
    expect(wordsOf(await belay.say(anna, direct, 'klanten', abroad))).not.toContain('Acme');
  });
});
