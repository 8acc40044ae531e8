import { type Button, type Element, heading, plainText, strong, subtle } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { listOf } from '../../text/list.ts';
import { experienceFor } from '../../text/proposals.ts';
import type { Say } from '../../text/say.ts';
import { noonOf, sayDay } from '../../text/when.ts';
import { titleOf as titleOfAction } from '../actions/catalogue-rules.ts';
import { sinceFigures } from '../actions/since-rules.ts';
import { insufficient } from './kti.ts';
import { type Row, titleOf } from './summary-rules.ts';
import { quotesOf } from './words-cards.ts';
import { differenceOf, gradeOf } from './words-rules.ts';
import { isWorked } from './work-rules.ts';

/** One KTI in a summary. */

/** So many explanations of each stand there; of one that needs no action fewer, where there are many. */
const mostQuotes = 3;
const manyRows = 4;
/** So many grades are told one by one: a mean says little of them. */
const mostGrades = 5;
const quoteLetters = 160;
const nameLetters = 100;

/** idea: it says how it could become memorable. */
type At = { count: number; mayWrite: boolean; idea: boolean; now: Temporal.Instant };

/** The grade before its name, as one looks for it; then what it means, and why it was given. */
export function rowElements(row: Row, { count, mayWrite, idea, now }: At, voice: Voice): Element[] {
  const { say, language } = voice;
  const { kti, n, mean, grades, verdict } = row;
  const most = count > manyRows && verdict !== 'action' ? mostQuotes - 1 : mostQuotes;
  const explained = grades.filter(({ why }) => why !== undefined);
  const more = explained.length - most;
  const buttons = [
    ...actionButtons(row, mayWrite, say),
    ...(more > 0 ? [reasonsButton(row, more, say)] : []),
  ];
  const told = verdictText(row, idea ? experienceFor(kti.kind, turnOf(now))[language] : undefined, say);
  const anew = anewText(row, voice);
  const work = workText(row, voice);
  return [
    heading(`${gradeOf(mean, n, say)} · ${shortened(titleOf(kti, language), nameLetters)}`),
    subtle(figuresOf(row, voice).join(' · ')),
    verdict === 'action' && !isWorked(row.work) ? strong(told) : plainText(told),
    ...(work === undefined ? [] : [plainText(work)]),
    ...(anew === undefined ? [] : [subtle(anew)]),
    ...quotesOf(explained.slice(0, most), quoteLetters),
    ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
  ];
}

/** To begin with it, and to see what was begun or done. */
export function actionButtons(
  { kti, work, verdict }: Pick<Row, 'kti' | 'work' | 'verdict'>,
  mayWrite: boolean,
  say: Say,
): Button[] {
  const start: Button = {
    ...{ press: 'actions.start', subject: kti.id, label: say('kti.summary-act') },
    style: 'primary',
  };
  const mayStart = verdict === 'action' && mayWrite && !isWorked(work);
  const isTold = work !== undefined && (verdict === 'action' || work.state === 'since');
  return [
    ...(mayStart ? [start] : []),
    ...(isTold ? [{ press: 'actions.show', subject: work.action.id, label: say('kti.summary-work') }] : []),
  ];
}

/** What the team does about it, or what the grades did since it was done. */
export function workText({ work, verdict }: Pick<Row, 'work' | 'verdict'>, voice: Voice): string | undefined {
  if (!work || (verdict !== 'action' && work.state === 'done')) return undefined;
  const { say, language, timeZone } = voice;
  const { action, state } = work;
  const title = shortened(titleOfAction(action, language), 80);
  if (state === 'since') return say('kti.work-since', { title, since: sinceFigures(work.since, voice) });
  const day = action.doneAt
    ? sayDay(action.doneAt, language, timeZone)
    : sayDay(noonOf(action.due), language, 'UTC');
  return say(`kti.work-${state}`, { title, name: action.owner.name, day });
}

function reasonsButton({ kti, grades }: Row, count: number, say: Say): Button {
  const subject = `${grades[0]?.round ?? ''}.${kti.id}`;
  return { press: 'kti.reasons', subject, label: say('kti.reasons-more', { count }) };
}

/** Each month other ideas. */
function turnOf(now: Temporal.Instant): number {
  return Math.floor(now.epochMilliseconds / (30 * 24 * 3600 * 1000));
}

/** Of how many it is and, while those are few, which; what it did, with what it is compared, and what the team expected. */
function figuresOf(row: Row, { say, language }: Voice): string[] {
  const { n, forecast } = row;
  const each = row.grades.map(({ grade }) => grade).toSorted((one, other) => one - other);
  const all = listOf(each.map(String), language);
  return [
    n > 1 && n <= mostGrades
      ? say('kti.figure-each', { count: n, all })
      : say('kti.figure-grades', { count: n }),
    ...comparedOf(row, say),
    ...(forecast ? [forecastText(forecast, say)] : []),
  ];
}

/** What a grade did since its round of before, and with what it is compared. */
export function comparedOf({ change, average }: Pick<Row, 'change' | 'average'>, say: Say): string[] {
  return [
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

/** Whose average it is, and what that is. */
export function averageOf(average: NonNullable<Row['average']>, say: Say): string {
  const mean = gradeOf(average.mean, 2, say);
  return average.of === 'own'
    ? say('kti.figure-own', { mean })
    : say('kti.figure-company', { mean, count: average.clients });
}

function verdictText({ verdict, mean = 0, work }: Row, idea: string | undefined, say: Say): string {
  if (verdict === 'good') return idea ? say('kti.verdict-good-idea', { idea }) : say('kti.verdict-good');
  if (verdict !== 'action') return say(`kti.verdict-${verdict ?? 'fair'}`);
  const kind = mean < insufficient ? 'insufficient' : 'action';
  return say(isWorked(work) ? `kti.verdict-${kind}-worked` : `kti.verdict-${kind}`);
}

/** That the words are new, and what was given for those of before. */
function anewText({ kti, former }: Row, { say, language, timeZone }: Voice): string | undefined {
  return (
    former &&
    say('kti.anew', {
      day: sayDay(kti.madeAt, language, timeZone),
      text: shortened(titleOf(former.kti, language), 80),
      mean: gradeOf(former.mean, former.kti.standing.last.n, say),
    })
  );
}

function forecastText({ mean, gap }: NonNullable<Row['forecast']>, say: Say): string {
  const values = { mean: gradeOf(mean, 2, say), gap: gradeOf(Math.abs(gap), 2, say) };
  if (gap === 0) return say('kti.forecast-same', values);
  return say(gap < 0 ? 'kti.forecast-lower' : 'kti.forecast-higher', values);
}
