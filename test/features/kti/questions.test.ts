import { describe, expect, it } from 'vitest';
import { questionList } from '../../../src/features/kti/question-store.ts';
import { questions as supplied } from '../../../src/text/satisfaction.ts';
import { eachDatabase } from '../../support/databases.ts';
import { toldTo } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  general,
  refusalOf,
  subjectOf,
  wordsOf,
} from '../../support/house.ts';
import { type KtiHouse, openKtiHouse } from '../../support/kti-house.ts';

const words = (text: string, theme = text) => ({
  ...{ 'text-nl': `${text} in het Nederlands?`, 'theme-nl': theme },
  ...{ 'text-en': `${text} in English?`, 'theme-en': theme },
});
const first = supplied[0]?.id ?? '';

eachDatabase((_, open) => {
  const send = ({ submit }: KtiHouse, subject: string, fields: Record<string, string>, person = anna) =>
    submit(person, direct, 'kti.question-edit', subject, fields);
  const press = ({ press }: KtiHouse, verb: string, subject: string) =>
    press(anna, direct, `kti.question-${verb}`, subject);
  const list = ({ store }: KtiHouse, tenant = 'T1') => store.transact((tx) => questionList(tx, tenant));
  const states = async (belay: KtiHouse) =>
    (await list(belay)).filter(({ origin, leftOut }) => origin !== 'supplied' || leftOut);

  describe('a company’s own standard questions', () => {
    it('are added, worded anew, left out and taken back, and touch no other workspace', async () => {
      const belay = await openKtiHouse(open);
      const added = await send(belay, '', {
        ...words('Duurzaam'),
        'text-nl': '  Hoe   duurzaam\nzijn wij? ',
      });
      expect(wordsOf(added)).toMatch(/komt vanzelf aan de beurt.*Hoe duurzaam zijn wij\?/);
      const own = subjectOf(added, 'kti.question-edit');
      expect(wordsOf(await send(belay, first, words('Raad')))).toContain('Vanaf de volgende ronde');
      expect(wordsOf(await press(belay, 'out', own))).toContain('niet meer gesteld');
      const text = { nl: 'Hoe duurzaam zijn wij?', en: 'Duurzaam in English?' };
      const theme = { nl: 'Duurzaam', en: 'Duurzaam' };
      const raad = { nl: 'Raad in het Nederlands?', en: 'Raad in English?' };
      expect(await states(belay)).toEqual([
        { id: first, text: raad, theme: { nl: 'Raad', en: 'Raad' }, leftOut: false, origin: 'changed' },
        { id: own, text, theme, leftOut: true, origin: 'own' },
      ]);
      expect(
        (await list(belay, 'T2')).every(({ origin, leftOut }) => origin === 'supplied' && !leftOut),
      ).toBe(true);
      expect(wordsOf(await press(belay, 'in', own))).toContain('weer gesteld');
      expect(wordsOf(await press(belay, 'back', first))).toContain('weer de standaardtekst');
      expect(refusalOf(await press(belay, 'back', own))).toMatch(/eigen vraag/);
      expect(await states(belay)).toEqual([{ id: own, text, theme, leftOut: false, origin: 'own' }]);
    });

    it('are read by every colleague, changed by an administrator alone, and nothing for a client', async () => {
      const belay = await openKtiHouse(open);
      const read = wordsOf(await belay.say(carla, direct, 'kti questions'));
      expect([read.includes('Helpful'), read.includes('kti.question-edit')]).toEqual([true, false]);
      expect(wordsOf(await belay.say(anna, direct, 'kti standaardvragen'))).toContain('kti.question-edit');
      expect((await send(belay, '', words('Duurzaam'), bram)).kind).toBe('refused');
      for (const verb of ['edit', 'out', 'in', 'back'])
        expect((await belay.press(bram, direct, `kti.question-${verb}`, first)).kind).toBe('refused');
      expect((await belay.say(daan, acme, 'kti standaardvragen')).kind).not.toBe('answer');
      expect(await states(belay)).toEqual([]);
    });

    it('begin a new line with new words, in the next round', async () => {
      const belay = await openKtiHouse(open);
      await belay.plantExpected('Elke week bellen');
      const round = async () => {
        await belay.say(bram, general, 'kti vragen acme');
        const sent = await belay.settle();
        await belay.press(bram, general, 'kti.close', await running(belay));
        await belay.settle();
        return sent;
      };
      await round();
      const before = await lines(belay);
      expect(before).toHaveLength(1);
      await send(belay, first, words('Behulpzaam'));
      for (const { id } of await list(belay)) if (id !== first) await press(belay, 'out', id);
      belay.time.advance({ hours: 24 * 31 });
      const sent = await round();
      expect(toldTo(sent, 'daan')).toContain('Daarna volgt nog één vraag');
      const after = await lines(belay);
      expect(after.slice(0, 1)).toEqual(before);
      expect(after.map(({ text_nl }) => text_nl).slice(1)).toEqual(['Behulpzaam in het Nederlands?']);
    });

    it('refuse what is empty, too long or there already, with the field and the words kept', async () => {
      const belay = await openKtiHouse(open);
      const good = words('Duurzaam');
      const there = supplied[1]?.en.toUpperCase() ?? '';
      for (const [field, value, said] of [
        ['text-nl', '  ', /Vul de vraag en het thema in\./],
        ['theme-nl', '', /Vul de vraag en het thema in\./],
        ['text-en', 'x'.repeat(151), /te lang/],
        ['theme-nl', 'x'.repeat(41), /te lang/],
        ['text-en', there, /staat al in de lijst/],
      ] as const) {
        const refused = await send(belay, '', { ...good, [field]: value });
        expect([refusalOf(refused), wordsOf(refused).includes('Duurzaam')]).toEqual([
          expect.stringMatching(said),
          true,
        ]);
        expect(refused).toMatchObject({ field });
      }
      expect(refusalOf(await send(belay, 'zzz', good))).toMatch(/is er niet/);
      expect(await states(belay)).toEqual([]);
    });

    it('may be in one language: the other shows the same words, and goes along with them', async () => {
      const belay = await openKtiHouse(open);
      const empty = { 'text-en': '', 'theme-en': '' };
      const dutch = { 'text-nl': 'Hoe duurzaam zijn wij?', 'theme-nl': 'Duurzaam', ...empty };
      const own = subjectOf(await send(belay, '', dutch), 'kti.question-edit');
      const form = await belay.press(anna, direct, 'kti.question-edit', own);
      expect(form.kind === 'ask' && form.form.fields.map(({ value }) => value)).toEqual([
        ...['Hoe duurzaam zijn wij?', 'Duurzaam', undefined, undefined],
      ]);
      await send(belay, own, { ...dutch, 'text-nl': 'Hoe groen zijn wij?' });
      const text = { nl: 'Hoe groen zijn wij?', en: 'Hoe groen zijn wij?' };
      const theme = { nl: 'Duurzaam', en: 'Duurzaam' };
      expect(await states(belay)).toEqual([{ id: own, text, theme, leftOut: false, origin: 'own' }]);
    });

    it('are ten at most, and one standard question stays', async () => {
      const belay = await openKtiHouse(open);
      for (let at = 1; at <= 10; at += 1) await send(belay, '', words(`Eigen ${at}`));
      expect(refusalOf(await send(belay, '', words('Te veel')))).toMatch(/al 10 eigen vragen/);
      expect(refusalOf(await belay.press(anna, direct, 'kti.question-edit'))).toMatch(/al 10 eigen vragen/);
      const all = await list(belay);
      expect(all).toHaveLength(supplied.length + 10);
      for (const { id } of all.slice(1)) await press(belay, 'out', id);
      expect(refusalOf(await press(belay, 'out', first))).toMatch(/moet blijven/);
      expect((await list(belay)).filter(({ leftOut }) => !leftOut).map(({ id }) => id)).toEqual([first]);
    });
  });

  /** The lines of the first standard question, the oldest first. */
  const lines = ({ store }: KtiHouse) =>
    store.db
      .selectFrom('kti')
      .select(['id', 'text_nl'])
      .where('about_id', '=', first)
      .orderBy('id')
      .execute();

  async function running({ store }: KtiHouse): Promise<string> {
    const query = store.db.selectFrom('kti_round').select('id').where('ended_at', 'is', null);
    return (await query.executeTakeFirstOrThrow()).id;
  }
});
