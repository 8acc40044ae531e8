import type { Feature } from '../../chat/feature.ts';
import { askCorrection, confirm, correct, doubt } from './answer-feature.ts';
import { concreteSent, openConcrete } from './concrete-feature.ts';
import { editSent, openEdit } from './edit-feature.ts';
import { askAgain, feasible, notFeasible } from './feasible-feature.ts';
import { briefing, reasons } from './known-feature.ts';
import { dossier, listOf, over } from './list-feature.ts';
import { dailyStart } from './morning-feature.ts';
import { noteSent, openNote, typed } from './note-feature.ts';
import { askFirst, down, first, order, up } from './order-feature.ts';
import { moveExpectations } from './order-store.ts';
import { answerPage, documentPage } from './page-feature.ts';
import { met, notMet, review, withdraw } from './review-feature.ts';
import { send, sendAnyway, sendTo, unsent } from './send-feature.ts';
import { settings } from './settings-feature.ts';
import { history, show } from './show-feature.ts';
import { migrations } from './store.ts';
import { unheard } from './telling-feature.ts';
import { mine } from './view-feature.ts';

export { noteFor } from './note-feature.ts';

/** What a client expects of us, and we of it: noted, made concrete, confirmed by the client, and looked at again. */
export const expectations: Feature = {
  name: 'expectations',
  migrations,
  commands: [
    {
      name: 'expectations.note',
      words: {
        nl: ['verwacht', 'verwachting', 'verwachtingen'],
        en: ['expect', 'expectation', 'expectations'],
      },
      who: 'anyone',
      where: 'anywhere',
      // `expect: two things: fast and good`: all of it are the client's words.
      run: (asked, { text, colon }) => typed(asked, colon ? `: ${text}` : text),
    },
    {
      name: 'expectations.note-ours',
      words: { nl: ['wij verwachten van'], en: ['we expect of', 'we expect from'] },
      who: 'member',
      where: 'anywhere',
      run: (asked, { text }) => typed(asked, text, 'ours'),
    },
  ],
  presses: {
    'expectations.note': { who: 'member', run: openNote },
    'expectations.edit': { who: 'member', run: openEdit },
    'expectations.concrete': { who: 'member', run: openConcrete },
    'expectations.send': { who: 'member', run: send },
    'expectations.send-anyway': { who: 'member', run: sendAnyway },
    'expectations.send-to': { who: 'member', run: sendAnyway },
    'expectations.list': { who: 'member', run: listOf },
    'expectations.show': { who: 'member', run: show },
    'expectations.history': { who: 'member', run: history },
    'expectations.over': { who: 'member', run: over },
    'expectations.order': { who: 'member', run: order },
    'expectations.up': { who: 'member', run: up },
    'expectations.down': { who: 'member', run: down },
    'expectations.ask-first': { who: 'member', run: askFirst },
    'expectations.met': { who: 'member', run: met },
    'expectations.not-met': { who: 'member', run: notMet },
    'expectations.withdraw': { who: 'member', run: withdraw },
    'expectations.ask-manager': { who: 'member', run: askAgain },
    'expectations.feasible': { who: 'member', run: feasible },
    'expectations.not-feasible': { who: 'member', run: notFeasible },
    'expectations.confirm': { who: 'anyone', run: confirm },
    'expectations.correct': { who: 'anyone', run: askCorrection },
    'expectations.doubt': { who: 'anyone', run: doubt },
    'expectations.first': { who: 'anyone', run: first },
    'expectations.mine': { who: 'anyone', run: mine },
  },
  forms: {
    'expectations.note': { who: 'member', run: noteSent },
    'expectations.edit': { who: 'member', run: editSent },
    'expectations.concrete': { who: 'member', run: concreteSent },
    'expectations.send-to': { who: 'member', run: sendTo },
    'expectations.correct': { who: 'anyone', run: correct },
  },
  jobs: {
    'expectations.review': { run: review },
    'expectations.unsent': { run: unsent },
    'expectations.unheard': { run: unheard },
  },
  pages: { 'expectations.answer': answerPage, 'expectations.document': documentPage },
  settings,
  dossier,
  dailyStart,
  briefing,
  reasons,
  merged: moveExpectations,
  hub: [
    {
      who: 'anyone',
      button: ({ person, say }) =>
        person.outsider
          ? { press: 'expectations.mine', label: say('confirm.mine') }
          : { press: 'expectations.note', label: say('expectations.hub'), style: 'primary' },
    },
  ],
};
