import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../../../src/store/database.ts';
import { kernelMigrations } from '../../../src/store/kernel-migrations.ts';
import { openStore } from '../../../src/store/open.ts';
import { asking, migrations, openPages } from '../../support/answer-page.ts';
import { eachDatabase, newDatabase } from '../../support/databases.ts';

type Opened = Awaited<ReturnType<typeof openPages>>;
const opened: Opened[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.stop()));
});

function post(url: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
  return fetch(url, { method: 'POST', body: new URLSearchParams(fields), headers });
}

eachDatabase((_, open) => {
  async function start() {
    const store = await open(migrations);
    const belay = await openPages(store);
    opened.push(belay);
    const stored = async () => ({
      answers: (
        await sql<{ grade: string; why: string | null }>`select grade, why from test_answer`.execute(store.db)
      ).rows,
      letters: (await store.db.selectFrom('outbox').select(['platform', 'person', 'card']).execute()).length,
    });
    return { belay, stored, store };
  }
  const nothing = { answers: [], letters: 0 };

  it('shows the question and stores nothing, whatever asks', async () => {
    const { belay, stored } = await start();
    for (const init of [
      {},
      { method: 'HEAD' },
      { headers: { 'sec-purpose': 'prefetch', 'user-agent': 'a mail scanner', cookie: 'a=b' } },
    ]) {
      const response = await fetch(`${belay.link('nl-1')}?grade=8`, init);
      expect(response.status).toBe(200);
      expect(response.headers.get('set-cookie')).toBeNull();
    }
    const text = await (await fetch(`${belay.link('nl-1')}?grade=8&why=planted`)).text();
    expect(text).toContain('<html lang="nl">');
    expect(text).toMatch(/value="8"[^>]* checked/);
    expect(text).not.toContain('planted');
    expect(await stored()).toEqual(nothing);
    expect(belay.woken).toEqual([]);
  });

  it('stores an answer with what follows from it, thanks, and does not take a second one', async () => {
    const { belay, stored } = await start();
    const url = belay.link('nl-1');
    const response = await post(url, { grade: '9', why: 'Eén\r\nregel\0', call: '' });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain('Dank u wel, uw antwoord is bewaard');
    expect(await stored()).toEqual({ answers: [{ grade: '9', why: 'Eén\nregel' }], letters: 1 });
    expect(belay.woken).toHaveLength(1);
    const again = await post(url, { grade: '2' });
    expect(again.status).toBe(422);
    expect(await again.text()).toMatch(/Deze peiling is gesloten[\s\S]*U gaf een 9/);
    expect((await stored()).answers).toHaveLength(1);
  });

  it('shows a refusal at its field, keeps what was typed and undoes what was stored', async () => {
    const { belay, stored } = await start();
    const response = await post(`${belay.link('nl-1')}?language=en`, {
      grade: '4',
      why: 'too much <b>',
      call: 'yes',
    });
    expect(response.status).toBe(422);
    const text = await response.text();
    expect(text).toContain('id="why-wrong">This text is too long: 9 characters fit.');
    expect(text).toMatch(
      /<textarea [^>]*aria-describedby="why-hint why-wrong" aria-invalid="true"[^>]* autofocus/,
    );
    expect(text).toContain('too much &#60;b&#62;</textarea>');
    expect(text).toMatch(/value="4"[^>]* checked/);
    expect(text).toMatch(/value="yes"[^>]* checked/);
    expect(text).toContain('action="?language=en"');
    expect(await stored()).toEqual(nothing);
    expect(belay.woken).toEqual([]);
  });

  it('shows a refusal of no field above all', async () => {
    const { belay } = await start();
    const text = await (await post(belay.link('en-1'), { grade: '4', why: 'nowhere' })).text();
    expect(text).toMatch(/<p class="wrong" role="alert">This question was withdrawn/);
  });

  it('says that nothing is stored when it fails, and logs no token and no words', async () => {
    const { belay, stored } = await start();
    const url = belay.link('breaks');
    const response = await post(url, { grade: '4', why: 'planted' });
    expect(response.status).toBe(500);
    expect(await response.text()).toMatch(/Er is niets opgeslagen[\s\S]*Nothing was stored/);
    expect(await stored()).toEqual(nothing);
    expect(belay.logged).toHaveLength(1);
    expect(JSON.stringify(belay.logged)).toContain('POST /answer/:token');
    expect(JSON.stringify(belay.logged)).not.toMatch(/planted|breaks|\?/);
  });

  it('stores no answer when what follows from it cannot be stored', async () => {
    const { belay, stored } = await start();
    expect((await post(belay.link('nl-1'), { grade: '4', why: 'answer back' })).status).toBe(500);
    expect(await stored()).toEqual(nothing);
    expect(belay.woken).toEqual([]);
  });

  it('takes twenty answers at once, each once', async () => {
    const { belay, stored } = await start();
    const urls = Array.from({ length: 10 }, (_, index) => belay.link(`nl-${index}`));
    const answers = await Promise.all([...urls, ...urls].map((url) => post(url, { grade: '7' })));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(10);
    expect((await stored()).answers).toHaveLength(10);
  });
});

