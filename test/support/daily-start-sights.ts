import type { Language } from '../../src/chat/request.ts';
import { newClient } from '../../src/features/clients/clients.ts';
import { type Item, morningCard } from '../../src/features/daily-start/cards.ts';
import type { Deed, Part, Start } from '../../src/features/daily-start/daily-start.ts';
import { deedForm, learnForm, planCard, timeForm } from '../../src/features/daily-start/form-cards.ts';
import { summaryCard, type Trend, trendCard } from '../../src/features/daily-start/summary-cards.ts';
import type { Feedback, Kind } from '../../src/features/feedback/feedback.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';
import { anna, bram, carla } from './house.ts';

const said = {
  nl: {
    late: 'De derde keer deze maand dat de levering een dag later komt, en niemand belt vooraf.',
    thought: 'Jullie dachten mee nog voor wij het vroegen.',
    waits: 'Drie keer doorverbonden voor één vraag.',
    fast: 'Binnen een uur een antwoord, ook op vrijdagmiddag.',
    success: 'De nieuwe planning staat, een week eerder dan beloofd.',
    news: [
      'NPS bij Acme: 3 antwoorden erbij.',
      'Acme bevestigde: “Elke maand één voorstel dat wij niet hadden verwacht”',
    ],
    today: ['10:00 gesprek met Acme: Anna de Vries', '14:30 gesprek met Zonnig: Bram Bakker, Carla Smit'],
    deed: 'Acme bellen over de levering',
    learned: 'Wie vooraf belt, krijgt geen klacht',
  },
  en: {
    late: 'The third time this month that the delivery comes a day late, and nobody calls beforehand.',
    thought: 'You thought along before we asked.',
    waits: 'Put through three times for one question.',
    fast: 'An answer within the hour, even on a Friday afternoon.',
    success: 'The new planning is there, a week earlier than promised.',
    news: [
      'NPS at Acme: 3 more answers.',
      'Acme confirmed: “Every month one proposal that we did not expect”',
    ],
    today: [
      '10:00 conversation with Acme: Anna de Vries',
      '14:30 conversation with Zonnig: Bram Bakker, Carla Smit',
    ],
    deed: 'Call Acme about the delivery',
    learned: 'Whoever calls beforehand gets no complaint',
  },
};

/** A team's morning from its first card to its summary. */
export function dailyStartSights(language: Language): Sight[] {
  const say = voice(language);
  const words = { say, language, timeZone: 'Europe/Amsterdam' };
  const text = said[language];
  const owner = { id: anna.id, name: anna.name };
  const at = Temporal.Instant.from('2026-11-27T07:45:00Z');
  const acme = newClient({ id: 'c1', name: 'Acme', owner, createdAt: at });
  const zonnig = newClient({ id: 'c2', name: 'Zonnig', owner, createdAt: at });
  const item = (kind: Kind, client: typeof acme | undefined, words: string, by: typeof anna): Item => {
    const one: Feedback = {
      ...{ id: words, kind, client: client?.id, text: words, saidBy: undefined },
      ...{ by: { id: by.id, name: by.name }, day: Temporal.PlainDate.from('2026-11-26'), link: undefined },
      ...{ expectation: undefined, unnoted: false, owner: undefined, state: undefined },
      ...{ answered: undefined, learned: undefined, at },
    };
    return { one, client };
  };
  const start: Start = {
    ...{ id: 's1', place: 'general', placeName: 'General', openedAt: at, closedAt: undefined },
    ...{ closesAt: at.add({ hours: 1 }), since: at.subtract({ hours: 24 }) },
    ...{ lines: { news: text.news, today: text.today }, posting: 0 },
  };
  const late = item('complaint', acme, text.late, bram);
  const thought = item('compliment', acme, text.thought, carla);
  const waits = item('complaint', zonnig, text.waits, anna);
  const came = [item('compliment', zonnig, text.fast, anna), item('success', undefined, text.success, bram)];
  const part = ({ id, name }: typeof anna, mood: number | undefined): Part => ({
    person: { id, name },
    mood,
  });
  const parts = [part(anna, 4), part(bram, 5), part(carla, 4)];
  const deed: Deed = {
    ...{ id: 'd1', start: 's0', place: 'general', what: text.deed, owner, doneAt: undefined },
    until: Temporal.PlainDate.from('2026-11-30'),
  };
  const trend: Trend = {
    weeks: [
      { monday: Temporal.PlainDate.from('2026-11-16'), complaints: 5, compliments: 3 },
      { monday: Temporal.PlainDate.from('2026-11-23'), complaints: 2, compliments: 6 },
    ],
    days: [3.0, 2.7, 3.3, 3.3, 3.7, 3.3, 4, 4.3].map((mean, at) => ({
      day: Temporal.PlainDate.from('2026-11-18').add({ days: at < 3 ? at : at + 2 }),
      parts: [0, 1, 2].map((who) => ({ mood: Math.round(mean + (who - 1) * 0.6) })),
    })),
  };
  const nothing = { before: [], waiting: [], came: [], parts: [], deeds: [], learned: [] };
  const quiet = { ...start, lines: { news: [], today: [] } };
  const standing = {
    start,
    before: [late, thought],
    waiting: [waits],
    came,
    parts,
    deeds: [deed],
    learned: [],
  };
  const plan = {
    ...{ id: 'p1', place: 'general', placeName: 'General', at: '08:45', by: owner },
    ...{ nextAt: at.add({ hours: 72 }), skipped: 1 },
  };
  const over = { ...start, closedAt: start.closesAt };
  const days = [30, 1, 2].map((day) =>
    Temporal.PlainDate.from({ year: 2026, month: day === 30 ? 11 : 12, day }),
  );
  const learned = [{ text: text.learned, by: { id: bram.id, name: bram.name } }];
  const deeds = [deed];
  const all = { start: over, items: [late, ...came], parts, learned, deeds, trend, isWeekOver: false };
  return [
    { name: 'daily-start-morning', card: morningCard(standing, words) },
    { name: 'daily-start-quiet', card: morningCard({ start: quiet, ...nothing }, words) },
    { name: 'daily-start-summary', card: summaryCard(all, words) },
    { name: 'daily-start-week', card: summaryCard({ ...all, isWeekOver: true, story: thought }, words) },
    { name: 'daily-start-trend', card: trendCard(trend, words) },
    { name: 'daily-start-plan', card: planCard(plan, undefined, words) },
    { name: 'daily-start-no-plan', card: planCard(undefined, undefined, words) },
    { name: 'daily-start-time', form: timeForm(say, undefined) },
    { name: 'daily-start-learn', form: learnForm(start, say) },
    {
      name: 'daily-start-deed',
      form: deedForm(start, { people: [anna, bram, carla], days, me: anna.id }, words),
    },
  ];
}
