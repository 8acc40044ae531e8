import { expect, it } from 'vitest';
import { type Outgoing, SendError } from '../../../src/chat/platform.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  acme,
  anna,
  askIn,
  bram,
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

const pia = 'Eva Jansen <eva@acme.example>\nfinn@acme.example';

eachDatabase((_, open) => {
  async function house(mails = false): Promise<House> {
    const belay = await openHouse(await open());
    belay.outside.mails = mails;
    return belay;
  }
  const invite = (belay: House, poll: string, addresses = pia, language = 'nl', person = anna) =>
    belay.submit(person, acme, 'polls.invite', poll, { addresses, language });
  /** The links' subjects, in the order in which they are named. */
  const subjects = (said: Parameters<typeof wordsOf>[0]) =>
    [...wordsOf(said).matchAll(/https:\/\/belay\.example\/polls\.answer\/([\w-]+)/g)].map(
      ([, id = '']) => id,
    );
  const mailsIn = (sent: Outgoing[]) => sent.filter(({ person }) => person?.includes('@'));

  it('gives the one who asked a link for each contact to send', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme);
    const form = await belay.press(anna, acme, 'polls.invite', poll);
    expect(wordsOf(form)).toContain('om te sturen');
    const answered = await invite(belay, poll);
    expect(wordsOf(answered)).toMatch(/Eva Jansen.*finn@acme\.example/);
    const ids = subjects(answered);
    expect(new Set(ids).size).toBe(2);
    expect(mailsIn(await belay.settle())).toEqual([]);
    // The same again gives the same links; and they count among those who can answer.
    expect(subjects(await invite(belay, poll))).toEqual(ids);
    expect(wordsOf(await belay.say(anna, acme, 'nps uitslag'))).toContain('0 van de 5');
  });

  it('takes an answer from the page once; looking changes nothing', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme, 'nps vragen over de overgang');
    const [id = ''] = subjects(await invite(belay, poll));
    const at = belay.linked('polls.answer', id);
    const before = await belay.store.db.selectFrom('job').selectAll().execute();
    for (let times = 0; times < 3; times += 1) {
      const { form, card, language } = await belay.pages.show(at, undefined);
      expect(language).toBe('nl');
      expect(JSON.stringify(card)).toMatch(
        /Hoe waarschijnlijk.*de overgang.*Anna de Vries.*het team ziet uw naam/,
      );
      expect(form?.fields.map(({ kind }) => kind)).toEqual(['grade', 'text']);
    }
    expect(await belay.store.db.selectFrom('vote').selectAll().execute()).toEqual([]);
    expect(await belay.store.db.selectFrom('job').selectAll().execute()).toEqual(before);

    const { sheet } = await belay.pages.send(at, { grade: '2', why: 'Niemand belt' }, undefined);
    expect(sheet.form).toBeUndefined();
    expect(JSON.stringify(sheet)).toContain('uw antwoord is ontvangen');
    const again = await belay.pages.send(at, { grade: '10' }, undefined);
    expect(again.sheet).toEqual(sheet);
    expect(await belay.pages.show(at, undefined)).toEqual(sheet);
    const votes = await belay.store.db
      .selectFrom('vote')
      .select(['person_id', 'person_name', 'grade', 'why'])
      .execute();
    expect(votes).toEqual([
      { person_id: 'mail:eva@acme.example', person_name: 'Eva Jansen', grade: 2, why: 'Niemand belt' },
    ]);
    // He is no less unhappy for having answered elsewhere.
    expect(JSON.stringify(await belay.settle())).toMatch(/Eva Jansen gaf een 2.*Niemand belt/);
    await belay.say(anna, acme, 'nps sluiten');
    expect(JSON.stringify(await belay.settle())).toContain('Eva Jansen gaf een 2');
  });

  it('counts two presses of one button once', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme);
    const [id = ''] = subjects(await invite(belay, poll));
    const at = belay.linked('polls.answer', id);
    await Promise.all([1, 2, 3, 4].map((grade) => belay.pages.send(at, { grade: String(grade) }, undefined)));
    expect(await belay.store.db.selectFrom('vote').selectAll().execute()).toHaveLength(1);
    expect(await belay.store.db.selectFrom('vote_history').selectAll().execute()).toEqual([]);
  });

  it('says what is wrong at its field and keeps nothing of it', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme);
    const [id = ''] = subjects(await invite(belay, poll));
    const at = belay.linked('polls.answer', id);
    for (const grade of ['', '11', '-1', 'x', '7.5'])
      expect(await belay.pages.send(at, { grade }, 'en')).toMatchObject({
        refused: { text: expect.stringContaining('Choose a grade'), field: 'grade' },
        sheet: { form: {} },
      });
    const long = await belay.pages.send(at, { grade: '7', why: 'x'.repeat(1001) }, undefined);
    expect(long.refused).toMatchObject({ field: 'why' });
    expect(await belay.store.db.selectFrom('vote').selectAll().execute()).toEqual([]);
  });

  it('speaks the contact’s language, and the other one when he wants', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme, 'csat vragen over de overgang');
    const [id = ''] = subjects(await invite(belay, poll, 'eva@acme.example', 'en'));
    const at = belay.linked('polls.answer', id);
    expect(JSON.stringify(await belay.pages.show(at, undefined))).toContain(
      'How satisfied are you with de overgang?',
    );
    expect(JSON.stringify(await belay.pages.show(at, 'nl'))).toContain(
      'Hoe tevreden bent u over de overgang?',
    );
  });

  it.each([
    ['closed', 'nps sluiten', 'Gesloten op'],
    ['withdrawn', 'nps annuleren', 'ingetrokken'],
  ])('ends when the poll is %s', async (_, text, words) => {
    const belay = await house();
    const poll = await askIn(belay, acme);
    const [id = ''] = subjects(await invite(belay, poll));
    const at = belay.linked('polls.answer', id);
    await belay.say(anna, acme, text);
    await belay.settle();
    for (const sheet of [
      await belay.pages.show(at, undefined),
      (await belay.pages.send(at, { grade: '9' }, undefined)).sheet,
    ]) {
      expect(JSON.stringify(sheet)).toContain(words);
      expect(sheet.form).toBeUndefined();
    }
    expect(await belay.store.db.selectFrom('vote').selectAll().execute()).toEqual([]);
  });

  it('ends at its hour, even before the poll is closed by the clock', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme, 'nps vragen voor 2 uur');
    const [id = ''] = subjects(await invite(belay, poll));
    belay.time.advance({ hours: 2 });
    const { sheet } = await belay.pages.send(belay.linked('polls.answer', id), { grade: '9' }, undefined);
    expect(JSON.stringify(sheet)).toContain('Gesloten op');
  });

  it('keeps an anonymous answer without a name, once', async () => {
    const belay = await house(true);
    const poll = await askIn(belay, acme, 'nps vragen anoniem');
    await invite(belay, poll);
    const [first] = mailsIn(await belay.settle());
    const [id = ''] = subjects(first ?? { kind: 'nothing' });
    const at = belay.linked('polls.answer', id);
    expect(JSON.stringify(await belay.pages.show(at, undefined))).toContain('Anoniem: niemand kan zien');
    await belay.pages.send(at, { grade: '1', why: 'geheim' }, undefined);
    expect(JSON.stringify(await belay.pages.show(at, undefined))).toContain('anoniem bewaard');
    await belay.pages.send(at, { grade: '9' }, undefined);
    expect(JSON.stringify(await belay.settle())).not.toMatch(/geheim|gaf een/);
    const [box] = await belay.store.db.selectFrom('ballot_box').select('ballots').execute();
    expect(box?.ballots).toBe('[[1,"geheim"]]');
    await belay.say(anna, acme, 'nps sluiten');
    await belay.settle();
    // Who took part is forgotten, so the page can no longer tell; but it takes no answer any more.
    expect((await belay.pages.show(at, undefined)).form).toBeUndefined();
  });

  it('gives nobody the links of an anonymous poll', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme, 'nps vragen anoniem');
    expect(refusalOf(await belay.press(anna, acme, 'polls.invite', poll))).toContain('SMTP_URL');
    expect(refusalOf(await invite(belay, poll))).toContain('SMTP_URL');
    belay.outside.mails = true;
    const { send } = belay.platform;
    belay.platform.send = async (message) => {
      if (message.person?.includes('@')) throw new SendError('never', 'no such mailbox');
      return send(message);
    };
    await invite(belay, poll);
    const told = await belay.settle();
    expect(JSON.stringify(told)).toContain('eva@acme.example kon niet worden gemaild');
    expect(told.flatMap(subjects)).toEqual([]);
  });

  it('mails each contact his own link where Belay can mail, and nobody twice', async () => {
    const belay = await house(true);
    const poll = await askIn(belay, acme);
    expect(wordsOf(await invite(belay, poll))).toMatch(/Ik mail nu 2 uitnodigingen.*Eva Jansen/);
    const mails = mailsIn(await belay.settle());
    expect(mails.map(({ person, audience }) => [person, audience])).toEqual([
      ['eva@acme.example', 'person'],
      ['finn@acme.example', 'person'],
    ]);
    expect(wordsOf(mails[0] ?? { kind: 'nothing' })).toMatch(
      /Anna de Vries vraagt.*polls\.answer.*voor u alleen/,
    );
    expect(await invite(belay, poll)).toMatchObject({ kind: 'refused', field: 'addresses' });
    expect(wordsOf(await invite(belay, poll, `${pia}\ndaan@acme.example`))).toContain('één uitnodiging');
    expect(mailsIn(await belay.settle())).toHaveLength(1);
  });

  it('reminds by mail once who has not answered, and the reminder counts them', async () => {
    const belay = await house(true);
    const poll = await askIn(belay, acme);
    await invite(belay, poll);
    const [first] = mailsIn(await belay.settle());
    const [id = ''] = subjects(first ?? { kind: 'nothing' });
    await belay.pages.send(belay.linked('polls.answer', id), { grade: '9' }, undefined);
    for (const person of [daan, eva, finn]) await belay.press(person, acme, 'polls.vote', poll, '9');
    belay.time.set('2026-11-26T09:00:00Z');
    const sent = await belay.settle();
    expect(mailsIn(sent).map(({ person }) => person)).toEqual(['finn@acme.example']);
    expect(JSON.stringify(sent)).toContain('1 van de 5 heeft nog niet geantwoord');
  });

  it('gives the link to the one who asked when a mail cannot be delivered', async () => {
    const belay = await house(true);
    const { send } = belay.platform;
    belay.platform.send = async (message) => {
      if (message.person === 'eva@acme.example') throw new SendError('never', 'no such mailbox');
      return send(message);
    };
    await invite(belay, await askIn(belay, acme));
    const told = (await belay.settle()).find(({ person }) => person === 'anna');
    expect(wordsOf(told ?? { kind: 'nothing' })).toMatch(
      /eva@acme\.example kon niet worden gemaild.*polls\.answer/,
    );
  });

  const toAnna = (sent: Outgoing[]) =>
    sent
      .filter(({ person }) => person === 'anna')
      .map(wordsOf)
      .join();

  it('puts the next round to the same contacts', async () => {
    const belay = await house(true);
    await belay.say(anna, acme, 'csat elke maand voor 2 dagen');
    const first = pollIn(await belay.settle());
    await invite(belay, first);
    const before = mailsIn(await belay.settle()).flatMap(subjects);
    belay.time.advance({ hours: 72 });
    await belay.settle();
    belay.time.set('2026-12-23T09:00:00Z');
    const sent = await belay.settle();
    const mails = mailsIn(sent);
    expect(mails.map(({ person }) => person)).toEqual(['eva@acme.example', 'finn@acme.example']);
    expect(before).not.toContain(subjects(mails[0] ?? { kind: 'nothing' })[0]);
    expect(toAnna(sent)).not.toContain('niet uitgenodigd');
    belay.outside.mails = false;
    belay.time.advance({ hours: 72 });
    await belay.settle();
    belay.time.set('2027-01-25T09:00:00Z');
    const told = (await belay.settle()).find(({ person }) => person === 'anna');
    expect(subjects(told ?? { kind: 'nothing' })).toHaveLength(2);
  });

  it('leaves out of a round whose budget is spent, tells the asker, and asks him again when he may be', async () => {
    const belay = await house(true);
    await belay.say(anna, acme, 'nps elk kwartaal voor 2 dagen');
    const first = pollIn(await belay.settle());
    await invite(belay, first);
    await belay.settle();
    const round = async (at: string): Promise<Outgoing[]> => {
      belay.time.advance({ hours: 72 });
      await belay.settle();
      belay.time.set(at);
      return belay.settle();
    };
    const second = await round('2027-02-23T09:00:00Z');
    expect(mailsIn(second)).toEqual([]);
    expect(toAnna(second)).toMatch(
      /Deze contactpersonen heb ik niet uitgenodigd.*Eva Jansen kreeg op 23 november al de NPS-vraag. Dat kan weer vanaf 22 mei.*finn@acme/,
    );
    expect(wordsOf(second.find(({ place }) => place === 'acme') ?? { kind: 'nothing' })).not.toMatch(
      /Eva|uitgenodigd/,
    );
    // Skipped in the second round, he is still one of the series.
    const third = await round('2027-05-24T09:00:00Z');
    expect(mailsIn(third).map(({ person }) => person)).toEqual(['eva@acme.example', 'finn@acme.example']);
    expect(toAnna(third)).not.toContain('niet uitgenodigd');
  });

  it('asks within the round, some days later, whose budget is spent only until then', async () => {
    const belay = await house(true);
    await belay.say(anna, acme, 'csat elke maand');
    const first = pollIn(await belay.settle());
    belay.time.advance({ hours: 2 });
    await invite(belay, first);
    await belay.settle();
    belay.time.advance({ hours: 8 * 24 });
    await belay.settle();
    belay.time.set('2026-12-23T09:00:00Z');
    const early = await belay.settle();
    expect([mailsIn(early), toAnna(early)]).toEqual([[], '']);
    belay.time.set('2026-12-23T10:59:00Z');
    expect(mailsIn(await belay.settle())).toEqual([]);
    // One of them is asked something else meanwhile: that the asker is told.
    const other = await askIn(belay, general, 'ces vragen');
    belay.time.set('2026-12-23T11:00:00Z');
    await invite(belay, other, 'eva@acme.example');
    const late = await belay.settle();
    expect(mailsIn(late).map(({ person, card }) => [person, card.summary.includes('makkelijk')])).toEqual([
      ...[
        ['eva@acme.example', true],
        ['finn@acme.example', false],
      ],
    ]);
    expect(toAnna(late)).toMatch(
      /niet uitgenodigd.*Eva Jansen kreeg op 23 december al een persoonlijke vraag/,
    );
    belay.time.advance({ hours: 24 });
    expect(mailsIn(await belay.settle())).toEqual([]);
  });

  it('skips whose budget is spent and tells the asker alone who, why and from when', async () => {
    const belay = await house(true);
    await invite(belay, await askIn(belay, acme), 'Eva Jansen <eva@acme.example>');
    await belay.settle();
    const other = await askIn(belay, acme, 'csat vragen');
    belay.time.advance({ hours: 25 });
    await belay.settle();
    const answered = await invite(belay, other, `${pia}\nDAAN@acme.example`);
    expect(wordsOf(answered)).toMatch(
      /Ik mail nu 2 uitnodigingen.*Niet uitgenodigd.*Eva Jansen kreeg op 23 november al een persoonlijke vraag. Dat kan weer vanaf 23 december/,
    );
    const sent = await belay.settle();
    expect(mailsIn(sent).map(({ person }) => person)).toEqual(['finn@acme.example', 'daan@acme.example']);
    for (const one of sent) expect(wordsOf(one)).not.toMatch(/Eva|kreeg op/);
    expect(wordsOf(await belay.say(anna, acme, 'csat uitslag'))).toContain('0 van de 5');
  });

  it('refuses when each of them was asked too lately, and changes nothing', async () => {
    const belay = await house(true);
    await invite(belay, await askIn(belay, acme));
    const other = await askIn(belay, acme, 'csat vragen');
    await belay.settle();
    const rows = () =>
      Promise.all([
        belay.store.db.selectFrom('poll_invitation').selectAll().execute(),
        belay.store.db.selectFrom('survey_touch').selectAll().execute(),
        belay.store.db.selectFrom('poll').selectAll().execute(),
      ]);
    const before = await rows();
    const refused = await invite(belay, other);
    expect(refused).toMatchObject({ kind: 'refused', field: 'addresses' });
    expect(refusalOf(refused)).toMatch(/niemand uitgenodigd.*Eva Jansen kreeg.*finn@acme.example kreeg/s);
    expect(await rows()).toEqual(before);
    expect(await belay.settle()).toEqual([]);
  });

  it('counts a link that was made as an invitation, also when it is asked for again', async () => {
    const belay = await house();
    const first = await askIn(belay, acme);
    const links = subjects(await invite(belay, first));
    const other = await askIn(belay, acme, 'csat vragen');
    expect(refusalOf(await invite(belay, other))).toContain('niemand uitgenodigd');
    expect(subjects(await invite(belay, first))).toEqual(links);
    expect(await belay.store.db.selectFrom('survey_touch').selectAll().execute()).toHaveLength(2);
  });

  it('asks again whose anonymous invitation never arrived', async () => {
    const belay = await house(true);
    const poll = await askIn(belay, acme, 'nps vragen anoniem');
    const { send } = belay.platform;
    belay.platform.send = async (message) => {
      if (message.person === 'eva@acme.example') throw new SendError('never', 'no such mailbox');
      return send(message);
    };
    await invite(belay, poll);
    await belay.settle();
    belay.platform.send = send;
    expect(wordsOf(await invite(belay, poll, 'eva@acme.example'))).toContain('één uitnodiging');
    expect(mailsIn(await belay.settle()).map(({ person }) => person)).toEqual(['eva@acme.example']);
  });

  it('tells the asker of a client’s channel how many there were asked lately', async () => {
    const belay = await house(true);
    for (const person of [daan, eva])
      await belay.people.savePerson('T1', {
        ...{ ...person, email: `${person.id}@acme.example`, checkedAt: '' },
      });
    expect(wordsOf(await belay.say(anna, acme, 'nps vragen'))).not.toContain('dagen al een vraag');
    const poll = pollIn(await belay.settle());
    await invite(belay, poll, 'eva@acme.example\ndaan@acme.example\nnobody@acme.example');
    await belay.settle();
    const lately = '2 van de 3 kregen in de laatste 30 dagen al een vraag';
    expect(wordsOf(await belay.say(anna, acme, 'csat vragen'))).toContain(lately);
    expect(wordsOf(await belay.say(anna, acme, 'ces elke maand'))).toContain(lately);
    for (const one of await belay.settle()) expect(wordsOf(one)).not.toContain('al een vraag');
    expect(wordsOf(await belay.say(anna, general, 'csat vragen'))).not.toContain('al een vraag');
    belay.time.set('2026-12-22T09:00:00Z');
    await belay.settle();
    await invite(belay, await askIn(belay, general, 'ces vragen'), 'finn@acme.example');
    await belay.people.savePerson('T1', { ...finn, email: 'finn@acme.example', checkedAt: '' });
    belay.time.set('2026-12-23T09:00:00Z');
    const next = await belay.settle();
    expect(toAnna(next)).toContain('Let op: 1 van de 3 kreeg in de laatste 30 dagen al een vraag');
    expect(wordsOf(next.find(({ place }) => place === 'acme') ?? { kind: 'nothing' })).not.toContain(
      'Let op',
    );
  });

  it.each([
    ['eva@', 'begrijp'],
    ['  \n ', 'minstens één'],
    [Array.from({ length: 51 }, (_, at) => `p${at}@acme.example`).join('\n'), 'hoogstens 50'],
  ])('refuses clearly, and invites nobody: %j', async (addresses, words) => {
    const belay = await house();
    const poll = await askIn(belay, acme);
    const refused = await invite(belay, poll, addresses);
    expect(refused).toMatchObject({ kind: 'refused', field: 'addresses' });
    expect(refusalOf(refused)).toContain(words);
    expect(await belay.store.db.selectFrom('poll_invitation').selectAll().execute()).toEqual([]);
  });

  it('is for the one who asked alone, while the poll is open, and where Belay has an address', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme);
    expect(refusalOf(await invite(belay, poll, pia, 'nl', bram))).toContain('Anna de Vries');
    expect(refusalOf(await invite(belay, poll, pia, 'nl', daan))).toContain('alleen voor het team');
    belay.outside.link = () => undefined;
    expect(refusalOf(await belay.press(anna, acme, 'polls.invite', poll))).toContain('PUBLIC_URL');
    await belay.say(anna, acme, 'nps sluiten');
    expect(refusalOf(await belay.press(anna, acme, 'polls.invite', poll))).toContain('gesloten');
  });

  it('opens nothing of another workspace', async () => {
    const belay = await house();
    const [id = ''] = subjects(await invite(belay, await askIn(belay, acme)));
    const abroad = { ...belay.linked('polls.answer', id), tenant: 'T2' };
    await expect(belay.pages.show(abroad, undefined)).rejects.toThrow('error.poll-gone');
  });
});
