import { createHmac, randomInt, randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { expect, it } from 'vitest';
import type { Card } from '../../../src/chat/card.ts';
import type { Outcome, Outgoing } from '../../../src/chat/platform.ts';
import type { Person, Place } from '../../../src/chat/request.ts';
import { migrations as touches } from '../../../src/features/fatigue/touch-store.ts';
import { migrations as followUps } from '../../../src/features/follow-ups/tables-store.ts';
import { migrations } from '../../../src/features/polls/store.ts';
import { readSubmit } from '../../../src/platforms/slack/parse.ts';
import type { Db } from '../../../src/store/database.ts';
import { kernelMigrations } from '../../../src/store/kernel-migrations.ts';
import { openStore } from '../../../src/store/open.ts';
import { eachDatabase } from '../../support/databases.ts';
import {
  acme,
  anna,
  askIn,
  bram,
  carla,
  daan,
  direct,
  eva,
  finn,
  general,
  type House,
  openHouse,
  refusalOf,
  wordsOf,
} from '../../support/house.ts';
import { fileOf, linkByRank, mostByChance, ordersIn, undone } from '../../support/linking.ts';
import { startRig } from '../../support/slack/belay.ts';
import { acme as acmeOfTeams } from '../../support/teams/acting.ts';
import { daan as daanOfTeams } from '../../support/teams/connector.ts';
import { openTeams } from '../../support/teams/platform.ts';

/** One who answers, and what he answers: nobody but this test knows both. */
type Voter = { person: Person; grade: number; why: string };

const polls = 6;
const votersEach = 60;
/** So seldom may one way to link seem to work by chance; some hundreds are tried. */
const seldom = 1e-12;

eachDatabase((kind, open, newUrl) => {
  const house = async () => openHouse(await open());

  it.each([
    ['nps vragen anoniem', 'Hoe waarschijnlijk is het dat u ons aanbeveelt'],
    ['csat ask anonymous about the new report', 'Hoe tevreden bent u over the new report'],
  ])('says before the answer what anonymous means: %s', async (text, question) => {
    const belay = await house();
    await belay.say(anna, general, text);
    const posted = (await belay.settle()).find(({ place }) => place === 'general');
    expect(wordsOf(posted ?? nothing)).toContain(question);
    expect(wordsOf(posted ?? nothing)).toMatch(/Anoniem: niemand kan zien.*definitief.*vanaf 5 antwoorden/);
    expect(wordsOf(posted ?? nothing)).toContain('"press":"polls.ballot"');
    expect(wordsOf(posted ?? nothing)).not.toContain('polls.vote');
  });

  it('is asked from the form too', async () => {
    const belay = await house();
    const fields = { subject: 'ces', days: '7', anonymous: 'yes', rhythm: 'once' };
    await belay.submit(anna, general, 'polls.ask', '', fields);
    const posted = (await belay.settle()).find(({ place }) => place === 'general');
    expect(wordsOf(posted ?? nothing)).toMatch(/definitief.*vanaf 5 antwoorden/);
  });

  it('opens one form at a press, and keeps nothing of the press', async () => {
    const belay = await house();
    const poll = await askIn(belay, general, 'nps vragen anoniem');
    const outcome = await belay.press(bram, general, 'polls.ballot', poll, '3');
    const form = outcome.kind === 'ask' ? outcome.form : undefined;
    expect(form).toMatchObject({ name: 'polls.ballot', subject: poll });
    expect(form?.fields.map(({ id }) => id)).toEqual(['grade', 'why']);
    expect(wordsOf(outcome)).toMatch(/definitief/);
    // Where the form cannot go straight back it waits among the messages, without what was pressed.
    await belay.press(bram, general, 'polls.ballot', poll, '3', { returns: 'nothing' });
    const waiting = await belay.store.db.selectFrom('outbox').selectAll().execute();
    expect(waiting).toHaveLength(1);
    expect(waiting[0]).toMatchObject({ audience: 'person' });
    expect(waiting[0]?.form).not.toContain('"value":3');
    expect(await boxText(belay.store.db)).toEqual(['[]']);
  });

  it('takes one answer a person, which is final, and refuses what is forged', async () => {
    const belay = await house();
    const poll = await askIn(belay, general, 'nps vragen anoniem');
    const other = await askIn(belay, general, 'ces vragen');
    for (const grade of ['11', '-1', '7.5', '', 'NaN', '1e9', '[3]'])
      expect(refusalOf(await ballot(belay, bram, poll, { grade })), grade).toMatch(/Kies eerst een cijfer/);
    expect(refusalOf(await ballot(belay, bram, poll, { grade: '7', why: 'x'.repeat(1001) }))).toMatch(
      /te lang/,
    );
    expect(refusalOf(await belay.press(bram, general, 'polls.vote', poll, '7'))).toMatch(/werkt niet meer/);
    expect(refusalOf(await belay.press(bram, general, 'polls.ballot', other, '7'))).toMatch(
      /werkt niet meer/,
    );
    expect(refusalOf(await ballot(belay, bram, other, { grade: '7' }))).toMatch(/werkt niet meer/);
    const why = await belay.submit(bram, general, 'polls.why', poll, { why: 'forged' });
    expect(why.kind).toBe('refused');
    expect(refusalOf(await ballot(belay, bram, poll, { grade: '7' }, acme))).toMatch(/is er niet meer/);
    expect(await boxText(belay.store.db)).toEqual(['[]']);

    const taken = await ballot(belay, bram, poll, { grade: '7', why: 'because' });
    expect(taken).toMatchObject({ kind: 'answer', card: { summary: 'Ontvangen. Dank u wel.' } });
    expect(wordsOf(taken)).not.toMatch(/7|because/);
    expect(refusalOf(await ballot(belay, bram, poll, { grade: '2' }))).toMatch(/definitief/);
    expect(await boxText(belay.store.db)).toEqual(['[[7,"because"]]']);
    expect(await rowsIn(belay.store.db, 'vote')).toBe(0);
    expect(await rowsIn(belay.store.db, 'vote_history')).toBe(0);
  });

  it('takes them together, and each once, however often it is delivered', async () => {
    const belay = await house();
    const poll = await askIn(belay, general, 'nps vragen anoniem');
    const voters = Array.from({ length: 10 }, newVoter);
    const requests = voters.flatMap(({ person, grade, why }) => {
      const fields = { grade: String(grade), why };
      const what = { kind: 'submit', name: 'polls.ballot', subject: poll, fields } as const;
      const once = belay.request(person, general, what);
      // The same four times, and a second form of the same person.
      return [once, once, once, once, belay.request(person, general, what)];
    });
    const outcomes = await Promise.all(shuffled(requests).map((one) => belay.hear(one)));
    expect(outcomes.filter(({ kind }) => kind === 'answer')).toHaveLength(10);
    expect((await boxOf(belay.store.db, poll)).toSorted()).toEqual(voters.map(({ why }) => why).toSorted());
  });

  it('shows nothing while it is open, and not who it was of an unfavourable one', async () => {
    const belay = await house();
    const poll = await askIn(belay, general, 'nps vragen anoniem');
    const told: (Outgoing | Outcome)[] = [];
    for (const person of [bram, carla]) await ballot(belay, person, poll, { grade: '1', why: 'geheim' });
    belay.time.advance({ hours: 24 });
    told.push(...(await belay.settle()));
    expect(told).toEqual([]);
    const seen = await belay.say(anna, general, 'nps uitslag');
    expect(wordsOf(seen)).toContain('2 van de 3');
    told.push(
      seen,
      await belay.say(anna, general, 'nps'),
      await belay.press(anna, general, 'polls.again', poll),
    );
    for (const name of ['polls.reasons.0', 'polls.reasons', 'polls.export', 'polls.share'])
      told.push(await belay.press(anna, general, name, poll));
    told.push(...(await belay.settle()));
    for (const said of told) expect(wordsOf(said)).not.toMatch(/geheim|chart|quote|Bram|Carla|download/);
    expect(await rowsIn(belay.store.db, 'follow_up')).toBe(0);
    await expect(belay.pages.download(belay.linked('polls.export', `${poll}.nl`))).rejects.toThrow();
  });

  it.each([
    ['general', general],
    ['acme', acme],
  ])('shows nothing of four answers, whatever is asked for, in %s', async (_, place) => {
    const belay = await house();
    const poll = await askIn(belay, place, 'ces vragen anoniem');
    for (const person of crowd(4, place === acme))
      await ballot(belay, person, poll, { grade: '1', why: 'geheim' }, place);
    await belay.say(anna, place, 'ces sluiten');
    const told: (Outgoing | Outcome)[] = await belay.settle();
    expect(told.map(wordsOf).join()).toContain('minder dan 5 antwoorden');
    told.push(await belay.say(anna, place, 'ces uitslag'));
    for (const detail of ['', '0', '10', '-5', '1e3'])
      told.push(await belay.press(anna, place, 'polls.reasons', poll, detail));
    told.push(await belay.press(anna, place, 'polls.share', poll), ...(await belay.settle()));
    for (const said of told)
      expect(wordsOf(said)).not.toMatch(/geheim|chart|quote|polls\.export|"mean"|Crowd|trend/);
    const file = belay.pages.download(belay.linked('polls.export', `${poll}.nl`));
    await expect(file).rejects.toMatchObject({ code: 'error.export-few' });
  });

  it('shows five answers without a name, in the result, the pages of reasons and the file', async () => {
    const belay = await house();
    const poll = await askIn(belay, acme, 'nps vragen anoniem');
    const people = [daan, eva, finn, ...crowd(9, true)];
    for (const person of people)
      await ballot(belay, person, poll, { grade: '2', why: 'Niemand belt terug' }, acme);
    await belay.say(anna, acme, 'nps sluiten');
    const told: (Outgoing | Outcome)[] = await belay.settle();
    const result = told.map(wordsOf).find((said) => said.includes('Niemand belt terug'));
    expect(result).toMatch(/NPS −100.*polls\.reasons\.10.*polls\.export/);
    told.push(await belay.press(anna, direct, 'polls.reasons', poll, '10'));
    expect(wordsOf(told.at(-1) ?? nothing)).toContain('Niemand belt terug');
    const { body } = await belay.pages.download(belay.linked('polls.export', `${poll}.nl`));
    expect(body.split('\r\n').filter((row) => row.includes('Niemand belt terug'))).toHaveLength(12);
    await belay.press(anna, direct, 'polls.share', poll);
    const shared = await belay.settle();
    expect(shared.map(wordsOf).join()).not.toContain('Niemand belt terug');
    for (const said of [...told.map(wordsOf), ...shared.map(wordsOf), body])
      expect(said).not.toMatch(/Daan|Eva|Finn|Crowd|crowd|"daan"|"eva"|"finn"/);
    expect(await rowsIn(belay.store.db, 'follow_up')).toBe(0);
    expect(belay.failures).toEqual([]);
  });

  it('counts the answer of a mail once, reminds who is silent, and then forgets who took part', async () => {
    const belay = await house();
    const poll = await askIn(belay, general, 'nps vragen anoniem');
    const fields = { addresses: 'a@acme.example\nb@acme.example', language: 'nl' };
    await belay.submit(anna, general, 'polls.invite', poll, fields);
    await belay.settle();
    const [first] = await belay.store.db
      .selectFrom('poll_invitation')
      .select('id')
      .orderBy('address')
      .execute();
    const page = belay.linked('polls.answer', first?.id ?? '');
    expect(wordsOfSheet((await belay.pages.show(page, undefined)).card)).toMatch(/definitief/);
    const sent = await belay.pages.send(page, { grade: '4', why: 'per post' }, undefined);
    expect(wordsOfSheet(sent.sheet.card)).toContain('anoniem bewaard');
    const second = await belay.pages.send(page, { grade: '9', why: 'nogmaals' }, undefined);
    expect(second.sheet.form).toBeUndefined();
    await ballot(belay, bram, poll, { grade: '8' });
    expect((await boxText(belay.store.db)).join()).toMatch(/per post/);
    expect((await boxText(belay.store.db)).join()).not.toMatch(/nogmaals/);

    belay.time.advance({ hours: 80 });
    const reminded = (await belay.settle()).filter((one) =>
      /enige herinnering|only reminder/.test(wordsOf(one)),
    );
    expect(reminded.map(({ person }) => person).toSorted()).toEqual(['anna', 'b@acme.example', 'carla']);
    // That somebody was reminded tells that he had not answered: it is kept of everybody, or of nobody.
    const touches = await belay.store.db
      .selectFrom('survey_touch')
      .select(['person_id', 'email'])
      .where('what', '=', 'reminder')
      .execute();
    expect(touches.map(({ person_id, email }) => email ?? person_id).toSorted()).toEqual([
      ...['a@acme.example', 'anna', 'b@acme.example', 'bram', 'carla'],
    ]);
    const answered = await belay.submit(carla, direct, 'polls.ballot', poll, { grade: '10' });
    expect(answered.kind).toBe('answer');
    const closed = await belay.say(anna, general, 'nps sluiten');
    expect(closed.kind).toBe('answer');
    expect(await rowsIn(belay.store.db, 'turnout')).toBe(0);
    expect(refusalOf(await ballot(belay, anna, poll, { grade: '1' }))).toMatch(/gesloten/);
    expect((await belay.pages.show(page, undefined)).form).toBeUndefined();
  });

  it('forgets who took part when it is withdrawn, or closes by itself', async () => {
    const belay = await house();
    const poll = await askIn(belay, general, 'nps vragen anoniem');
    await ballot(belay, bram, poll, { grade: '8', why: 'geheim' });
    await belay.press(anna, general, 'polls.cancel', poll);
    expect(await rowsIn(belay.store.db, 'turnout')).toBe(0);
    const later = await askIn(belay, general, 'nps vragen anoniem');
    await ballot(belay, bram, later, { grade: '8' });
    belay.time.advance({ hours: 24 * 8 });
    await belay.settle();
    expect(await rowsIn(belay.store.db, 'turnout')).toBe(0);
    expect(belay.failures).toEqual([]);
  });

  if (kind === 'sqlite')
    it('leaves in the file each answer once, and nobody who took part', async () => {
      const url = await newUrl();
      const store = await openStore(url, { ...kernelMigrations, ...migrations, ...followUps, ...touches });
      const belay = await openHouse(store);
      const poll = await askIn(belay, general, 'nps vragen anoniem');
      const { key } = await store.db.selectFrom('turnout').select('key').executeTakeFirstOrThrow();
      const voters = Array.from({ length: votersEach }, newVoter);
      for (const voter of voters) await castFor(belay, poll, voter);
      await belay.say(anna, general, 'nps sluiten');
      // The result waits among the messages until it is sent.
      await belay.settle();
      const file = await fileOf(url);
      for (const { why, person } of voters) {
        // None, where one page of the file ends within it.
        expect(file.split(why).length).toBeLessThanOrEqual(2);
        expect(file).not.toContain(hashed(key, person.id));
      }
      expect(file).not.toContain(key);
      await store.close();
    });

  it('cannot be traced by one who has the whole database, at any time', async () => {
    const url = await newUrl();
    const store = await openStore(url, { ...kernelMigrations, ...migrations, ...followUps, ...touches });
    const belay = await openHouse(store);
    const right = new Map<string, number>();
    const between = { blocks: 0, newest: 0, undone: 0 };
    for (let at = 0; at < polls; at += 1) await attackOne(belay, url, right, between);
    expect(belay.failures).toEqual([]);
    await store.close();

    const [best = ['', 0]] = [...right].sort(([, one], [, other]) => other - one);
    expect(right.size).toBeGreaterThan(40);
    expect(best[1], best[0]).toBeLessThanOrEqual(mostByChance(polls, seldom));
    const bound = mostByChance(between.blocks, seldom);
    expect(between.newest, 'new ones, in their order').toBeLessThanOrEqual(bound);
    expect(between.undone, 'new ones, undone one by one').toBeLessThanOrEqual(bound);
  }, 60_000);

  async function attackOne(
    belay: House,
    url: string,
    right: Map<string, number>,
    between: { blocks: number; newest: number; undone: number },
  ): Promise<void> {
    const { store } = belay;
    const poll = await askIn(belay, general, 'nps vragen anoniem');
    const named = await askIn(belay, general, 'ces vragen', bram);
    const voters = shuffled(Array.from({ length: votersEach }, newVoter));
    const turnout = await store.db
      .selectFrom('turnout')
      .select('key')
      .where('poll_id', '=', poll)
      .executeTakeFirstOrThrow();
    const signs = voters.map(({ person }) => [person.id, hashed(turnout.key, person.id)]);
    const whys = voters.map(({ why }) => why);
    const link = async (when: string, from: number) =>
      linkByRank(
        when,
        await ordersIn(url),
        { people: signs.slice(0, from), ballots: whys.slice(0, from) },
        // Somebody stood by and saw who answered when.
        [{ name: 'who was watched', order: [...Array(from).keys()] }],
        right,
      );
    let before: string[] = [];
    let next = 3;
    for (const [at, voter] of voters.entries()) {
      await castFor(belay, poll, voter);
      if (at % 5 === 0)
        await belay.press(voter.person, general, 'polls.vote', named, String(randomInt(1, 8)));
      belay.time.advance({ seconds: randomInt(1, 60) });
      if (at % 10 === 0) await belay.settle();
      if (at === 20) belay.time.advance({ hours: 80 });
      if (at === 30) await link('open', at + 1);
      if (at + 1 < next) continue;
      next += randomInt(3, 6);
      const after = await boxOf(store.db, poll);
      const block = whys.slice(before.length, after.length);
      between.blocks += 1;
      between.newest += rightIn(
        block,
        after.filter((why) => !before.includes(why)),
      );
      between.undone += rightIn(block, undone(before, after) ?? shuffled(block));
      before = after;
    }
    await belay.say(anna, general, 'nps sluiten');
    await belay.say(bram, general, 'ces sluiten');
    await belay.settle();
    await link('closed', votersEach);
  }

  it('would be traced, if its answers lay in their order', async () => {
    const url = await newUrl();
    const store = await openStore(url, kernelMigrations);
    const right = new Map<string, number>();
    await store.transact(async (tx) => {
      await sql`create table naive_turnout (id text, person text)`.execute(tx);
      await sql`create table naive_ballot (id text, grade integer, why text)`.execute(tx);
    });
    const voters = shuffled(Array.from({ length: votersEach }, newVoter));
    for (const { person, grade, why } of voters)
      await store.transact(async (tx) => {
        await sql`insert into naive_turnout values (${randomUUID()}, ${person.id})`.execute(tx);
        await sql`insert into naive_ballot values (${randomUUID()}, ${grade}, ${why})`.execute(tx);
      });
    const sought = { people: voters.map(({ person }) => [person.id]), ballots: voters.map(({ why }) => why) };
    linkByRank('naive', await ordersIn(url), sought, [], right);
    await store.close();
    expect(right.get('naive: naive_turnout with naive_ballot')).toBe(votersEach);
    if (kind === 'postgres')
      expect(right.get('naive: naive_turnout by xmin with naive_ballot by xmin')).toBe(votersEach);
  });
});

it('would be traced, if each answer were laid at some place and what lay there at the end', () => {
  let [right, all] = [0, 0];
  for (let block = 0; block < 100; block += 1) {
    const before = Array.from({ length: votersEach }, () => newVoter().why);
    const fresh = Array.from({ length: 5 }, () => newVoter().why);
    const after = [...before];
    for (const why of fresh) layAmong(after, why);
    right += rightIn(fresh, undone(before, after) ?? []);
    all += fresh.length;
  }
  expect(right).toBeGreaterThan(0.6 * all);
  expect(right).toBeGreaterThan(mostByChance(100, seldom));
});

it('is known again when it is delivered again by its form, not by what was answered', () => {
  const sent = (grade: string, why: string) =>
    readSubmit({
      user: { id: 'U1' },
      view: {
        id: 'V1',
        hash: '1.abc',
        callback_id: 'polls.ballot',
        private_metadata: '{"subject":"p","place":"C1"}',
        blocks: [],
        state: { values: { grade: { grade: { value: grade } }, why: { why: { value: why } } } },
      },
    });
  expect(sent('3', 'slow').key).toBe(sent('9', 'glad').key);
});

it('is in no line of the log, whatever goes wrong on Slack', async () => {
  const rig = await startRig();
  const word = 'rhubarbsecret';
  const fields = [
    { kind: 'text', id: 'why', label: 'Why', maxLength: 1000, value: word },
    { kind: 'text', id: 'more', label: 'More', maxLength: 1000 },
  ] as const;
  const form = {
    name: 'polls.ballot',
    subject: 'p',
    title: 'T',
    fields: [...fields],
    send: 'S',
    cancel: 'C',
  };
  rig.next({ kind: 'ask', form });
  await rig.at.command('U_ANNA', 'C_GENERAL', 'nps');
  await expect.poll(() => rig.at.workspace.modals.length).toBe(1);
  const modal = rig.at.workspace.modals[0];
  if (!modal) throw new Error('No form was opened.');
  for (const how of ['limited', 'broken', 'drop'] as const) {
    rig.at.fail({ method: 'views.open', how });
    rig.next({ kind: 'ask', form });
    await rig.at.command('U_ANNA', 'C_GENERAL', 'nps');
  }
  rig.next(async () => {
    throw new Error('disk full');
  });
  await rig.at.submit('U_ANNA', modal, { why: word, more: word });
  await rig.stop();
  expect(rig.logged.join('')).toContain('disk full');
  expect(rig.logged.join('')).not.toContain(word);
});

it('is in no line of the log, whatever goes wrong on Teams', async () => {
  const teams = await openTeams();
  const word = 'rhubarbsecret';
  teams.answer.next = async () => {
    throw new Error('disk full');
  };
  const posted = { conversation: 'channel-acme', id: '1', card: {}, summary: '' };
  const data = { id: 'p', form: true, grade: '3', why: word };
  await teams.people.press(daanOfTeams, acmeOfTeams, posted, 'polls.ballot', data);
  await teams.close();
  expect(teams.log.join('')).toContain('disk full');
  expect(teams.log.join('')).not.toContain(word);
});

const nothing: Outcome = { kind: 'nothing' };

function ballot(
  belay: House,
  person: Person,
  poll: string,
  fields: Record<string, string>,
  place: Place = general,
): Promise<Outcome> {
  return belay.submit(person, place, 'polls.ballot', poll, fields);
}

function crowd(many: number, outsider: boolean): Person[] {
  return Array.from({ length: many }, (_, at) => ({
    id: `crowd-${at}`,
    name: `Crowd ${at}`,
    outsider,
    admin: false,
  }));
}

function wordsOfSheet(card: Card): string {
  return JSON.stringify(card);
}

async function boxText(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('ballot_box').select('ballots').execute();
  return rows.map(({ ballots }) => ballots);
}

async function rowsIn(db: Db, table: 'vote' | 'vote_history' | 'follow_up' | 'turnout'): Promise<number> {
  return (await db.selectFrom(table).select('tenant_id').execute()).length;
}

async function castFor(belay: House, poll: string, { person, grade, why }: Voter): Promise<void> {
  const fields = { grade: String(grade), why };
  const what = { kind: 'submit', name: 'polls.ballot', subject: poll, fields } as const;
  const outcome = await belay.hear(
    belay.request(person, general, what, {
      key: `key:${person.id}`,
      returns: randomInt(2) === 0 ? 'nothing' : 'card',
    }),
  );
  expect(['answer', 'nothing']).toContain(outcome.kind);
}

function newVoter(): Voter {
  const id = `voter-${randomUUID()}`;
  return {
    person: { id, name: `Name ${id}`, outsider: false, admin: false },
    grade: randomInt(11),
    why: `why-${randomUUID()}`,
  };
}

async function boxOf(db: Db, poll: string): Promise<string[]> {
  const { ballots } = await db
    .selectFrom('ballot_box')
    .select('ballots')
    .where('poll_id', '=', poll)
    .executeTakeFirstOrThrow();
  return [...ballots.matchAll(/why-[0-9a-f-]{36}/g)].map(([why]) => why);
}

/** The way that looks like chance and is none: at some place, and what lay there at the end. */
function layAmong(box: string[], why: string): void {
  const at = randomInt(box.length + 1);
  const there = box[at];
  if (there !== undefined) box.push(there);
  box[at] = why;
}

function rightIn(block: string[], guessed: string[]): number {
  return block.filter((why, at) => why === guessed[at]).length;
}

function hashed(key: string, person: string): string {
  return createHmac('sha256', Buffer.from(key, 'base64url')).update(person).digest('base64url');
}

function shuffled<T>(list: T[]): T[] {
  const rest = [...list];
  return list.flatMap(() => rest.splice(randomInt(rest.length), 1));
}
