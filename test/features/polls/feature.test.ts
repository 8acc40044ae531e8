import { expect, it } from 'vitest';
import type { Outcome, Outgoing } from '../../../src/chat/platform.ts';
import type { Person, Place } from '../../../src/chat/request.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  acme,
  anna,
  bram,
  carla,
  daan,
  direct,
  eva,
  finn,
  general,
  type House,
  openHouse,
  wordsOf,
} from '../../support/house.ts';

const nothing: Outcome = { kind: 'nothing' };

eachDatabase((_, open) => {
  const house = async (counting = true) => openHouse(await open(), counting);

  /** Asks in this place; returns the poll's id as its card carries it. */
  async function asked(
    belay: House,
    place: Place,
    text = 'nps vragen',
    person: Person = anna,
  ): Promise<string> {
    await belay.say(person, place, text);
    const [posted] = (await belay.settle()).filter(({ kind }) => kind === 'post');
    const scale = posted?.card.elements.find(({ kind }) => kind === 'scale');
    return scale?.kind === 'scale' ? scale.subject : '';
  }

  /** A result, for the team or for the one who asked alone. */
  const isResult = ({ kind, card }: Outgoing) =>
    kind === 'post' && /polls\.(export|share)|Niemand heeft|Nobody has/.test(JSON.stringify(card));
  const refusal = (outcome: Outcome) => (outcome.kind === 'refused' ? outcome.text : outcome.kind);

  it('asks, takes votes with reasons, closes, and tells the result in an internal channel', async () => {
    const belay = await house();
    const poll = await asked(belay, general, 'nps vragen voor 3 dagen over de samenwerking');
    const question = belay.sent.find(({ kind }) => kind === 'post');
    expect(wordsOf(question ?? nothing)).toMatch(/donderdag 26 november.*het team ziet uw naam/);

    for (const [person, grade] of [
      [anna, 9],
      [bram, 10],
      [carla, 3],
      [daan, 8],
      [eva, 9],
    ] as const) {
      const outcome = await belay.press(person, general, 'polls.vote', poll, String(grade));
      expect(outcome).toMatchObject({ kind: 'answer', form: { name: 'polls.why', subject: poll } });
    }
    await belay.submit(carla, general, 'polls.why', poll, { why: 'Too slow <!channel>' });
    await belay.say(anna, general, 'nps sluiten');
    const told = await belay.settle();
    const result = told.find(isResult);
    expect(result).toMatchObject({
      place: 'general',
      audience: 'internal',
      card: { summary: 'NPS +40 (± 55) uit 5 antwoorden' },
    });
    expect(wordsOf(result ?? nothing)).toContain('Too slow <!channel>');
    expect(wordsOf(result ?? nothing)).toContain('Indicatief');
    expect(told.find(({ kind, place }) => kind === 'update' && place)?.ref).toBe('ref-1');
  });

  it('keeps one vote a person, the last one, and the earlier ones as history', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    for (const grade of [2, 9, 7]) await belay.press(bram, general, 'polls.vote', poll, String(grade));
    const rows = await belay.store.db.selectFrom('vote').select(['person_id', 'grade']).execute();
    expect(rows).toEqual([{ person_id: 'bram', grade: 7 }]);
    const before = await belay.store.db.selectFrom('vote_history').select('grade').execute();
    expect(before.map(({ grade }) => grade).sort()).toEqual([2, 9]);
  });

  it('shows only how many answered while it is open', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    await belay.press(bram, general, 'polls.vote', poll, '8');
    await belay.submit(bram, general, 'polls.why', poll, { why: 'geheim' });
    belay.time.advance({ seconds: 11 });
    const told = await belay.settle();
    expect(told.filter(({ kind }) => kind === 'update')).toHaveLength(1);
    const seen = await belay.say(anna, general, 'nps uitslag');
    expect(wordsOf(seen)).toContain('1 van de 3');
    for (const said of [...told.map(wordsOf), wordsOf(seen)]) expect(said).not.toMatch(/geheim|gaf een 8/);
  });

  it('does not edit the open card where the platform had better not', async () => {
    const belay = await house(false);
    const poll = await asked(belay, general);
    await belay.press(bram, general, 'polls.vote', poll, '2');
    belay.time.advance({ seconds: 11 });
    expect((await belay.settle()).filter(({ kind }) => kind === 'update')).toEqual([]);
  });

  it('gathers a hundred votes into one update of the card', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    for (let at = 0; at < 100; at += 1)
      await belay.press({ ...bram, id: `p${at}` }, general, 'polls.vote', poll, String(at % 11));
    belay.time.advance({ seconds: 11 });
    expect((await belay.settle()).filter(({ kind }) => kind === 'update')).toHaveLength(1);
  });

  it('lets only the client vote in a shared channel and tells the asker alone, who may share it', async () => {
    const belay = await house();
    const poll = await asked(belay, acme);
    expect(refusal(await belay.press(bram, acme, 'polls.vote', poll, '10'))).toContain('eigen team');
    for (const [person, grade] of [
      [daan, 9],
      [eva, 4],
      [finn, 8],
    ] as const)
      await belay.press(person, acme, 'polls.vote', poll, String(grade));
    await belay.submit(eva, acme, 'polls.why', poll, { why: 'Niemand belt terug' });
    await belay.say(anna, acme, 'nps close');
    const told = await belay.settle();
    const inChannel = told.filter(({ place, kind }) => place === 'acme' && kind !== 'whisper');
    for (const message of inChannel) expect(wordsOf(message)).not.toMatch(/Niemand belt|Eva|criticasters/);
    const toAnna = told.find((one) => one.person === 'anna' && isResult(one));
    expect(wordsOf(toAnna ?? nothing)).toMatch(/Eva Jansen gaf een 4.*polls\.share/);

    expect(refusal(await belay.press(bram, direct, 'polls.share', poll))).toContain('Anna de Vries');
    await belay.press(anna, direct, 'polls.share', poll);
    const [shared, ...more] = (await belay.settle()).filter(({ place }) => place === 'acme');
    expect(more).toEqual([]);
    expect(shared?.audience).toBe('anyone');
    expect(wordsOf(shared ?? nothing)).not.toMatch(/Niemand belt|Eva|gaf een/);
    expect(refusal(await belay.press(anna, direct, 'polls.share', poll))).toContain('al gedeeld');
  });

  it('compares only what was put to the same people, and tells the client only what he has seen', async () => {
    const belay = await house();
    const round = async (grade: string, share: boolean) => {
      const poll = await asked(belay, acme);
      for (let at = 0; at < 30; at += 1)
        await belay.press({ ...daan, id: `c${at}` }, acme, 'polls.vote', poll, grade);
      await belay.say(anna, acme, 'nps sluiten');
      const told = await belay.settle();
      if (share) await belay.press(anna, direct, 'polls.share', poll);
      const shared = await belay.settle();
      belay.time.advance({ hours: 1 });
      const toAnna = told.find((one) => one.person === 'anna' && isResult(one));
      return { toAnna: wordsOf(toAnna ?? nothing), shared: shared.map(wordsOf).join() };
    };
    await belay.people.savePlace('T1', { ...acme, shared: false, checkedAt: '' });
    const own = await asked(belay, { ...acme, shared: false });
    for (let at = 0; at < 30; at += 1)
      await belay.press({ ...bram, id: `p${at}` }, { ...acme, shared: false }, 'polls.vote', own, '0');
    await belay.say(anna, { ...acme, shared: false }, 'nps sluiten');
    await belay.settle();
    await belay.people.savePlace('T1', { ...acme, checkedAt: '' });
    belay.time.advance({ hours: 1 });

    const first = await round('7', false);
    expect(first.toAnna).not.toContain('Vorige keer');
    const second = await round('10', true);
    expect(second.toAnna).toContain('Vorige keer 0, nu +100');
    expect(second.shared).not.toContain('Vorige keer');
    const third = await round('10', true);
    expect(third.shared).toContain('Vorige keer +100, nu +100');
  });

  it('tells its asker the result when the channel has become a client’s meanwhile', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    await belay.press(bram, general, 'polls.vote', poll, '9');
    await belay.say(anna, general, 'nps sluiten');
    await belay.people.savePlace('T1', { ...general, shared: true, checkedAt: '' });
    const told = (await belay.settle()).filter(({ kind }) => kind === 'post');
    expect(told.map(({ person, place }) => person ?? place)).toEqual(['anna']);
    expect(wordsOf(told[0] ?? nothing)).toContain('Bram Bakker gaf een 9');
    // The team's own answers are not the client's: there is nothing to share.
    expect(wordsOf(told[0] ?? nothing)).not.toContain('polls.share');
    expect(refusal(await belay.press(anna, direct, 'polls.share', poll))).toContain('niet meer');
    expect(wordsOf(await belay.say(anna, { ...general, shared: true }, 'nps uitslag'))).not.toContain(
      'polls.share',
    );
  });

  it('gives a guest who is a colleague his result', async () => {
    const belay = await house();
    await belay.submit(anna, general, 'settings.add-colleague', '', { person: 'finn' });
    const poll = await asked(belay, acme, 'nps vragen', finn);
    await belay.press(daan, acme, 'polls.vote', poll, '9');
    await belay.say(finn, acme, 'nps sluiten');
    const told = await belay.settle();
    expect(told.find(({ person, kind }) => person === 'finn' && kind === 'post')?.audience).toBe('internal');
    expect(belay.failures).toEqual([]);
  });

  it('shows the running question again to whoever may, and closes the newest', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    expect(refusal(await belay.press(bram, general, 'polls.again', poll))).toContain('Anna de Vries');
    await belay.press(anna, general, 'polls.again', poll);
    const [moved, again] = await belay.settle();
    expect(moved).toMatchObject({ kind: 'update', ref: 'ref-1' });
    expect(wordsOf(moved ?? nothing)).toContain('verderop');
    expect(wordsOf(again ?? nothing)).toContain('polls.vote');
    await belay.say(anna, general, 'nps sluiten');
    expect((await belay.settle()).find(({ kind }) => kind === 'update')?.ref).toBe('ref-3');
    expect(refusal(await belay.press(anna, general, 'polls.again', poll))).toContain('gesloten');
  });

  it('does not count a vote in a client’s poll of somebody whom nobody knows', async () => {
    const belay = await house();
    const poll = await asked(belay, acme);
    const stranger = { ...daan, id: 'stranger', unknown: true };
    expect(refusal(await belay.press(stranger, acme, 'polls.vote', poll, '1'))).toContain(
      'niet zien wie u bent',
    );
    expect(await belay.store.db.selectFrom('vote').selectAll().execute()).toEqual([]);
  });

  it('tells the asker in the language that he has chosen by now, and names the channel', async () => {
    const belay = await house();
    await belay.say(anna, { ...acme, name: 'Acme' }, 'nps vragen over de overgang');
    await belay.submit(anna, direct, 'settings.person', '', { language: 'en' });
    await belay.say(anna, acme, 'nps close');
    const told = (await belay.settle()).find((one) => one.person === 'anna' && isResult(one));
    expect(wordsOf(told ?? nothing)).toMatch(/NPS result.*In Acme/);
  });

  it('says when it was closed, not when it would have been', async () => {
    const belay = await house();
    await asked(belay, general, 'nps vragen voor 7 dagen');
    belay.time.advance({ hours: 24 });
    await belay.say(anna, general, 'nps sluiten');
    await belay.settle();
    const again = wordsOf(await belay.say(bram, general, 'nps uitslag'));
    expect(again).toContain('23 november – 24 november');
  });

  it('counts a vote that was taken while the poll was closed, or refuses it', async () => {
    const belay = await house();
    for (let round = 0; round < 5; round += 1) {
      const poll = await asked(belay, general);
      const votes = Array.from({ length: 20 }, (_, at) =>
        belay.press({ ...bram, id: `p${at}` }, general, 'polls.vote', poll, '9'),
      );
      const [outcomes] = await Promise.all([
        Promise.all(votes),
        belay.press(anna, general, 'polls.close', poll),
      ]);
      const taken = outcomes.filter(({ kind }) => kind === 'answer').length;
      const result = (await belay.settle()).find(isResult);
      expect(wordsOf(result ?? nothing)).toContain(
        taken === 0 ? 'Niemand heeft geantwoord' : `"value":"${taken}"`,
      );
    }
  });

  it('tells the client nothing of what is followed up', async () => {
    const belay = await house();
    const poll = await asked(belay, acme);
    for (const [at, person] of [daan, eva, finn, daan, eva].entries())
      await belay.press({ ...person, id: `p${at}` }, acme, 'polls.vote', poll, '2');
    await belay.say(anna, acme, 'nps sluiten');
    expect(JSON.stringify(await belay.settle())).toContain('Opvolging van wie niet tevreden is');
    await belay.press(anna, direct, 'polls.share', poll);
    const shared = (await belay.settle()).find(({ place }) => place === 'acme');
    expect(wordsOf(shared ?? nothing)).toContain('Uitslag NPS');
    expect(wordsOf(shared ?? nothing)).not.toMatch(/Opvolging|opgepakt|CSV/);
  });

  it('keeps nothing of an anonymous poll that too few answered', async () => {
    const belay = await house();
    for (const verb of ['sluiten', 'annuleren']) {
      const poll = await asked(belay, general, 'nps vragen anoniem');
      await belay.submit(bram, general, 'polls.ballot', poll, { grade: '3', why: 'geheim' });
      await belay.say(anna, general, `nps ${verb}`);
      await belay.settle();
      belay.time.advance({ hours: 1 });
    }
    for (const table of ['ballot_box', 'turnout'] as const)
      expect(await belay.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
    const kept = await belay.store.db
      .selectFrom('poll')
      .select(['counts', 'answered'])
      .orderBy('asked_at')
      .execute();
    expect(kept).toEqual([
      { counts: '[]', answered: 1 },
      { counts: null, answered: null },
    ]);
  });

  it('closes by itself at its time, once', async () => {
    const belay = await house();
    const poll = await asked(belay, general, 'nps ask for 2 hours');
    belay.time.advance({ hours: 1, minutes: 59 });
    expect(await belay.settle()).toEqual([]);
    belay.time.advance({ minutes: 1 });
    expect(refusal(await belay.press(bram, general, 'polls.vote', poll, '9'))).toContain('gesloten');
    expect((await belay.settle()).map(({ kind }) => kind).sort()).toEqual(['post', 'update']);
    expect(await belay.settle()).toEqual([]);
  });

  it('counts nothing of a cancelled poll', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    await belay.press(bram, general, 'polls.vote', poll, '9');
    await belay.say(anna, general, 'nps annuleren');
    const [update] = (await belay.settle()).filter(({ kind }) => kind === 'update');
    expect(wordsOf(update ?? nothing)).toContain('per ongeluk');
    expect(refusal(await belay.press(bram, general, 'polls.vote', poll, '9'))).toContain('ingetrokken');
    expect(refusal(await belay.say(anna, general, 'nps uitslag'))).toContain('nog niet gevraagd');
  });

  it('says a change only when it is more than chance, and gives the last result again', async () => {
    const belay = await house();
    for (const grade of ['9', '3']) {
      const poll = await asked(belay, general);
      for (let at = 0; at < 40; at += 1)
        await belay.press({ ...bram, id: `p${at}` }, general, 'polls.vote', poll, grade);
      await belay.say(anna, general, 'nps sluiten');
      await belay.settle();
      belay.time.advance({ hours: 1 });
    }
    const again = await belay.say(carla, general, 'nps result');
    expect(wordsOf(again)).toContain('Last time +100, now −100: −200 points, more than chance');
    expect(wordsOf(again)).not.toContain('Indicative');
  });

  it('shows each answer and no score below five', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    await belay.press(bram, general, 'polls.vote', poll, '9');
    await belay.press(carla, general, 'polls.vote', poll, '2');
    await belay.say(anna, general, 'nps sluiten');
    const result = wordsOf((await belay.settle()).find(isResult) ?? nothing);
    expect(result).toMatch(/Bram Bakker gaf een 9/);
    expect(result).not.toMatch(/NPS [+−0-9]|±/);
  });

  it('pages through many reasons', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    for (let at = 0; at < 23; at += 1) {
      const person = { ...bram, id: `p${at}` };
      await belay.press(person, general, 'polls.vote', poll, '5');
      await belay.submit(person, general, 'polls.why', poll, { why: `reden ${at}.` });
    }
    await belay.say(anna, general, 'nps sluiten');
    const first = wordsOf((await belay.settle()).find(isResult) ?? nothing);
    expect(first).toContain('polls.reasons.10');
    const second = wordsOf(await belay.press(anna, general, 'polls.reasons', poll, '10'));
    const third = wordsOf(await belay.press(anna, general, 'polls.reasons', poll, '20'));
    const reasons = [first, second, third].flatMap((text) => text.match(/reden \d+\./g) ?? []);
    expect(new Set(reasons).size).toBe(23);
    expect(third).not.toContain('polls.reasons.');
  });

  it('withdraws the question and tells its asker when it cannot be posted', async () => {
    const belay = await house();
    const { SendError } = await import('../../../src/chat/platform.ts');
    const send = belay.platform.send;
    belay.platform.send = async (message) => {
      if (message.place === 'general' && message.kind === 'post') throw new SendError('never', 'is_archived');
      return send(message);
    };
    await belay.say(anna, general, 'nps vragen');
    const told = await belay.settle();
    expect(told.map(({ kind, person }) => [kind, person])).toEqual([['post', 'anna']]);
    expect(wordsOf(told[0] ?? nothing)).toContain('Nodig mij daar uit');
    expect(refusal(await belay.say(anna, general, 'nps sluiten'))).toContain('staat hier niet open');
  });

  it.each([
    ['direct message', (b: House) => b.say(anna, direct, 'nps vragen'), 'hoort in een kanaal'],
    [
      'channel without Belay',
      (b: House) => b.say(anna, { ...general, reachable: false }, 'nps vragen'),
      'Nodig mij eerst uit',
    ],
    [
      'the form’s button in a direct message',
      (b: House) => b.press(anna, direct, 'polls.ask'),
      'hoort in een kanaal',
    ],
    [
      'the form from a direct message',
      (b: House) => b.submit(anna, direct, 'polls.ask', '', { days: '7' }),
      'hoort in een kanaal',
    ],
    [
      'the form where Belay is not',
      (b: House) => b.submit(anna, { ...general, reachable: false }, 'polls.ask', '', { days: '7' }),
      'Nodig mij eerst uit',
    ],
    ['no period', (b: House) => b.say(anna, general, 'nps vragen voor appels'), 'geen termijn'],
    ['over 90 days', (b: House) => b.say(anna, general, 'nps vragen voor 100 dagen'), 'hoogstens 90 dagen'],
    ['topic too long', (b: House) => b.say(anna, general, `nps vragen over ${'x'.repeat(151)}`), 'te lang'],
    ['nonsense', (b: House) => b.say(anna, general, 'nps vragen misschien'), 'begrijp ik niet'],
    ['unknown words', (b: House) => b.say(anna, general, 'nsp vragen'), '“nps vragen”'],
    ['unknown verb', (b: House) => b.say(carla, general, 'nps sing'), 'Did you mean “nps'],
    ['words of no kind', (b: House) => b.say(anna, general, 'zzzzzz'), 'ken ik niet'],
    ['nothing to close', (b: House) => b.say(anna, general, 'nps sluiten'), 'staat hier niet open'],
    ['no result yet', (b: House) => b.say(anna, general, 'nps uitslag'), 'nog niet gevraagd'],
    ['a poll that is gone', (b: House) => b.press(anna, general, 'polls.vote', 'no-such', '7'), 'niet meer'],
    ['a client who asks', (b: House) => b.say(daan, acme, 'nps vragen'), 'alleen voor het team'],
    ['an unknown button', (b: House) => b.press(anna, general, 'polls.nothing'), 'werkt niet meer'],
    ['an unknown form', (b: House) => b.submit(anna, general, 'nobody.knows', '', {}), 'werkt niet meer'],
  ])('refuses clearly and changes nothing: %s', async (_, act, words) => {
    const belay = await house();
    expect(refusal(await act(belay))).toContain(words);
    for (const table of ['poll', 'vote', 'outbox', 'job', 'inbox'] as const)
      expect(await belay.store.db.selectFrom(table).selectAll().execute()).toEqual([]);
  });

  it('refuses a second poll and leads to the first', async () => {
    const belay = await house();
    await asked(belay, general);
    const outcome = await belay.say(bram, general, 'nps vragen');
    expect(refusal(outcome)).toContain('gevraagd door Anna de Vries');
    expect(wordsOf(outcome)).toContain('https://chat.example/1');
    expect(refusal(await belay.say(anna, acme, 'nps vragen'))).toBe('answer');
  });

  it('refuses a forged grade, another place’s poll, another tenant’s poll and a reason without a vote', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    for (const grade of ['11', '-1', '7.5', '', 'x'])
      expect(refusal(await belay.press(bram, general, 'polls.vote', poll, grade))).toContain(
        'werkt niet meer',
      );
    expect(refusal(await belay.press(daan, acme, 'polls.vote', poll, '0'))).toContain('niet meer');
    const abroad = await belay.press(bram, general, 'polls.vote', poll, '0', { tenant: 'T2' });
    expect(refusal(abroad)).toContain('niet meer');
    expect(refusal(await belay.submit(bram, general, 'polls.why', poll, { why: 'x' }))).toContain(
      'eerst een cijfer',
    );
    await belay.press(bram, general, 'polls.vote', poll, '7');
    const long = await belay.submit(bram, general, 'polls.why', poll, { why: 'x'.repeat(1001) });
    expect(long).toMatchObject({ kind: 'refused', field: 'why' });
    expect(refusal(await belay.press(bram, general, 'polls.close', poll))).toContain('Anna de Vries');
  });

  it('does a thing once that is delivered four times', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    const press = belay.request(bram, general, {
      kind: 'press',
      name: 'polls.vote',
      subject: poll,
      detail: '9',
    });
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => belay.hear(press)));
    expect(outcomes.map(({ kind }) => kind).sort()).toEqual([
      'answer',
      'duplicate',
      'duplicate',
      'duplicate',
    ]);
  });

  it('gives a hundred people who click at once one vote each', async () => {
    const belay = await house();
    const poll = await asked(belay, general);
    await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        belay.press({ ...bram, id: `p${at}` }, general, 'polls.vote', poll, String(at % 11)),
      ),
    );
    const rows = await belay.store.db.selectFrom('vote').select('person_id').execute();
    expect(new Set(rows.map((row) => row.person_id)).size).toBe(100);
    expect(rows).toHaveLength(100);
  });
});
