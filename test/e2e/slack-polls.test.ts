import { expect, it } from 'vitest';
import { type AtWork, acknowledged, eventually, onDatabase, wordsOf } from '../support/slack/at-work.ts';
import type { Message } from '../support/slack/workspace.ts';

/** The kinds of polls and what surrounds them, as whole processes. Each test has a channel and a topic of its own. */

const publicUrl = 'https://belay.example/behind';

onDatabase('sqlite', defineAnonymous, {});
onDatabase('postgres', defineAnonymous, {});
onDatabase('sqlite', defineAll, { PUBLIC_URL: publicUrl });

function buttonsOf(message: { blocks: unknown[] }): string[] {
  return [...JSON.stringify(message.blocks).matchAll(/"action_id":"([^"]+)"/g)].map(([, id = '']) => id);
}

function picturesOf({ at }: AtWork, message: Message): Buffer[] {
  const ids = [...JSON.stringify(message.blocks).matchAll(/"slack_file":\{"id":"([^"]+)"/g)];
  return ids.flatMap(([, id = '']) => at.workspace.files.get(id)?.bytes ?? []);
}

/** The addresses in a message, as somebody reaches this process by them. */
function linksIn({ belay }: AtWork, message: Message): string[] {
  const links = [...JSON.stringify(message.blocks).matchAll(/"(https:\/\/belay\.example[^"]*)"/g)];
  return links.map(([, link = '']) => link.replace(publicUrl, belay.url));
}

function defineAnonymous(work: () => AtWork): void {
  it('asks anonymously: a window with the grade in it, one final answer, no name anywhere', async () => {
    const { at, belay, sees, form, people, channel, saidIn, rows } = work();
    const more = people('T2', 2);
    const place = channel({ client: true, more });
    await acknowledged(at.command('U_ANNA', place, 'csat vragen anoniem over de overgang'));
    const question = await sees('U_DAAN', place, /polls\.ballot/);
    expect(buttonsOf(question)).toEqual([1, 2, 3, 4, 5].map((grade) => `polls.ballot.${grade}`));
    expect(wordsOf(question)).toMatch(/Hoe tevreden bent u over de overgang\?.*Anoniem: niemand kan zien/);

    const client = ['U_DAAN', 'U_EVA', 'U_FINN', ...more];
    for (const [index, person] of client.entries()) {
      const grade = String(1 + index);
      await acknowledged(at.press(person, question, `polls.ballot.${grade}`));
      const ballot = await form(person);
      expect(JSON.stringify(ballot.blocks)).toMatch(
        new RegExp(`"initial_option":{[^}]*}?,"value":"${grade}"`),
      );
      expect(wordsOf(ballot)).toMatch(/de overgang\?.*(definitief|final)/);
      await acknowledged(at.submit(person, ballot, { grade, why: `geheim ${grade}` }));
      const received = await sees(person, place, /Ontvangen|Received/);
      expect([received.onlyFor, wordsOf(received)]).toEqual([person, expect.not.stringContaining('geheim')]);
    }

    await acknowledged(at.press('U_DAAN', question, 'polls.ballot.5'));
    await form('U_DAAN', /al ontvangen/);
    await acknowledged(at.press('U_BRAM', question, 'polls.ballot.5'));
    await sees('U_BRAM', place, /telt alleen de stem van de klant/);
    expect(question.edits).toBe(0);
    expect(await rows("select * from job where name = 'polls.count'")).toEqual([]);

    await acknowledged(at.command('U_ANNA', place, 'csat sluiten'));
    const result = await sees('U_ANNA', 'D_U_ANNA', /Uitslag CSAT/);
    expect(result.text).toBe('40 % is tevreden, uit 5 antwoorden');
    for (const grade of [1, 2, 3, 4, 5]) expect(wordsOf(result)).toContain(`geheim ${grade}`);
    await sees('U_DAAN', place, /Gesloten op/);
    expect(question.edits).toBe(1);
    const said = JSON.stringify([saidIn(place), saidIn('D_U_ANNA'), saidIn('D_U_BRAM')]);
    expect(said).not.toMatch(/Daan|Eva|Finn|Person|U_T2/);
    expect(JSON.stringify(saidIn(place))).not.toContain('geheim');
    expect(belay.lines.filter((line) => /geheim|daan/i.test(line))).toEqual([]);
  });
}

function defineAll(work: () => AtWork): void {
  it('asks the CES with its seven grades and its own words', async () => {
    const { at, sees, people, channel } = work();
    const more = people('T1', 2);
    const place = channel({ more });
    await acknowledged(at.command('U_BRAM', place, 'ces vragen over de storing'));
    const question = await sees('U_CARLA', place, /polls\.vote/);
    expect(buttonsOf(question)).toEqual([1, 2, 3, 4, 5, 6, 7].map((grade) => `polls.vote.${grade}`));
    expect(wordsOf(question)).toMatch(/makkelijk gemaakt.*1 = helemaal oneens {2}· {2}7 = helemaal eens/);
    for (const [index, person] of ['U_ANNA', 'U_BRAM', 'U_CARLA', ...more].entries())
      await acknowledged(at.press(person, question, `polls.vote.${7 - index}`));
    await sees('U_ANNA', place, /U gaf een 7/);
    await acknowledged(at.command('U_BRAM', place, 'ces sluiten'));
    const result = await sees('U_CARLA', place, /Uitslag CES/);
    expect(result.text).toBe('60 % vond het makkelijk, gemiddeld 5,0, uit 5 antwoorden');
    expect(wordsOf(result)).toContain('Opvolging van wie niet tevreden is: 1 nog niet opgepakt');
  });

  it('tells of a detractor at once, who calls, to whom it is handed over, and what came of it', async () => {
    const { at, sees, form, channel, saidIn } = work();
    const place = channel({ client: true });
    await acknowledged(at.command('U_ANNA', place, 'nps vragen over de levering'));
    const question = await sees('U_DAAN', place, /polls\.vote/);
    await acknowledged(at.press('U_DAAN', question, 'polls.vote.3'));
    const alert = await sees('U_ANNA', 'D_U_ANNA', /Daan Visser gaf een 3.*de levering.*zonder toelichting/);
    expect(buttonsOf(alert)).toEqual(['follow-ups.call', 'follow-ups.hand', 'follow-ups.done']);
    await acknowledged(at.submit('U_DAAN', await form('U_DAAN'), { why: 'Te laat, en kapot.' }));
    expect(await sees('U_ANNA', 'D_U_ANNA', /Daan Visser gaf een 3.*kapot/)).toBe(alert);

    await acknowledged(at.press('U_ANNA', alert, 'follow-ups.call'));
    expect(await sees('U_ANNA', 'D_U_ANNA', /kapot.*Anna de Vries belt/)).toBe(alert);
    await acknowledged(at.press('U_ANNA', alert, 'follow-ups.hand'));
    const hand = await form('U_ANNA', /users_select/);
    await acknowledged(at.submit('U_ANNA', hand, { person: 'U_BRAM' }));
    expect(buttonsOf(await sees('U_ANNA', 'D_U_ANNA', /^Overgedragen aan Bram Bakker/))).toEqual([]);

    const handed = await sees('U_BRAM', 'D_U_BRAM', /Daan Visser gaf een 3.*de levering.*kapot/);
    await acknowledged(at.press('U_BRAM', handed, 'follow-ups.done'));
    await acknowledged(
      at.submit('U_BRAM', await form('U_BRAM', /"note"/), { note: 'Gebeld, morgen vervangen.' }),
    );
    const done = await sees('U_BRAM', 'D_U_BRAM', /Opgevolgd door Bram Bakker.*morgen vervangen/);
    expect([done, buttonsOf(done)]).toEqual([handed, []]);

    await acknowledged(at.command('U_ANNA', place, 'nps sluiten'));
    await sees(
      'U_ANNA',
      'D_U_ANNA',
      /Uitslag NPS.*de levering.*Opvolging van wie niet tevreden is: 1 opgevolgd\./,
    );
    expect(JSON.stringify(saidIn(place))).not.toMatch(/kapot|Opgevolgd|vervangen|Daan/);
  });

  it('asks every month until it is told not to', async () => {
    const { at, sees, form, channel } = work();
    const place = channel();
    await acknowledged(at.command('U_ANNA', place, 'nps elke maand voor 3 dagen over de maand'));
    const asked = await sees('U_ANNA', place, /Volgende keer: .*\(NPS\)/);
    expect([asked.onlyFor, wordsOf(asked)]).toEqual(['U_ANNA', expect.stringContaining('elke maand')]);
    await sees('U_BRAM', place, /polls\.vote/);
    await acknowledged(at.command('U_BRAM', place, 'nps'));
    expect(wordsOf(await sees('U_BRAM', place, /De peiling loopt/))).toContain('de maand');
    await acknowledged(at.command('U_BRAM', place, 'nps uit'));
    await sees('U_BRAM', place, /Alleen Anna de Vries/);
    await acknowledged(at.command('U_ANNA', place, 'nps sluiten'));
    await sees('U_BRAM', place, /Uitslag NPS/);
    await acknowledged(at.command('U_ANNA', place, 'nps'));
    const standing = await sees('U_ANNA', place, /polls\.stop/);
    expect(wordsOf(standing)).toMatch(/NPS \(elke maand\).*Volgende keer/);
    await acknowledged(at.command('U_ANNA', place, 'nps uit'));
    await sees('U_ANNA', place, /NPS wordt hier niet meer herhaald/);
    await acknowledged(at.command('U_ANNA', place, 'nps'));
    await form('U_ANNA', /"rhythm"/);
  });

  it('shows the trend as a picture from the second round on, and gives the answers as a file', async () => {
    const { at, sees, people, channel } = work();
    const voters = ['U_ANNA', 'U_BRAM', 'U_CARLA', ...people('T1', 2)];
    const place = channel({ more: voters.slice(3) });
    const ask = async (round: string) => {
      await acknowledged(at.command('U_BRAM', place, 'csat vragen over de ronde'));
      const question = await eventually(() => {
        const found = at.seenBy('U_BRAM', place).findLast((message) => /polls\.vote/.test(wordsOf(message)));
        if (!found || !/ronde/.test(wordsOf(found))) throw new Error(`round ${round} is not asked yet`);
        return found;
      });
      for (const [index, person] of voters.entries())
        await acknowledged(at.press(person, question, `polls.vote.${5 - (index % 2)}`));
      await acknowledged(at.command('U_BRAM', place, 'csat sluiten'));
      return eventually(() => {
        const results = at.seenBy('U_ANNA', place).filter((one) => /Uitslag CSAT/.test(wordsOf(one)));
        const [result] = round === 'first' ? results : results.slice(1);
        if (!result) throw new Error(`round ${round} has no result yet`);
        return result;
      });
    };
    expect(picturesOf(work(), await ask('first'))).toHaveLength(1);
    const result = await ask('second');
    const pictures = picturesOf(work(), result);
    expect(pictures.map((bytes) => bytes.subarray(1, 4).toString())).toEqual(['PNG', 'PNG']);
    expect(wordsOf(result)).toMatch(
      /CSAT door de tijd.*100 % \(tussen \d+ en 100, 5 antwoorden\); .*5 antwoorden/,
    );
    expect(wordsOf(result)).toContain('Vorige keer 100 %, nu 100 %');

    await acknowledged(at.press('U_BRAM', result, 'polls.export'));
    const [link = ''] = linksIn(work(), await sees('U_BRAM', place, /CSV downloaden/));
    const file = await fetch(link);
    expect(file.status).toBe(200);
    expect(Object.fromEntries(file.headers)).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': expect.stringMatching(/^attachment; filename="[\w.-]+\.csv"$/),
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const lines = (await file.text()).split('\r\n');
    expect([lines[0], lines.length]).toEqual(['"Naam";"CSAT";"Groep";"Toelichting"', 7]);
    expect(lines.join()).toContain('"Anna de Vries";5;"positief";""');
    const at40 = link.at(-40) === 'A' ? 'B' : 'A';
    const forged = await fetch(`${link.slice(0, -40)}${at40}${link.slice(-39)}`);
    expect([forged.status, await forged.text()]).toEqual([404, expect.not.stringContaining('Anna')]);
  });

  it('makes links for contacts outside the chat: one answers, once, and the result has his name', async () => {
    const { at, sees, form, channel, rows } = work();
    const place = channel({ client: true });
    await acknowledged(at.command('U_ANNA', place, 'nps vragen over de website'));
    await acknowledged(at.press('U_ANNA', await sees('U_ANNA', place, /polls\.invite/), 'polls.invite'));
    const addresses = 'Gijs Gast <gijs@acme.example>\nhans@acme.example';
    const invitation = await form('U_ANNA', /"addresses"/);
    await acknowledged(at.submit('U_ANNA', invitation, { addresses, language: 'nl' }));
    const made = await sees('U_ANNA', place, /Dit zijn de 2 links/);
    expect(made.onlyFor).toBe('U_ANNA');
    const links = linksIn(work(), made);
    expect(links).toHaveLength(2);
    const [page = ''] = links;
    const votes = () => rows("select grade, why from vote where why like '%website%'");
    const shown = await fetch(page);
    expect([shown.status, await shown.text()]).toEqual([200, expect.stringContaining('de website')]);
    expect(await votes()).toEqual([]);
    const send = (grade: string) =>
      fetch(page, { method: 'POST', body: new URLSearchParams({ grade, why: 'De website is goed.' }) });
    for (const grade of ['9', '1']) expect((await send(grade)).status).toBe(200);
    expect(await votes()).toEqual([{ grade: 9, why: 'De website is goed.' }]);

    await acknowledged(at.command('U_ANNA', place, 'nps sluiten'));
    const result = await sees('U_ANNA', 'D_U_ANNA', /Uitslag NPS.*de website/);
    expect(wordsOf(result)).toContain('Gijs Gast gaf een 9');
    expect(wordsOf(result)).toContain('1 van 5');
    expect(await (await fetch(links[1] ?? '')).text()).toContain('Gesloten op');
  });
}
