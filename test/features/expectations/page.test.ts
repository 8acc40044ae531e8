import { expect, it } from 'vitest';
import { addContact, removeContact } from '../../../src/features/clients/people-store.ts';
import { drawPage } from '../../../src/platforms/web/page.ts';
import { eachDatabase } from '../../support/databases.ts';
import { clientSideSheets } from '../../support/expectation-client-sights.ts';
import { openTeamHouse, type Planted, type TeamHouse, toldIn } from '../../support/expectation-house.ts';
import { acme, anna, daan, general, wordsOf } from '../../support/house.ts';

it.each(['nl', 'en'] as const)('draws each page with one heading of its own, in %s', (language) => {
  for (const sheet of Object.values(clientSideSheets(language))) {
    const page = drawPage({ sheet, asked: undefined, typed: {} });
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page).toContain(`<html lang="${language}">`);
  }
});

eachDatabase((_, open) => {
  /** Eva has no more than an e-mail address here. */
  async function house() {
    const belay = await openTeamHouse(await open());
    const eva = { id: 'k.1', client: 'c1', name: 'Eva Jansen', email: 'eva@acme.example' };
    const nothing = { role: undefined, language: undefined, person: undefined };
    await belay.store.transact((tx) => addContact(tx, 'T1', { ...nothing, ...eva }, belay.time.now()));
    return belay;
  }

  async function asked(belay: TeamHouse, planted: Planted = {}) {
    const id = await belay.plant('Sneller antwoord', { stage: 'sent', seen: 'Binnen een dag', ...planted });
    const { wording } = await belay.find(id);
    const link = belay.linked('expectations.answer', `${wording.id}.k.1`);
    return { id, wording: wording.id, link };
  }

  const choose = (move: string, wording: string, text?: string) => ({
    answer: `${move}.${wording}`,
    ...(text !== undefined && { text }),
  });
  const unchanged = 'Sneller antwoord, concreet';
  const shownBy = (belay: TeamHouse, link: Parameters<TeamHouse['pages']['show']>[0]) =>
    belay.pages.show(link, undefined);
  const words = (said: object) => JSON.stringify(said);

  it('shows the wording and asks; looking at it changes nothing', async () => {
    const belay = await house();
    const { id, link } = await asked(belay);
    const before = await belay.find(id);
    const sheet = await shownBy(belay, link);
    expect(words(sheet.card)).toMatch(/Verwacht u dit van ons\?.*Sneller antwoord, concreet.*Binnen een dag/);
    expect(sheet.form?.fields.map((field) => field.id)).toEqual(['answer', 'text']);
    expect(words(await belay.pages.show(link, 'en'))).toContain('Is this what you expect of us?');
    expect(await belay.find(id)).toEqual(before);
    expect(await belay.settle()).toEqual([]);
  });

  it('keeps a yes, shows what was answered, and takes it once', async () => {
    const belay = await house();
    const { id, wording, link } = await asked(belay);
    const { sheet, refused } = await belay.pages.send(link, choose('confirm', wording, unchanged), undefined);
    expect(refused).toBeUndefined();
    expect(words(sheet)).toMatch(/Bevestigd, dank u wel.*Bevestigd door Eva Jansen op 23 november 2026/);
    expect(words(sheet)).toContain('https://belay.example/expectations.document/c1');
    expect(sheet.form).toBeUndefined();
    expect((await belay.find(id)).wording.confirmed?.by).toEqual({ id: 'contact:k.1', name: 'Eva Jansen' });
    const sent = await belay.settle();
    expect(toldIn(sent, 'general')).toContain('Eva Jansen van Acme bevestigt');
    const again = await belay.pages.send(link, choose('confirm', wording), undefined);
    expect(again.refused).toBeUndefined();
    expect(words(again.sheet)).toContain('Bevestigd, dank u wel');
    expect(await belay.settle()).toEqual([]);
    expect(words(await shownBy(belay, link))).toContain('Bevestigd door Eva Jansen');
  });

  it('keeps another text, and takes the same form twice as one', async () => {
    const belay = await house();
    const { id, wording, link } = await asked(belay);
    for (const _ of [1, 2]) {
      const { sheet, refused } = await belay.pages.send(
        link,
        choose('correct', wording, 'Bel ons'),
        undefined,
      );
      expect(refused).toBeUndefined();
      expect(words(sheet)).toMatch(/Anders verwoord, dank u wel.*Bel ons/);
    }
    expect(await belay.find(id)).toMatchObject({
      state: 'corrected',
      wording: { number: 3, byClient: true },
    });
  });

  it('keeps that it holds no longer', async () => {
    const belay = await house();
    const { id, wording, link } = await asked(belay);
    const { sheet } = await belay.pages.send(link, choose('doubt', wording, unchanged), undefined);
    expect(words(sheet)).toMatch(/antwoord was nee.*Anna de Vries bespreekt het met u/);
    expect((await belay.find(id)).state).toBe('doubted');
  });

  it.each([
    [{}, 'answer', 'Kies eerst een antwoord'],
    [{ answer: 'withdraw.x' }, 'answer', 'Kies eerst een antwoord'],
    [{ move: 'correct' }, 'text', 'Schrijf op wat er moet staan'],
    [{ move: 'correct', text: unchanged }, 'text', 'dezelfde tekst'],
    [{ move: 'correct', text: 'a'.repeat(2001) }, 'text', '2000'],
    [{ move: 'confirm', text: 'Bel ons' }, 'answer', 'Kies “Niet helemaal”'],
    [{ move: 'doubt', text: 'Bel ons' }, 'answer', 'Kies “Niet helemaal”'],
  ])('refuses %j at %s', async ({ move, ...typed }: Record<string, string>, field, why) => {
    const belay = await house();
    const { id, wording, link } = await asked(belay);
    const fields = move ? { ...typed, answer: `${move}.${wording}` } : typed;
    const { refused, sheet } = await belay.pages.send(link, fields, undefined);
    expect(refused).toMatchObject({ field });
    expect(refused?.text).toContain(why);
    expect(sheet.form).toBeDefined();
    expect((await belay.find(id)).state).toBe('sent');
  });

  it('asks of a link of before what stands before the client now, and of nothing that was not read', async () => {
    const belay = await house();
    const { id, wording, link } = await asked(belay);
    await belay.submit(anna, general, 'expectations.edit', id, { text: 'Geheime nieuwe tekst' });
    const waits = await shownBy(belay, link);
    expect(words(waits)).toMatch(/Deze tekst wordt nu aangepast.*Sneller antwoord, concreet/);
    expect(words(waits)).not.toContain('Geheime');
    const early = await belay.pages.send(link, choose('confirm', wording), undefined);
    expect(early.refused?.text).toContain('veranderd terwijl u las');
    await belay.press(anna, general, 'expectations.send', id);
    const fresh = await shownBy(belay, link);
    expect(words(fresh.card)).toMatch(/De tekst is intussen veranderd.*Geheime nieuwe tekst/);
    // Sent from a page that was opened before.
    const stale = await belay.pages.send(link, choose('confirm', wording), undefined);
    expect(stale.refused?.text).toContain('veranderd terwijl u las');
    expect((await belay.find(id)).state).toBe('sent');
    const now = (await belay.find(id)).wording.id;
    await belay.pages.send(link, choose('confirm', now), undefined);
    expect((await belay.find(id)).state).toBe('confirmed');
  });

  it('counts once when page and channel answer in the same moment', async () => {
    const belay = await house();
    const { id, wording, link } = await asked(belay);
    await Promise.all([
      belay.pages.send(link, choose('confirm', wording), undefined),
      belay.press(daan, acme, 'expectations.doubt', wording),
    ]);
    expect(['confirmed', 'doubted']).toContain((await belay.find(id)).state);
  });

  it('is nobody’s whom the team keeps no longer, and nothing of a forged subject', async () => {
    const belay = await house();
    const { wording, link } = await asked(belay);
    await belay.store.transact((tx) => removeContact(tx, 'T1', 'k.1'));
    for (const subject of [link.subject, wording, '', '.', `x.k.1`])
      await expect(shownBy(belay, { ...link, subject })).rejects.toThrow('error.expectation-gone');
    await expect(belay.pages.send(link, choose('confirm', wording), undefined)).rejects.toThrow(
      'error.expectation-gone',
    );
  });

  it('makes the written expectations a page to print, that takes no answers', async () => {
    const belay = await house();
    await belay.plant('Nog niet voorgelegd', { stage: 'concrete' });
    await belay.plant('Sneller antwoord', { stage: 'confirmed', seen: 'Binnen een dag' });
    await belay.plant('Vaste contactpersoon', { stage: 'sent', direction: 'ours' });
    const link = belay.linked('expectations.document', 'c1.person:daan');
    const sheet = await shownBy(belay, link);
    expect(words(sheet)).toMatch(
      /Onze afspraken met Acme.*23 november 2026.*Wat u van ons verwacht.*Sneller antwoord.*Binnen een dag.*Bevestigd door Daan Visser op 23 november 2026.*Wat wij van u vragen.*Vaste contactpersoon/,
    );
    expect(words(sheet)).not.toContain('Nog niet voorgelegd');
    expect(words(await belay.pages.show(link, 'en'))).toContain('What you expect of us');
    const { refused } = await belay.pages.send(link, { answer: 'x' }, undefined);
    expect(refused?.text).toContain('om te lezen en te printen');
    for (const subject of ['c9.person:daan', 'c1.person:nobody', 'c1.person:', 'c1'])
      await expect(shownBy(belay, belay.linked('expectations.document', subject))).rejects.toThrow(
        'link-gone',
      );
    await belay.people.saveMembers('T1', 'acme', ['anna', 'eva']);
    await expect(shownBy(belay, link)).rejects.toThrow('link-gone');
    const page = drawPage({ sheet, asked: undefined, typed: {} });
    expect(page).toContain('<h1>Onze afspraken met Acme</h1>');
    expect(page).not.toContain('<form');
    expect(wordsOf({ ...sheet, do: 'home' })).not.toContain('press');
  });
});