describe('whatever the database', () => {
  let store: Store;
  let remove: () => Promise<void>;
  let belay: Opened;
  beforeEach(async () => {
    const database = await newDatabase('sqlite');
    remove = database.remove;
    store = await openStore(database.url, { ...kernelMigrations, ...migrations });
    belay = await openPages(store);
  });
  afterEach(async () => {
    await belay.stop();
    await store.close();
    await remove();
  });

  it('says in both languages that a link does not work, the reader’s own first', async () => {
    const url = `${belay.link('nl-1').slice(0, -1)}!`;
    const dutch = await fetch(url);
    expect([dutch.status, dutch.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
    expect(await dutch.text()).toMatch(/lang="nl"[\s\S]*Deze link werkt niet[\s\S]*This link does not work/);
    for (const [language, first] of [
      ['en-GB,en;q=0.9', 'This link'],
      ['de,fr;q=0.9', 'Deze link'],
      ['nl;q=0.5,en;q=0.8', 'This link'],
      ['en;q=0,nl', 'Deze link'],
      [';;q=,,', 'Deze link'],
    ] as const) {
      const text = await (await fetch(url, { headers: { 'accept-language': language } })).text();
      expect([language, /<h1>(\w+ \w+)/.exec(text)?.[1]]).toEqual([language, first]);
    }
  });

  it('says that a link has expired, to show, to send and to download', async () => {
    const [page, file] = [belay.link('nl-1'), belay.link('1', 'test.file')];
    belay.time.advance({ hours: 25 });
    for (const answer of [fetch(page), post(page, { grade: '7' }), fetch(file)]) {
      const response = await answer;
      expect(response.status).toBe(410);
      expect(await response.text()).toMatch(/verlopen[\s\S]*has expired/);
    }
  });

  it('takes no link of another kind, and no name that no feature has', async () => {
    expect((await fetch(belay.link('1').replace('/answer/', '/download/'))).status).toBe(404);
    const gone = await fetch(belay.link('1', 'test.gone', 'page'));
    expect([gone.status, await gone.text()]).toEqual([
      410,
      expect.stringMatching(/er niet meer[\s\S]*no longer/),
    ]);
  });

  it('says why there is nothing to see', async () => {
    const response = await fetch(belay.link('gone'));
    expect(response.status).toBe(410);
    expect(await response.text()).toContain('Deze peiling is er niet meer.');
  });

  it('takes a form of at most 32 KB, and nothing else', async () => {
    const url = belay.link('nl-1');
    const long = await post(url, { grade: '7', why: 'x'.repeat(40_000) });
    expect([long.status, await long.text()]).toEqual([413, expect.stringContaining('te veel tekst')]);
    const json = await fetch(url, {
      method: 'POST',
      body: '{"grade":"7"}',
      headers: { 'content-type': 'application/json' },
    });
    expect(json.status).toBe(415);
    const upload = new FormData();
    upload.set('grade', '7');
    expect((await fetch(url, { method: 'POST', body: upload })).status).toBe(415);
    expect((await fetch(url, { method: 'PUT' })).headers.get('allow')).toBe('GET, POST');
    expect((await fetch(url)).status).toBe(200);
  });

  it('lets a page have its style and its form, and nothing more', async () => {
    const { headers } = await fetch(belay.link('nl-1'));
    expect(headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
  });

  it('gives a file to take along, under a name that is only a name', async () => {
    const response = await fetch(belay.link('7', 'test.file'));
    expect(await response.text()).toBe('grade\n7\n');
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toMatch(
      /^attachment; filename="Uitslag-NPS-[\w.-]+csv"$/,
    );
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await fetch(belay.link('gone', 'test.file'))).status).toBe(410);
  });

  it('does not begin with two pages of one name', async () => {
    await expect(openPages(store, [asking, asking])).rejects.toThrow('test.answer');
  });
});
