import { describe, expect, it } from 'vitest';
import { eachDatabase } from '../../support/databases.ts';
import { toldIn, toldTo } from '../../support/expectation-house.ts';
import { bram, daan, eva, general, refusalOf, subjectOf, wordsOf } from '../../support/house.ts';
import { askedOf, openPlanHouse, type PlanHouse } from '../../support/kti-plan-house.ts';

/** Ten o'clock in Amsterdam, in winter. */
const ten = (date: string) => `${date}T09:00:00Z`;

eachDatabase((_, open) => {
  async function daily(contacts = ['daan', 'eva', 'finn']) {
    const belay = await openPlanHouse(open);
    await belay.contacts(contacts);
    await belay.plantExpected('Elke week bellen');
    const said = wordsOf(await belay.say(bram, general, 'kti plannen acme dagelijks'));
    return { belay, said };
  }
  /** Each question that was put, in its order: to whom, and what it is about. */
  const questions = async ({ store }: PlanHouse) =>
    (
      await store.db
        .selectFrom('kti_invitation')
        .innerJoin('kti', 'kti.id', 'kti_invitation.kti_id')
        .select(['kti_invitation.person_id', 'kti.about_id', 'kti.source', 'kti_invitation.invited_at'])
        .orderBy('kti_invitation.invited_at')
        .execute()
    ).map(({ person_id, source, about_id }) => [person_id, source === 'expectation' ? source : about_id]);
  const states = async ({ store }: PlanHouse) =>
    (await store.db.selectFrom('kti_round').select('state').orderBy('made_at').execute()).map(
      ({ state }) => state,
    );

  describe('a daily plan', () => {
    it('puts one question to one contact at ten on each working day, each another question, and spares who was asked', async () => {
      const { belay, said } = await daily();
      expect(said).toMatch(/elke werkdag om één cijfer.*dinsdag 24 november om 10:00/);
      expect(askedOf(await belay.settle())).toEqual([]);
      expect(askedOf(await belay.at('2026-11-24T08:59:00Z'))).toEqual([]);
      const asked: string[][] = [];
      for (const date of ['2026-11-24', '2026-11-25', '2026-11-26', '2026-11-27', '2026-11-28'])
        asked.push(askedOf(await belay.at(ten(date))));
      expect(asked).toEqual([['daan'], ['eva'], ['finn'], [], []]);
      expect(new Set((await questions(belay)).map(([, about]) => about)).size).toBe(3);
      // Nobody for a month, of which is told once; then on, but not on Christmas Day and in the weekend after it.
      const quiet = [...(await belay.at(ten('2026-12-10'))), ...(await belay.at(ten('2026-12-11')))];
      expect(askedOf(quiet)).toEqual([]);
      expect(toldTo(quiet, 'bram').match(/"summary":"Acme krijgt voorlopig geen vraag"/g)).toHaveLength(1);
      expect(toldTo(quiet, 'bram')).toMatch(/Daan Visser.*24 november/);
      const later: string[][] = [];
      for (const date of ['2026-12-24', '2026-12-25', '2026-12-26', '2026-12-28'])
        later.push(askedOf(await belay.at(ten(date))));
      expect(later).toEqual([['daan'], [], [], ['eva']]);
      const all = (await questions(belay)).map((one) => one.join(' '));
      expect(new Set(all).size).toBe(5);
      expect(belay.failures).toEqual([]);
    });

    it('tells an answer at once in the summary and in the next daily start, and closes when all is asked', async () => {
      const { belay } = await daily(['daan']);
      await belay.say(bram, general, 'dagstart 9:30');
      for (const [date, grade] of [
        ['2026-11-24', 8],
        ['2026-12-24', 9],
        ['2027-01-25', 7],
      ] as const) {
        const sent = await belay.at(ten(date));
        belay.time.advance({ minutes: 20 });
        await belay.grade1(sent, daan, grade);
        await belay.settle();
      }
      const morning = toldIn(await belay.at('2027-01-26T08:30:00Z'), 'general');
      expect(morning).toMatch(/Acme: Daan Visser gaf een 7 voor/);
      expect(wordsOf(await belay.say(bram, general, 'kti overzicht'))).toContain(
        'Eén gevraagd, één antwoord',
      );
      const closed = toldIn(await belay.at(ten('2027-01-26')), 'general');
      expect(closed).toMatch(/Cijfers van Acme.*gesloten op 26 januari/);
      // The next one has begun, and asks as soon as it may.
      expect(await states(belay)).toEqual(['closed', 'open']);
      expect(askedOf(await belay.at(ten('2027-02-24')))).toEqual(['daan']);
    });

    it('closes after a quarter, whatever was not asked by then', async () => {
      const { belay } = await daily(['daan', 'eva']);
      for (const words of ['Vooruitdenken', 'Meedenken', 'Rapporteren']) await belay.plantExpected(words);
      for (const date of ['2026-11-24', '2026-11-25', '2026-12-24', '2027-01-25', '2027-01-26'])
        await belay.at(ten(date));
      const [first] = await questions(belay);
      await belay.grade1(await belay.at(ten('2027-02-23')), eva, 8);
      expect(await states(belay)).toEqual(['open']);
      expect(first?.[0]).toBe('daan');
      const over = await belay.at(ten('2027-02-24'));
      expect(toldIn(over, 'general')).toMatch(/Cijfers van Acme.*op 24 februari sloot/);
      expect(await states(belay)).toEqual(['closed', 'open']);
      expect((await questions(belay)).length).toBeLessThan(10);
    });

    it('thanks who gave his grade with one press, where he can press no more', async () => {
      const { belay } = await daily(['daan']);
      const sent = await belay.at(ten('2026-11-24'));
      expect(toldTo(sent, 'daan')).toContain('vraagt u om een rapportcijfer.');
      await belay.grade1(sent, daan, 8);
      // What makes it an 8 he may be writing just now.
      expect(toldTo(await belay.settle(), 'daan')).toBe('');
      belay.time.advance({ minutes: 15 });
      const thanks = toldTo(await belay.settle(), 'daan');
      expect(thanks).toContain('uw cijfer is binnen');
      expect(thanks).toContain('"Aanpassen kan tot dinsdag 1 december om 10:00."');
      expect(thanks).not.toContain('"scale"');
      const next = await belay.at(ten('2026-12-24'));
      await belay.grade1(next, daan, 9);
      await belay.press(bram, general, 'kti.close', (await running(belay)) ?? '');
      belay.time.advance({ minutes: 15 });
      const over = toldTo(await belay.settle(), 'daan');
      expect([over.includes('uw cijfer is binnen'), over.includes('kti.open')]).toEqual([true, false]);
    });

    it('says that it goes on when one of its rounds is closed, and names no day for all', async () => {
      const { belay } = await daily();
      await belay.at(ten('2026-11-24'));
      const summary = await belay.say(bram, general, 'kti overzicht acme');
      expect(wordsOf(summary)).toContain('Elke werkdag krijgt iemand één vraag');
      expect(wordsOf(summary)).toContain('nog geen antwoord · elke werkdag één vraag.');
      expect(wordsOf(summary)).toContain('Het dagelijkse plan loopt door');
      expect(wordsOf(summary)).not.toContain('24 februari');
      const refused = await belay.say(bram, general, 'kti vragen acme');
      const plan = subjectOf(summary, 'kti.plan-stop');
      expect(subjectOf(refused, 'kti.plan-stop')).toBe(plan);
      const closed = await belay.press(bram, general, 'kti.close', (await running(belay)) ?? '');
      expect(wordsOf(closed)).toMatch(/plan loopt door. De volgende vraag: woensdag 25 november om 10:00/);
      expect(subjectOf(closed, 'kti.plan-stop')).toBe(plan);
    });

    it('does not make up for days on which Belay was away, nor asks at night', async () => {
      const { belay } = await daily();
      expect(askedOf(await belay.at('2026-11-26T20:00:00Z'))).toEqual([]);
      // Late on the day itself is not too late.
      expect(askedOf(await belay.at('2026-11-27T13:00:00Z'))).toEqual(['daan']);
      expect(askedOf(await belay.at('2026-11-27T14:00:00Z'))).toEqual([]);
      expect(askedOf(await belay.at(ten('2026-11-30')))).toEqual(['eva']);
    });

    it('says once why it cannot ask, and again when that comes back', async () => {
      const { belay } = await daily([]);
      const told: boolean[] = [];
      const on = async (date: string) =>
        told.push(/geen contactpersoon/.test(toldTo(await belay.at(ten(date)), 'bram')));
      await on('2026-11-24');
      await on('2026-11-25');
      await belay.contacts(['daan']);
      await on('2026-11-26');
      await belay.press(bram, general, 'kti.cancel', (await running(belay)) ?? '');
      await belay.contacts([]);
      await on('2026-11-27');
      expect(told).toEqual([true, false, false, true]);
    });

    it('waits for the last answers when it is stopped, and asks nothing more', async () => {
      const { belay } = await daily();
      await belay.at(ten('2026-11-24'));
      expect(wordsOf(await belay.say(bram, general, 'kti plannen acme uit'))).toContain('niet meer vanzelf');
      expect(askedOf(await belay.at(ten('2026-11-25')))).toEqual([]);
      expect(await states(belay)).toEqual(['open']);
      await belay.at(ten('2026-12-01'));
      expect(await states(belay)).toEqual(['closed']);
    });

    it('gives each a week, says so, and takes no answer after it, whatever becomes of the plan', async () => {
      const { belay } = await daily();
      const first = await belay.at(ten('2026-11-24'));
      expect(toldTo(first, 'daan')).toContain('Antwoorden kan tot dinsdag 1 december om 10:00');
      const second = await belay.at(ten('2026-11-25'));
      belay.time.set('2026-12-01T09:00:01Z');
      expect(refusalOf(await belay.grade1(first, daan, 8))).toContain('gesloten');
      const stopped = wordsOf(await belay.say(bram, general, 'kti plannen acme uit'));
      expect(stopped).toContain('kan die beantwoorden tot woensdag 2 december om 10:00');
      await belay.settle();
      belay.time.set('2026-12-02T08:59:59Z');
      expect((await belay.grade1(second, eva, 8)).kind).toBe('answer');
    });

    it('promises no more answers when it is stopped and none is waited for', async () => {
      const { belay } = await daily(['daan']);
      await belay.at(ten('2026-11-24'));
      await belay.at(ten('2026-12-03'));
      const stopped = wordsOf(await belay.say(bram, general, 'kti plannen acme uit'));
      expect([stopped.includes('niet meer vanzelf'), stopped.includes('beantwoorden')]).toEqual([
        true,
        false,
      ]);
      expect(await states(belay)).toEqual(['closed']);
    });

    it('is predicted first where the team wants to, and then asks by itself', async () => {
      const { belay } = await daily();
      await belay.predicts();
      const first = await belay.at(ten('2026-11-24'));
      expect([askedOf(first), toldIn(first, 'general').includes('Wat gaat Acme zeggen?')]).toEqual([
        [],
        true,
      ]);
      const second = await belay.at(ten('2026-11-25'));
      expect(askedOf(second)).toEqual(['daan']);
      expect(toldIn(second, 'general')).toContain('Voorspellen kan niet meer');
    });
  });

  async function running({ store }: PlanHouse): Promise<string | undefined> {
    const rows = await store.db.selectFrom('kti_round').select('id').where('state', '=', 'open').execute();
    return rows[0]?.id;
  }
});
