import { sql } from 'kysely';
import { type Card, line } from '../../src/chat/card.ts';
import { answer } from '../../src/chat/effect.ts';
import type { Due, Feature, Outside, Page, Sheet } from '../../src/chat/feature.ts';
import type { Form } from '../../src/chat/form.ts';
import { createPages, linkKinds } from '../../src/chat/pages.ts';
import { Refusal } from '../../src/chat/refusal.ts';
import type { Language } from '../../src/chat/request.ts';
import { createCarryOut } from '../../src/jobs/effects.ts';
import { answerRoutes } from '../../src/platforms/web/answer.ts';
import { createLinks, type LinkKind } from '../../src/platforms/web/links.ts';
import { startServer } from '../../src/platforms/web/server.ts';
import type { Migrations, Store } from '../../src/store/database.ts';
import { clock } from './clock.ts';

const words = {
  nl: {
    summary: 'Anna de Vries vraagt: hoe waarschijnlijk is het dat u ons aanbeveelt?',
    title: 'Eén vraag van Anna de Vries',
    who: 'Anna de Vries vraagt dit namens het team waarmee u werkt. Het team ziet uw naam bij uw antwoord. Antwoorden kan tot maandag 30 november.',
    about: 'Het gaat over',
    topic: 'de overgang naar het nieuwe systeem',
    question: 'Hoe waarschijnlijk is het dat u ons aanbeveelt aan een vriend of collega?',
    low: 'zeer onwaarschijnlijk',
    high: 'zeer waarschijnlijk',
    spoken: (grade: number) => `Cijfer ${grade} van 10`,
    why: 'Waarom dit cijfer?',
    hint: 'Eén zin is genoeg.',
    call: 'Mogen wij u hierover bellen?',
    yes: 'Ja, graag',
    no: 'Nee, liever niet',
    send: 'Versturen',
    thanks: 'Dank u wel, uw antwoord is bewaard',
    gave: 'U gaf een',
  },
  en: {
    summary: 'Anna de Vries asks: how likely are you to recommend us?',
    title: 'One question from Anna de Vries',
    who: 'Anna de Vries asks this for the team you work with. The team sees your name with your answer. You can answer until Monday 30 November.',
    about: 'This is about',
    topic: 'the move to the new system',
    question: 'How likely are you to recommend us to a friend or colleague?',
    low: 'very unlikely',
    high: 'very likely',
    spoken: (grade: number) => `${grade} out of 10`,
    why: 'Why this grade?',
    hint: 'One sentence is enough.',
    call: 'May we call you about this?',
    yes: 'Yes, please',
    no: 'No, rather not',
    send: 'Send',
    thanks: 'Thank you, your answer is saved',
    gave: 'You answered',
  },
} as const;

const from = 0;
const to = 10;

function questionCard(language: Language): Card {
  const said = words[language];
  return {
    summary: said.summary,
    elements: [
      { kind: 'text', style: 'heading', text: said.title },
      { kind: 'text', style: 'subtle', text: said.who },
      { kind: 'facts', facts: [{ label: said.about, value: said.topic }] },
    ],
  };
}

function questionForm(language: Language): Form {
  const said = words[language];
  const numbers = Array.from({ length: to - from + 1 }, (_, index) => from + index);
  const { low, high } = said;
  return {
    name: 'test.answer',
    title: said.why,
    fields: [
      {
        id: 'grade',
        kind: 'grade',
        label: said.question,
        from,
        to,
        low,
        high,
        spoken: numbers.map(said.spoken),
      },
      {
        id: 'why',
        kind: 'text',
        label: said.why,
        hint: said.hint,
        optional: true,
        multiline: true,
        maxLength: 1000,
      },
      {
        id: 'call',
        kind: 'choice',
        label: said.call,
        optional: true,
        choices: [
          { value: 'yes', label: said.yes },
          { value: 'no', label: said.no },
        ],
      },
    ],
    send: said.send,
    cancel: said.send,
  };
}

function thanks(language: Language, grade: string, why: string | undefined): Sheet {
  const said = words[language];
  const quote = why ? [{ kind: 'quote' as const, text: why }] : [];
  const gave = { kind: 'text' as const, text: `${said.gave} ${grade}.` };
  const heading = { kind: 'text' as const, style: 'heading' as const, text: said.thanks };
  return { language, card: { summary: said.thanks, elements: [heading, gave, ...quote] } };
}

