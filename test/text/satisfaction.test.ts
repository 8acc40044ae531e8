import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../src/text/catalogue.ts';
import {
  type Action,
  actions,
  type Experience,
  experiences,
  type Question,
  questions,
  readSatisfaction,
} from '../../src/text/satisfaction.ts';

const folder = mkdtempSync(join(tmpdir(), 'belay-satisfaction-'));
afterAll(() => rmSync(folder, { recursive: true }));

const question = (id: string): Question => ({
  id,
  nl: `Hoe goed gaat ${id}?`,
  en: `How well does ${id} go?`,
  theme: { nl: `Het ${id}`, en: `The ${id}` },
});
const helpful = question('helpful');
const patient = question('patient');

const action = (id: string): Action => ({
  id,
  nl: { title: `Doe ${id}`, how: 'Bel de klant.' },
  en: { title: `Do ${id}`, how: 'Call the client.' },
  consult: false,
  serves: ['on-time', 'quality', 'helpful', 'patient'],
});
const visit = action('visit');
const scan: Action = {
  ...action('scan'),
  nl: { title: 'Scan', how: 'Kijk.', whom: 'De manager' },
  en: { title: 'Scan', how: 'Look.', whom: 'The manager' },
  consult: true,
};

const call: Experience = { id: 'call', nl: 'Bel eens.', en: 'Call them.' };
const early: Experience = { id: 'early', nl: 'Kom vroeg.', en: 'Come early.', serves: ['on-time'] };

/** Files that are right, as small as can be. */
const right = {
  questions: [helpful, patient],
  actions: [visit, scan, action('news')],
  experiences: [call, early],
};

type Files = Partial<Record<keyof typeof right, unknown>>;

/** What is wrong when these files stand in place of the right ones. */
function mistakes(files: Files): string[] {
  for (const [name, content] of Object.entries({ ...right, ...files }))
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(content));
  try {
    readSatisfaction(pathToFileURL(`${folder}/`), ['on-time', 'quality']);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split('\n') : [];
  }
}

describe('the files in data', () => {
  const forTeam = [
    ...actions.flatMap(({ nl }) => [nl.title, nl.how, nl.whom ?? '']),
    ...experiences.map(({ nl }) => nl),
  ];
  const inEnglish = [
    ...questions.map(({ en }) => en),
    ...actions.flatMap(({ en }) => [en.title, en.how, en.whom ?? '']),
    ...experiences.map(({ en }) => en),
  ];

  it('hold what the field knows', () => {
    expect([questions.length, actions.length]).toEqual([11, 14]);
    expect(experiences.length).toBeGreaterThanOrEqual(16);
  });

  it('have three actions that suit whatever they are looked for', () => {
    const kinds = [...catalogue.inspiration, ...questions].map(({ id }) => id);
    for (const kind of kinds) {
      const count = actions.filter(({ serves }) => serves.includes(kind)).length;
      expect([kind, count >= 3]).toEqual([kind, true]);
    }
  });

  it('ask the client politely, one thing at a time', () => {
    for (const { nl, en } of questions) {
      expect(nl).not.toMatch(/\b(je|jij|jou|jouw|jullie|en)\b/i);
      expect(en).not.toMatch(/\band\b/i);
      for (const asked of [nl, en]) expect(asked).toMatch(/^[^?]+\?$/);
    }
  });

  it('name a theme in a few words', () => {
    for (const theme of questions.flatMap(({ theme }) => [theme.nl, theme.en]))
      expect([theme, theme.split(' ').length <= 4]).toEqual([theme, true]);
  });

  it('speak to colleagues as such, and calmly', () => {
    for (const said of forTeam) expect(said).not.toMatch(/\b(u|uw)\b/i);
    for (const said of [...forTeam, ...inEnglish]) expect(said).not.toContain('!');
  });

  it('say in two or three sentences how, in one what may be done', () => {
    const sentences = (said: string) => said.split(/\.(?:\s|$)/).filter((one) => one !== '').length;
    for (const { id, nl, en } of actions)
      for (const { how } of [nl, en]) expect([id, [2, 3].includes(sentences(how))]).toEqual([id, true]);
    for (const { id, nl, en } of experiences) expect([id, sentences(nl), sentences(en)]).toEqual([id, 1, 1]);
  });
});

it('takes files that are right', () => {
  expect(mistakes({})).toEqual([]);
});

