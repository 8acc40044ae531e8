import { expect, it } from 'vitest';
import { moveGradesBack } from '../support/earlier-grades.ts';
import { type AtWork, acknowledged, onDatabase, wordsOf } from '../support/slack/at-work.ts';
import { choice, readersOf } from '../support/slack/conversations.ts';
import type { Message } from '../support/slack/workspace.ts';

/** Grades as whole processes: a client is asked, grades, and hears what became of it; and what he never reads. */

const publicUrl = 'https://belay.example';
for (const kind of ['sqlite', 'postgres'] as const) onDatabase(kind, defineAll, { PUBLIC_URL: publicUrl });

const expected = 'Elk kwartaal drie nieuwe ideeën';

/** A client with just these people in the channel that is shared with it; what it expects is confirmed by the first. */
async function clientOf(work: AtWork, name: string, contacts: [string, ...string[]]) {
  const { at, sees, channel } = work;
  const [team, shared] = [channel(), channel({ more: contacts })];
  Object.assign(at.workspace.channels.get(shared) ?? {}, { extShared: true });
  await acknowledged(at.command('U_ANNA', team, `klant toevoegen ${name}`));
  await acknowledged(at.command('U_ANNA', team, `klant koppelen ${name} intern`));
  await sees('U_ANNA', team, new RegExp(`${name}.*interne`));
  await acknowledged(at.command('U_ANNA', shared, `klant koppelen ${name} gedeeld`));
  await sees('U_ANNA', shared, new RegExp(name));
  await acknowledged(at.command('U_ANNA', team, `verwacht: ${expected}`));
  const noted = await sees('U_ANNA', team, /Genoteerd: dit verwacht/);
  await acknowledged(at.press('U_ANNA', noted, 'expectations.send'));
  const anyway = await sees('U_ANNA', team, /Nog niet concreet/);
  await acknowledged(at.press('U_ANNA', anyway, 'expectations.send-anyway'));
  const question = await sees(contacts[0], shared, /Verwacht u dit van ons/);
  await acknowledged(at.press(contacts[0], question, 'expectations.confirm'));
  await sees('U_ANNA', team, new RegExp(`bevestig.*${expected}`));
  return { name, team, shared };
}

