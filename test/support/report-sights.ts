import type { Voice } from '../../src/chat/voice.ts';
import type { Client, Colleague } from '../../src/features/clients/clients.ts';
import { clientReportCard, type Report, reportCard } from '../../src/features/conversations/report-cards.ts';
import type { Sight } from './gallery.ts';

const now = Temporal.Instant.from('2026-11-26T08:20:00Z');

const months = [6, 7, 8, 9, 10, 11].map((month, at) => ({
  month: Temporal.PlainYearMonth.from({ year: 2026, month }),
  coverage: { raised: [2, 3, 5, 6, 9, 10][at] ?? 0, known: [6, 6, 8, 8, 11, 11][at] ?? 0, unknown: 0 },
}));

/** Two teams, of whom one raises it half as often. */
function reportOf(acme: Client, bram: Colleague, dutch: boolean): Report {
  const one = (name: string, raised: number, known: number, daysAgo: number, unknown = 0) => ({
    client: { ...acme, name },
    coverage: { raised, known, unknown },
    last: now.subtract({ hours: 24 * daysAgo }),
  });
  return {
    all: { raised: 35, known: 50, unknown: 4 },
    months,
    teams: [
      { owner: bram, coverage: { raised: 8, known: 19, unknown: 3 } },
      { owner: acme.owner, coverage: { raised: 27, known: 31, unknown: 1 } },
    ],
    clients: [
      one(dutch ? 'Gemeente Westerhaven' : 'Westerhaven Council', 3, 8, 41),
      one('Support', 5, 11, 16, 3),
      one('Acme', 19, 23, 2, 1),
      one(dutch ? 'Bakkerij De Linde' : 'Linden Bakery', 8, 8, 0),
    ],
  };
}

/** In how many conversations the expectation was raised, with believable figures. */
export function reportSights(acme: Client, bram: Colleague, words: Voice): Sight[] {
  return [
    {
      name: 'conversation-report',
      card: reportCard(reportOf(acme, bram, words.language === 'nl'), words, now),
    },
    {
      name: 'conversation-report-client',
      card: clientReportCard(
        acme,
        { all: { raised: 35, known: 50, unknown: 0 }, months, last: now.subtract({ hours: 50 }) },
        words,
        now,
      ),
    },
    {
      name: 'conversation-report-none',
      card: reportCard(
        { all: { raised: 0, known: 0, unknown: 0 }, months: [], teams: [], clients: [] },
        words,
        now,
      ),
    },
  ];
}
