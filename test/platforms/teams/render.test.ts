import fc from 'fast-check';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import type { Card, Element, TrendPoint } from '../../../src/chat/card.ts';
import { picturesOf } from '../../../src/platforms/teams/pictures.ts';
import { renderAnswer, renderForm } from '../../../src/platforms/teams/render.ts';
import { gradeRow, gradesOf } from '../../support/grades.ts';
import { complaintsAbout, parts } from '../../support/teams/adaptive-card.ts';
import { element, form } from '../../support/teams/hostile.ts';
import { nps, trend } from '../../support/trends.ts';

const card = (...elements: Element[]): Card => ({ summary: 'x', elements });
const ofType = (drawn: object, type: string) => parts(drawn).filter((part) => part.type === type);
const scale = (from: number, to: number, chosen?: number): Element => ({
  kind: 'scale',
  press: 'polls.vote',
  subject: 'p1',
  from,
  to,
  low: 'laag',
  high: 'hoog',
  spoken: Array.from({ length: to - from + 1 }, (_, index) => `${from + index} van ${to}`),
  chosen,
});

/** Shrinking texts of 40,000 characters takes hours: the first example is shown as it is. */
const runs = (numRuns: number) => ({ numRuns, endOnFailure: true });

/** The strings of a card that are shown, each with the part it stands in; not its ids, verbs and data. */
function shown(drawn: object): string[] {
  const hidden = new Set(['data', 'verb', 'type', '$schema', 'url']);
  return parts(drawn)
    .filter((part) => typeof part.type === 'string' || 'title' in part || 'x' in part)
    .flatMap((part) => Object.entries(part).filter(([key]) => !hidden.has(key)))
    .flatMap(([, value]) => (typeof value === 'string' ? [value] : []));
}

function labels({ actions }: { actions?: unknown }): unknown[] {
  return parts(actions)
    .filter(({ type }) => type === 'Action.Execute')
    .map(({ title }) => title);
}

function expectHarmless(drawn: object) {
  expect(JSON.stringify(drawn).length).toBeLessThan(20_480);
  expect(complaintsAbout(drawn)).toEqual([]);
  for (const { text } of ofType(drawn, 'TextBlock'))
    expect(text).toMatch(/^(\d+|\u00a0|https?:\/\/(\\_|[^\W_]|[.:/-])+)$/);
  for (const part of parts(drawn)) expect(part.type).not.toBe('FactSet');
  for (const { url } of ofType(drawn, 'Action.OpenUrl')) expect(url).toMatch(/^https?:\/\//);
  for (const text of shown(drawn)) {
    expect(text).not.toMatch(/\{\{/);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: none of these may be left
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
    expect(text.isWellFormed()).toBe(true);
  }
}

describe('hostile texts', () => {
  test('no card is over a limit, wrong, or has anything live in it', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(
        fc.array(element, { minLength: 1, maxLength: 15 }),
        fc.option(form, { nil: undefined }),
        fc.integer({ min: 100, max: 30_000 }),
        (elements, asked, units) => {
          const pictures = [units, Math.round(units / 2)].map((size) => () => `data:,${'x'.repeat(size)}`);
          expectHarmless(renderAnswer(card(...elements), asked));
          expectHarmless(renderAnswer(card(...elements), asked, pictures));
        },
      ),
      runs(150),
    );
  });

  test('nor is a form', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(form, (asked) => expectHarmless(renderForm(asked))),
      runs(100),
    );
  });

  test('what can be pressed stays when texts have to be left out', () => {
    const long: Element[] = Array.from({ length: 300 }, () => ({
      kind: 'quote',
      text: 'woord '.repeat(500),
    }));
    const drawn = renderAnswer(
      card(scale(0, 10), ...long, { kind: 'buttons', buttons: [{ press: 'polls.close', label: 'Sluiten' }] }),
    );
    expectHarmless(drawn);
    expect(ofType(drawn, 'Action.Execute')).toHaveLength(12);
  });
});

