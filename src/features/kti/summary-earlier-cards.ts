import { type Element, plainText, strong, subtle } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { sayDay } from '../../text/when.ts';
import { insufficient, isRunning } from './kti.ts';
import { actionButtons, comparedOf, workText } from './summary-row-cards.ts';
import { earlierOf, type Standstill, type Summary, titleOf, waitingIn } from './summary-rules.ts';
import { gradeOf } from './words-rules.ts';

/** What was not graded in the round that is summed up, as it stands since an earlier one. */

const mostActions = 4;
const mostOthers = 5;
const nameLetters = 60;

/** What asks for action, with what one can do; the others in a line each. */
export function earlierElements(summary: Summary, mayWrite: boolean, voice: Voice): Element[] {
  const asking = earlierOf(summary)
    .filter(({ verdict }) => verdict === 'action')
    .slice(0, mostActions);
  const others = summary.others.filter((one) => !asking.includes(one));
  const title = waitingIn(asking) > 0 ? 'kti.earlier-action' : 'kti.earlier-worked';
  return [
    ...(asking.length > 0 ? [strong(voice.say(title))] : []),
    ...asking.flatMap((one) => actionElements(one, mayWrite, voice)),
    ...(summary.ungraded.length > 0 ? [subtle(ungradedOf(summary, voice))] : []),
    ...othersOf(others, voice),
  ];
}

function actionElements(one: Standstill, mayWrite: boolean, voice: Voice): Element[] {
  const { say, language } = voice;
  const { kti, mean, n } = one;
  const why = say(mean < insufficient ? 'kti.low-insufficient' : 'kti.low-average');
  const work = workText(one, voice);
  const buttons = actionButtons(one, mayWrite, say);
  return [
    strong(`${gradeOf(mean, n, say)} · ${shortened(titleOf(kti, language), 100)}`),
    subtle([why, lastOf(one, voice), ...comparedOf(one, say)].join(' · ')),
    ...(work === undefined ? [] : [plainText(work)]),
    ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
  ];
}

/** `2 cijfers, 3 september`, and that it was asked in other words. */
function lastOf({ n, lastAt, isFormer }: Standstill, { say, language, timeZone }: Voice): string {
  const day = sayDay(Temporal.Instant.from(lastAt), language, timeZone);
  const given = say('kti.last', { count: n, day });
  return isFormer ? `${given}, ${say('kti.in-former-words')}` : given;
}

function ungradedOf({ ungraded, round }: Summary, { say, language }: Voice): string {
  const names = ungraded.map(({ kti, last }) => {
    const name = `“${shortened(titleOf(kti, language), nameLetters)}”`;
    return last ? say('kti.ungraded-last', { name, mean: gradeOf(last.mean, last.n, say) }) : name;
  });
  const key = round && isRunning(round) ? 'kti.summary-ungraded' : 'kti.summary-skipped';
  return say(key, { names: names.join(', ') });
}

/** What was not asked this time, as it stands: the lowest. */
function othersOf(others: Standstill[], voice: Voice): Element[] {
  const { say, language } = voice;
  if (others.length === 0) return [];
  const lowest = others.toSorted((one, other) => one.mean - other.mean).slice(0, mostOthers);
  const facts = lowest.map((one) => ({
    label: shortened(titleOf(one.kti, language), nameLetters),
    value: `${gradeOf(one.mean, one.n, say)} · ${lastOf(one, voice)}`,
  }));
  return [strong(say('kti.summary-others')), { kind: 'facts', facts }];
}
