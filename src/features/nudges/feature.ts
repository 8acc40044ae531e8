import type { Feature } from '../../chat/feature.ts';
import { snoozed, telling } from './between-feature.ts';
import { clientAsked, clientFilled, show } from './own-feature.ts';
import { pauseAsked, pauseFilled, pauseTyped, resume } from './pause-feature.ts';
import { planning } from './plan-feature.ts';
import { settings } from './settings-feature.ts';
import { migrations, moveMutes } from './store.ts';
import { unsent } from './unsent-feature.ts';

/** Who of the team is told what, and when: at the right moment, rarely, alone. The reasons are the others'. */
export function nudges(others: Feature[]): Feature {
  return {
    name: 'nudges',
    migrations,
    commands: [
      {
        name: 'nudges.show',
        words: { nl: ['seintjes', 'seintje'], en: ['nudges', 'nudge'] },
        who: 'member',
        where: 'anywhere',
        run: (asked) => show(asked),
      },
      {
        name: 'nudges.pause',
        words: {
          nl: ['seintjes pauze', 'seintjes pauzeren', 'seintjes uit', 'pauze'],
          en: ['nudges pause', 'nudges off', 'pause'],
        },
        who: 'member',
        where: 'anywhere',
        run: pauseTyped,
      },
      {
        name: 'nudges.resume',
        words: { nl: ['seintjes aan'], en: ['nudges on'] },
        who: 'member',
        where: 'anywhere',
        bare: true,
        run: resume,
      },
    ],
    presses: {
      'nudges.show': { who: 'member', run: (asked) => show(asked) },
      'nudges.snooze': { who: 'member', run: snoozed },
      'nudges.pause': { who: 'member', run: pauseAsked },
      'nudges.resume': { who: 'member', run: resume },
      'nudges.mute': { who: 'member', run: clientAsked('nudges.mute') },
      'nudges.unmute': { who: 'member', run: clientAsked('nudges.unmute') },
    },
    forms: {
      'nudges.pause': { who: 'member', run: pauseFilled },
      'nudges.mute': { who: 'member', run: clientFilled('nudges.mute') },
      'nudges.unmute': { who: 'member', run: clientFilled('nudges.unmute') },
    },
    jobs: {
      'nudges.plan': { run: planning(others) },
      'nudges.between': { run: telling(others) },
      'nudges.unsent': { run: unsent },
    },
    regular: ['nudges.plan'],
    merged: moveMutes,
    settings,
  };
}
