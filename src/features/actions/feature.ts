import type { Feature } from '../../chat/feature.ts';
import {
  changeAsked,
  changed,
  done,
  dropAsked,
  dropped,
  noteAsked,
  noted,
  reopen,
  show,
} from './end-feature.ts';
import { briefing, dossier } from './known-feature.ts';
import { listOf, listTyped } from './list-feature.ts';
import { dailyStart } from './morning-feature.ts';
import { overdue } from './overdue-feature.ts';
import {
  clientChosen,
  ktiAsked,
  ktiChosen,
  opened,
  others,
  startOwnAsked,
  typed,
} from './propose-feature.ts';
import { ownStarted, startAsked, started } from './start-feature.ts';
import { migrations, moveActions } from './store.ts';
import { tellAsked, told, untold } from './tell-feature.ts';

/** What the team does so that a client grades something higher. */
export const actions: Feature = {
  name: 'actions',
  migrations,
  commands: [
    {
      name: 'actions.propose',
      words: { nl: ['actie'], en: ['action'] },
      who: 'member',
      where: 'anywhere',
      run: (asked, { text }) => typed(asked, text),
    },
    {
      name: 'actions.list',
      words: { nl: ['acties'], en: ['actions'] },
      who: 'member',
      where: 'anywhere',
      run: (asked, { text }) => listTyped(asked, text),
    },
  ],
  presses: {
    'actions.client': { who: 'member', run: opened },
    'actions.propose': { who: 'member', run: others },
    'actions.kti': { who: 'member', run: ktiAsked },
    'actions.start': { who: 'member', run: startAsked },
    'actions.start-own': { who: 'member', run: startOwnAsked },
    'actions.list': { who: 'member', run: listOf },
    'actions.show': { who: 'member', run: show },
    'actions.done': { who: 'member', run: done },
    'actions.change': { who: 'member', run: changeAsked },
    'actions.drop': { who: 'member', run: dropAsked },
    'actions.reopen': { who: 'member', run: reopen },
    'actions.tell': { who: 'member', run: tellAsked },
    'actions.noticed': { who: 'member', run: noteAsked('noticed') },
    'actions.not-yet': { who: 'member', run: noteAsked('not-yet') },
  },
  forms: {
    'actions.client': { who: 'member', run: clientChosen },
    'actions.kti': { who: 'member', run: ktiChosen },
    'actions.start': { who: 'member', run: started },
    'actions.start-own': { who: 'member', run: ownStarted },
    'actions.change': { who: 'member', run: changed },
    'actions.drop': { who: 'member', run: dropped },
    'actions.tell': { who: 'member', run: told },
    'actions.noticed': { who: 'member', run: noted('noticed') },
    'actions.not-yet': { who: 'member', run: noted('not-yet') },
  },
  jobs: { 'actions.untold': { run: untold } },
  dossier,
  briefing,
  dailyStart,
  reasons: [overdue],
  merged: moveActions,
};