const log = pino({ level: 'silent' });
const draw = async (shown: Card) => renderAnswer(shown, undefined, await picturesOf(shown, log));
const button = { press: 'polls.share', subject: 'p1', label: 'Delen' };

describe('a trend', () => {
  const rounds = trend([12, 36, -20, 25, 48, 52, 60, 100].map((at, index) => nps(`1${index} mrt`, 118, at)));

  test('is its title and a picture, read out as its words', async () => {
    const drawn = await draw(card(rounds));
    expect(ofType(drawn, 'TextRun').map(({ text }) => text)).toEqual(['Verloop']);
    expect(ofType(drawn, 'Image')).toMatchObject([
      { url: expect.stringMatching(/^data:image\/png;base64,/), altText: 'In woorden.', size: 'Stretch' },
    ]);
    expect(complaintsAbout(drawn)).toEqual([]);
  });

  test('that is not drawn is said in words', () => {
    const drawn = renderAnswer(card(rounds));
    expect(ofType(drawn, 'TextRun').map(({ text }) => text)).toEqual(['Verloop', 'In woorden.']);
    expect(ofType(drawn, 'Image')).toEqual([]);
  });

  test('that cannot be drawn is said in words, and the log says so', async () => {
    const broken: TrendPoint = {
      n: 9,
      get label(): string {
        throw new Error('Nobody knows when.');
      },
    };
    const lines: string[] = [];
    const shown = card({ ...rounds, points: [broken] });
    const pictures = await picturesOf(shown, pino({}, { write: (line) => void lines.push(line) }));
    const drawn = renderAnswer(shown, undefined, pictures);
    expect(ofType(drawn, 'TextRun').map(({ text }) => text)).toEqual(['Verloop', 'In woorden.']);
    expect(lines[0]).toContain('Nobody knows when.');
  });

  test('that has no room even alone is said in words', () => {
    const drawn = renderAnswer(card(rounds, { kind: 'buttons', buttons: [button] }), undefined, [
      () => `data:,${'x'.repeat(30_000)}`,
    ]);
    expect(JSON.stringify(drawn)).toContain('In woorden.');
    expect(ofType(drawn, 'Action.Execute')).toHaveLength(1);
  });

  test('stays beside a distribution, ten long reasons and the buttons, and leaves the reasons readable', async () => {
    const bars = Array.from({ length: 11 }, (_, at) => ({
      label: `${at}`,
      value: at + 1,
      tone: 'bad' as const,
    }));
    const reasons = Array.from(
      { length: 10 },
      (): Element => ({ kind: 'quote', text: 'omdat '.repeat(400), by: 'Daan Visser · 9' }),
    );
    const drawn = await draw(
      card(
        { kind: 'text', text: 'Uitslag van de NPS', style: 'heading' },
        { kind: 'text', text: 'Vijf promotors, drie neutraal, twee criticasters. '.repeat(5) },
        {
          kind: 'figures',
          figures: Array(3).fill({ value: '+30', label: 'NPS, met een marge van 28 punten' }),
        },
        { kind: 'chart', title: 'Hoe vaak welk cijfer', alt: 'In woorden. '.repeat(20), bars },
        { ...rounds, alt: 'In woorden. '.repeat(20) },
        ...reasons,
        { kind: 'buttons', buttons: Array(4).fill(button) },
      ),
    );
    expectHarmless(drawn);
    expect(JSON.stringify(drawn).length).toBeLessThanOrEqual(18_200);
    expect(ofType(drawn, 'Image')).toHaveLength(2);
    expect(ofType(drawn, 'Action.Execute')).toHaveLength(4);
    const said = ofType(drawn, 'TextRun').flatMap(({ text }) =>
      typeof text === 'string' && text.startsWith('omdat') ? [text.length] : [],
    );
    expect(said).toHaveLength(10);
    for (const length of said) expect(length).toBeGreaterThanOrEqual(299);
  });

  test('is drawn in a card alone; another card waits for nothing', async () => {
    const bars = [{ label: '9', value: 1, tone: 'good' as const }];
    expect(await picturesOf(card({ kind: 'chart', title: '', alt: '', bars }), log)).toEqual([]);
  });
});

