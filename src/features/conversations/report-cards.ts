import type { Bar, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import { sayMonth } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { type Coverage, shareOf } from './conversations.ts';

export type Report = {
  /** Of the last months together. */
  all: Coverage;
  months: { month: Temporal.PlainYearMonth; coverage: Coverage }[];
  clients: { client: Client; coverage: Coverage; last: Temporal.Instant | undefined }[];
};

/** So many clients stand in one report, those of whom the least was raised first. */
const inReport = 15;
/** From this share on it is well. */
const well = 80;

/** In how many conversations the expectation was raised: by month with a picture, and by client. */
export function reportCard({ all, months, clients }: Report, voice: Voice, now: Temporal.Instant): Card {
  const { say } = voice;
  const share = shareOf(all);
  const title = say('conversations.report-title');
  const values = { share: share ?? 0, raised: all.raised, count: all.known };
  const takeaway =
    share === undefined ? say('conversations.report-none') : say('conversations.report-share', values);
  return {
    summary: `${title}: ${takeaway}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: takeaway },
      ...(all.unknown > 0
        ? [
            {
              kind: 'text' as const,
              text: say('conversations.report-unknown', { count: all.unknown }),
              style: 'subtle' as const,
            },
          ]
        : []),
      ...(share === undefined ? [] : [chartOf(months, voice)]),
      ...clientsOf(clients, voice, now),
    ],
  };
}

function chartOf(months: Report['months'], { say, language }: Voice): Element {
  const bars = months.map(({ month, coverage }): Bar => {
    const share = shareOf(coverage);
    const tone = share === undefined ? 'neutral' : share >= well ? 'good' : share >= 50 ? 'neutral' : 'bad';
    return { label: sayMonth(month, language), value: share ?? 0, tone };
  });
  const said = months.flatMap(({ month, coverage }) => {
    const share = shareOf(coverage);
    if (share === undefined) return [];
    const values = { month: sayMonth(month, language), share, count: coverage.known };
    return [say('conversations.report-month', values)];
  });
  const title = say('conversations.report-chart');
  return { kind: 'chart', title, bars, alt: `${title}: ${said.join(', ')}.` };
}

function clientsOf(clients: Report['clients'], { say }: Voice, now: Temporal.Instant): Element[] {
  if (clients.length === 0) return [];
  const shown = clients.slice(0, inReport);
  const facts = shown.map(({ client, coverage, last }) => {
    const share = shareOf(coverage);
    const raised =
      share === undefined
        ? say('conversations.report-client-none')
        : say('conversations.report-client', { raised: coverage.raised, count: coverage.known });
    return { label: client.name, value: `${raised} · ${lastOf(last, now, say)}` };
  });
  const more = clients.length - shown.length;
  return [
    { kind: 'text', text: say('conversations.report-clients'), style: 'strong' },
    { kind: 'facts', facts },
    ...(more > 0 ? [{ kind: 'text' as const, text: say('conversations.report-more', { count: more }) }] : []),
  ];
}

/** How long ago the expectation was last raised. */
export function lastOf(last: Temporal.Instant | undefined, now: Temporal.Instant, say: Voice['say']): string {
  if (!last) return say('conversations.last-never');
  const days = Math.floor(now.since(last).total('hours') / 24);
  return days < 1 ? say('conversations.last-today') : say('conversations.last', { count: days });
}
