import { expect, it } from 'vitest';
import { type AtWork, acknowledged, eventually, onDatabase, wordsOf } from '../support/slack/at-work.ts';
import { choice } from '../support/slack/conversations.ts';
import { newClient } from '../support/slack/new-client.ts';
import type { Message } from '../support/slack/workspace.ts';

/** A team's daily start, as whole processes: its one card from the first press to the summary, and who may not see it. */

onDatabase('postgres', defineAll);
onDatabase('sqlite', (work) => {
  defineAll(work);
  definePictures(work);
});

/** How often somebody pressed a button or sent a form, or Slack says so. */
const deliveries = 4;

/** A client that two colleagues of its own serve: what is said of the cast's clients comes in each of the cast's channels. */
async function ofOwn(work: AtWork) {
  const [own = '', other = ''] = work.people('T1', 2);
  return { own, other, ...(await newClient(work, { by: own, more: [own, other] })) };
}

/** The daily start of such a team, as everybody in its channel sees it. */
async function begun(work: AtWork) {
  const client = await ofOwn(work);
  await acknowledged(work.at.command(client.own, client.team, 'dagstart nu'));
  return { ...client, card: await work.sees('U_BRAM', client.team, /Dagstart · /) };
}

/** What Belay said of daily starts to one person alone, in this channel or beside it. */
function saidAlone({ at }: AtWork, person: string, channel: string): string[] {
  const here = at.seenBy(person, channel).filter(({ onlyFor }) => onlyFor === person);
  const all = [...here, ...at.seenBy(person, `D_${person}`)].map(wordsOf);
  return all.filter((words) => /[Dd]a(gstart|ily start)|daily-start/.test(words));
}