describe('grades', () => {
  const grades = gradesOf(Array(7).fill(gradeRow([7, 8, 6, 9], { label: 'Facturen kloppen. '.repeat(5) })));

  test('are their title and a picture that can be opened, or are said in words', async () => {
    const drawn = await draw(card(grades));
    expect(ofType(drawn, 'TextRun').map(({ text }) => text)).toEqual(['Cijfers']);
    expect(ofType(drawn, 'Image')).toMatchObject([
      {
        url: expect.stringMatching(/^data:image\/png;base64,/),
        altText: 'In woorden.',
        msteams: { allowExpand: true },
      },
    ]);
    expect(complaintsAbout(drawn)).toEqual([]);
    const words = renderAnswer(card(grades));
    expect(ofType(words, 'TextRun').map(({ text }) => text)).toEqual(['Cijfers', 'In woorden.']);
  });

  test('of seven rows stay beside what is said of each, and leave that readable', async () => {
    const said = Array.from({ length: 7 }, (): Element[] => [
      { kind: 'text', text: 'Facturen kloppen en zijn zonder uitleg te begrijpen', style: 'strong' },
      { kind: 'text', text: '7,5, was 7,1; vier cijfers. Onder het gemiddelde van deze klant. '.repeat(2) },
      { kind: 'quote', text: 'omdat '.repeat(300), by: 'Daan Visser · 7' },
    ]);
    const drawn = await draw(
      card(grades, ...said.flat(), { kind: 'buttons', buttons: Array(6).fill(button) }),
    );
    expectHarmless(drawn);
    expect(JSON.stringify(drawn).length).toBeLessThanOrEqual(18_200);
    expect(ofType(drawn, 'Image')).toHaveLength(1);
    expect(ofType(drawn, 'Action.Execute')).toHaveLength(6);
    const reasons = ofType(drawn, 'TextRun').flatMap(({ text }) =>
      typeof text === 'string' && text.startsWith('omdat') ? [text.length] : [],
    );
    expect(reasons).toHaveLength(7);
    for (const length of reasons) expect(length).toBeGreaterThanOrEqual(140);
  });
});

describe('a form', () => {
  const asked = {
    ...{ name: 'daily-start.learn', title: 'Dit leerden we', send: 'Bewaren', cancel: 'Nee' },
    fields: [{ kind: 'text' as const, id: 'text', label: 'In één zin', maxLength: 300 }],
    intro: [{ kind: 'text' as const, text: 'Voor de samenvatting.' }],
  };

  test('that comes by message says what it is about', () => {
    const drawn = renderAnswer(card(), asked);
    expect(JSON.stringify(drawn)).toMatch(/Dit leerden we.*Voor de samenvatting.*In één zin/);
  });

  test('that stands in an answer leaves that to the answer', () => {
    const drawn = renderAnswer(card({ kind: 'text', text: 'Gesloten' }), asked);
    expect(JSON.stringify(drawn)).toMatch(/^(?!.*Dit leerden we).*Gesloten.*In één zin/);
  });
});

