import { expect, it } from 'vitest';
import type { Outgoing } from '../../../src/chat/platform.ts';
import { addClient } from '../../../src/features/clients/store.ts';
import { eachDatabase } from '../../support/databases.ts';
import { acmeClient, openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, direct, general, wordsOf } from '../../support/house.ts';

/** Cards about several things: what is answered about one of them leaves the others where they stand. */

/** Pressed as on Teams, where an answer that goes straight back takes the card's place. */
const onTeams = { returns: 'card' as const };

async function untilIn(belay: TeamHouse, moment: string): Promise<Outgoing[]> {
  const come: Outgoing[] = [];
  const end = Temporal.Instant.from(moment);
  while (Temporal.Instant.compare(belay.time.now(), end) < 0) {
    belay.time.set(belay.time.now().add({ minutes: 5 }).toString());
    come.push(...(await belay.settle()));
  }
  return come;
}

const withButton = (sent: Outgoing[], press: string) =>
  sent.find(({ kind, person, card }) => kind === 'post' && person === 'anna' && holds(card, press));
const holds = (card: unknown, press: string) => JSON.stringify(card).includes(`"press":"${press}"`);
const subjects = (said: unknown, press: string) =>
  [...JSON.stringify(said).matchAll(new RegExp(`"press":"${press}","subject":"([^"]+)"`, 'g'))].map(
    ([, subject = '']) => subject,
  );

/** Monday 23 November 2026, ten o'clock in Amsterdam. */
eachDatabase((_, open) => {
  async function askedOfTwo() {
    const belay = await openTeamHouse(await open());
    const owner = { id: 'anna', name: anna.name };
    await belay.store.transact((tx) =>
      addClient(tx, 'T1', acmeClient(belay, { id: 'c2', name: 'Beta', owner })),
    );
    await belay.jobs.ready();
    await belay.say(anna, direct, 'gesprek Acme vandaag 11:00-11:30');
    await belay.say(anna, direct, 'gesprek Beta vandaag 12:00-12:30');
    const message = withButton(await untilIn(belay, '2026-11-23T12:00:00Z'), 'conversations.raised');
    const [first = '', second = ''] = subjects(message, 'conversations.raised');
    const renewedCards = async () =>
      (await belay.settle()).filter(({ kind }) => kind === 'update').map(({ card }) => card);
    return { belay, message, first, second, renewedCards };
  }

  it('keeps the second question when the first of two is answered, and takes an answer back', async () => {
    const { belay, message, first, second, renewedCards } = await askedOfTwo();
    expect(wordsOf(message as Outgoing)).toMatch(/11:00 Acme.*12:00 Beta/);
    const press = (name: string, subject: string) =>
      belay.press(anna, direct, `conversations.${name}`, subject, '', onTeams);
    // Nothing goes back that would take the card's place; its row changes.
    expect(await press('raised', first)).toEqual({ kind: 'nothing' });
    const [once] = await renewedCards();
    expect(wordsOf(once as never)).toContain('Genoteerd: de verwachting kwam ter sprake.');
    expect(subjects(once, 'conversations.raised')).toEqual([second]);
    expect(holds(once, 'nudges.snooze.hour')).toBe(true);
    expect(await press('not-raised', second)).toEqual({ kind: 'nothing' });
    const [both] = await renewedCards();
    expect(subjects(both, 'conversations.raised')).toEqual([]);
    expect(holds(both, 'nudges.snooze.hour')).toBe(false);
    expect(await press('ask', first)).toEqual({ kind: 'nothing' });
    expect(subjects((await renewedCards())[0], 'conversations.raised')).toEqual([first]);
    await press('cancelled', first);
    expect(wordsOf((await renewedCards())[0] as never)).toMatch(/ging niet door.*kwam niet ter sprake/);
    const rows = await belay.store.db
      .selectFrom('conversation')
      .select('outcome')
      .orderBy('starts_at')
      .execute();
    expect(rows).toEqual([{ outcome: 'cancelled' }, { outcome: 'not-raised' }]);
    expect(belay.failures).toEqual([]);
  });

  it('asks beside it what was said, and shows that in its row', async () => {
    const { belay, first, second, renewedCards } = await askedOfTwo();
    const asked = await belay.press(anna, direct, 'conversations.more', first, 'beside', onTeams);
    expect(asked).toEqual({ kind: 'nothing' });
    const [form] = await belay.settle();
    expect(form).toMatchObject({ kind: 'whisper', form: { name: 'conversations.more', subject: first } });
    const filled = { kind: 'new', expectation: 'none', said: 'Ze willen rapporten' };
    const noted = await belay.submit(anna, direct, 'conversations.more', first, filled);
    expect(wordsOf(noted)).toContain('Ze willen rapporten');
    expect(subjects((await renewedCards())[0], 'conversations.raised')).toEqual([second]);
  });

  it('answers beside a message that is too long ago to be known, and shows nobody another’s', async () => {
    const { belay, first, renewedCards } = await askedOfTwo();
    for (const person of [anna, bram]) {
      const message = person === bram ? (first.split('@')[1] ?? '') : '2026-01-01T00:00:00.000Z';
      const subject = `${first.split('@')[0]}@${message}`;
      const said = await belay.press(person, direct, 'conversations.raised', subject, '', onTeams);
      expect(said).toEqual({ kind: 'nothing' });
      expect(await renewedCards()).toEqual([]);
    }
    expect(
      belay.sent.some(({ kind, card }) => kind === 'whisper' && wordsOf(card as never).includes('Mooi.')),
    ).toBe(true);
  });

  it('leaves a message about several reasons, and a full day, where they stand', async () => {
    const belay = await openTeamHouse(await open());
    await belay.jobs.ready();
    for (const words of ['Sneller', 'Meer meedenken']) await belay.plant(words, { stage: 'sent' });
    for (const time of ['9:00', '10:15', '11:00', '13:00'])
      await belay.say(anna, direct, `gesprek Acme morgen ${time}`);
    const day = withButton(await untilIn(belay, '2026-11-24T07:45:00Z'), 'conversations.brief.beside');
    expect(day).toBeDefined();
    belay.time.set('2026-12-02T07:00:00Z');
    const between = withButton(await untilIn(belay, '2026-12-02T09:30:00Z'), 'nudges.snooze.week');
    expect(holds(between?.card, 'expectations.show')).toBe(false);
    const presses = [
      [
        'conversations.brief',
        subjects(day, 'conversations.brief.beside')[0] ?? '',
        'Briefing voor je gesprek',
      ],
      ['expectations.show', subjects(between, 'expectations.show.beside')[0] ?? '', 'Sneller'],
      ['nudges.show', '', 'Jouw seintjes'],
    ] as const;
    for (const [name, subject, says] of presses) {
      const said = await belay.press(anna, direct, name, subject, 'beside', onTeams);
      expect(said).toEqual({ kind: 'nothing' });
      const [beside] = await belay.settle();
      expect(beside).toMatchObject({ kind: 'whisper', person: 'anna' });
      expect(wordsOf(beside as Outgoing)).toContain(says);
    }
    // Where a form opens in a window of its own it opens at once.
    const form = await belay.press(anna, general, 'conversations.plan', 'c1', 'beside', { returns: 'form' });
    expect(form.kind).toBe('ask');
  });
});
