import { expect, it } from 'vitest';
import { type AtWork, acknowledged, eventually, onEachDatabase, wordsOf } from '../support/slack/at-work.ts';
import { choice, momentIn, readersOf, working } from '../support/slack/conversations.ts';
import { newClient } from '../support/slack/new-client.ts';

/** Conversations with a client, as whole processes: planned, briefed, noted afterwards, and help asked for early. */

onEachDatabase(defineAll);

function defineAll(work: () => AtWork): void {
  it('is planned and understood, and its briefing comes to those who take part, alone', async () => {
    const { at, sees, saidIn } = work();
    const [own = '', other = ''] = await working(work(), 2);
    const { name, team, shared } = await newClient(work(), { by: own, more: [own, other] });
    const expected = `Elke week een belletje, zegt ${name}`;
    await acknowledged(at.command(own, team, `verwacht: ${expected}`));
    await sees(own, team, /Genoteerd: dit verwacht/);
    const [since, soon] = [Temporal.Now.instant(), { minutes: 20 }];
    await acknowledged(at.command(own, team, `gesprek ${name} over 20 minuten`));
    const planned = await sees(own, team, new RegExp(`Gesprek met ${name} staat genoteerd`));
    const clock = (at: Temporal.Instant) =>
      at.toZonedDateTimeISO('Europe/Amsterdam').toPlainTime().toString({ smallestUnit: 'minute' });
    const times = [since, Temporal.Now.instant()].map((instant) => clock(instant.add(soon)));
    expect(times).toContain(momentIn(planned).split(' ').at(-1));

    await acknowledged(at.command(other, team, `gesprek ${name} ${momentIn(planned)}`));
    await sees(other, team, /Person \d+, Person \d+/);
    const briefing = new RegExp(`${name}.*Wat ze verwachten.*${expected}`);
    for (const person of [own, other]) await sees(person, `D_${person}`, briefing);
    // What he noted himself he has read before, where he typed it.
    expect(readersOf(work(), expected)).toEqual(new Set([own, `D_${own}`, `D_${other}`]));
    for (const person of [own, other])
      expect(at.seenBy(person, `D_${person}`).filter((one) => briefing.test(wordsOf(one)))).toHaveLength(1);
    expect(JSON.stringify([saidIn(team), saidIn(shared)])).not.toMatch(/gesprek|conversations\./i);
  });

  it('shows the same briefing at once to whoever cannot wait for it', async () => {
    const { at, sees, people } = work();
    const [own = ''] = people('T1', 1);
    const { name, team } = await newClient(work(), { by: own, more: [own] });
    await acknowledged(at.command(own, team, 'verwacht: Sneller antwoord'));
    await sees(own, team, /Genoteerd: dit verwacht/);
    await acknowledged(at.command(own, team, `gesprek ${name} morgen 14:00`));
    const planned = await sees(own, team, /staat genoteerd/);
    await acknowledged(at.press(own, planned, 'conversations.brief.beside'));
    const briefing = await sees(own, team, /Briefing voor je gesprek.*Wat ze verwachten.*Sneller antwoord/);
    expect(briefing.onlyFor).toBe(own);
  });

  it('is noted afterwards with one press', async () => {
    const { at, sees, people, rows } = work();
    const [own = ''] = people('T1', 1);
    const { name, team } = await newClient(work(), { by: own, more: [own] });
    await acknowledged(at.command(own, team, `gesprek ${name}`));
    const asked = await sees(own, team, /Je sprak Acme.*Ja, niets nieuws/);
    await acknowledged(at.press(own, asked, 'conversations.raised'));
    await sees(own, team, new RegExp(`Mooi\\. Bij ${name} staat vandaag genoteerd`));
    const outcomes = `select outcome from conversation join client on client.id = client_id where name = '${name}'`;
    expect(await rows(outcomes)).toEqual([{ outcome: 'raised' }]);
  });

  it('leads to an early warning, which a colleague takes; who was there hears the answer', async () => {
    const { at, sees, form, saidIn } = work();
    const [own = '', other = '', helper = ''] = await working(work(), 3);
    const { name, team, shared } = await newClient(work(), { by: own, more: [own, other, helper] });
    await acknowledged(at.command(own, team, 'verwacht: Op tijd geleverd'));
    await sees(own, team, /Genoteerd: dit verwacht/);
    for (const person of [other, own])
      await acknowledged(at.command(person, team, `gesprek ${name} gisteren 15:00`));
    const asked = await sees(own, team, /kwam de verwachting ter sprake/);
    await acknowledged(at.press(own, asked, 'conversations.more'));
    const more = await form(own, /Op tijd geleverd/);
    const expectation = choice(more, 'Op tijd geleverd');
    const said = { kind: 'at-risk', expectation, said: 'Vrijdag halen jullie niet' };
    await acknowledged(at.submit(own, more, said));
    const noted = await sees(own, team, /Genoteerd\. Meld het vroeg.*Vrijdag halen jullie niet/);
    await sees(other, `D_${other}`, new RegExp(`gaf aan dat de verwachting van ${name} ter sprake kwam`));

    await acknowledged(at.press(own, noted, 'conversations.warn'));
    const help = { person: helper, said: 'De levering van vrijdag' };
    await acknowledged(at.submit(own, await form(own, /Wie kan helpen/), help));
    const warning = await sees(helper, `D_${helper}`, /Op tijd geleverd.*De levering van vrijdag/);
    await acknowledged(at.press(helper, warning, 'conversations.take'));
    await sees(own, `D_${own}`, /De levering van vrijdag.*pakt het op/);
    expect(readersOf(work(), 'De levering van vrijdag')).not.toContain(`D_${other}`);
    expect(JSON.stringify([saidIn(team), saidIn(shared)])).not.toMatch(/vrijdag/i);
  });

  it('is quiet for whoever has paused or muted the client, and briefs the others', async () => {
    const { at, sees, form, rows } = work();
    const [paused = '', mutes = '', reached = ''] = await working(work(), 3);
    const { name, team } = await newClient(work(), { by: reached, more: [paused, mutes, reached] });
    const state = async (person: string) => {
      await acknowledged(at.command(person, team, 'seintjes'));
      return sees(person, team, /Jouw seintjes/);
    };
    await acknowledged(at.press(paused, await state(paused), 'nudges.pause'));
    const pause = await form(paused, /Hoe lang/);
    await acknowledged(at.submit(paused, pause, { until: choice(pause, '7 dagen') }));
    await sees(paused, team, /Het is stil tot \d+/);
    expect(wordsOf(await state(paused))).toMatch(/tot \d+.*nudges\.resume/);
    await acknowledged(at.press(mutes, await state(mutes), 'nudges.mute'));
    const mute = await form(mutes, new RegExp(name));
    await acknowledged(at.submit(mutes, mute, { client: choice(mute, name) }));
    await sees(mutes, team, new RegExp(`Over ${name} krijg je geen seintjes meer`));

    await acknowledged(at.command(paused, team, `gesprek ${name} over 20 minuten`));
    const moment = momentIn(await sees(paused, team, /staat genoteerd/));
    for (const person of [mutes, reached])
      await acknowledged(at.command(person, team, `gesprek ${name} ${moment}`));
    await sees(reached, `D_${reached}`, new RegExp(`${name}.*Person \\d+, Person \\d+, Person`));
    const briefed = await rows(
      `select distinct person_id from nudge_sent join conversation on key like conversation.id || '@%'
       join client on client.id = client_id where client.name = '${name}'`,
    );
    expect(briefed).toEqual([{ person_id: reached }]);
  });

  it('takes a calendar’s address in private alone, and none that leads inside; nobody else reads it', async () => {
    const { at, sees, form, people, rows, belay } = work();
    const [own = ''] = people('T1', 1);
    const { team } = await newClient(work(), { by: own, more: [own] });
    const secret = `private-${own.toLowerCase()}`;
    const address = `https://calendar.example/${secret}/basic.ics`;
    await acknowledged(at.command(own, team, `agenda ${address}`));
    expect((await sees(own, team, /alleen in een privégesprek met mij/)).onlyFor).toBe(own);
    await acknowledged(at.dm(own, `agenda <http://127.0.0.1:8080/${secret}.ics>`));
    await sees(own, `D_${own}`, /geen adres dat ik mag lezen.*openbare server/);
    expect(await rows(`select * from calendar where person_id = '${own}'`)).toEqual([]);

    await acknowledged(at.command(own, team, 'agenda'));
    const asked = await form(own, /iCalendar-adres/);
    const inside = await acknowledged(at.submit(own, asked, { address: `https://10.0.0.1/${secret}` }));
    expect(JSON.stringify(inside.body)).toContain('geen adres dat ik mag lezen');
    await acknowledged(at.submit(own, asked, { address }));
    await sees(own, team, /Dank je\. Ik lees je agenda/);
    const kept = await rows(`select * from calendar where person_id = '${own}'`);
    expect(kept).toHaveLength(1);
    for (const said of [kept, at.calls, belay.lines]) expect(JSON.stringify(said)).not.toContain(secret);
    await acknowledged(at.command(own, team, 'agenda'));
    const shown = await sees(own, team, /conversations\.calendar-remove/);
    expect(shown.onlyFor).toBe(own);
    await acknowledged(at.press(own, shown, 'conversations.calendar-remove'));
    await sees(own, team, /Het adres is gewist/);
  });

  it('is nothing that a contact of the client can do, and the shared channel never hears of it', async () => {
    const { at, sees, form, people, saidIn, rows } = work();
    const [own = ''] = people('T1', 1);
    const { name, team, shared } = await newClient(work(), { by: own, more: [own] });
    const before = saidIn(shared).length;
    await acknowledged(at.mention(own, shared, 'gesprek morgen 14:00'));
    const planned = await sees(own, shared, /staat genoteerd/);
    expect(planned.onlyFor).toBe(own);
    for (const typed of ['gesprek morgen 10:00', 'gesprek overzicht', 'agenda', 'seintjes']) {
      const seen = at.seenBy('U_DAAN', shared).length;
      await acknowledged(at.mention('U_DAAN', shared, typed));
      await eventually(() => expect(at.seenBy('U_DAAN', shared).length).toBeGreaterThan(seen));
      expect(at.seenBy('U_DAAN', shared).at(-1)).toMatchObject({ onlyFor: 'U_DAAN' });
    }
    // As if he saw the card that is hers alone.
    const { onlyFor: _, ...forged } = planned;
    for (const button of ['brief.beside', 'change', 'cancelled']) {
      await acknowledged(at.press('U_DAAN', forged, `conversations.${button}`));
      await form('U_DAAN', /alleen voor het team/);
    }
    expect(wordsOf({ blocks: at.seenBy('U_DAAN', shared).map(wordsOf) })).not.toMatch(/genoteerd|seintjes/);
    expect(saidIn(shared)).toHaveLength(before);
    const kept = `select outcome, count(*) as count from conversation join client on client.id = client_id
      where name = '${name}' group by outcome`;
    expect((await rows(kept)).map(({ outcome, count }) => [outcome, Number(count)])).toEqual([[null, 1]]);
    expect(at.seenBy(own, team).map(wordsOf).join()).not.toContain('Daan Visser gaf aan');
  });

  // By itself: what draws pictures is loaded with the first one, and nothing is acknowledged meanwhile.
  it('tells how often the expectation was raised, with its picture', { concurrent: false }, async () => {
    const { at, sees, people } = work();
    const [own = ''] = people('T1', 1);
    const { name, team } = await newClient(work(), { by: own, more: [own] });
    for (const answer of ['raised', 'not-raised']) {
      await acknowledged(at.command(own, team, `gesprek ${name}`));
      await acknowledged(at.press(own, await sees(own, team, /Je sprak Acme/), `conversations.${answer}`));
      await sees(own, team, answer === 'raised' ? /staat vandaag genoteerd/ : /Genoteerd\. De volgende keer/);
    }
    await acknowledged(at.command(own, team, 'gesprek overzicht'));
    const report = wordsOf(await sees(own, team, new RegExp(`${name}.*1 van 2 · laatst vandaag`)));
    const [, picture = ''] = /"slack_file":\{"id":"(\w+)"/.exec(report) ?? [];
    expect(at.workspace.files.get(picture)?.bytes?.subarray(1, 4).toString()).toBe('PNG');
  });
}
