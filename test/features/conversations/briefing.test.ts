import { expect, it } from 'vitest';
import { dayFrom, timeFrom } from '../../../src/features/conversations/cards.ts';
import { sentenceOf } from '../../../src/text/nudges.ts';
import { voice } from '../../../src/text/say.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
import { anna, direct, subjectOf, wordsOf } from '../../support/house.ts';

const at = (text: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime('Europe/Amsterdam').toInstant();

it.each([
  ['2026-11-23T14:00', 'om 14:00', 'at 14:00'],
  ['2026-11-24T09:00', 'morgen om 09:00', 'tomorrow at 09:00'],
  ['2026-11-27T00:30', 'vrijdag om 00:30', 'on Friday at 00:30'],
  ['2026-11-30T09:00', 'maandag 30 november om 09:00', 'on Monday 30 November at 09:00'],
])('says when it is, with its day when that is another one: %s', (start, dutch, english) => {
  const [now, then] = [at('2026-11-23T00:15'), at(start)];
  for (const [language, said] of [
    ['nl', dutch],
    ['en', english],
  ] as const) {
    const reader = { say: voice(language), language, timeZone: 'Europe/Amsterdam' };
    expect(timeFrom(now, then, reader)).toBe(said);
    if (said.startsWith(language === 'nl' ? 'om' : 'at')) continue;
    expect(said.startsWith(dayFrom(now, then, reader))).toBe(true);
  }
});

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  it('says of a full day that is told the evening before which day it is', async () => {
    const belay = await openTeamHouse(await open());
    await belay.jobs.ready();
    for (const time of ['8:00', '11:00', '13:00', '15:00'])
      await belay.say(anna, direct, `gesprek Acme morgen ${time}`);
    belay.time.set('2026-11-23T15:45:00Z');
    await belay.settle();
    belay.time.set('2026-11-23T16:00:00Z');
    const [message, ...more] = await belay.settle();
    expect(more).toEqual([]);
    expect(message?.card.summary).toBe(sentenceOf('day-before', 'nl', 0, { count: 4, day: 'morgen' }));
    expect(wordsOf(message as never)).toMatch(/dinsdag 24 november.*08:00 Acme/);
    expect(belay.failures).toEqual([]);
  });

  it.each([0, 1])('never proposes the question of the time before, with %i expectations', async (count) => {
    const belay = await openTeamHouse(await open());
    if (count > 0) await belay.plant('Meer meedenken', { stage: 'confirmed' });
    const looked = async (id: string) => {
      const shown = await belay.press(anna, direct, 'conversations.brief', id);
      return /Eén vraag voor dit gesprek[^{]*\{"kind":"text","text":"([^"]*)"/.exec(wordsOf(shown))?.[1];
    };
    const questions: unknown[] = [];
    for (let day = 0; day < 9; day += 1) {
      const planned = await belay.say(anna, direct, 'gesprek Acme over een uur');
      const id = subjectOf(planned, 'conversations.brief.beside');
      const question = await looked(id);
      expect(questions.slice(count > 0 ? -5 : -3)).not.toContain(question);
      expect(await looked(id)).toBe(question);
      questions.push(question);
      belay.time.advance({ hours: 24 });
    }
    expect(questions).not.toContain(undefined);
  });
});
