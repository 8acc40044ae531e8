import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { expect, it } from 'vitest';

const src = join(import.meta.dirname, '../src');

/**
 * Who may import whom, by paths within src; what no line allows is forbidden. `\1` is the folder that the importing
 * file lies in. `types` may be imported as types only.
 */
const table: { from: RegExp; values: string; types?: string }[] = [
  // A feature's contract speaks of the transaction that its handlers get; chat runs no query.
  { from: /^chat\//, values: '^(chat|text)/', types: '^(store/database|calendars/calendar$)' },
  // The list of them all, for main.
  { from: /^features\/features$/, values: '^features/[^/]+/feature$', types: '^chat/feature$' },
  // The sandbox plays what others do, so it may do it as they would.
  { from: /^features\/(sandbox)\//, values: '^(chat|store|text|features)/' },
  {
    from: /^features\/([^/]+)\//,
    values:
      '^(chat/|store/|text/|features/\\1/|features/(?<other>[^/]+)/(\\k<other>|([a-z]+-)*(store|rules))$)',
  },
  // What somebody types is checked to be an address where he types it; what is read comes by the contract.
  {
    from: /^features\/conversations\//,
    values: '^calendars/address$',
    types: '^calendars/calendar$',
  },
  { from: /^calendars\//, values: '^calendars/' },
  // What web shows comes from wherever it is kept; it is handed in as functions, so it needs no more than the rest.
  { from: /^platforms\/(web)\//, values: '^(chat|text|store|platforms/\\1)/' },
  {
    from: /^platforms\/((?!web\/)[^/]+)\//,
    values: '^(chat/|text/|pictures/|store/directory$|platforms/\\1/)',
    types: '^(config$|store/database$)',
  },
  { from: /^pictures\//, values: '^pictures/', types: '^chat/' },
  { from: /^store\//, values: '^store/', types: '^chat/' },
  // Jobs carry out effects and send what the outbox holds: chat's words for these, nothing that hears or decides.
  { from: /^jobs\//, values: '^(jobs/|store/|chat/(card|platform)$)', types: '^(chat|calendars)/' },
  { from: /^text\//, values: '^text/', types: '^\\.\\./data/locales/' },
  { from: /^config$/, values: '^$' },
  { from: /^(main|belay)$/, values: '' },
];

/** The only folders that may know a library. */
const libraries: { name: RegExp; only: RegExp }[] = [
  { name: /^@slack\//, only: /^platforms\/slack\// },
  { name: /^(botbuilder|botframework|@microsoft\/teams)/, only: /^platforms\/teams\// },
  { name: /^prom-client$/, only: /^platforms\/web\// },
  { name: /^nodemailer$/, only: /^platforms\/mail\// },
  { name: /^(better-sqlite3|pg)$/, only: /^store\// },
  { name: /^kysely$/, only: /^(store\/|features\/[^/]+\/([a-z]+-)*store$|jobs\/)/ },
  { name: /^node-cron$/, only: /^jobs\// },
  { name: /^node-ical$/, only: /^calendars\// },
  { name: /^chrono-node/, only: /^features\/conversations\// },
  { name: /^date-holidays$/, only: /^features\/nudges\// },
  { name: /^i18next$/, only: /^text\// },
  { name: /^(echarts|@resvg\/)/, only: /^pictures\// },
];

type Import = { from: string; to: string; typeOnly: boolean };

/** The imports of a source text: declarations, `await import('…')`, and types such as `import('…').Tables`. */
function importsOf(from: string, text: string): Import[] {
  const declared = text.matchAll(
    /^(?:(?:import|export)\b\s*(type\b)?[^;'"]*?\bfrom\s*|import\s*)['"]([^'"]+)['"]/gm,
  );
  const inline = text.matchAll(/\bimport\(\s*['"]([^'"]+)['"]\s*\)(\.[A-Z])?/g);
  return [
    ...[...declared].map(([, type, to]) => ({ from, to: within(from, to), typeOnly: type !== undefined })),
    ...[...inline].map(([, to, member]) => ({ from, to: within(from, to), typeOnly: member !== undefined })),
  ];
}

/** A relative import as a path within src, without its ending; a library's name as it is. */
function within(from: string, to = ''): string {
  return to.startsWith('.') ? posix.join(posix.dirname(from), to).replace(/\.ts$/, '') : to;
}

const files = globSync('**/*.ts', { cwd: src }).map((file) =>
  file.replaceAll('\\', '/').replace(/\.ts$/, ''),
);
const imports = files.flatMap((file) => importsOf(file, readFileSync(join(src, `${file}.ts`), 'utf8')));

function isLibrary(to: string): boolean {
  return !/^(\.\.\/|(calendars|chat|features|platforms|pictures|store|jobs|text)\/|(main|belay|config)$)/.test(
    to,
  );
}

function allowed({ from, to, typeOnly }: Import): boolean {
  return table.some(({ from: place, values, types }) => {
    const found = place.exec(from);
    const matches = (pattern: string) => new RegExp(pattern.replace('\\1', found?.[1] ?? '')).test(to);
    return found !== null && (matches(values) || (typeOnly && types !== undefined && matches(types)));
  });
}

it('sees every kind of import', () => {
  const text = `
import { a } from './a.ts';
import type { B } from '../b/b.ts';
import c, {
  type D,
} from 'c';
import './e.ts';
export { f } from './f.ts';
export const text = './text.ts';
const g = await import('./g.ts');
function h(row: import('./h.ts').Tables['h']) {}
`;
  expect(importsOf('x/y', text).map(({ to, typeOnly }) => (typeOnly ? `type ${to}` : to))).toEqual([
    'x/a',
    'type b/b',
    'c',
    'x/e',
    'x/f',
    'x/g',
    'type x/h',
  ]);
});

it.each([
  ['chat/router', 'store/outbox', false],
  ['chat/router', 'store/database', false],
  ['chat/router', 'features/polls/polls', false],
  ['features/nudges/feature', 'features/polls/cards', false],
  ['features/nudges/feature', 'features/polls/store', true],
  ['features/nudges/feature', 'features/polls/polls', true],
  ['features/nudges/feature', 'features/polls/measure-rules', true],
  ['features/nudges/feature', 'features/nudges/cards', true],
  ['features/nudges/feature', 'platforms/slack/send', false],
  ['features/nudges/cards', 'pictures/chart', false],
  ['platforms/slack/send', 'platforms/teams/send', false],
  ['platforms/slack/send', 'store/outbox', false],
  ['platforms/slack/send', 'store/directory', true],
  ['store/outbox', 'chat/card', false],
  ['text/say', 'chat/card', false],
  ['elsewhere/new', 'chat/card', false],
])('%s may import values of %s: %s', (from, to, may) => {
  expect(allowed({ from, to, typeOnly: false })).toBe(may);
});

it('imports only what the table allows', () => {
  expect(imports.length).toBeGreaterThan(0);
  const forbidden = imports.filter((one) => !isLibrary(one.to) && !allowed(one));
  expect(forbidden.map(({ from, to, typeOnly }) => `${from} → ${typeOnly ? 'type ' : ''}${to}`)).toEqual([]);
});

it('keeps each library in its folder', () => {
  const astray = imports.filter(({ from, to }) =>
    libraries.some(({ name, only }) => name.test(to) && !only.test(from)),
  );
  expect(astray.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
});

it('reads the environment in one place', () => {
  const readers = files.filter((file) =>
    /\bprocess\.env\b|['"]node:process['"]/.test(readFileSync(join(src, `${file}.ts`), 'utf8')),
  );
  expect(readers.filter((file) => file !== 'main' && file !== 'config')).toEqual([]);
});

it('gives every feature the same four files, or parts of them named for what they are about', () => {
  const astray = files
    .filter((file) => file.startsWith('features/') && file !== 'features/features')
    .filter((file) => {
      const [, name, part, ...deeper] = file.split('/');
      return (
        deeper.length > 0 || !(part === name || /^([a-z]+-)*(rules|store|cards|feature)$/.test(part ?? ''))
      );
    });
  expect(astray).toEqual([]);
});