/** How many of its pictures Slack has. */
function picturesIn({ at }: AtWork, { blocks }: Message): number {
  const ids = [...JSON.stringify(blocks).matchAll(/"slack_file":\{"id":"([^"]+)"/g)];
  return ids.filter(([, id = '']) => at.workspace.files.get(id)?.bytes?.subarray(1, 4).toString() === 'PNG')
    .length;
}

function defineAll(work: () => AtWork): void {
  it('asks alone or in the channel, sums up for the team with a picture, and tells the client on purpose', async () => {
    const { at, sees, form, rows, belay, saidIn } = work();
    Object.assign(at.workspace.users.get('U_FINN') ?? {}, { closed: true });
    const { name, team, shared } = await clientOf(work(), 'Acme', ['U_DAAN', 'U_EVA', 'U_FINN']);

    await acknowledged(at.command('U_BRAM', team, `kti vragen ${name}`));
    const asked = await sees('U_BRAM', team, /Acme is om cijfers gevraagd: 3 contactpersonen/);
    expect(asked.onlyFor).toBe('U_BRAM');
    const alone = await sees('U_DAAN', 'D_U_DAAN', /kti\.grade\.10/);
    await acknowledged(at.press('U_DAAN', alone, 'kti.grade.8'));
    const own = await form('U_DAAN', /Waarom geeft u een 8/);
    await acknowledged(at.submit('U_DAAN', own, { 'grade-1': '8', 'why-1': 'geheim: goede ideeën' }));
    expect(await sees('U_DAAN', 'D_U_DAAN', /Dank u wel, uw cijfer is binnen/)).toBe(alone);
    // Finn's organisation lets nobody write to him alone.
    const card = await sees('U_FINN', shared, /kti\.open/);
    await acknowledged(at.press('U_CARLA', card, 'kti.open'));
    await sees('U_CARLA', shared, /Only the client’s grade counts/);
    await acknowledged(at.press('U_FINN', card, 'kti.open'));
    await acknowledged(at.submit('U_FINN', await form('U_FINN', /grade-3/), { 'grade-1': '9' }));
    await acknowledged(at.press('U_BRAM', asked, 'kti.cancel'));
    const instead = await sees('U_BRAM', team, /cijfers gegeven.*kti\.close/);
    await acknowledged(at.press('U_BRAM', instead, 'kti.close'));
    const first = await sees('U_CARLA', team, /Cijfers van Acme/);
    expect([first.onlyFor, picturesIn(work(), first)]).toEqual([undefined, 0]);
    await sees('U_EVA', 'D_U_EVA', /Deze vragen zijn gesloten/);
    await sees('U_FINN', shared, /Deze vragen zijn gesloten/);
    await moveGradesBack(belay.env.DATABASE_URL ?? '', name, 40);

    await acknowledged(at.command('U_BRAM', team, 'kti vragen'));
    await sees('U_BRAM', team, /3 contactpersonen(?!.*Behulpzaam)/);
    const again = await sees('U_DAAN', 'D_U_DAAN', /kti\.grade\.10/);
    await acknowledged(at.press('U_DAAN', again, 'kti.open'));
    const second = await form('U_DAAN', /grade-3/);
    await acknowledged(at.submit('U_DAAN', second, { 'grade-1': '7' }));
    await acknowledged(at.press('U_DAAN', await sees('U_DAAN', 'D_U_DAAN', /7 · Elk kwartaal/), 'kti.open'));
    const changed = { 'grade-1': '5', 'why-1': 'geheim: dit kwartaal niets gezien' };
    await acknowledged(at.submit('U_DAAN', await form('U_DAAN', /Waarom geeft u een 7/), changed));
    const follow = await sees('U_ANNA', 'D_U_ANNA', /Daan Visser gaf een 5.*niets gezien.*follow-ups\.call/);
    await acknowledged(at.press('U_ANNA', follow, 'follow-ups.call'));
    await sees('U_ANNA', 'D_U_ANNA', /niets gezien.*Anna de Vries belt/);
    await acknowledged(at.press('U_EVA', await sees('U_EVA', 'D_U_EVA', /kti\.grade\.10/), 'kti.grade.7'));
    await form('U_EVA', /grade-3/);
    await acknowledged(at.press('U_FINN', await sees('U_FINN', shared, /kti\.open/), 'kti.open'));
    const third = { 'grade-1': '8', 'grade-2': '9', 'why-2': 'geheim: altijd bereikbaar' };
    await acknowledged(at.submit('U_FINN', await form('U_FINN', /grade-3/), third));

    await acknowledged(at.command('U_CARLA', team, `kti summary ${name}`));
    const running = await sees('U_CARLA', team, /Grades from Acme.*kti\.close/);
    await acknowledged(at.press('U_CARLA', running, 'kti.close'));
    const summary = await sees('U_BRAM', team, /Actie nodig bij 1 van de 2/);
    expect([summary.onlyFor, picturesIn(work(), summary)]).toEqual([undefined, 1]);
    await acknowledged(at.press('U_BRAM', summary, 'actions.start.beside'));
    const start = await form('U_BRAM', /Hoe merkt Acme het/);
    const action = {
      action: choice(start, 'Iets anders, in eigen woorden'),
      title: 'Ideeënmiddag',
      due: 'over twee weken',
    };
    await acknowledged(
      at.submit('U_BRAM', start, {
        ...action,
        owner: 'U_CARLA',
        notice: 'U krijgt drie ideeën op één blad.',
      }),
    );
    await sees('U_BRAM', team, /De actie loopt.*Ideeënmiddag/);
    await sees('U_CARLA', 'D_U_CARLA', /Ideeënmiddag/);

    await acknowledged(at.press('U_BRAM', summary, 'kti.share.beside'));
    const share = await form('U_BRAM', /Wij doen/);
    await acknowledged(
      at.submit('U_BRAM', share, {
        said: 'U mist nieuwe ideeën.',
        words: 'Drie ideeën op één blad, over twee weken.',
      }),
    );
    const told = await sees('U_EVA', shared, /U gaf ons cijfers.*6,7.*U mist nieuwe ideeën.*op één blad/);
    expect(wordsOf(told)).not.toMatch(/Daan|Finn|Eva|geheim|Ideeënmiddag/);
    expect(JSON.stringify(saidIn(shared))).not.toMatch(
      /geheim|Ideeënmiddag|Cijfers van|actions\.|gaf een|kti\.(share|close|grade)/,
    );
    expect(readersOf(work(), 'niets gezien')).toEqual(new Set(['D_U_DAAN', 'D_U_ANNA', team, 'U_CARLA']));
    const kept = `from kti_grade_history h join kti k on k.id = h.kti_id join client c on c.id = k.client_id`;
    expect(await rows(`select grade ${kept} where c.name = '${name}' order by graded_at`)).toEqual([
      { grade: 8 },
      { grade: 7 },
    ]);
  });

  it('asks by a link, which its bearer answers and changes on a page of his own', async () => {
    const { at, belay, sees, people, rows } = work();
    const [contact = ''] = people('T2', 1);
    const { name, team, shared } = await clientOf(work(), 'Noord', [contact]);
    await acknowledged(at.command('U_ANNA', team, `klant contact ${name} inkoop@noord.example`));
    await sees('U_ANNA', team, /inkoop@noord.example is nu contactpersoon/);
    await acknowledged(at.mention(contact, shared, `kti vragen ${name}`));
    expect((await sees(contact, shared, /alleen voor het team/)).onlyFor).toBe(contact);
    await acknowledged(at.command('U_ANNA', team, `kti vragen ${name}`));
    await sees('U_ANNA', team, /2 contactpersonen.*inkoop@noord\.example/);
    const links = await sees('U_ANNA', 'D_U_ANNA', /inkoop@noord\.example.*https:\/\/belay\.example/);
    const [, path = ''] = /https:\/\/belay\.example(\/[^"]+)"/.exec(wordsOf(links)) ?? [];
    await acknowledged(at.command('U_BRAM', team, `kti vragen ${name}`));
    await sees('U_BRAM', team, /al om cijfers gevraagd en die ronde loopt nog/);

    const page = `${belay.url}${path}`;
    expect(await (await fetch(page)).text()).toMatch(/Hoe doen wij het\?.*drie nieuwe ideeën/s);
    const send = async (fields: Record<string, string>) =>
      (await fetch(page, { method: 'POST', body: new URLSearchParams(fields) })).text();
    expect(await send({ 'why-1': 'Zonder cijfer' })).toMatch(/eerst een cijfer.*Zonder cijfer/s);
    expect(await send({ 'grade-1': '4', 'why-1': 'Wij horen weinig' })).toContain('uw cijfer is binnen');
    const follow = await sees('U_ANNA', 'D_U_ANNA', /inkoop@noord.example gaf een 4.*horen weinig/);
    expect(await send({ 'grade-1': '7', 'why-1': 'Gebeld, dank' })).toContain('uw cijfer is binnen');
    expect(await sees('U_ANNA', 'D_U_ANNA', /gaf een 7.*Gebeld.*intussen hoger/)).toBe(follow);
    const kept = `from kti_grade g join kti k on k.id = g.kti_id where k.text_nl = '${expected}' and g.why like`;
    expect(await rows(`select grade ${kept} '%'`)).toContainEqual({ grade: 7 });

    await acknowledged(at.command('U_BRAM', team, `kti overzicht ${name}`));
    await acknowledged(at.press('U_BRAM', await sees('U_BRAM', team, /kti\.close/), 'kti.close'));
    await sees('U_ANNA', team, /1 van de 2 antwoordde.*Gebeld, dank/);
    expect(await send({ 'grade-1': '1' })).toContain('Deze vragen zijn gesloten');
    expect(await rows(`select grade ${kept} 'Gebeld%'`)).toEqual([{ grade: 7 }]);
    const forged = await fetch(`${page.slice(0, -4)}AAAA`);
    expect([forged.status, await forged.text()]).toEqual([404, expect.not.stringContaining('ideeën')]);
    // Of one person his grade is not told to the others, and nobody is asked again so soon.
    await acknowledged(
      at.press('U_BRAM', await sees('U_BRAM', team, /kti\.share\.beside/), 'kti.share.beside'),
    );
    const share = await work().form('U_BRAM', /Wij doen/);
    await acknowledged(at.submit('U_BRAM', share, { words: 'Elke maandag een belletje.' }));
    const told = wordsOf(await sees(contact, shared, /U gaf ons cijfers.*elke maandag/i));
    expect(told).not.toMatch(new RegExp(`${expected}|\\b7\\b|inkoop|Gebeld`));
    await acknowledged(at.command('U_BRAM', team, `kti vragen ${name}`));
    await sees('U_BRAM', team, /Niemand van Noord kan nu gevraagd worden/);
  });
}
