import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/chat/platform.ts';
import type { Person, Picked, Place } from '../../../src/chat/request.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  eva,
  general,
  refusalOf,
  wordsOf,
} from '../../support/house.ts';

const link = 'https://ons.slack.com/archives/C_ACME/p1795298402000300';
const said: Picked = {
  text: 'De levering kwam weer een dag te laat.',
  link,
  author: { name: 'Daan Visser', outsider: true },
  // Half past ten in the evening in Amsterdam, of the day before the test's.
  at: Temporal.Instant.from('2026-11-22T21:30:00Z'),
};
const complaint = { kind: 'complaint', client: 'c1', text: said.text, day: '2026-11-22', link };

/** What stands in the fields of the form that was asked. */
function fieldsOf(outcome: Outcome): Record<string, unknown> {
  if (outcome.kind !== 'ask') throw new Error(`No form: ${wordsOf(outcome)}`);
  return Object.fromEntries(outcome.form.fields.map((field) => [field.id, field.value]));
}

eachDatabase((_, open) => {
  async function house() {
    const belay = await openTeamHouse(await open());
    return {
      ...belay,
      rows: () => belay.store.db.selectFrom('feedback').selectAll().orderBy('id').execute(),
      keep: (fields: Record<string, string>, person: Person = bram, place: Place = direct) =>
        belay.submit(person, place, 'feedback.keep', '', fields),
      picked: (message: Partial<Picked> = {}, person: Person = bram, place: Place = acme) =>
        belay.pick(person, place, 'feedback.keep', { ...said, ...message }),
    };
  }
  const addClient = (belay: TeamHouse, name: string) => belay.say(anna, direct, `klant toevoegen ${name}`);

  describe('picking a message', () => {
    it('opens the form with its words, its day, its link, who of the client said it, and the channel’s client', async () => {
      const belay = await house();
      await addClient(belay, 'Zuidas');
      const asked = await belay.picked();
      expect(asked).toMatchObject({ kind: 'ask', form: { name: 'feedback.keep' } });
      expect(fieldsOf(asked)).toEqual({
        kind: undefined,
        client: 'c1',
        text: said.text,
        'said-by': 'Daan Visser',
        day: '2026-11-22',
        link,
      });
      expect(await belay.settle()).toEqual([]);
      expect(await belay.rows()).toEqual([]);
    });

    it('leaves open who said it when one of us wrote it, or nobody knows who', async () => {
      const belay = await house();
      const bySomeone = await belay.picked({ author: { name: 'Carla Smit', outsider: false } });
      expect(fieldsOf(bySomeone)['said-by']).toBeUndefined();
      expect(fieldsOf(await belay.picked({ author: undefined }))['said-by']).toBeUndefined();
    });

    it('asks for the client where the channel has none, and goes on without a link or a time', async () => {
      const belay = await house();
      await addClient(belay, 'Zuidas');
      const asked = await belay.picked({ link: undefined, at: undefined }, bram, direct);
      expect(fieldsOf(asked)).toMatchObject({ client: undefined, link: undefined, day: '2026-11-23' });
      expect(fieldsOf(await belay.picked({ link: 'javascript:alert(1)' })).link).toBeUndefined();
    });

    it('has the day of an old message among its choices, and none to come', async () => {
      const belay = await house();
      const old = await belay.picked({ at: Temporal.Instant.from('2024-02-01T10:00:00Z') });
      expect(fieldsOf(old).day).toBe('2024-02-01');
      expect(wordsOf(old)).toContain('"value":"2024-02-01","label":"donderdag 1 februari 2024"');
      const ahead = await belay.picked({ at: belay.time.now().add({ hours: 48 }) });
      expect(fieldsOf(ahead).day).toBe('2026-11-23');
    });

    it('cuts what is too long between letters, so that it can be sent as it is', async () => {
      const belay = await house();
      const text = '👩‍👩‍👧‍👦'.repeat(300);
      const shown = `${fieldsOf(await belay.picked({ text })).text}`;
      expect(shown).toMatch(/^(👩‍👩‍👧‍👦){90}…$/u);
      const kept = await belay.keep({ ...complaint, text: shown });
      expect(kept.kind).toBe('answer');
      const long = { name: 'D'.repeat(200), outsider: true };
      expect(`${fieldsOf(await belay.picked({ link: undefined, author: long }))['said-by']}`).toHaveLength(
        80,
      );
    });

    it.each([
      ['of an app', { unfit: 'app' as const }, 'komt van een app'],
      ['that only one person sees', { unfit: 'fleeting' as const }, 'ziet alleen jij'],
      ['without words', { text: ' \n ' }, 'geen tekst'],
    ])('refuses a message %s, and says what to do instead', async (_what, change, words) => {
      const belay = await house();
      expect(refusalOf(await belay.picked(change))).toMatch(
        new RegExp(`${words}.*klacht NAAM: TEKST.*compliment`),
      );
    });

    it('is nothing for the client, for a guest, and for whoever is not known', async () => {
      const belay = await house();
      for (const person of [daan, eva, { ...bram, id: 'nobody', outsider: true, unknown: true }]) {
        expect(refusalOf(await belay.picked({}, person))).toContain('alleen voor het team');
        expect(refusalOf(await belay.press(person, acme, 'feedback.keep'))).toContain('alleen voor het team');
        expect(refusalOf(await belay.keep(complaint, person, acme))).toContain('alleen voor het team');
      }
      expect(await belay.rows()).toEqual([]);
    });

    it('asks for a first client where there is none', async () => {
      const belay = await house();
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      const refused = await belay.picked();
      expect(wordsOf(refused)).toMatch(/Er is nog geen klant.*clients\.add/);
    });
  });

  describe('keeping it', () => {
    it('keeps who brought it, who said it, when, the words and the link, and tells the owner of a complaint', async () => {
      const belay = await house();
      const kept = await belay.keep({ ...complaint, 'said-by': 'Daan Visser' });
      expect(wordsOf(kept)).toMatch(/De klacht van Acme is genoteerd.*te laat.*Daan Visser/);
      expect(await belay.rows()).toMatchObject([
        {
          kind: 'complaint',
          client_id: 'c1',
          text: said.text,
          said_by: 'Daan Visser',
          brought_by_id: 'bram',
          said_on: '2026-11-22',
          link,
          owner_id: 'anna',
          state: 'new',
        },
      ]);
      expect(await belay.settle()).toMatchObject([{ kind: 'post', person: 'anna', audience: 'internal' }]);
    });

    it.each([
      ['compliment', 'c1', 'Het compliment van Acme'],
      ['story', 'c1', 'Het verhaal over Acme'],
      ['success', 'c1', 'Het succes is'],
      ['success', 'none', 'Het succes is'],
    ])('keeps a %s of %s', async (kind, client, words) => {
      const belay = await house();
      expect(wordsOf(await belay.keep({ ...complaint, kind, client }))).toContain(words);
      expect(await belay.rows()).toMatchObject([{ kind, client_id: client === 'none' ? null : client }]);
      expect(await belay.settle()).toEqual([]);
    });

    it('shows it in a channel to nobody but the one who did it', async () => {
      const belay = await house();
      const kept = await belay.keep(complaint, bram, acme);
      expect(wordsOf(kept)).toMatch(/Alleen jij ziet dit\. In dit kanaal verschijnt er niets/);
      await belay.keep({ ...complaint, link: `${link}9` }, anna, general);
      expect((await belay.settle()).filter(({ place }) => place !== undefined)).toEqual([]);
    });

    it('shows the form again with all that stood in it when it is refused', async () => {
      const belay = await house();
      const wrong: [Record<string, string>, string, string][] = [
        [{ kind: '' }, 'kind', 'Kies wat het is'],
        [{ kind: 'grudge' }, 'kind', 'Kies wat het is'],
        [{ client: 'none' }, 'client', 'Kies een klant'],
        [{ client: 'c-of-another-workspace' }, 'client', 'Kies een klant'],
        [{ kind: 'success', client: 'gone' }, 'client', 'Kies een klant'],
        [{ text: ' ' }, 'text', 'Schrijf er iets bij'],
        [{ text: 'x'.repeat(1001) }, 'text', '1000'],
        [{ 'said-by': 'x'.repeat(81) }, 'said-by', '80'],
        [{ day: '2026-11-24' }, 'day', 'die al geweest is'],
        [{ day: '2026-13-45' }, 'day', 'die al geweest is'],
        [{ link: 'javascript:alert(1)' }, 'link', 'https://'],
      ];
      for (const [change, field, words] of wrong) {
        const fields = { ...complaint, ...change };
        const refused = await belay.keep(fields);
        expect(refused).toMatchObject({ kind: 'refused', field, form: { name: 'feedback.keep' } });
        expect(refusalOf(refused)).toContain(words);
        if (refused.kind === 'refused' && field !== 'text')
          expect(refused.form?.fields.find(({ id }) => id === 'text')).toMatchObject({ value: said.text });
      }
      expect(await belay.rows()).toEqual([]);
      expect(await belay.settle()).toEqual([]);
    });

    it('keeps nothing of an archived client, nor of the department that somebody is a contact of himself', async () => {
      const belay = await house();
      await addClient(belay, 'Inkoop');
      const [{ id = '' } = {}] = await belay.store.db
        .selectFrom('client')
        .select('id')
        .where('name', '=', 'Inkoop')
        .execute();
      await belay.say(anna, direct, 'klant contact Inkoop @Carla Smit');
      const own = await belay.keep({ ...complaint, client: id }, carla);
      expect(refusalOf(own)).toContain('Inkoop');
      await belay.press(anna, direct, 'clients.archive-now', 'c1');
      expect(refusalOf(await belay.keep(complaint))).toContain('is gearchiveerd');
      expect(await belay.rows()).toEqual([]);
      expect(await belay.store.db.selectFrom('feedback_message').selectAll().execute()).toEqual([]);
    });
  });

  describe('the same message again', () => {
    it('is refused with who kept it already, when it is picked and when the form is sent', async () => {
      const belay = await house();
      await belay.keep(complaint);
      const picked = await belay.picked({}, carla);
      expect(refusalOf(picked)).toMatch(
        /^Bram Bakker kept this message already, on 23 November: “Complaint from Acme”\.$/,
      );
      expect(wordsOf(picked)).toContain('feedback.show');
      const sent = await belay.keep({ ...complaint, kind: 'compliment' }, anna);
      expect(sent).toMatchObject({ kind: 'refused', field: 'link' });
      expect(refusalOf(sent)).toContain('Bram Bakker heeft dit bericht al bewaard, op 23 november');
      expect(await belay.rows()).toHaveLength(1);
    });

    it('is kept once when several do it at the same moment, also of no client', async () => {
      const belay = await house();
      for (const client of ['c1', 'none']) {
        const fields = { ...complaint, kind: 'success', client, link: `${link}${client}` };
        const all = await Promise.all([anna, bram, carla, bram].map((person) => belay.keep(fields, person)));
        expect(all.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'refused', 'refused', 'refused']);
        expect(all.map(wordsOf).join()).toMatch(/heeft dit bericht al bewaard|kept this message already/);
      }
      expect(await belay.rows()).toHaveLength(2);
    });

    it('tells nothing of it to whoever may not read what was kept', async () => {
      const belay = await house();
      await addClient(belay, 'Inkoop');
      await belay.say(anna, direct, 'klant contact Inkoop @Carla Smit');
      const [{ id = '' } = {}] = await belay.store.db
        .selectFrom('client')
        .select('id')
        .where('name', '=', 'Inkoop')
        .execute();
      await belay.keep({ ...complaint, client: id });
      expect((await belay.picked({}, carla)).kind).toBe('ask');
      expect((await belay.keep(complaint, carla)).kind).toBe('answer');
    });

    it('is known still when its client became a part of another, of which it was kept too', async () => {
      const belay = await house();
      await addClient(belay, 'Zuidas');
      const [{ id = '' } = {}] = await belay.store.db
        .selectFrom('client')
        .select('id')
        .where('name', '=', 'Zuidas')
        .execute();
      await belay.keep({ ...complaint, client: id });
      await belay.keep({ ...complaint, client: id, link: `${link}1` });
      // Kept of both: before each could see the other's.
      await belay.store.db
        .insertInto('feedback_message')
        .values({ tenant_id: 'T1', link, client_id: 'c1', feedback_id: 'gone', kept_at: '2026-11-23' })
        .execute();
      const { merged } = belay.features.find(({ name }) => name === 'feedback') ?? {};
      await belay.store.transact(async (tx) => merged?.(tx, 'T1', id, 'c1'));
      const kept = await belay.store.db
        .selectFrom('feedback_message')
        .select(['link', 'client_id'])
        .orderBy('link')
        .execute();
      expect(kept).toEqual([
        { link, client_id: 'c1' },
        { link: `${link}1`, client_id: 'c1' },
      ]);
      expect(refusalOf(await belay.picked({ link: `${link}1` }))).toContain('Klacht van Acme');
    });

    it('knows nothing of another workspace’s', async () => {
      const belay = await house();
      await belay.keep(complaint);
      await belay.store.db.updateTable('feedback_message').set({ tenant_id: 'T2' }).execute();
      expect((await belay.picked()).kind).toBe('ask');
    });
  });

  it.each([
    ['nl', 'teams/nl.json', 'composeExtensions[0].commands[0].title'],
    ['en', 'teams/en.json', 'composeExtensions[0].commands[0].title'],
    ['en', 'slack/manifest.json', 'Keep what was said'],
  ] as const)('is named in %s as the menu of a message names it in %s', async (language, file, key) => {
    const belay = await house();
    const asked = await belay.picked({}, { ...bram, language });
    const title = asked.kind === 'ask' ? asked.form.title : '';
    const manifest = readFileSync(new URL(`../../../manifests/${file}`, import.meta.url), 'utf8');
    expect(title.length).toBeLessThanOrEqual(24);
    expect(manifest).toContain(`"${key === title ? 'name' : key}": "${title}"`);
  });

  it('opens empty by its button, where a form could not open with the message', async () => {
    const belay = await house();
    expect(fieldsOf(await belay.press(bram, general, 'feedback.keep'))).toMatchObject({
      client: 'c1',
      text: undefined,
      day: '2026-11-23',
    });
  });
});
