import type { Card } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Source } from '../kti/kti.ts';
import type { Action } from './actions.ts';
import { titleOf } from './catalogue-rules.ts';

/** To the client, on purpose: what he expects, and what was done for it. */
export function toldCard(
  {
    said,
    did,
    source = 'expectation',
  }: { said: string | undefined; did: string; source?: Source | undefined },
  { say }: Voice,
): Card {
  const title = say('actions.told-title');
  return {
    summary: `${title}: ${did}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(said
        ? [
            { kind: 'text' as const, text: say(`actions.told-${source}`), style: 'strong' as const },
            { kind: 'quote' as const, text: said },
          ]
        : []),
      { kind: 'text', text: say('actions.told-did'), style: 'strong' },
      { kind: 'text', text: did },
    ],
  };
}

/** To whoever wanted to tell him: it could not be posted. */
export function untoldCard(one: Action, { say, language }: Voice): Card {
  const text = say('actions.untold', { title: titleOf(one, language) });
  const again = { press: 'actions.tell', subject: one.id, label: say('actions.tell') };
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [again] },
    ],
  };
}
