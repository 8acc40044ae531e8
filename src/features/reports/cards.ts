import { type Button, type Card, type Element, subtle } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { daysBetween } from '../../text/when.ts';
import { countOf, type Gap, gapsOf, type Known, levelsOf, shareOf, stalest } from './reports.ts';

/** So many clients stand in one card; the others are a button away. */
export const inCard = 10;

export type Report = {
  /** All clients that the reader may see, those of whom the least is known first. */
  all: Known[];
  page: number;
};

/** What we know of all our clients' expectations, and what we do not know yet. */
export function reportCard({ all, page }: Report, voice: Voice, now: Temporal.Instant): Card {
  const { say } = voice;
  const title = say('reports.title');
  const takeaway = takeawayOf(all, say);
  const pages = Math.max(Math.ceil(all.length / inCard), 1);
  const shown = all.slice((page - 1) * inCard, page * inCard);
  return {
    summary: `${title}: ${takeaway}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(page === 1 ? overview(all, takeaway, say) : []),
      ...(pages > 1 ? [subtle(say('reports.page', { page, pages }))] : []),
      ...shown.flatMap((known) => clientElements(known, voice, now)),
      { kind: 'buttons', buttons: buttonsFor(all.length, page, pages, say) },
    ],
  };
}

function overview(all: Known[], takeaway: string, say: Say): Element[] {
  const share = shareOf(all);
  return [
    { kind: 'text', text: takeaway },
    ...(share.known > 0
      ? [subtle(say('reports.share', { count: share.known, unnoted: share.unnoted }))]
      : []),
    ...(all.length > 1 ? [chartOf(all, say)] : []),
  ];
}

function takeawayOf(all: Known[], say: Say): string {
  const { confirmed, unknown } = levelsOf(all);
  const count = all.length;
  if (count === 0) return say('reports.none');
  if (confirmed === count) return say('reports.takeaway-all', { count });
  const known = say(confirmed === 0 ? 'reports.takeaway-nothing' : 'reports.takeaway', { count, confirmed });
  // Of the only one its own line says so.
  return unknown === 0 || count === 1
    ? known
    : `${known} ${say('reports.takeaway-unknown', { count: unknown })}`;
}

/** Each client counts once, so that a client with many expectations does not hide one with none. */
function chartOf(all: Known[], say: Say): Element {
  const { confirmed, noted, unknown } = levelsOf(all);
  return {
    kind: 'chart',
    title: say('reports.chart'),
    bars: [
      { label: say('reports.bar-confirmed'), value: confirmed, tone: 'good' },
      { label: say('reports.bar-noted'), value: noted, tone: 'neutral' },
      { label: say('reports.bar-unknown'), value: unknown, tone: 'bad' },
    ],
    alt: say('reports.chart-alt', { confirmed, noted, unknown }),
  };
}

function clientElements(known: Known, voice: Voice, now: Temporal.Instant): Element[] {
  const { say, timeZone } = voice;
  const { id, name } = known.client;
  const gaps = gapsOf(known, now, timeZone).map((gap) => gapText(gap, say));
  const standing = standingLine(known, voice, now);
  const open: Button = { press: 'reports.client', subject: id, label: say('reports.open') };
  return [
    { kind: 'text', text: name, style: 'strong' },
    ...(standing === '' ? [] : [{ kind: 'text' as const, text: standing }]),
    ...(gaps.length > 0 ? [subtle(say('reports.unknown', { gaps: gaps.join(' · ') }))] : []),
    { kind: 'buttons', buttons: [open] },
  ];
}

/** `3 bevestigd, 1 voorgelegd · de oudste 4 maanden geleden gehoord · 1 open klacht`. */
export function standingLine(known: Known, voice: Voice, now: Temporal.Instant): string {
  const { say, timeZone } = voice;
  const counts = (['confirmed', 'put', 'noted'] as const).flatMap((standing) => {
    const count = countOf(known, standing);
    return count > 0 ? [say(`reports.count-${standing}`, { count })] : [];
  });
  const since = stalest(known);
  const heard = since && heardOf(daysBetween(since, now, timeZone), say);
  const which = known.expectations.length === 1 ? 'reports.heard' : 'reports.oldest-heard';
  return [
    ...(counts.length > 0 ? [counts.join(', ')] : []),
    ...(heard ? [say(which, { heard })] : []),
    ...(known.openComplaints > 0 ? [say('reports.open-complaints', { count: known.openComplaints })] : []),
  ].join(' · ');
}

/** How long ago it was: in days, then weeks, then months. */
function heardOf(days: number, say: Say): string {
  if (days < 1) return say('reports.today');
  if (days < 14) return say('reports.days-ago', { count: days });
  if (days < 61) return say('reports.weeks-ago', { count: Math.floor(days / 7) });
  return say('reports.months-ago', { count: Math.floor(days / 30.4) });
}

/** One thing that is not known, in a few words. */
export function gapText({ why, count }: Gap, say: Say): string {
  return say(`reports.gap-${why}`, { count });
}

function buttonsFor(count: number, page: number, pages: number, say: Say): Button[] {
  const rest = Math.min(count - page * inCard, inCard);
  if (count === 0) return [{ press: 'clients.list', label: say('clients.button') }];
  return [
    ...(page > 1 ? [{ press: `reports.all.${page - 1}`, label: say('reports.before') }] : []),
    ...(page < pages
      ? [{ press: `reports.all.${page + 1}`, label: say('reports.after', { count: rest }) }]
      : []),
    exportButton(say),
  ];
}

/** Offers all of it as a file. */
export function exportButton(say: Say): Button {
  return { press: 'reports.export', label: say('reports.export') };
}

/** The way to the file. */
export function fileCard(url: string, { say }: Voice): Card {
  const text = say('export.ready');
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [{ url, label: say('export.download') }] },
    ],
  };
}
