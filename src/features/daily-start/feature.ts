import type { Feature } from '../../chat/feature.ts';
import { closeDue, closePressed, closeTyped, trend } from './closing-feature.ts';
import { opening, unposted } from './opening-feature.ts';
import {
  type Bringing,
  bringing,
  deedAsked,
  deedFilled,
  deedsAsked,
  ended,
  learnAsked,
  learnFilled,
  mood,
  nothing,
} from './part-feature.ts';
import { remind } from './remind-feature.ts';
import { renew } from './renew-feature.ts';
import { atAsked, atFilled, atTyped, off, show } from './schedule-feature.ts';
import { settings } from './settings-feature.ts';
import { migrations } from './store.ts';

/** A team's morning: what came of its clients, what the day brings, and how the team stands. */
export function dailyStart(others: Feature[], feedback: Bringing): Feature {
  const open = opening(others);
  const complaint = bringing('complaint', feedback);
  const compliment = bringing('compliment', feedback);
  return {
    name: 'daily-start',
    migrations,
    commands: [
      {
        name: 'daily-start.show',
        words: { nl: ['dagstart'], en: ['daily'] },
        who: 'member',
        where: 'channel',
        run: (asked, { text }) => (text.trim() === '' ? show(asked) : atTyped(asked, text)),
      },
      {
        name: 'daily-start.at',
        words: { nl: ['dagstart om'], en: ['daily at'] },
        who: 'member',
        where: 'channel',
        run: (asked, { text }) => atTyped(asked, text),
      },
      {
        name: 'daily-start.now',
        words: { nl: ['dagstart nu'], en: ['daily now'] },
        who: 'member',
        where: 'channel',
        run: open.now,
      },
      {
        name: 'daily-start.close',
        words: { nl: ['dagstart sluiten'], en: ['daily close'] },
        who: 'member',
        where: 'channel',
        run: closeTyped,
      },
      {
        name: 'daily-start.off',
        words: { nl: ['dagstart uit'], en: ['daily off'] },
        who: 'member',
        where: 'channel',
        run: off,
      },
    ],
    presses: {
      'daily-start.show': { who: 'member', where: 'channel', run: show },
      'daily-start.at': { who: 'member', where: 'channel', run: atAsked },
      'daily-start.now': { who: 'member', where: 'channel', run: open.now },
      'daily-start.close': { who: 'member', run: closePressed },
      'daily-start.off': { who: 'member', where: 'channel', run: off },
      'daily-start.complaint': { who: 'member', run: complaint.asked },
      'daily-start.compliment': { who: 'member', run: compliment.asked },
      'daily-start.nothing': { who: 'member', run: nothing },
      'daily-start.mood': { who: 'member', run: mood },
      'daily-start.learn': { who: 'member', run: learnAsked },
      'daily-start.deed': { who: 'member', run: deedAsked },
      'daily-start.deeds': { who: 'member', run: deedsAsked },
      'daily-start.done': { who: 'member', run: ended('done') },
      'daily-start.drop': { who: 'member', run: ended('drop') },
      'daily-start.trend': { who: 'member', run: trend },
    },
    forms: {
      'daily-start.at': { who: 'member', where: 'channel', run: atFilled },
      'daily-start.complaint': { who: 'member', run: complaint.filled },
      'daily-start.compliment': { who: 'member', run: compliment.filled },
      'daily-start.learn': { who: 'member', run: learnFilled },
      'daily-start.deed': { who: 'member', run: deedFilled },
    },
    jobs: {
      'daily-start.open': { run: open.due },
      'daily-start.close': { run: closeDue },
      'daily-start.remind': { run: remind },
      'daily-start.unposted': { run: unposted },
      'daily-start.renew': { run: renew },
    },
    settings,
    hub: [
      {
        who: 'member',
        button: ({ say, place }) =>
          place.kind === 'channel' && !place.shared
            ? { press: 'daily-start.show', label: say('daily-start.hub') }
            : undefined,
      },
    ],
  };
}
