import type { Feature } from '../../chat/feature.ts';
import { askAgain, cancelled, moreAsked, moreFilled, notRaised, raised } from './after-feature.ts';
import { after, briefing as briefingOf } from './briefing-feature.ts';
import {
  agenda,
  agendaTyped,
  calendarAsked,
  calendarFilled,
  calendarRemoved,
  calendars,
  readAtLast,
  unread,
  untieAsked,
  untied,
} from './calendar-feature.ts';
import { briefing, dossier, quiet } from './known-feature.ts';
import { listTyped } from './list-feature.ts';
import { lookAhead, showLookAhead } from './look-ahead-feature.ts';
import { meeting } from './meeting-feature.ts';
import { dailyStart } from './morning-feature.ts';
import { report, reportTyped } from './report-feature.ts';
import { settings } from './settings-feature.ts';
import { migrations, moveConversations } from './store.ts';
import { changeAsked, changeFilled, planAsked, talkAsked, talkFilled, typed } from './talk-feature.ts';
import { told } from './told-feature.ts';
import { otherAsked, otherFilled, passBack, settle, take, warnAsked, warnFilled } from './warning-feature.ts';
import { unheard } from './warning-unheard-feature.ts';

/** Conversations with a client: planned or noted afterwards, briefed before, asked about after. */
export function conversations(others: Feature[]): Feature {
  const brief = briefingOf([{ name: 'conversations', briefing }, ...others]);
  return {
    name: 'conversations',
    migrations,
    commands: [
      {
        name: 'conversations.talk',
        words: { nl: ['gesprek'], en: ['talk'] },
        who: 'member',
        where: 'anywhere',
        run: typed,
      },
      {
        name: 'conversations.report',
        words: { nl: ['gesprek overzicht'], en: ['talk report'] },
        who: 'member',
        where: 'anywhere',
        run: (asked, { text }) => reportTyped(asked, text),
      },
      {
        name: 'conversations.list',
        words: { nl: ['gesprekken'], en: ['talks'] },
        who: 'member',
        where: 'anywhere',
        run: (asked, { text }) => listTyped(asked, text),
      },
      {
        name: 'conversations.agenda',
        words: { nl: ['agenda'], en: ['agenda', 'calendar'] },
        who: 'member',
        where: 'anywhere',
        run: (asked, { text }) => agendaTyped(asked, text),
      },
    ],
    presses: {
      'conversations.agenda': { who: 'member', run: agenda },
      'conversations.calendar': { who: 'member', run: calendarAsked },
      'conversations.calendar-remove': { who: 'member', run: calendarRemoved },
      'conversations.untie': { who: 'member', run: untieAsked },
      'conversations.untie-once': { who: 'member', run: untied(false) },
      'conversations.untie-series': { who: 'member', run: untied(true) },
      'conversations.talk': { who: 'member', run: talkAsked },
      'conversations.plan': { who: 'member', run: planAsked },
      'conversations.change': { who: 'member', run: changeAsked },
      'conversations.brief': { who: 'member', run: brief.shown },
      'conversations.ask': { who: 'member', run: askAgain },
      'conversations.raised': { who: 'member', run: raised },
      'conversations.more': { who: 'member', run: moreAsked },
      'conversations.not-raised': { who: 'member', run: notRaised },
      'conversations.cancelled': { who: 'member', run: cancelled },
      'conversations.warn': { who: 'member', run: warnAsked },
      'conversations.warn-other': { who: 'member', run: otherAsked },
      'conversations.take': { who: 'member', run: take },
      'conversations.pass-back': { who: 'member', run: passBack },
      'conversations.settle': { who: 'member', run: settle },
      'conversations.look-ahead': { who: 'member', run: showLookAhead },
      'conversations.report': { who: 'member', run: report },
    },
    forms: {
      'conversations.calendar': { who: 'member', run: calendarFilled },
      'conversations.talk': { who: 'member', run: talkFilled },
      'conversations.change': { who: 'member', run: changeFilled },
      'conversations.more': { who: 'member', run: moreFilled },
      'conversations.warn': { who: 'member', run: warnFilled },
      'conversations.warn-other': { who: 'member', run: otherFilled },
    },
    jobs: {
      'conversations.before': { run: brief.before },
      'conversations.day': { run: brief.day },
      'conversations.after': { run: after },
      'conversations.told': { run: told },
      'conversations.unread': { run: unread },
      'conversations.unheard': { run: unheard },
      'conversations.read': { run: readAtLast },
    },
    settings,
    meetings: { run: meeting },
    calendars,
    dossier,
    dailyStart,
    reasons: [quiet, lookAhead],
    merged: moveConversations,
    hub: [
      {
        who: 'member',
        button: ({ say }) => ({ press: 'conversations.talk', label: say('conversations.hub') }),
      },
    ],
  };
}
