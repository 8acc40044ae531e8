import type { Feature } from '../../chat/feature.ts';
import type { Follow } from '../follow-ups/follow-ups.ts';
import { filled, hubButton, pressed, typed } from './ask-feature.ts';
import { cancel, closing } from './close-feature.ts';
import { followed } from './followed-feature.ts';
import { predict, predicted } from './forecast-feature.ts';
import { grading, open, thanked } from './grade-feature.ts';
import { belowAverage, briefing, dailyStart, dossier } from './known-feature.ts';
import { merging } from './merge-feature.ts';
import { moveKtis } from './merge-store.ts';
import { putDue, putNow } from './open-feature.ts';
import { answerPage } from './page-feature.ts';
import { planDue } from './plan-due-feature.ts';
import { planning } from './plan-feature.ts';
import {
  chooseQuestion,
  chosenQuestion,
  editedQuestion,
  editQuestion,
  leaveOut,
  listQuestions,
  takeIn,
  wordBack,
} from './question-feature.ts';
import { remind } from './remind-feature.ts';
import { settings } from './settings-feature.ts';
import { shareAsked, shared, unshared } from './share-feature.ts';
import { spreading } from './spread-feature.ts';
import { migrations } from './store.ts';
import { closingSummary, reasonsPressed, summaryPressed, summaryTyped } from './summary-feature.ts';
import { teamPressed } from './team-feature.ts';
import { unasked } from './unasked-feature.ts';
import { weeklyDue, weeklyPressed, weeklyUnposted } from './weekly-feature.ts';

export { askForOne } from './one-feature.ts';

/** Clients grade what they confirmed that they expect, and the team acts on it. `follow`: somebody calls after a failure. */
export function kti(follow: Follow): Feature {
  const grades = grading(follow);
  const close = closing((at, { round }) => closingSummary(at, round));
  const spread = spreading(close.close);
  const plan = planning(spread);
  return {
    name: 'kti',
    migrations,
    commands: [
      {
        name: 'kti.ask',
        words: { nl: ['kti vragen'], en: ['kti ask'] },
        who: 'member',
        where: 'anywhere',
        run: (asked, { text }) => typed(asked, text),
      },
      {
        name: 'kti.summary',
        // Under a client's overview are the buttons that close and withdraw its round.
        words: {
          nl: ['kti overzicht', 'kti samenvatting', 'kti sluiten', 'kti intrekken'],
          en: ['kti summary', 'kti close', 'kti cancel'],
        },
        who: 'member',
        where: 'anywhere',
        run: (asked, { text }) => summaryTyped(asked, text),
      },
      {
        name: 'kti.start',
        words: { nl: ['kti'], en: ['kti'] },
        who: 'member',
        where: 'anywhere',
        bare: true,
        run: (asked) => summaryTyped(asked, ''),
      },
      {
        name: 'kti.plan',
        words: { nl: ['kti plannen'], en: ['kti plan'] },
        who: 'member',
        where: 'anywhere',
        run: (asked, { text }) => plan.typed(asked, text),
      },
      {
        name: 'kti.questions',
        words: { nl: ['kti standaardvragen'], en: ['kti questions'] },
        who: 'member',
        where: 'anywhere',
        run: listQuestions,
      },
    ],
    presses: {
      'kti.ask': { who: 'member', run: pressed },
      'kti.open': { who: 'anyone', run: open },
      'kti.grade': { who: 'anyone', run: grades.press },
      'kti.close': { who: 'member', run: close.pressed },
      'kti.cancel': { who: 'member', run: cancel },
      'kti.summary': { who: 'member', run: summaryPressed },
      'kti.reasons': { who: 'member', run: reasonsPressed },
      'kti.share': { who: 'member', run: shareAsked },
      'kti.team': { who: 'member', run: teamPressed },
      'kti.weekly': { who: 'member', run: weeklyPressed },
      'kti.plan': { who: 'member', run: plan.pressed },
      'kti.plan-stop': { who: 'member', run: plan.stopPressed },
      'kti.forecast': { who: 'member', run: predict },
      'kti.put': { who: 'member', run: putNow },
      'kti.questions': { who: 'member', run: listQuestions },
      'kti.question': { who: 'admin', run: chooseQuestion },
      'kti.question-edit': { who: 'admin', run: editQuestion },
      'kti.question-out': { who: 'admin', run: leaveOut },
      'kti.question-in': { who: 'admin', run: takeIn },
      'kti.question-back': { who: 'admin', run: wordBack },
    },
    forms: {
      'kti.ask': { who: 'member', run: filled },
      'kti.grade': { who: 'anyone', run: grades.sent },
      'kti.share': { who: 'member', run: shared },
      'kti.plan': { who: 'member', run: plan.filled },
      'kti.forecast': { who: 'member', run: predicted },
      'kti.question': { who: 'admin', run: chosenQuestion },
      'kti.question-edit': { who: 'admin', run: editedQuestion },
    },
    jobs: {
      'kti.close': { run: close.due },
      'kti.thanked': { run: thanked },
      'kti.remind': { run: remind },
      'kti.unasked': { run: unasked },
      'kti.put': { run: putDue },
      'kti.plan': { run: planDue(spread) },
      'kti.weekly': { run: weeklyDue },
      'kti.weekly-unposted': { run: weeklyUnposted },
      'kti.unshared': { run: unshared },
    },
    pages: { 'kti.answer': answerPage(grades) },
    settings,
    hub: [{ who: 'member', button: hubButton }],
    dossier,
    briefing,
    dailyStart,
    reasons: [belowAverage],
    followed,
    merging: merging(spread),
    merged: moveKtis,
  };
}