describe('a grade', () => {
  test.each([
    [1, 5],
    [1, 7],
    [0, 10],
  ])('of %i to %i is in sight whole, with words at its ends', (from, to) => {
    const field = {
      id: 'grade',
      kind: 'grade' as const,
      label: 'Hoe makkelijk?',
      from,
      to,
      low: 'niet',
      high: 'heel',
    };
    const fields = [{ ...field, spoken: [], value: from }];
    const drawn = renderForm({
      name: 'polls.answer',
      title: 'Antwoord',
      send: 'Stuur',
      cancel: 'Nee',
      fields,
    });
    const [asked] = ofType(drawn, 'Input.ChoiceSet');
    expect(asked).toMatchObject({ id: 'grade', style: 'expanded', value: `${from}`, isRequired: true });
    const choices = Array.isArray(asked?.choices) ? asked.choices : [];
    expect(choices).toHaveLength(to - from + 1);
    expect(choices[0]).toEqual({ title: `${from} – niet`, value: `${from}` });
    expect(choices[1]).toEqual({ title: `${from + 1}`, value: `${from + 1}` });
    expect(choices.at(-1)).toEqual({ title: `${to} – heel`, value: `${to}` });
    expect(complaintsAbout(drawn)).toEqual([]);
  });
});

describe('a scale', () => {
  test('is two rows of six, each number a press with its spoken label', () => {
    const drawn = renderAnswer(card(scale(0, 10)));
    expect(
      ofType(drawn, 'TableRow').map(
        ({ cells }) => parts(cells).filter(({ type }) => type === 'TableCell').length,
      ),
    ).toEqual([6, 6]);
    const actions = ofType(drawn, 'Action.Execute');
    expect(actions.map(({ verb }) => verb)).toEqual(Array.from({ length: 11 }, (_, n) => `polls.vote.${n}`));
    expect(actions[7]).toMatchObject({ title: '7 van 10', data: { id: 'p1' }, associatedInputs: 'none' });
    expect(actions[7]?.fallback).toMatchObject({
      type: 'Action.Submit',
      data: { id: 'p1', verb: 'polls.vote.7' },
    });
  });

  test('of five or seven is one row', () => {
    expect(ofType(renderAnswer(card(scale(1, 5))), 'TableRow')).toHaveLength(1);
    expect(ofType(renderAnswer(card(scale(1, 7))), 'TableRow')).toHaveLength(1);
  });

  test('marks the earlier answer, a 0 too', () => {
    const marked = ofType(renderAnswer(card(scale(0, 10, 0))), 'TableCell').filter(
      ({ style }) => style === 'accent',
    );
    expect(marked).toHaveLength(1);
    expect(JSON.stringify(marked[0])).toContain('polls.vote.0');
  });
});

