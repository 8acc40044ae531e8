import type { Button, Element } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { experienceFor } from '../../text/proposals.ts';
import type { Say } from '../../text/say.ts';
import { sayDay } from '../../text/when.ts';
import { insufficient } from './kti.ts';
import { type Row, titleOf } from './summary-rules.ts';
import { differenceOf, gradeOf, heading, plainText, quotesOf, strong, subtle } from './words-cards.ts';

/** One KTI in a summary. */

/** So many explanations of each stand there; of one that needs no action fewer, where there are many. */
const mostQuotes = 3;
const manyRows = 4;
const quoteLetters = 160;
const nameLetters = 100;

type At = { at: number; count: number; mayWrite: boolean; now: Temporal.Instant };

/** The grade before its name, as one looks for it; then what it means, and why it was given. */
export function rowElements(row: Row, { at, count, mayWrite, now }: At, voice: Voice): Element[] {
  const { say, language } = voice;
  const { kti, n, mean, grades, verdict } = row;
  const most = count > manyRows && verdict !== 'action' ? mostQuotes - 1 : mostQuotes;
  const explained = grades.filter(({ why }) => why !== undefined);
  const more = explained.length - most;
  const buttons: Button[] = [
    ...(verdict === 'action' && mayWrite
      ? [
          {
            press: 'actions.start',
            subject: kti.id,
            label: say('kti.summary-act'),
            style: 'primary' as const,
          },
        ]
      : []),
    ...(more > 0 ? [reasonsButton(row, more, say)] : []),
  ];
  const notes = notesOf(row, voice);
  const idea = experienceFor(kti.kind, turnOf(now) + at)[language];
  return [
    heading(`${gradeOf(mean, n, say)} · ${shortened(titleOf(kti, language), nameLetters)}`),
    subtle(figuresOf(row, say).join(' · ')),
    verdict === 'action' ? strong(verdictText(row, idea, say)) : plainText(verdictText(row, idea, say)),
    ...(notes === '' ? [] : [subtle(notes)]),
    ...quotesOf(explained.slice(0, most), quoteLetters),
    ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
  ];
}

function reasonsButton({ kti, grades }: Row, count: number, say: Say): Button {
  const subject = `${grades[0]?.round ?? ''}.${kti.id}`;
  return { press: 'kti.reasons', subject, label: say('kti.reasons-more', { count }) };
}

/** Each month other ideas. */
function turnOf(now: Temporal.Instant): number {
  return Math.floor(now.epochMilliseconds / (30 * 24 * 3600 * 1000));
}

/** Of how many it is, what it did, and with what it is compared. */
function figuresOf({ n, change, average }: Row, say: Say): string[] {
  return [
    say('kti.figure-grades', { count: n }),
    ...(change === undefined
      ? []
      : [
          change === 0
            ? say('kti.figure-same')
            : say('kti.figure-change', { change: differenceOf(change, say) }),
        ]),
    ...(average === undefined ? [] : [averageOf(average, say)]),
  ];
}

function averageOf(average: NonNullable<Row['average']>, say: Say): string {
  const mean = gradeOf(average.mean, 2, say);
  return average.of === 'own'
    ? say('kti.figure-own', { mean })
    : say('kti.figure-company', { mean, count: average.clients });
}

function verdictText({ verdict, mean = 0 }: Row, idea: string, say: Say): string {
  if (verdict === 'good') return say('kti.verdict-good', { idea });
  if (verdict !== 'action') return say(`kti.verdict-${verdict ?? 'fair'}`);
  return say(mean < insufficient ? 'kti.verdict-insufficient' : 'kti.verdict-action');
}

/** What else is to be known: what the team expected, and that the words are new. */
function notesOf({ kti, forecast, former }: Row, { say, language, timeZone }: Voice): string {
  return [
    ...(forecast ? [forecastText(forecast, say)] : []),
    ...(former
      ? [
          say('kti.anew', {
            day: sayDay(kti.madeAt, language, timeZone),
            text: shortened(titleOf(former.kti, language), 80),
            mean: gradeOf(former.mean, former.kti.standing.last.n, say),
          }),
        ]
      : []),
  ].join(' ');
}

function forecastText({ mean, gap }: NonNullable<Row['forecast']>, say: Say): string {
  const values = { mean: gradeOf(mean, 2, say), gap: gradeOf(Math.abs(gap), 2, say) };
  if (gap === 0) return say('kti.forecast-same', values);
  return say(gap < 0 ? 'kti.forecast-lower' : 'kti.forecast-higher', values);
}
