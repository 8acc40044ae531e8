import { describe, expect, it } from 'vitest';
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
import { askedOf, openPlanHouse, type PlanHouse } from '../../support/kti-plan-house.ts';

const everybody = ['daan', 'eva', 'finn'];

eachDatabase((_, open) => {
  /** Acme has confirmed one expectation, and Bram plans it; what that begins is sent. */
  async function planned(rhythm = 'maandelijks') {
    const belay = await openPlanHouse(open);
    await belay.plantExpected('Elke week bellen');
    const said = wordsOf(await belay.say(bram, general, `kti plannen acme ${rhythm}`));
    return { belay, said, sent: await belay.settle() };
  }
  const plans = async ({ store }: PlanHouse) =>
    (await store.db.selectFrom('kti_plan').select(['rhythm', 'by_id', 'rounds', 'skipped']).execute()).map(
      ({ rhythm, by_id, rounds, skipped }) => [rhythm, by_id, rounds, skipped],
    );

  describe('a plan of a month or a quarter', () => {
    it('asks at once, and again a month later at the same hour, on a working day', async () => {
      const { belay, said, sent } = await planned();
      expect(said).toMatch(/Acme is om cijfers gevraagd: 3.*elke maand.*woensdag 23 december om 10:00/);
      expect(askedOf(sent)).toEqual(everybody);
      await belay.at('2026-12-01T09:00:00Z');
      expect(askedOf(await belay.at('2026-12-23T08:59:59Z'))).toEqual([]);
      const second = await belay.at('2026-12-23T09:00:00Z');
      expect(askedOf(second)).toEqual(everybody);
      // The 23rd of January is a Saturday.
      expect(toldTo(second, 'bram')).toMatch(/Acme is om cijfers gevraagd: 3.*maandag 25 januari om 10:00/);
      expect(askedOf(await belay.settle())).toEqual([]);
      expect(belay.failures).toEqual([]);
    });

    it('waits some days when those to be asked were asked a little too lately', async () => {
      const belay = await openPlanHouse(open);
      await belay.plantExpected('Elke week bellen');
      await belay.at('2027-02-23T09:00:00Z');
      await belay.say(bram, general, 'kti plannen acme maandelijks');
      await belay.settle();
      await belay.at('2027-03-04T09:00:00Z');
      const due = await belay.at('2027-03-23T09:00:00Z');
      expect([askedOf(due), toldTo(due, 'bram')]).toEqual([[], '']);
      expect(askedOf(await belay.at('2027-03-25T09:00:00Z'))).toEqual(everybody);
    });

    it('is shown, refused a second time, changed and stopped; what the old one ordered comes to nothing', async () => {
      const { belay } = await planned();
      const again = await belay.say(anna, general, 'kti plannen acme elke maand');
      expect(refusalOf(again)).toMatch(/al zo gevraagd: elke maand, gepland door Bram Bakker/);
      const stale = subjectOf(again, 'kti.plan-stop');
      const changed = wordsOf(await belay.say(anna, general, 'kti plannen acme per kwartaal'));
      expect(changed).toMatch(/elk kwartaal.*dinsdag 23 februari om 10:00.*die ronde loopt nog/);
      const cancel = subjectOf(await belay.say(bram, general, 'kti intrekken acme'), 'kti.cancel');
      // Who takes back what he did by mistake has not stopped the plan.
      expect(wordsOf(await belay.press(bram, general, 'kti.cancel', cancel))).toMatch(
        /is ingetrokken.*Het plan loopt door\. Volgende keer: dinsdag 23 februari om 10:00.*kti\.plan-stop/,
      );
      expect(refusalOf(await belay.press(bram, general, 'kti.plan-stop', stale))).toMatch(
        /al gestopt of vervangen/,
      );
      await belay.at('2026-12-01T09:00:00Z');
      expect(askedOf(await belay.at('2026-12-23T09:00:00Z'))).toEqual([]);
      const shown = wordsOf(await belay.say(carla, direct, 'kti plan acme'));
      expect(shown).toMatch(/every quarter.*23 February.*Anna de Vries/);
      expect(wordsOf(await belay.say(bram, general, 'kti plannen acme uit'))).toContain('niet meer vanzelf');
      expect(refusalOf(await belay.say(bram, general, 'kti plannen acme uit'))).toMatch(/niet vanzelf/);
      expect(askedOf(await belay.at('2027-02-23T09:00:00Z'))).toEqual([]);
      expect(await plans(belay)).toEqual([]);
    });

    it('is made in a form, by the client’s team alone', async () => {
      const belay = await openPlanHouse(open);
      await belay.plantExpected('Elke week bellen');
      const form = wordsOf(await belay.say(bram, direct, 'kti plannen'));
      expect(form).toMatch(/"name":"kti\.plan","subject":"".*"value":"c1","label":"Acme"/);
      const submit = (rhythm: string) => belay.submit(bram, direct, 'kti.plan', '', { client: 'c1', rhythm });
      const weekly = await belay.say(bram, direct, 'kti plannen acme wekelijks');
      expect(refusalOf(weekly)).toContain('maandelijks, per kwartaal of dagelijks');
      expect(subjectOf(weekly, 'kti.plan')).toBe('c1');
      expect(await submit('elke week')).toMatchObject({ kind: 'refused', field: 'rhythm' });
      expect(wordsOf(await submit('quarter'))).toContain('elk kwartaal');
      await belay.people.saveMembers('T1', 'general', ['anna', 'bram']);
      expect(refusalOf(await belay.say(carla, direct, 'kti plan acme off'))).toContain('Anna de Vries');
      expect(wordsOf(await belay.say(carla, direct, 'kti plan acme'))).not.toContain('kti.plan-stop');
      expect((await belay.say(daan, acme, 'kti plannen acme uit')).kind).toBe('refused');
      expect(await plans(belay)).toEqual([['quarter', 'bram', 1, 0]]);
    });

    it('says what stands in the way, and goes on', async () => {
      const belay = await openPlanHouse(open);
      const said = wordsOf(await belay.say(bram, general, 'kti plannen acme maandelijks'));
      expect(said).toMatch(/elke maand.*nog geen verwachting bevestigd/);
      const kti = await belay.plantExpected('Elke week bellen');
      await belay.contacts([]);
      const nobody = await belay.at('2026-12-23T09:00:00Z');
      expect(toldTo(nobody, 'bram')).toMatch(
        /deze keer niet.*nog geen contactpersoon.*maandag 25 januari om 10:00/,
      );
      await belay.contacts(everybody);
      const running = await belay.plantRound([kti]);
      const busy = await belay.at('2027-01-25T09:00:00Z');
      expect([askedOf(busy), /die ronde loopt nog/.test(toldTo(busy, 'bram'))]).toEqual([[], true]);
      expect(toldTo(busy, 'bram')).toContain(`"kti.close","subject":"${running.id}"`);
      await belay.close(running);
      expect(askedOf(await belay.at('2027-02-23T09:00:00Z'))).toEqual(everybody);
      expect(belay.failures).toEqual([]);
    });

    it('offers what it says that one can do while the team predicts', async () => {
      const belay = await openPlanHouse(open);
      await belay.plantExpected('Elke week bellen');
      await belay.predicts();
      await belay.say(bram, general, 'kti vragen acme');
      const said = await belay.say(bram, general, 'kti plannen acme maandelijks');
      expect(wordsOf(said)).toContain('Voorspel mee, vraag de klant nu, of trek het in.');
      const { id } = await belay.store.db.selectFrom('kti_round').select('id').executeTakeFirstOrThrow();
      for (const press of ['kti.forecast', 'kti.put', 'kti.cancel']) expect(subjectOf(said, press)).toBe(id);
    });

    it('goes to the owner when who made it has left, and ends when he has left too', async () => {
      const { belay } = await planned();
      await belay.at('2026-12-01T09:00:00Z');
      await belay.leave(bram);
      const taken = await belay.at('2026-12-23T09:00:00Z');
      expect(toldTo(taken, 'anna')).toMatch(/Bram Bakker, die dit plande, is weg uit het team.*nu van jou/);
      expect(toldTo(taken, 'daan')).toContain('Anna de Vries vraagt u');
      expect(await plans(belay)).toEqual([['month', 'anna', 2, 0]]);
      await belay.at('2027-01-05T09:00:00Z');
      await belay.people.savePerson('T1', { ...carla, admin: true, checkedAt: '' });
      await belay.leave(anna);
      const ended = await belay.at('2027-01-25T09:00:00Z');
      expect(askedOf(ended)).toEqual([]);
      expect(toldTo(ended, 'carla')).toMatch(/Acme is no longer asked.*Anna de Vries/);
      expect(await plans(belay)).toEqual([]);
    });

    it('goes to the owner once, in the morning when its time comes round at night', async () => {
      const { belay } = await planned();
      await belay.at('2026-12-01T09:00:00Z');
      await belay.leave(bram);
      expect(toldTo(await belay.at('2026-12-23T22:00:00Z'), 'anna')).toBe('');
      const taken = await belay.at('2026-12-24T08:00:00Z');
      expect(toldTo(taken, 'anna').match(/"summary":"[^"]*nu van jou/g)).toHaveLength(1);
      expect(askedOf(taken)).toEqual(everybody);
    });

    it('rests while the client is archived', async () => {
      const { belay } = await planned();
      await belay.at('2026-12-01T09:00:00Z');
      await belay.press(bram, direct, 'clients.archive-now', 'c1');
      // Long after its time: not even that it came too late is told.
      const resting = await belay.at('2027-01-20T09:00:00Z');
      expect([askedOf(resting), toldTo(resting, 'bram')]).toEqual([[], '']);
      await belay.press(bram, direct, 'clients.restore', 'c1');
      expect(askedOf(await belay.at('2027-01-25T09:00:00Z'))).toEqual(everybody);
    });

    it('does not make up for what was missed, and says so once, but not at night', async () => {
      const { belay } = await planned();
      const night = await belay.at('2027-02-23T23:30:00Z');
      expect([askedOf(night), toldTo(night, 'bram')]).toEqual([[], '']);
      const morning = await belay.at('2027-02-24T08:00:00Z');
      expect(askedOf(morning)).toEqual(everybody);
      expect(toldTo(morning, 'bram').match(/"text":"2 rondes kwamen/g)).toHaveLength(1);
      expect(await plans(belay)).toEqual([['month', 'bram', 4, 2]]);
      const late = await belay.at('2027-04-01T09:00:00Z');
      expect([askedOf(late), toldTo(late, 'bram')]).toEqual([
        [],
        expect.stringContaining('vrijdag 23 april'),
      ]);
    });
  });
});