describe('elements', () => {
  test('line breaks are paragraphs, blank lines a little room', () => {
    const drawn = renderAnswer(card({ kind: 'text', text: 'een\ntwee\n\ndrie' }));
    expect(drawn.body.map((block) => block.spacing)).toEqual([undefined, 'None', 'Small']);
  });

  test('a divider is drawn above what follows', () => {
    const drawn = renderAnswer(
      card({ kind: 'text', text: 'a' }, { kind: 'divider' }, { kind: 'text', text: 'b' }),
    );
    expect(drawn.body.map(({ separator }) => separator)).toEqual([undefined, true]);
  });

  test('a chart is bars with their numbers, read out as words; nothing is drawn for none', () => {
    const bars = [
      { label: '0', value: 2, tone: 'bad' as const },
      { label: '1', value: 0, tone: 'bad' as const },
      { label: '10', value: 4, tone: 'good' as const },
    ];
    const drawn = renderAnswer(card({ kind: 'chart', title: 'Verdeling', alt: 'In woorden.', bars }));
    const pictures = ofType(drawn, 'Image');
    expect(pictures.map(({ height }) => height)).toEqual(['55px', '110px']);
    expect(pictures.map(({ altText }) => altText)).toEqual(['In woorden.', '']);
    expect(ofType(drawn, 'TextRun').map(({ text }) => text)).toEqual([
      'Verdeling',
      '2',
      '0',
      '\u00a0',
      '1',
      '4',
      '10',
    ]);
  });

  test('more than six buttons take a second row, none is hidden', () => {
    const buttons = Array.from({ length: 8 }, (_, n) => ({ press: 'polls.close', label: `${n}` }));
    const rows = ofType(renderAnswer(card({ kind: 'buttons', buttons })), 'ActionSet');
    expect(rows.map(labels)).toEqual([
      ['0', '1', '2', '3', '4'],
      ['5', '6', '7'],
    ]);
  });

  test('buttons take as many rows as a phone needs to show their labels whole', () => {
    const buttons = ['Opnieuw tonen', 'Ook per e-mail', 'Nu sluiten', 'Intrekken'].map((label) => ({
      press: 'polls.close',
      label,
    }));
    const rows = ofType(renderAnswer(card({ kind: 'buttons', buttons })), 'ActionSet');
    expect(rows.map(labels)).toEqual([['Opnieuw tonen'], ['Ook per e-mail'], ['Nu sluiten', 'Intrekken']]);
  });

  test('an address stands there in whole, to be copied', () => {
    const url = 'https://belay.example/answer/eyJu_Ijoi__cG-9s.3q2_';
    const [shown] = ofType(renderAnswer(card({ kind: 'address', url })), 'TextBlock');
    expect(String(shown?.text).replaceAll('\\_', '_')).toBe(url);
    expect(shown).toMatchObject({ wrap: true });
  });

  test('a button that asks first shows the question and what happens', () => {
    const confirm = { title: 'Sluiten?', text: 'Daarna kan niemand meer antwoorden.', yes: 'Ja', no: 'Nee' };
    const drawn = renderAnswer(
      card({
        kind: 'buttons',
        buttons: [{ press: 'polls.close', subject: 'p1', label: 'Sluiten', confirm }],
      }),
    );
    const [asked] = ofType(drawn, 'Action.ShowCard');
    expect(asked).toMatchObject({ title: 'Sluiten' });
    expect(parts(asked).find(({ verb }) => verb === 'polls.close')).toMatchObject({
      title: 'Ja',
      data: { id: 'p1' },
    });
  });

  test('a question left open says what to do, in the language of the form', () => {
    const field = { id: 'said', kind: 'text' as const, label: 'What came of it?', maxLength: 20 };
    const form = {
      name: 'a.b',
      title: 'x',
      fields: [field],
      send: 'y',
      cancel: 'z',
      language: 'en' as const,
    };
    expect(renderForm(form).body[1]).toMatchObject({ errorMessage: 'First fill in “What came of it?”.' });
  });

  test('a form has inputs that say what is missing, and one button that sends them', () => {
    const asked = {
      name: 'polls.ask',
      subject: 'c1',
      title: 'Vraag een NPS',
      send: 'Plaatsen',
      cancel: 'Annuleren',
      fields: [
        {
          id: 'topic',
          kind: 'text' as const,
          label: 'Waarover?',
          optional: true,
          maxLength: 200,
          value: '{{x',
        },
        {
          id: 'days',
          kind: 'choice' as const,
          label: 'Hoe lang?',
          choices: [{ value: '7', label: '7 dagen' }],
          value: '7',
        },
        { id: 'who', kind: 'person' as const, label: 'Wie?', people: [{ id: 'a', name: 'Anna de Vries' }] },
      ],
    };
    const drawn = renderForm({ ...asked, language: 'nl' });
    const [topic, days, who] = drawn.body.filter(({ type }) => type.startsWith('Input.'));
    expect(topic).toMatchObject({ id: 'topic', maxLength: 200, value: '{\u2060{x' });
    expect(topic).not.toHaveProperty('isRequired');
    expect(days).toMatchObject({
      style: 'expanded',
      isRequired: true,
      errorMessage: 'Kies eerst bij “Hoe lang?”.',
      value: '7',
    });
    expect(who).toMatchObject({ style: 'filtered', choices: [{ title: 'Anna de Vries', value: 'a' }] });
    expect(ofType(drawn, 'Action.Execute')).toMatchObject([
      { verb: 'polls.ask', data: { id: 'c1', form: true }, title: 'Plaatsen', style: 'positive' },
    ]);
    expect(JSON.stringify(drawn)).not.toContain('Annuleren');
  });
});