/** What its pictures are, as far as they were uploaded. */
function picturesOf({ at }: AtWork, { blocks }: Message): (string | undefined)[] {
  const ids = [...JSON.stringify(blocks).matchAll(/"slack_file":\{"id":"([^"]+)"/g)];
  return ids.map(([, id = '']) => at.workspace.files.get(id)?.bytes?.subarray(1, 4).toString());
}

function defineAll(work: () => AtWork): void {
  it('is set for each working day, in both languages, and says so to the one who set it', async () => {
    const { at, sees, saidIn, rows } = work();
    const { team } = await newClient(work());
    const before = saidIn(team).length;
    await acknowledged(at.command('U_CARLA', team, 'daily at 08:15'));
    const set = await sees(
      'U_CARLA',
      team,
      /On working days at 08:15 the daily start begins here, the first/,
    );
    expect(set.onlyFor).toBe('U_CARLA');
    await acknowledged(at.command('U_ANNA', team, 'dagstart om 8:45'));
    const changed = await sees('U_ANNA', team, /Op werkdagen om 08:45 begint hier de dagstart, de eerste/);
    expect(changed.onlyFor).toBe('U_ANNA');
    expect(await rows(`select at from daily_start_plan where place_id = '${team}'`)).toEqual([
      { at: '08:45' },
    ]);
    await acknowledged(at.command('U_BRAM', team, 'dagstart'));
    const plan = await sees('U_BRAM', team, /om 08:45.*daily-start\.at/);
    await acknowledged(at.press('U_BRAM', plan, 'daily-start.at'));
    const asked = await work().form('U_BRAM', /Hoe laat/);
    const wrong = await acknowledged(at.submit('U_BRAM', asked, { time: 'kwart over' }));
    expect(JSON.stringify(wrong.body)).toContain('Schrijf hem zoals 08:45');
    await acknowledged(at.submit('U_BRAM', asked, { time: '9.00' }));
    await sees('U_BRAM', team, /Op werkdagen om 09:00/);
    await acknowledged(at.command('U_BRAM', team, 'dagstart uit'));
    await sees('U_BRAM', team, /begint geen dagstart meer vanzelf/);
    expect(saidIn(team)).toHaveLength(before);
  });

  it('has one card, which shows what everybody brings and presses, and answers nothing else', async () => {
    const { at, form, sees } = work();
    const { name, own, other, team, shared, card } = await begun(work());
    expect(card.onlyFor).toBeUndefined();
    expect(wordsOf(card)).toMatch(/Klacht".*Compliment".*Vandaag niets".*daily-start\.mood\.1.*mood\.5/);
    await acknowledged(at.press(other, card, 'daily-start.complaint.beside'));
    const complaint = await form(other, /Een klacht laat zien/);
    const said = { client: choice(complaint, name), text: 'Weer te laat geleverd', 'said-by': 'Daan Visser' };
    await acknowledged(at.submit(other, complaint, said));
    const brought = new RegExp(
      `Klacht van ${name}: “Weer te laat geleverd” \\(Person \\d+\\).*Meegedaan: Person`,
    );
    expect(await sees('U_ANNA', team, brought)).toBe(card);
    const kept = await sees(other, team, new RegExp(`De klacht van ${name} is genoteerd`));
    expect(kept.onlyFor).toBe(other);
    // Whoever owns the client hears of it at once.
    await sees(own, `D_${own}`, /Weer te laat geleverd/);

    const before = [own, 'U_CARLA'].map((person) => saidAlone(work(), person, team));
    await Promise.all([
      acknowledged(at.press(own, card, 'daily-start.nothing.beside')),
      acknowledged(at.press('U_CARLA', card, 'daily-start.mood.5')),
    ]);
    expect(await sees('U_BRAM', team, /Meegedaan: Carla Smit, Person \d+, Person \d+/)).toBe(card);
    expect(wordsOf(card)).toContain('1 van ons zei');
    await Promise.all(
      [own, other].map((person, index) =>
        acknowledged(at.press(person, card, `daily-start.mood.${index + 1}`)),
      ),
    );
    expect(await sees('U_CARLA', team, /3 van ons zeiden/)).toBe(card);
    expect([own, 'U_CARLA'].map((person) => saidAlone(work(), person, team))).toEqual(before);
    expect(wordsOf({ blocks: at.seenBy('U_DAAN', shared) })).not.toMatch(/Dagstart|daily-start|te laat/);
  });

  it('ends as its summary, to which people add what they learned and who does what until when', async () => {
    const { at, form, sees } = work();
    const { name, own, other, team, shared, card } = await begun(work());
    await acknowledged(at.press(other, card, 'daily-start.compliment.beside'));
    const compliment = await form(other, /zoals de klant het zei/);
    await acknowledged(at.submit(other, compliment, { client: choice(compliment, name), text: 'Quick' }));
    await sees('U_ANNA', team, /Vanochtend gemeld.*Quick/);
    await acknowledged(at.command('U_BRAM', team, 'dagstart sluiten'));
    expect((await sees('U_BRAM', team, /De dagstart is gesloten/)).onlyFor).toBe('U_BRAM');
    const summary = await sees('U_ANNA', team, /Gesloten om \d\d:\d\d.*0 klachten, 1 compliment.*Quick/);
    expect([summary, wordsOf(summary)]).toEqual([card, expect.not.stringContaining('daily-start.mood.')]);

    await acknowledged(at.press(own, summary, 'daily-start.learn.beside'));
    await acknowledged(at.press(other, summary, 'daily-start.deed.beside'));
    const deed = await form(other, /Uiterlijk wanneer/);
    const [, until = ''] = /"value":"(\d{4}-\d\d-\d\d)"/.exec(wordsOf(deed)) ?? [];
    await Promise.all([
      acknowledged(at.submit(own, await form(own, /In één zin/), { text: 'Wie belt, krijgt geen klacht' })),
      acknowledged(at.submit(other, deed, { what: 'Acme bellen', person: 'U_CARLA', until })),
    ]);
    await sees(own, team, /Het staat in de samenvatting/);
    await sees(other, team, /Carla Smit doet het/);
    const added = /krijgt geen klacht \(Person \d+\).*Carla Smit: Acme bellen, uiterlijk/;
    expect(await sees('U_CARLA', team, added)).toBe(card);

    await acknowledged(at.command('U_ANNA', team, 'dagstart nu'));
    const next = await sees('U_CARLA', team, /Wie doet wat.*Carla Smit: Acme bellen.*daily-start\.mood/);
    expect(next).not.toBe(card);
    await acknowledged(at.press('U_CARLA', next, 'daily-start.deeds.beside'));
    const list = await sees('U_CARLA', team, /Acme bellen.*daily-start\.done/);
    expect(list.onlyFor).toBe('U_CARLA');
    await acknowledged(at.press('U_CARLA', list, 'daily-start.done'));
    await sees('U_CARLA', team, /Nothing is open any more/);
    expect(await sees('U_ANNA', team, /Acme bellen, uiterlijk .* – gedaan/)).toBe(card);
    await eventually(() => expect(wordsOf(next)).not.toContain('Acme bellen'));
    // It is no compliment of this one: that was told yesterday, so to say.
    expect(wordsOf(next)).not.toContain('Vanochtend gemeld');
    expect(wordsOf({ blocks: at.seenBy('U_DAAN', shared) })).not.toMatch(/Dagstart|daily-start|Quick|bellen/);
  });

  it('is nothing for a guest or an outsider, and for no channel in which a client reads along', async () => {
    const { at, form, people, rows, saidIn, sees } = work();
    const { team, shared, card } = await begun(work());
    const before = saidIn(shared).length;
    for (const typed of ['dagstart nu', 'dagstart om 8:45', 'dagstart']) {
      const seen = at.seenBy('U_ANNA', shared).length;
      await acknowledged(at.command('U_ANNA', shared, typed));
      await eventually(() => expect(at.seenBy('U_ANNA', shared).length).toBeGreaterThan(seen));
      const answer = at.seenBy('U_ANNA', shared).at(-1);
      expect([answer?.onlyFor, answer && wordsOf(answer)]).toEqual([
        'U_ANNA',
        expect.stringContaining('leest iemand van buiten mee'),
      ]);
    }
    await acknowledged(at.mention('U_DAAN', shared, 'dagstart nu'));
    expect((await sees('U_DAAN', shared, /alleen voor het team/)).onlyFor).toBe('U_DAAN');
    await acknowledged(at.command('U_GUEST', team, 'daily now'));
    expect((await sees('U_GUEST', team, /only for the team/)).onlyFor).toBe('U_GUEST');
    for (const press of ['complaint.beside', 'nothing.beside', 'mood.3'])
      for (const person of ['U_DAAN', 'U_GUEST']) {
        await acknowledged(at.press(person, card, `daily-start.${press}`));
        await form(person, /alleen voor het team|only for the team/);
      }
    // A colleague of another channel, who presses what he found.
    const [stranger = ''] = people('T1', 1);
    const forged: Message = { ...card, channel: 'C_GENERAL' };
    await acknowledged(at.press(stranger, forged, 'daily-start.mood.1'));
    await sees(stranger, `D_${stranger}`, /niet van jouw kanaal/);
    expect(saidIn(shared)).toHaveLength(before);
    const kept = `select person_id from daily_start_part join daily_start on id = start_id where place_id`;
    expect(await rows(`${kept} in ('${team}', '${shared}')`)).toEqual([]);
    expect(await rows(`select id from daily_start where place_id = '${shared}'`)).toEqual([]);
  });

  it('hears each thing once, however often Slack tells it', async () => {
    const { at, form, rows, saidIn, sees } = work();
    const { name, own, other, team } = await ofOwn(work());
    const times = (first: Promise<unknown>) => [
      first,
      ...Array.from({ length: deliveries - 1 }, () => acknowledged(at.again())),
    ];
    await Promise.all(times(acknowledged(at.command('U_ANNA', team, 'dagstart nu'))));
    const card = await sees('U_BRAM', team, /Dagstart · /);
    await Promise.all(times(acknowledged(at.press(other, card, 'daily-start.complaint.beside'))));
    const complaint = await form(other, /Een klacht laat zien/);
    expect(at.workspace.modals.filter((view) => view.user === other && wordsOf(view).includes(name))).toEqual(
      [complaint],
    );
    const said = { client: choice(complaint, name), text: 'Vier keer gemeld' };
    await Promise.all(times(acknowledged(at.submit(other, complaint, said))));
    await sees('U_ANNA', team, /Vier keer gemeld/);
    await Promise.all(times(acknowledged(at.press('U_CARLA', card, 'daily-start.mood.2'))));
    await Promise.all(times(acknowledged(at.command('U_ANNA', team, 'dagstart sluiten'))));
    const summary = await sees('U_BRAM', team, /Gesloten om.*1 klacht, 0 complimenten/);
    await acknowledged(at.press(own, summary, 'daily-start.learn.beside'));
    const learned = await form(own, /In één zin/);
    await Promise.all(times(acknowledged(at.submit(own, learned, { text: 'Eén keer is genoeg' }))));
    await sees('U_BRAM', team, /Eén keer is genoeg/);

    expect(wordsOf(summary).split('Eén keer is genoeg')).toHaveLength(2);
    expect(saidIn(team).filter(({ method }) => method === 'chat.postMessage')).toHaveLength(1);
    expect(await rows(`select id from daily_start where place_id = '${team}'`)).toHaveLength(1);
    expect(await rows("select id from feedback where text = 'Vier keer gemeld'")).toHaveLength(1);
  });
}

function definePictures(work: () => AtWork): void {
  // By itself: what draws pictures is loaded with the first one, and nothing is acknowledged meanwhile.
  it('shows how it went, in pictures, after five of them', { concurrent: false }, async () => {
    const { at, form, sees } = work();
    const { name, own, other, team, card } = await begun(work());
    await acknowledged(at.press(own, card, 'daily-start.complaint.beside'));
    const asked = await form(own, /Een klacht laat zien/);
    await acknowledged(at.submit(own, asked, { client: choice(asked, name), text: 'Te laat' }));
    let open = card;
    for (let round = 1; round <= 5; round += 1) {
      for (const person of [own, other, 'U_CARLA'])
        await acknowledged(at.press(person, open, 'daily-start.mood.4'));
      await acknowledged(at.command(own, team, 'dagstart sluiten'));
      await eventually(() => expect(wordsOf(open)).toContain('Gesloten om'));
      if (round < 5) await acknowledged(at.command(own, team, 'dagstart nu'));
      if (round < 5) open = await sees('U_BRAM', team, /daily-start\.mood/);
    }
    // On the last working day of a week the pictures stand in the summary, and the button in that of another day.
    const isWeekOver = !wordsOf(open).includes('daily-start.trend');
    expect(picturesOf(work(), open)).toHaveLength(isWeekOver ? 2 : 0);
    const blocks = JSON.parse(JSON.stringify(open.blocks).replaceAll('start.learn.', 'start.trend.'));
    await acknowledged(at.press('U_ANNA', { ...open, blocks }, 'daily-start.trend.beside'));
    const trend = await sees('U_ANNA', team, /De dagstarts tot nu toe/);
    expect(trend.onlyFor).toBe('U_ANNA');
    expect(wordsOf(trend)).toMatch(/klachten \d+ \p{L}+ 1;.*Hoe we ervoor stonden.*4,0/u);
    expect(picturesOf(work(), trend)).toEqual(['PNG', 'PNG']);
  });
}
