import type { Feature } from '../../chat/feature.ts';
import { board, boardTyped, column, show } from './board-feature.ts';
import { filled, opened, typed } from './bring-feature.ts';
import { checkAsked, checked, heard, heardAsked, type PutQuestion } from './check-feature.ts';
import { done, doneAsked, tellAsked, told, untold } from './done-feature.ts';
import { type AskGrade, gradeAsked } from './grade-feature.ts';
import { dossier, waiting } from './known-feature.ts';
import { dailyStart } from './morning-feature.ts';
import { back, declineAsked, declined, move } from './move-feature.ts';
import { join, vote } from './part-feature.ts';
import { editAsked, edited, planAsked, planned } from './plan-feature.ts';
import { settings } from './settings-feature.ts';
import { migrations, moveImprovements } from './store.ts';

/**
 * Ideas to improve, from anybody of us, over a board with the steps of PDCA. `put` asks a client one question, `grade` for a
 * grade for one expectation.
 */
export function improvements(put: PutQuestion, grade: AskGrade): Feature {
  return {
    name: 'improvements',
    migrations,
    commands: [
      {
        name: 'improvements.idea',
        words: { nl: ['verbetering', 'idee'], en: ['idea', 'improvement'] },
        who: 'member',
        where: 'anywhere',
        run: typed,
      },
      {
        name: 'improvements.board',
        words: { nl: ['bord'], en: ['board'] },
        who: 'member',
        where: 'anywhere',
        run: (asked, { text }) => boardTyped(asked, text),
      },
    ],
    presses: {
      'improvements.idea': { who: 'member', run: opened },
      'improvements.board': { who: 'member', run: board },
      'improvements.column': { who: 'member', run: column },
      'improvements.show': { who: 'member', run: show },
      'improvements.vote': { who: 'member', run: vote },
      'improvements.join': { who: 'member', run: join },
      'improvements.move': { who: 'member', run: move },
      'improvements.back': { who: 'member', run: back },
      'improvements.edit': { who: 'member', run: editAsked },
      'improvements.plan': { who: 'member', run: planAsked },
      'improvements.check': { who: 'member', run: checkAsked },
      'improvements.grade': { who: 'member', run: gradeAsked(grade) },
      'improvements.heard': { who: 'member', run: heardAsked },
      'improvements.done': { who: 'member', run: doneAsked },
      'improvements.tell': { who: 'member', run: tellAsked },
      'improvements.decline': { who: 'member', run: declineAsked },
    },
    forms: {
      'improvements.idea': { who: 'member', run: filled },
      'improvements.edit': { who: 'member', run: edited },
      'improvements.plan': { who: 'member', run: planned },
      'improvements.check': { who: 'member', run: checked(put) },
      'improvements.heard': { who: 'member', run: heard },
      'improvements.done': { who: 'member', run: done },
      'improvements.tell': { who: 'member', run: told },
      'improvements.decline': { who: 'member', run: declined },
    },
    jobs: { 'improvements.untold': { run: untold } },
    settings,
    dossier,
    dailyStart,
    reasons: [waiting],
    merged: moveImprovements,
  };
}