it.each<[string, Files, string]>([
  [
    'a question that is too long',
    { questions: [helpful, { ...patient, nl: 'a'.repeat(120) }] },
    'data/questions.json: 2, nl must have fewer than 120 letters',
  ],
  [
    'a theme that is missing',
    { questions: [helpful, { ...patient, theme: { nl: 'Geduld' } }] },
    'data/questions.json: 2, theme, en is missing',
  ],
  [
    'an id of a question that is there twice',
    { questions: [helpful, patient, { ...question('x'), id: 'patient' }] },
    'data/questions.json: id “patient” is there twice',
  ],
  [
    'a question that is there twice',
    { questions: [helpful, { ...patient, en: helpful.en.toUpperCase() }] },
    'data/questions.json: en “HOW WELL DOES HELPFUL GO?” is there twice',
  ],
  [
    'a theme that is there twice',
    { questions: [helpful, { ...patient, theme: helpful.theme }] },
    'data/questions.json: nl “Het helpful” is there twice',
  ],
  [
    'a question known by what is an expectation’s',
    { questions: [helpful, patient, question('on-time')] },
    'data/questions.json: id “on-time” is in data/inspiration.json too',
  ],
  ['too few questions', { questions: [helpful] }, 'data/questions.json: must have at least 2'],
  ['too few actions', { actions: [visit, scan] }, 'data/actions.json: must have at least 3'],
  [
    'a title that is too long',
    { actions: [...right.actions, { ...action('x'), nl: { ...visit.nl, title: 'a'.repeat(50) } }] },
    'data/actions.json: 4, nl, title must have fewer than 50 letters',
  ],
  [
    'a title that is there twice',
    { actions: [...right.actions, { ...action('x'), en: visit.en }] },
    'data/actions.json: en “Do visit” is there twice',
  ],
  [
    'a word for yes or no',
    { actions: [...right.actions, { ...action('x'), consult: 'yes' }] },
    'data/actions.json: 4, consult must be true or false',
  ],
  [
    'nobody to consult',
    { actions: [visit, action('news'), { ...scan, nl: visit.nl, en: scan.en }] },
    'data/actions.json: “scan” needs “whom” in nl, as “consult” is true',
  ],
  [
    'somebody to consult for nothing',
    { actions: [visit, action('news'), { ...scan, consult: false }] },
    'data/actions.json: “scan” has “whom” in nl, but “consult” is false',
  ],
  [
    'an action that serves little',
    { actions: [...right.actions, { ...action('x'), serves: ['on-time'] }] },
    'data/actions.json: 4, serves must have at least 4 kinds of expectation',
  ],
  [
    'an action that serves what does not exist',
    { actions: [...right.actions, { ...action('x'), serves: [...visit.serves, 'late'] }] },
    'data/actions.json: “x” serves “late”, which neither data/inspiration.json nor data/questions.json has',
  ],
  [
    'an action that serves something twice',
    { actions: [...right.actions, { ...action('x'), serves: [...visit.serves, 'quality'] }] },
    'data/actions.json: “x” serves “quality” twice',
  ],
  [
    'a question that too few actions serve',
    { questions: [helpful, patient, question('attentive')] },
    'data/actions.json: “attentive” is served by 0 of them, and should be by at least 2',
  ],
  [
    'an idea that is there twice',
    { experiences: [call, { ...early, nl: call.nl }] },
    'data/experiences.json: nl “Bel eens.” is there twice',
  ],
  [
    'an idea that is too long',
    { experiences: [call, { ...early, en: 'a'.repeat(161) }] },
    'data/experiences.json: 2, en must have at most 160 letters',
  ],
  [
    'an idea that serves what does not exist',
    { experiences: [call, { ...early, serves: ['late'] }] },
    'data/experiences.json: “early” serves “late”, which neither',
  ],
  [
    'no idea that suits whatever it is looked for',
    { experiences: [early] },
    'data/experiences.json: one at least must suit every kind',
  ],
])('names %s', (_, files, mistake) => {
  expect(mistakes(files).join('\n')).toContain(mistake);
});

it('names all mistakes at once, and a file that is missing', () => {
  expect(mistakes({ questions: {}, actions: {} })).toHaveLength(2);
  rmSync(join(folder, 'actions.json'));
  const read = () => readSatisfaction(pathToFileURL(`${folder}/`), ['on-time', 'quality']);
  expect(read).toThrow('data/actions.json cannot be read');
});
