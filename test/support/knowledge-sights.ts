import type { Language } from '../../src/chat/request.ts';
import { fileCard, reportCard } from '../../src/features/reports/cards.ts';
import { clientReportCard } from '../../src/features/reports/client-cards.ts';
import { type Facts, leastKnownFirst } from '../../src/features/reports/reports.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';
import { clientOf, complaintOf, daysAgo, knownTo, outlineOf, today } from './knowledge.ts';

const said = {
  nl: {
    names: ['Acme', 'Gemeente Westerhaven', 'Bakkerij De Linde', 'Support'],
    wishes: [
      'Elke maand één voorstel dat wij niet hadden verwacht',
      'Eén vast aanspreekpunt, dat binnen een dag antwoordt',
      'Een levering komt op de dag die is afgesproken, of we horen het de dag ervoor',
      'Meedenken over de begroting',
    ],
    sources: ['klacht van 2 september', 'compliment van 14 oktober'],
  },
  en: {
    names: ['Acme', 'Westerhaven Council', 'Linden Bakery', 'Support'],
    wishes: [
      'Every month one proposal that we did not expect',
      'One point of contact, who answers within a day',
      'A delivery comes on the day agreed, or we hear it the day before',
      'Thinking along about the budget',
    ],
    sources: ['complaint of 2 September', 'compliment of 14 October'],
  },
};

/** The report for the commercial department, with believable clients. */
export function knowledgeSights(language: Language): Sight[] {
  const words = { say: voice(language), language, timeZone: 'Europe/Amsterdam' };
  const { names } = said[language];
  const clients = names.map((name, at) => clientOf(`c${at + 1}`, name));
  const facts = factsIn(language);
  const known = leastKnownFirst(knownTo(clients, facts));
  const many = Array.from({ length: 23 }, (_, at) =>
    clientOf(`c${at + 1}`, at < names.length ? (names[at] ?? '') : `${names[at % 3]} ${at}`),
  );
  const all = leastKnownFirst(knownTo(many, facts));
  const of = (id: string) =>
    knownTo(
      clients.filter((one) => one.id === id),
      facts,
    ).slice(0, 1);
  const full = (id: string, missing: string[] = []) =>
    of(id).map((one) => clientReportCard({ known: one, missing, mayWrite: true }, words, today))[0];
  return [
    { name: 'knowledge', card: reportCard({ all: known, page: 1 }, words, today) },
    { name: 'knowledge-many', card: reportCard({ all, page: 1 }, words, today) },
    { name: 'knowledge-last', card: reportCard({ all, page: 3 }, words, today) },
    { name: 'knowledge-one', card: reportCard({ all: known.slice(0, 1), page: 1 }, words, today) },
    { name: 'knowledge-none', card: reportCard({ all: [], page: 1 }, words, today) },
    { name: 'knowledge-client', card: full('c1') ?? fileCard('', words) },
    { name: 'knowledge-client-nothing', card: full('c2') ?? fileCard('', words) },
    { name: 'knowledge-file', card: fileCard('https://belay.example/download/x', words) },
  ];
}

function factsIn(language: Language): Partial<Facts> {
  const { wishes, sources } = said[language];
  const [first = '', second = '', third = '', fourth = ''] = wishes;
  return {
    expectations: [
      outlineOf('c1', { id: 'e1', text: first, state: 'confirmed', days: 85 }),
      outlineOf('c1', { id: 'e2', text: second, state: 'sent', days: 20 }),
      outlineOf('c1', { id: 'e3', text: third, state: 'noted', days: 3 }),
      outlineOf('c3', { id: 'e4', text: second, state: 'confirmed', days: 12 }),
      outlineOf('c4', { id: 'e5', text: fourth, state: 'noted', days: 46 }),
    ],
    raised: new Map([
      ['c1', daysAgo(2)],
      ['c3', daysAgo(1)],
      ['c4', daysAgo(33)],
    ]),
    discussed: new Map([['e2', daysAgo(2)]]),
    complaints: [
      complaintOf('c1', { expectation: 'e3' }),
      complaintOf('c2', { unnoted: true }),
      complaintOf('c2', { unnoted: true, open: false }),
    ],
    withContact: new Set(['c1', 'c3', 'c4']),
    sources: new Map([['e3', sources]]),
  };
}
