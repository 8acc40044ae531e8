import { type Button, type Card, type Element, subtle } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { sayDay } from '../../text/when.ts';
import { exportButton, gapText, standingLine } from './cards.ts';
import { gapsOf, type Known, type KnownExpectation } from './reports.ts';

/** So many expectations stand in one card; the others are in the list and in the file. */
const inClientCard = 8;
/** As many letters of an expectation as read well in a list. */
const inRow = 140;

export type ClientReport = {
  known: Known;
  /** What other capabilities miss of it, in a few words each. */
  missing: string[];
  mayWrite: boolean;
};

/** All that is known of one client's expectations, and what is not known yet. */
export function clientReportCard(
  { known, missing, mayWrite }: ClientReport,
  voice: Voice,
  now: Temporal.Instant,
): Card {
  const { say } = voice;
  const { client, expectations } = known;
  const title = say('reports.title-client', { client: client.name });
  const gaps = [...gapsOf(known, now, voice.timeZone).map((gap) => gapText(gap, say)), ...missing];
  const standing = standingLine(known, voice, now) || say('reports.gap-nothing-noted');
  const more = expectations.length - inClientCard;
  return {
    summary: `${title}: ${standing}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: standing },
      ...gapElements(gaps, voice),
      ...expectations.slice(0, inClientCard).flatMap((one, at) => rowOf(one, at + 1, voice, now)),
      ...(more > 0 ? [subtle(say('reports.more', { count: more }))] : []),
      { kind: 'buttons', buttons: buttonsFor(known, mayWrite, voice) },
    ],
  };
}

function gapElements(gaps: string[], { say }: Voice): Element[] {
  const text = gaps.length > 0 ? gaps.map((gap) => `– ${gap}`).join('\n') : say('reports.no-gaps');
  return [
    { kind: 'text', text: say('reports.unknown-title'), style: 'strong' },
    { kind: 'text', text },
  ];
}

function rowOf(known: KnownExpectation, number: number, voice: Voice, now: Temporal.Instant): Element[] {
  const words = shortened(known.one.wording.text.replace(/\s+/g, ' ').trim(), inRow);
  return [
    ...(number === 1 ? [{ kind: 'divider' as const }] : []),
    { kind: 'text', text: `${number}. ${words}`, style: 'strong' },
    subtle(lineOf(known, voice, now)),
  ];
}

/** `bevestigd op 3 september · besproken op 24 november · uit: klacht van 2 september`. */
function lineOf(
  { one, standing, discussed, sources }: KnownExpectation,
  voice: Voice,
  now: Temporal.Instant,
) {
  const { say } = voice;
  const { confirmedAt, sentAt } = one.wording;
  const since = { confirmed: confirmedAt ?? one.notedAt, put: sentAt ?? one.notedAt, noted: one.notedAt };
  return [
    say(`reports.since-${standing}`, { day: dayOf(since[standing], voice, now) }),
    ...(discussed ? [say('reports.discussed', { day: dayOf(discussed, voice, now) })] : []),
    ...(sources.length > 0 ? [say('reports.from', { sources: sources.join(', ') })] : []),
  ].join(' · ');
}

/** "3 september", of another year than now "3 september 2025". */
function dayOf(at: Temporal.Instant, { language, timeZone }: Voice, now: Temporal.Instant): string {
  const yearOf = (one: Temporal.Instant) => one.toZonedDateTimeISO(timeZone).year;
  const day = sayDay(at, language, timeZone);
  return yearOf(at) === yearOf(now) ? day : `${day} ${yearOf(at)}`;
}

function buttonsFor({ client, expectations }: Known, mayWrite: boolean, { say }: Voice): Button[] {
  const { id } = client;
  const isMore = expectations.length > inClientCard;
  return [
    ...(mayWrite
      ? [
          {
            press: 'expectations.note',
            subject: id,
            label: say('reports.note'),
            ...(expectations.length === 0 && { style: 'primary' as const }),
          },
        ]
      : []),
    ...(isMore ? [{ press: 'expectations.list', subject: id, label: say('reports.list') }] : []),
    { press: 'clients.show', subject: id, label: say('clients.to-dossier') },
    { press: 'reports.all', label: say('reports.all') },
    exportButton(say),
  ];
}
