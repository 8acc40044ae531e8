import type { Feature } from '../../chat/feature.ts';
import type { Follow } from '../follow-ups/follow-ups.ts';
import { filled, pressed, typed } from './ask-feature.ts';
import { cancel, closing } from './close-feature.ts';
import { followed } from './followed-feature.ts';
import { grading, open } from './grade-feature.ts';
import { remind, unasked } from './invite-feature.ts';
import { moveKtis } from './merge-store.ts';
import { answerPage } from './page-feature.ts';
import { settings } from './settings-feature.ts';
import { migrations } from './store.ts';

/** Clients grade what they confirmed that they expect, and the team acts on it. `follow`: somebody calls after a failure. */
export function kti(follow: Follow): Feature {
  const grades = grading(follow);
  const close = closing(async () => []);
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
    ],
    presses: {
      'kti.ask': { who: 'member', run: pressed },
      'kti.open': { who: 'anyone', run: open },
      'kti.grade': { who: 'anyone', run: grades.press },
      'kti.close': { who: 'member', run: close.pressed },
      'kti.cancel': { who: 'member', run: cancel },
    },
    forms: {
      'kti.ask': { who: 'member', run: filled },
      'kti.grade': { who: 'anyone', run: grades.sent },
    },
    jobs: {
      'kti.close': { run: close.due },
      'kti.remind': { run: remind },
      'kti.unasked': { run: unasked },
    },
    pages: { 'kti.answer': answerPage(grades) },
    settings,
    followed,
    merged: moveKtis,
  };
}
