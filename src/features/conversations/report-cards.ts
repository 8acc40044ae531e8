import type { Bar, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import { daysBetween, sayMonth } from '../../text/when.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { type Coverage, shareOf } from './conversations.ts';
import { percentOf } from './report-rules.ts';

export type Months = {
  /** Of the last months together. */
  all: Coverage;
  months: { month: Temporal.PlainYearMonth; coverage: Coverage }[];
};

export type Report = Months & {
  /** Each by the owner of its clients. */
  teams: { owner: Colleague; coverage: Coverage }[];
  clients: { client: Client; coverage: Coverage; last: Temporal.Instant | undefined }[];
};

/** So many clients, and so many teams, stand in one report, those of whom the least was raised first. */
const inReport = 15;
/** From this share on it is well. */
const well = 80;

/** In how many conversations the expectation was raised: by month with a picture, by team, and by client. */
export function reportCard(report: Report, voice: Voice, now: Temporal.Instant): Card {
  return monthsCard(voice.say('conversations.report-title'), report, voice, [
    ...teamsOf(report.teams, voice),
    ...clientsOf(report.clients, voice, now),
  ]);
}

/** The same of one client alone, with the way to all of them. */
export function clientReportCard(
  client: Client,
  report: Months & { last: Temporal.Instant | undefined },
  voice: Voice,
  now: Temporal.Instant,
): Card {
  const { say } = voice;
  const last = { label: say('conversations.dossier-last'), value: lastOf(report.last, now, voice) };
  const all = { press: 'conversations.report', label: say('conversations.report-all') };
  return monthsCard(say('conversations.report-title-client', { client: client.name }), report, voice, [
    { kind: 'facts', facts: [last] },
    { kind: 'buttons', buttons: [all] },
  ]);
}

function monthsCard(title: string, { all, months }: Months, voice: Voice, more: Element[]): Card {
  const { say } = voice;
  const takeaway = takeawayOf(all, say);
  const unknown = say('conversations.report-unknown', { count: all.unknown });
  return {
    summary: `${title}: ${takeaway}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: takeaway },
      ...(all.unknown > 0 ? [{ kind: 'text' as const, text: unknown, style: 'subtle' as const }] : []),
      ...(all.known === 0 ? [] : [chartOf(months, voice)]),
      ...more,
    ],
  };
}

function takeawayOf(all: Coverage, say: Voice['say']): string {
  if (all.known === 0) return say('conversations.report-none');
  const values = { raised: all.raised, count: all.known };
  const share = percentOf(all);
  return share === undefined
    ? say('conversations.report-few', values)
    : say('conversations.report-share', { ...values, share });
}

function chartOf(months: Report['months'], { say, language }: Voice): Element {
  const bars = months.map(({ month, coverage }): Bar => {
    const share = shareOf(coverage);
    const tone = share === undefined ? 'neutral' : share >= well ? 'good' : share >= 50 ? 'neutral' : 'bad';
    return { label: sayMonth(month, language), value: share, tone };
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

/** With one team there is nothing to compare: it would say again what stands above it. */
function teamsOf(teams: Report['teams'], { say }: Voice): Element[] {
  if (teams.length < 2) return [];
  const shown = teams.slice(0, inReport);
  const facts = shown.map(({ owner, coverage }) => {
    const share = percentOf(coverage);
    const raised = raisedOf(coverage, say);
    const value = share === undefined ? raised : say('conversations.report-team', { raised, share });
    return { label: say('conversations.report-team-of', { owner: owner.name }), value };
  });
  const more = teams.length - shown.length;
  return [
    { kind: 'text', text: say('conversations.report-teams'), style: 'strong' },
    { kind: 'facts', facts },
    ...(more > 0
      ? [{ kind: 'text' as const, text: say('conversations.report-more-teams', { count: more }) }]
      : []),
  ];
}

function clientsOf(clients: Report['clients'], voice: Voice, now: Temporal.Instant): Element[] {
  const { say } = voice;
  if (clients.length === 0) return [];
  const shown = clients.slice(0, inReport);
  const facts = shown.map(({ client, coverage, last }) => ({
    label: client.name,
    value: `${raisedOf(coverage, say)} · ${shortLastOf(last, now, voice)}`,
  }));
  const more = clients.length - shown.length;
  return [
    { kind: 'text', text: say('conversations.report-clients'), style: 'strong' },
    { kind: 'facts', facts },
    ...(more > 0 ? [{ kind: 'text' as const, text: say('conversations.report-more', { count: more }) }] : []),
  ];
}

function raisedOf({ raised, known }: Coverage, say: Voice['say']): string {
  if (known === 0) return say('conversations.report-client-none');
  return say('conversations.report-client', { raised, count: known });
}

type Reader = Pick<Voice, 'say' | 'timeZone'>;

/** How long ago the expectation was last raised, in days of the reader's calendar. */
export function lastOf(
  last: Temporal.Instant | undefined,
  now: Temporal.Instant,
  { say, timeZone }: Reader,
): string {
  if (!last) return say('conversations.last-never');
  const count = daysBetween(last, now, timeZone);
  return count < 1 ? say('conversations.last-today') : say('conversations.last', { count });
}

/** The same where many stand below each other, and what they are about stands above them. */
function shortLastOf(
  last: Temporal.Instant | undefined,
  now: Temporal.Instant,
  { say, timeZone }: Reader,
): string {
  if (!last) return say('conversations.report-last-never');
  const count = daysBetween(last, now, timeZone);
  return count < 1 ? say('conversations.report-last-today') : say('conversations.report-last', { count });
}
