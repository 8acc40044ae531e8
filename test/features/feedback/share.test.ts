import { describe, expect, it } from 'vitest';
import { SendError } from '../../../src/chat/platform.ts';
import { eachDatabase } from '../../support/databases.ts';
import { openTeamHouse, type TeamHouse } from '../../support/expectation-house.ts';
import { anna, bram, direct, refusalOf, subjectOf, wordsOf } from '../../support/house.ts';

const told = { said: 'De levering kwam te laat.', words: 'Vanaf nu bellen wij vooraf.' };

eachDatabase((_, open) => {
  describe('telling the client what was done', () => {
    async function answered() {
      const belay = await openTeamHouse(await open());
      const said = await belay.say(anna, direct, 'klacht Acme: ze zijn boos, weer te laat');
      const id = subjectOf(said, 'feedback.take');
      await belay.submit(anna, direct, 'feedback.answer', id, { words: 'geheim: leverancier fout' });
      await belay.settle();
      return { belay, id };
    }
    const share = (belay: TeamHouse, id: string, person = anna, fields: Record<string, string> = told) =>
      belay.submit(person, direct, 'feedback.share', id, fields);
    const deeds = async (belay: TeamHouse) => {
      const rows = await belay.store.db.selectFrom('feedback_event').selectAll().orderBy('id').execute();
      return rows.flatMap(({ happened, person_id, text }) =>
        happened.endsWith('shared') ? [[happened, person_id, text]] : [],
      );
    };
    /** The client's channel takes nothing any more. */
    function closeChannel({ platform }: TeamHouse) {
      const { send } = platform;
      platform.send = async (message) => {
        if (message.place === 'acme') throw new SendError('never', 'not_in_channel');
        return send(message);
      };
      return () => {
        platform.send = send;
      };
    }

    it('goes to his channel in the words of the form, which has what a colleague wrote to set right', async () => {
      const { belay, id } = await answered();
      const form = await belay.press(bram, direct, 'feedback.share', id);
      expect(form).toMatchObject({
        form: { fields: [{ id: 'said', value: 'ze zijn boos, weer te laat' }, { id: 'words' }] },
      });
      await share(belay, id);
      const sent = await belay.settle();
      expect(sent).toMatchObject([{ place: 'acme', audience: 'anyone' }]);
      expect(wordsOf(sent[0] as never)).toMatch(/De levering kwam te laat.*Vanaf nu bellen wij vooraf/);
      expect(wordsOf(sent[0] as never)).not.toMatch(/boos|geheim|Anna/);
      expect(await deeds(belay)).toEqual([['shared', 'anna', JSON.stringify(told)]]);
    });

    it('needs both what he said and what was done', async () => {
      const { belay, id } = await answered();
      for (const field of ['said', 'words']) {
        const refused = await share(belay, id, anna, { ...told, [field]: ' ' });
        expect(refused).toMatchObject({ kind: 'refused', field });
      }
      expect(await belay.settle()).toEqual([]);
    });

    it('happens once, and says to the next who did it and when', async () => {
      const { belay, id } = await answered();
      expect((await share(belay, id)).kind).toBe('answer');
      for (const again of [
        await share(belay, id, bram),
        await belay.press(bram, direct, 'feedback.share', id),
      ])
        expect(refusalOf(again)).toContain('Anna de Vries heeft dit op 23 november al met Acme gedeeld');
      expect(await belay.settle()).toHaveLength(1);
    });

    it('is posted once when two do it at the same moment', async () => {
      const { belay, id } = await answered();
      const both = await Promise.all([share(belay, id), share(belay, id, bram)]);
      expect(both.map(({ kind }) => kind).toSorted()).toEqual(['answer', 'refused']);
      expect(await belay.settle()).toHaveLength(1);
    });

    it('tells whoever did it when it could not be posted, and can be done again with the same words', async () => {
      const { belay, id } = await answered();
      const openChannel = closeChannel(belay);
      await share(belay, id, bram);
      const sent = await belay.settle();
      expect(sent).toMatchObject([{ kind: 'post', person: 'bram', audience: 'internal' }]);
      expect(wordsOf(sent[0] as never)).toMatch(/Niet gedeeld met Acme.*Vanaf nu bellen wij vooraf/);
      openChannel();
      const form = wordsOf(await belay.press(bram, direct, 'feedback.share', id));
      expect(form).toContain(told.words);
      expect(form).not.toContain('geheim');
      await share(belay, id, anna);
      expect(await belay.settle()).toMatchObject([{ place: 'acme' }]);
      expect(refusalOf(await share(belay, id))).toContain('Anna de Vries heeft dit');
      expect((await deeds(belay)).map(([happened, by]) => [happened, by])).toEqual([
        ['shared', 'bram'],
        ['unshared', 'bram'],
        ['shared', 'anna'],
      ]);
    });
  });
});
