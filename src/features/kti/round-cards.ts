import type { Button } from '../../chat/card.ts';
import type { Say } from '../../text/say.ts';
import type { Round } from './kti.ts';
import { stopButton } from './plan-cards.ts';
import type { Plan } from './plan-rules.ts';

/** What one of the client's team does with a round that has not ended. */

/** All of it. `graded`: somebody has, so it can be closed and not be withdrawn. `daily`: the plan that goes on after it. */
export function runningButtons(
  round: Pick<Round, 'id' | 'state'>,
  { client, graded, daily }: { client: string; graded: boolean; daily?: Plan | undefined },
  say: Say,
): Button[] {
  if (round.state === 'forecast') return [predictButton(round, say), ...forecastButtons(round, say)];
  return [
    closeButton(round, { client, daily }, say),
    ...(graded ? [] : [cancelButton(round, say)]),
    ...(daily ? [stopButton(daily, say)] : []),
  ];
}

export function predictButton({ id }: Pick<Round, 'id'>, say: Say): Button {
  return { press: 'kti.forecast', subject: id, label: say('kti.forecast') };
}

/** To ask the client now that the team predicts first, or not at all. */
export function forecastButtons(round: Pick<Round, 'id'>, say: Say): Button[] {
  const put: Button = {
    ...{ press: 'kti.put', subject: round.id, label: say('kti.put') },
    confirm: {
      ...{ title: say('kti.put-title'), text: say('kti.put-text') },
      ...{ yes: say('kti.put'), no: say('kti.put-no') },
    },
  };
  return [put, cancelButton(round, say, 'kti.cancel-forecast')];
}

function closeButton(
  { id }: Pick<Round, 'id'>,
  { client, daily }: { client: string; daily: Plan | undefined },
  say: Say,
): Button {
  return {
    ...{ press: 'kti.close', subject: id, label: say('kti.close') },
    confirm: {
      ...{
        title: say('kti.close-title'),
        text: say(daily ? 'kti.close-text-plan' : 'kti.close-text', { client }),
      },
      ...{ yes: say('kti.close-yes'), no: say('kti.close-no') },
    },
  };
}

/** `text`: what comes of it. */
export function cancelButton(
  { id }: Pick<Round, 'id'>,
  say: Say,
  text: 'kti.cancel-text' | 'kti.cancel-forecast' = 'kti.cancel-text',
): Button {
  return {
    ...{ press: 'kti.cancel', subject: id, label: say('kti.cancel'), style: 'danger' },
    confirm: {
      ...{ title: say('kti.cancel-title'), text: say(text) },
      ...{ yes: say('polls.cancel-yes'), no: say('polls.cancel-no') },
    },
  };
}