export const migrations: Migrations = {
  '2026-11-22-test-answer': {
    async up(db) {
      await sql`create table test_answer (subject text primary key, grade text not null, why text)`.execute(
        db,
      );
    },
  },
};

type Row = { grade: string; why: string | null };

async function answerOf({ tx, subject }: Due): Promise<Row | undefined> {
  const found = await sql<Row>`select grade, why from test_answer where subject = ${subject}`.execute(tx);
  return found.rows[0];
}

const page: Page = {
  async show(due, language = due.subject.startsWith('en') ? 'en' : 'nl') {
    const given = await answerOf(due);
    if (given) return thanks(language, given.grade, given.why ?? undefined);
    if (due.subject === 'gone') throw new Refusal('error.poll-gone');
    return { language, card: questionCard(language), form: questionForm(language) };
  },
  async send(due, { grade, why }, language = due.subject.startsWith('en') ? 'en' : 'nl') {
    if (due.subject === 'breaks') throw new Error('a bug');
    if (await answerOf(due)) throw new Refusal('error.poll-closed');
    if (grade === undefined) throw new Refusal('error.poll-no-vote', {}, { field: 'grade' });
    await sql`insert into test_answer (subject, grade, why) values (${due.subject}, ${grade}, ${why ?? null})`.execute(
      due.tx,
    );
    if (why?.includes('too much')) throw new Refusal('error.text-too-long', { most: 9 }, { field: 'why' });
    if (why?.includes('nowhere')) throw new Refusal('error.poll-cancelled', {}, { field: 'elsewhere' });
    // Somebody outside the chat cannot be answered in it: carrying this out fails.
    if (why?.includes('back'))
      return { sheet: thanks(language, grade, why), effects: [answer(line('x'), 'person')] };
    const told = { summary: `${due.subject}: ${grade}`, elements: [] };
    return {
      sheet: thanks(language, grade, why),
      effects: [{ do: 'post', to: { person: 'anna' }, card: told, audience: 'internal', resend: false }],
    };
  },
};

/** A capability that asks one question outside the chat and has one file to take along. */
export const asking: Feature = {
  name: 'test',
  pages: { 'test.answer': page },
  downloads: {
    'test.file': {
      async run({ subject }) {
        if (subject === 'gone') throw new Refusal('error.poll-gone');
        return {
          name: 'Uitslag "NPS"\r\n../é.csv',
          type: 'text/csv; charset=utf-8',
          body: `grade\n${subject}\n`,
        };
      },
    },
  },
};

const secret = 'ab'.repeat(32);

/** Belay's pages on a real server and a real database that has `migrations`. */
export async function openPages(store: Store, features: Feature[] = [asking]) {
  const time = clock('2026-11-23T09:00:00Z');
  const links = createLinks(secret);
  const logged: unknown[] = [];
  const woken: number[] = [];
  const outside = (): Outside => ({
    link: () => undefined,
    mails: false,
    seal: () => undefined,
    defaults: { language: 'nl', timeZone: 'Europe/Amsterdam' },
  });
  const pages = createPages({
    features,
    db: store.db,
    transact: store.transact,
    carryOut: createCarryOut(() => false),
    now: time.now,
    outside,
    committed: () => void woken.push(1),
  });
  const log = { error: (...what: unknown[]) => void logged.push(what) };
  const routes = answerRoutes({ links, pages, now: time.now, log });
  const server = await startServer({ port: 0, host: '127.0.0.1', routes, log });
  const kindOf = linkKinds(features);
  return {
    time,
    logged,
    woken,
    /** The address that somebody gets, for a day. */
    link(subject: string, name = 'test.answer', kind: LinkKind = kindOf(name)) {
      const target = { platform: 'slack', tenant: 'T1', name, subject, until: time.now().add({ hours: 24 }) };
      const path = kind === 'page' ? 'answer' : 'download';
      return `http://127.0.0.1:${server.port}/${path}/${links.sign(kind, target)}`;
    },
    stop: server.stop,
  };
}
