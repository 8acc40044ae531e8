import { expect, it } from 'vitest';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, direct, type House, refusalOf, wordsOf } from '../../support/house.ts';

/** All that comes up to a moment, five minutes at a time: at which time of the day in Amsterdam, and to whom. */
async function until(belay: House, moment: string) {
  const come: { at: string; person: string | undefined; said: string; card: unknown }[] = [];
  const end = Temporal.Instant.from(moment);
  while (Temporal.Instant.compare(belay.time.now(), end) < 0) {
    belay.time.set(belay.time.now().add({ minutes: 5 }).toString());
    const at = belay.time.now().toZonedDateTimeISO('Europe/Amsterdam').toPlainTime().toString().slice(0, 5);
    for (const message of await belay.settle())
      come.push({ at, person: message.person, said: wordsOf(message as never), card: message });
  }
  return come;
}

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  it('asks again about a conversation when one wants to be asked later, and nobody else meanwhile', async () => {
    const belay = await openTeamHouse(await open());
    await belay.jobs.ready();
    for (const person of [anna, bram]) await belay.say(person, direct, 'gesprek Acme vandaag 11:00');
    const day = await until(belay, '2026-11-23T12:00:00Z');
    const [question, ...more] = day.filter(({ card }) =>
      JSON.stringify(card).includes('conversations.raised'),
    );
    expect(more).toEqual([]);
    expect(question).toMatchObject({ at: '12:10' });
    const asked = question?.person === 'anna' ? anna : bram;
    const [, id = ''] =
      /"press":"nudges.snooze.tomorrow","subject":"([^"]+)"/.exec(JSON.stringify(question)) ?? [];
    const other = asked === anna ? bram : anna;
    expect(refusalOf(await belay.press(other, direct, 'nudges.snooze', id, 'tomorrow'))).toContain(
      'werkt niet meer',
    );
    expect(wordsOf(await belay.press(asked, direct, 'nudges.snooze', id, 'tomorrow'))).toContain(
      'hoor je het opnieuw',
    );
    const next = await until(belay, '2026-11-25T16:00:00Z');
    const again = next.filter(({ card }) => JSON.stringify(card).includes('conversations.raised'));
    expect(again).toMatchObject([{ at: '10:00', person: asked.id }]);
    expect(belay.failures).toEqual([]);
  });
});
