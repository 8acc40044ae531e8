import { expect, it } from 'vitest';
import { newDatabase } from '../support/databases.ts';
import { acknowledged, eventually, onEachDatabase, startAtWork, wordsOf } from '../support/slack/at-work.ts';
import type { Message } from '../support/slack/workspace.ts';

const grades = Array.from({ length: 11 }, (_, grade) => grade);

function buttonsOf(message: { blocks: unknown[] }): string[] {
  return [...JSON.stringify(message.blocks).matchAll(/"action_id":"([^"]+)"/g)].map(([, id = '']) => id);
}

/** The bytes of the pictures that a message shows. */
function picturesOf(message: Message, files: Map<string, { bytes?: Buffer }>): (Buffer | undefined)[] {
  const ids = [...JSON.stringify(message.blocks).matchAll(/"slack_file":\{"id":"([^"]+)"/g)];
  return ids.map(([, id = '']) => files.get(id)?.bytes);
}

const png = Buffer.from([0x89, 0x50, 0x4e, 0x47]);

onEachDatabase((work) => {
  it('tells what one can type, each in his own language', async () => {
    const { at, sees, channel } = work();
    const place = channel();
    await acknowledged(at.command('U_BRAM', place, 'help'));
    expect(wordsOf(await sees('U_BRAM', place, /kun je typen/))).toContain('nps vragen');
    await acknowledged(at.mention('U_CARLA', place, 'help'));
    expect(wordsOf(await sees('U_CARLA', place, /What you can type/))).toContain('nps ask');
    expect(at.seenBy('U_ANNA', place)).toEqual([]);
  });

  it('greets once in a channel, however often it hears that it was invited', async () => {
    const { at, sees, channel, rows } = work();
    const place = channel({ belay: false });
    const invited = [at.invite('U_BRAM', place), at.again(), at.again()];
    await Promise.all(invited.map(acknowledged));
    const greeting = await sees('U_CARLA', place, /Belay/);
    expect(buttonsOf(greeting)).toEqual(['clients.add']);
    // Slack may tell it as another event too.
    await acknowledged(at.invite('U_BRAM', place));
    expect(await rows(`select id from outbox where place = '${place}'`)).toEqual([]);
    expect(at.seenBy('U_CARLA', place)).toEqual([greeting]);
    await acknowledged(at.press('U_CARLA', greeting, 'clients.add'));
    const form = await work().form('U_CARLA');
    await acknowledged(at.submit('U_CARLA', form, { name: 'Acme', link: 'internal' }));
    await sees('U_CARLA', place, /Acme/);
    expect(await rows(`select kind from client_place where place_id = '${place}'`)).toEqual([
      { kind: 'internal' },
    ]);
  });

  it('asks an NPS in an internal channel, and shows its result there when it is closed', async () => {
    const { at, sees, form, people, channel, saidIn } = work();
    const more = people('T1', 3);
    const place = channel({ more });
    await acknowledged(at.command('U_ANNA', place, 'nps ask for 3 days about *the move* <!channel>'));
    const question = await sees('U_BRAM', place, /polls\.vote/);
    expect(buttonsOf(question)).toEqual(grades.map((grade) => `polls.vote.${grade}`));
    expect(wordsOf(question)).toMatch(/Anna de Vries.*het team ziet uw naam bij uw antwoord/);

    for (const [index, person] of ['U_ANNA', 'U_CARLA', ...more].entries())
      await acknowledged(at.press(person, question, `polls.vote.${10 - index}`));
    await acknowledged(at.press('U_BRAM', question, 'polls.vote.7'));
    const voted = await sees('U_BRAM', place, /U gaf een 7/);
    expect(voted.onlyFor).toBe('U_BRAM');

    await acknowledged(at.press('U_BRAM', voted, 'polls.why'));
    const why = await form('U_BRAM');
    await acknowledged(at.submit('U_BRAM', why, { why: '<!channel> *slow* & <@U_ANNA>' }));
    await sees('U_BRAM', place, /Dank u wel, uw toelichting is bewaard/);

    await acknowledged(at.press('U_BRAM', voted, 'polls.change'));
    const again = await sees('U_BRAM', place, /polls\.vote/);
    await acknowledged(at.press('U_BRAM', again, 'polls.vote.2'));
    await sees('U_BRAM', place, /U gaf een 2/);

    await acknowledged(at.command('U_CARLA', place, 'nps result'));
    await sees('U_CARLA', place, /6 of 6 have answered so far/);
    await acknowledged(at.command('U_BRAM', place, 'nps close'));
    await sees('U_BRAM', place, /Alleen Anna de Vries/);
    for (const { args } of saidIn(place)) expect(JSON.stringify(args)).not.toMatch(/slow|gaf een|NPS [−+\d]/);

    await acknowledged(at.command('U_ANNA', place, 'nps close'));
    const result = await sees('U_CARLA', place, /Uitslag NPS/);
    expect(result.text).toBe('NPS 0 (± 51) uit 6 antwoorden');
    expect(wordsOf(result)).toContain('6 van 6');
    const [picture] = picturesOf(result, at.workspace.files);
    expect(picture?.subarray(0, 4)).toEqual(png);
    expect(result.blocks).toContainEqual({
      type: 'rich_text',
      elements: [
        { type: 'rich_text_quote', elements: [{ type: 'text', text: '<!channel> *slow* & <@U_ANNA>' }] },
      ],
    });
    const ended = await sees('U_CARLA', place, /Gesloten op/);
    expect(ended.ts).toBe(question.ts);
    expect(buttonsOf(ended)).toEqual([]);
  });

  it('tells a client nothing internal: the result goes to the one who asked, who may share it', async () => {
    const { at, sees, form, people, channel, saidIn, rows } = work();
    const more = people('T2', 3);
    const place = channel({ client: true, more });
    await acknowledged(at.command('U_ANNA', place, 'nps vragen over onze samenwerking'));
    const question = await sees('U_DAAN', place, /polls\.vote/);

    await acknowledged(at.press('U_BRAM', question, 'polls.vote.10'));
    await sees('U_BRAM', place, /telt alleen de stem van de klant/);
    const client = ['U_DAAN', 'U_EVA', 'U_FINN', ...more];
    for (const [index, person] of client.entries()) {
      await acknowledged(at.press(person, question, `polls.vote.${10 - index}`));
      const why = await form(person);
      expect(wordsOf(why)).toMatch(new RegExp(`(U gaf een|You answered) ${10 - index}`));
      await acknowledged(at.submit(person, why, { why: `geheim van ${person}` }));
      expect(
        await rows(`select why from vote where person_id = '${person}' and grade = ${10 - index}`),
      ).toEqual([{ why: `geheim van ${person}` }]);
    }

    await acknowledged(at.command('U_ANNA', place, 'nps sluiten'));
    const result = await sees('U_ANNA', 'D_U_ANNA', /Uitslag NPS/);
    expect(result.text).toBe('NPS 0 (± 51) uit 6 antwoorden');
    expect(wordsOf(result)).toContain('geheim van U_DAAN');
    // Slack told only his id when he voted.
    expect(wordsOf(result)).toContain('Daan Visser gaf een 10');
    await sees('U_DAAN', place, /Gesloten op/);
    for (const { args } of saidIn(place))
      expect(JSON.stringify(args)).not.toMatch(/geheim|gaf een|promotors|NPS [−+\d]/);

    await acknowledged(at.press('U_ANNA', result, 'polls.share'));
    const shared = await sees('U_DAAN', place, /Dank u wel voor uw antwoorden/);
    expect(wordsOf(shared)).toMatch(/promotors/);
    expect(picturesOf(shared, at.workspace.files)).toHaveLength(1);
    for (const { args } of saidIn(place))
      expect(JSON.stringify(args)).not.toMatch(/geheim|gaf een|Visser|daan/i);
    const ephemeral = at.callsOf('chat.postEphemeral').filter(({ args }) => args.channel === place);
    for (const { args } of ephemeral.filter(({ args }) => client.includes(String(args.user))))
      expect(JSON.stringify(args)).toContain(`geheim van ${args.user}`);
    await acknowledged(at.press('U_ANNA', result, 'polls.share'));
    await eventually(() =>
      expect(wordsOf(at.seenBy('U_ANNA', 'D_U_ANNA').at(-1) ?? result)).toMatch(/al gedeeld/),
    );
    expect(saidIn(place)).toHaveLength(3);
  });

  it('shows what it can do on a person’s own page of the app', async () => {
    const { at } = work();
    await acknowledged(at.openHome('U_CARLA'));
    const home = await eventually(() => {
      const view = at.workspace.homes.get('U_CARLA');
      if (!view) throw new Error('Carla has no home');
      return view;
    });
    expect(wordsOf(home)).toMatch(/What can I help with\?/);
    await acknowledged(at.press('U_CARLA', home, 'help.show'));
    await work().sees('U_CARLA', 'D_U_CARLA', /What you can type/);
  });
});

it('does the same through Socket Mode', async () => {
  const database = await newDatabase('sqlite');
  const { at, belay, sees, form, stop } = await startAtWork({ databaseUrl: database.url, mode: 'socket' });
  await acknowledged(at.command('U_ANNA', 'C_GENERAL', 'nps ask'));
  const question = await sees('U_BRAM', 'C_GENERAL', /polls\.vote/);
  await acknowledged(at.press('U_BRAM', question, 'polls.vote.9'));
  await acknowledged(at.press('U_BRAM', await sees('U_BRAM', 'C_GENERAL', /U gaf een 9/), 'polls.why'));
  await acknowledged(at.submit('U_BRAM', await form('U_BRAM'), { why: 'snel' }));
  await acknowledged(at.mention('U_ANNA', 'C_GENERAL', 'nps close'));
  expect(wordsOf(await sees('U_CARLA', 'C_GENERAL', /Uitslag NPS/))).toContain('snel');
  expect((await fetch(`${belay.url}/slack/events`, { method: 'POST' })).status).toBe(404);
  expect(await stop()).toBe(0);
  await database.remove();
});
