import { expect, it } from 'vitest';
import { SendError } from '../../../src/chat/platform.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  anna,
  bram,
  carla,
  daan,
  eva,
  finn,
  general,
  type House,
  openHouse,
  pollIn,
  refusalOf,
  wordsOf,
} from '../../support/house.ts';

const everybody = [anna, bram, carla, daan, eva, finn];

eachDatabase((_, open) => {
  const house = async () => openHouse(await open());

  /** Everybody answers this, and the round closes by itself; returns the result as the channel reads it. */
  async function roundOf(belay: House, poll: string, grades: number[]): Promise<string> {
    for (const [at, person] of everybody.entries())
      await belay.press(person, general, 'polls.vote', poll, String(grades[at % grades.length]));
    belay.time.advance({ hours: 7 * 24 });
    const told = await belay.settle();
    const result = told.find(
      ({ kind, place, card }) => kind === 'post' && place && JSON.stringify(card).includes('Uitslag'),
    );
    return result ? JSON.stringify(result.card) : '';
  }

  it('asks now and on the same day of every month, until it is told to stop', async () => {
    const belay = await house();
    const answered = wordsOf(await belay.say(anna, general, 'nps elke maand over de overgang'));
    expect(answered).toMatch(
      /Volgende keer: woensdag 23 december 2026|Volgende keer: woensdag 23 december om 10:00/,
    );
    const first = pollIn(await belay.settle());
    await roundOf(belay, first, [9]);
    belay.time.set('2026-12-23T08:59:00Z');
    expect(pollIn(await belay.settle())).toBe('');
    belay.time.set('2026-12-23T09:00:00Z');
    const asked = await belay.settle();
    expect(wordsOf(asked.find(({ kind }) => kind === 'post') ?? { kind: 'nothing' })).toContain(
      'de overgang',
    );
    const second = pollIn(asked);
    expect(second).not.toBe(first);
    expect(wordsOf(await belay.say(bram, general, 'nps'))).toContain('De peiling loopt');

    expect(refusalOf(await belay.say(bram, general, 'nps uit'))).toContain('Anna de Vries');
    expect(wordsOf(await belay.say(anna, general, 'nps every off'))).toContain('niet meer herhaald');
    belay.time.set('2027-01-25T12:00:00Z');
    expect(pollIn(await belay.settle())).toBe('');
    expect(refusalOf(await belay.say(anna, general, 'nps uit'))).toContain('wordt hier niet herhaald');
  });

  it('shows the trend over its rounds in words and as points, and a new line where the question changed', async () => {
    const belay = await house();
    await belay.say(anna, general, 'ces every month');
    let poll = pollIn(await belay.settle());
    expect(await roundOf(belay, poll, [2, 3])).not.toContain('"trend"');
    belay.time.set('2026-12-23T10:00:00Z');
    poll = pollIn(await belay.settle());
    const second = await roundOf(belay, poll, [6, 7]);
    expect(second).toContain('Vorige keer 0 %, nu 100 %: +100 punten, meer dan toeval.');
    expect(second).toMatch(/"trend".*"n":6,"value":\{"at":0,"low":0,"high":39.*"at":100/);

    await belay.store.db.updateTable('poll').set({ question: 'Vroeger vroegen wij het anders.' }).execute();
    belay.time.set('2027-01-25T10:00:00Z');
    poll = pollIn(await belay.settle());
    const third = await roundOf(belay, poll, [4, 5]);
    expect(third).toContain('nieuwe lijn');
    expect(third).not.toMatch(/Vorige keer/);
    const points = JSON.parse(third).elements.find(({ kind }: { kind: string }) => kind === 'trend').points;
    expect(points.map(({ anew }: { anew?: boolean }) => anew)).toEqual([false, false, true]);
  });

  it('keeps apart what was asked of others, about something else, or anonymously', async () => {
    const belay = await house();
    for (const text of ['nps vragen', 'nps vragen over de overgang', 'nps vragen anoniem', 'csat vragen']) {
      await belay.say(anna, general, text);
      const poll = pollIn(await belay.settle());
      for (const person of everybody) {
        if (text.includes('anoniem'))
          await belay.submit(person, general, 'polls.ballot', poll, { grade: '3' });
        else await belay.press(person, general, 'polls.vote', poll, '3');
      }
      await belay.say(anna, general, `${text.split(' ')[0]} sluiten`);
      const told = JSON.stringify(await belay.settle());
      expect(told).toContain('Uitslag');
      expect(told).not.toMatch(/"trend"|Vorige keer/);
      belay.time.advance({ hours: 1 });
    }
  });

  it('is opened at most a day late, and what was missed is counted and told', async () => {
    const belay = await house();
    await belay.say(anna, general, 'nps elke maand voor 2 dagen');
    await belay.settle();
    belay.time.advance({ hours: 49 });
    await belay.settle();
    // Away from before the round of December until two days after the one of January.
    belay.time.set('2027-01-27T09:00:00Z');
    const told = await belay.settle();
    expect(pollIn(told)).toBe('');
    expect(JSON.stringify(told)).toContain('Een ronde van NPS in het kanaal is overgeslagen');
    expect(wordsOf(await belay.say(anna, general, 'nps'))).toMatch(
      /dinsdag 23 februari.*2 rondes zijn overgeslagen/,
    );
    belay.time.set('2027-02-24T08:00:00Z');
    expect(pollIn(await belay.settle())).not.toBe('');
    expect(wordsOf(await belay.say(anna, general, 'nps elke maand'))).toContain('wordt hier al herhaald');
  });

  it('skips a round while a poll of that kind is still open there', async () => {
    const belay = await house();
    await belay.say(anna, general, 'nps elke maand voor 2 dagen');
    await belay.settle();
    belay.time.set('2026-12-20T09:00:00Z');
    await belay.settle();
    await belay.say(bram, general, 'nps vragen voor 14 dagen');
    await belay.settle();
    belay.time.set('2026-12-23T09:00:00Z');
    const told = await belay.settle();
    expect(pollIn(told)).toBe('');
    expect(
      told
        .filter(({ person }) => person === 'anna')
        .map(wordsOf)
        .join(),
    ).toContain('overgeslagen');
    belay.time.set('2027-01-25T09:00:00Z');
    expect(pollIn(await belay.settle())).not.toBe('');
  });

  it('asks the three of loyalty one after the other, weeks apart, and never together', async () => {
    const belay = await house();
    await belay.say(anna, general, 'loyaliteit vragen');
    const questions: string[] = [];
    const asked = async () => {
      const sent = await belay.settle();
      const question = sent.find(
        ({ kind, card }) => kind === 'post' && card.elements.some((one) => one.kind === 'scale'),
      );
      if (question) questions.push(question.card.summary);
      return pollIn(sent);
    };
    let poll = await asked();
    expect(refusalOf(await belay.say(anna, general, 'loyalty ask'))).toContain('loyaliteit annuleren');
    expect(await roundOf(belay, poll, [6])).toContain('Uitslag Tevredenheid');
    expect(refusalOf(await belay.say(anna, general, 'loyalty ask'))).toContain('loyaliteit annuleren');
    for (const name of ['Vertrouwen', 'Binding']) {
      belay.time.advance({ hours: 20 * 24 });
      expect(await asked()).toBe('');
      belay.time.advance({ hours: 24 });
      poll = await asked();
      const result = await roundOf(belay, poll, [6]);
      expect(result).toContain(`Uitslag ${name}`);
      expect(result).not.toMatch(/"trend"|Vorige keer/);
    }
    belay.time.advance({ hours: 60 * 24 });
    await asked();
    expect(questions.map((question) => question.slice(0, 50))).toEqual([
      expect.stringContaining('tevreden'),
      expect.stringContaining('vertrouwen'),
      expect.stringContaining('Ik blijf'),
    ]);
    expect(wordsOf(await belay.say(anna, general, 'loyalty ask'))).toContain('Volgende keer');
  });

  it('calls loyalty off, also between two of its questions', async () => {
    const belay = await house();
    await belay.say(anna, general, 'loyalty ask');
    await belay.settle();
    await belay.say(anna, general, 'loyalty cancel');
    belay.time.advance({ hours: 60 * 24 });
    expect(pollIn(await belay.settle())).toBe('');

    await belay.say(anna, general, 'loyalty ask for 1 day');
    await belay.settle();
    belay.time.advance({ hours: 48 });
    await belay.settle();
    expect(wordsOf(await belay.say(anna, general, 'loyaliteit annuleren'))).toContain('niet meer herhaald');
    belay.time.advance({ hours: 60 * 24 });
    expect(pollIn(await belay.settle())).toBe('');
  });

  it.each([
    ['clients read along by now', { shared: true, outsiders: 1 }, 'daar lezen nu klanten mee'],
    ['Belay is not in the channel any more', { reachable: false }, 'ik kan daar niets meer plaatsen'],
  ])('ends, and says so once, when %s', async (_, change, words) => {
    const belay = await house();
    await belay.say(anna, general, 'nps elke maand voor 2 dagen over lastige klanten');
    await belay.settle();
    belay.time.advance({ hours: 72 });
    await belay.settle();
    const place = await belay.people.place('T1', 'general');
    if (!place) throw new Error('The channel is known.');
    await belay.people.savePlace('T1', { ...place, ...change });
    belay.time.set('2026-12-23T09:00:00Z');
    const told = await belay.settle();
    expect(told.map(({ person }) => person)).toEqual(['anna']);
    expect(JSON.stringify(told)).toContain(words);
    belay.time.set('2027-02-25T09:00:00Z');
    expect(await belay.settle()).toEqual([]);
  });

  it('ends when the one who asked has left, and an administrator hears of it', async () => {
    const belay = await house();
    await belay.say(bram, general, 'nps elke maand voor 2 dagen');
    await belay.settle();
    belay.time.advance({ hours: 72 });
    await belay.settle();
    await belay.people.savePerson('T1', { ...bram, outsider: true, checkedAt: '2026-12-01T09:00:00Z' });
    belay.time.set('2026-12-23T09:00:00Z');
    const told = await belay.settle();
    expect(told.map(({ person }) => person)).toEqual(['anna']);
    expect(JSON.stringify(told)).toContain('Bram Bakker, die dit vroeg, werkt hier niet meer');
  });

  it('can be begun anew when its first question could not be posted', async () => {
    const belay = await house();
    const { send } = belay.platform;
    belay.platform.send = async (message) => {
      if (message.place === 'general') throw new SendError('never', 'is_archived');
      return send(message);
    };
    await belay.say(anna, general, 'loyaliteit vragen');
    expect(JSON.stringify(await belay.settle())).toContain('De vraag (Tevredenheid) kon niet');
    belay.platform.send = send;
    expect((await belay.say(anna, general, 'loyaliteit vragen')).kind).toBe('answer');
    expect(pollIn(await belay.settle())).not.toBe('');
  });

  it('speaks the channel’s language of the day, and counts who is there then', async () => {
    const belay = await house();
    await belay.say(anna, general, 'nps elke maand voor 2 dagen');
    await belay.settle();
    belay.time.advance({ hours: 72 });
    await belay.settle();
    await belay.submit(anna, general, 'settings.place', '', { language: 'en' });
    const place = await belay.people.place('T1', 'general');
    if (!place) throw new Error('The channel is known.');
    await belay.people.savePlace('T1', { ...place, members: 7 });
    belay.time.set('2026-12-23T09:00:00Z');
    expect(JSON.stringify(await belay.settle())).toContain('How likely are you');
    expect(wordsOf(await belay.say(anna, general, 'nps uitslag'))).toContain('0 van de 7');
  });

  it('keeps every result within reach, also while the next question is open', async () => {
    const belay = await house();
    await belay.say(anna, general, 'loyalty ask for 2 days');
    const first = pollIn(await belay.settle());
    await roundOf(belay, first, [6]);
    belay.time.advance({ hours: 30 * 24 });
    await belay.settle();
    const standing = wordsOf(await belay.say(anna, general, 'loyalty result'));
    expect(standing).toMatch(/De peiling loopt: Vertrouwen.*Uitslag Tevredenheid/);
    const earlier = wordsOf(await belay.press(anna, general, 'polls.result', first));
    expect(earlier).toMatch(/Uitslag Tevredenheid.*100 % is tevreden|100 %/);
    expect(refusalOf(await belay.press(daan, general, 'polls.result', first))).toContain(
      'alleen voor het team',
    );
    belay.time.advance({ hours: 72 });
    await belay.settle();
    const both = wordsOf(await belay.say(anna, general, 'loyaliteit uitslag'));
    expect(both).toMatch(/Uitslag Vertrouwen.*polls\.result.*Uitslag Tevredenheid/);
  });

  it.each([
    ['nps elke', 'elke maand of elk kwartaal'],
    ['nps every week', 'elke maand of elk kwartaal'],
    ['loyaliteit elke maand', 'herhalen kan niet'],
    ['nps elke maand voor 30 dagen', 'hoogstens 21 dagen'],
    ['nps elk kwartaal voor 80 dagen', '70'],
    ['ces elke maand misschien', 'begrijp ik niet'],
    ['csat uit', 'wordt hier niet herhaald'],
    ['loyaliteit uit', 'wordt hier niet herhaald'],
  ])('refuses clearly and changes nothing: %s', async (text, words) => {
    const belay = await house();
    expect(refusalOf(await belay.say(anna, general, text))).toContain(words);
    for (const table of ['poll', 'poll_series', 'outbox', 'job'] as const)
      expect(await belay.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it('runs once for each word and place', async () => {
    const belay = await house();
    await belay.say(anna, general, 'nps elke maand voor 2 dagen');
    await belay.settle();
    belay.time.advance({ hours: 72 });
    await belay.settle();
    expect(refusalOf(await belay.say(bram, general, 'nps elk kwartaal'))).toContain('“nps uit”');
    expect((await belay.say(bram, general, 'csat elk kwartaal')).kind).toBe('answer');
  });

  it('understands it the other way round too', async () => {
    const belay = await house();
    const answered = await belay.say(anna, general, 'nps vragen elk kwartaal over de overgang');
    expect(wordsOf(answered)).toMatch(/NPS \(elk kwartaal\)/);
  });

  it('shows its rhythm beside the round that is open, and ends with a first round that was a mistake', async () => {
    const belay = await house();
    await belay.say(anna, general, 'nps elke maand voor 2 dagen');
    await belay.settle();
    expect(wordsOf(await belay.say(anna, general, 'nps'))).toMatch(
      /De peiling loopt.*NPS \(elke maand\).*polls\.stop/,
    );
    expect(wordsOf(await belay.say(anna, general, 'nps annuleren'))).not.toContain('volgende ronde');
    expect(refusalOf(await belay.say(anna, general, 'nps uit'))).toContain('niet herhaald');

    await belay.say(anna, general, 'nps elke maand voor 2 dagen');
    await belay.settle();
    belay.time.set('2026-12-23T09:00:00Z');
    await belay.settle();
    const later = wordsOf(await belay.say(anna, general, 'nps annuleren'));
    expect(later).toContain('De volgende ronde komt gewoon; typ “nps uit”');
  });

  it('says at once when too few can ever answer an anonymous question', async () => {
    const belay = await house();
    expect(wordsOf(await belay.say(anna, general, 'csat vragen anoniem over de overgang??'))).toContain(
      'hier kunnen maar 3 mensen antwoorden',
    );
    expect(JSON.stringify(await belay.settle())).toContain('Hoe tevreden bent u over de overgang?"');
  });

  it('takes the same from the form', async () => {
    const belay = await house();
    const fields = { subject: 'csat', days: '3', topic: 'de overgang', anonymous: 'yes', rhythm: 'quarter' };
    const answered = await belay.submit(anna, general, 'polls.ask', '', fields);
    expect(wordsOf(answered)).toMatch(/CSAT \(elk kwartaal\).*Volgende keer: dinsdag 23 februari/);
    expect(JSON.stringify(await belay.settle())).toMatch(/Hoe tevreden bent u over de overgang\?.*Anoniem/);
    const loyalty = await belay.submit(anna, general, 'polls.ask', '', { ...fields, subject: 'loyalty' });
    expect(loyalty).toMatchObject({ kind: 'refused', field: 'rhythm' });
  });
});
