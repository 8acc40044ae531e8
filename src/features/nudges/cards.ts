import { type Button, besides, type Card, type Element } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Say } from '../../text/say.ts';

/** One thing that waits, with what one can do about it. */
export type Told = { text: string; buttons: Button[] };

/** How long something can wait. */
export const waits = ['hour', 'tomorrow', 'week'] as const;
export type Wait = (typeof waits)[number];

/**
 * What waits for somebody, the heaviest first, and how to hear of it later. `id` is the message's own: what is put off is
 * what stands in it.
 */
export function betweenCard(told: Told[], opening: string, id: string, say: Say): Card {
  const [only, ...more] = told;
  const single = more.length === 0 && only;
  return {
    summary: single ? single.text : opening,
    elements: [
      ...(single ? [] : [{ kind: 'text' as const, text: opening, style: 'heading' as const }]),
      ...told.flatMap(({ text, buttons }): Element[] => [
        { kind: 'text', text, style: single ? 'strong' : undefined },
        ...(buttons.length > 0
          ? // The answer about one of them leaves the others, and the way to put them off.
            [{ kind: 'buttons' as const, buttons: single ? buttons : buttons.map(besides) }]
          : []),
      ]),
      { kind: 'divider' },
      { kind: 'text', text: say('nudges.later'), style: 'subtle' },
      {
        kind: 'buttons',
        buttons: [
          ...waits.map((wait) => ({
            press: `nudges.snooze.${wait}`,
            subject: id,
            label: say(`nudges.snooze-${wait}`),
          })),
          besides({ press: 'nudges.show', label: say('nudges.less') }),
        ],
      },
    ],
  };
}

/** How somebody is nudged now, and how he can change that. */
export type State = {
  paused: string | undefined;
  muted: { id: string; name: string }[];
  when: string;
  /** By which clock: a time zone's name. */
  zone: string;
};

export function stateCard({ paused, muted, when, zone }: State, say: Say, done?: string): Card {
  const title = say('nudges.title');
  const names = muted.map(({ name }) => name).join(', ');
  return {
    summary: done ?? title,
    elements: [
      ...(done ? [{ kind: 'text' as const, text: done, style: 'strong' as const }] : []),
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: say('nudges.about') },
      {
        kind: 'facts',
        facts: [
          { label: say('nudges.fact-when'), value: when },
          { label: say('nudges.fact-paused'), value: paused ?? say('nudges.not-paused') },
          { label: say('nudges.fact-muted'), value: names === '' ? say('nudges.none-muted') : names },
        ],
      },
      // Beside a label a phone has no room for so long a word.
      { kind: 'text', text: say('nudges.zone', { zone }), style: 'subtle' },
      {
        kind: 'buttons',
        buttons: [
          paused === undefined
            ? { press: 'nudges.pause', label: say('nudges.pause') }
            : { press: 'nudges.resume', label: say('nudges.resume'), style: 'primary' },
          { press: 'nudges.mute', label: say('nudges.mute') },
          ...(muted.length > 0 ? [{ press: 'nudges.unmute', label: say('nudges.unmute') }] : []),
          { press: 'settings.person', label: say('nudges.hours') },
        ],
      },
    ],
  };
}

/** Until when nothing comes: one of some days from today, or another day, typed. */
export function pauseForm(choices: { value: string; label: string }[], say: Say): Form {
  return {
    name: 'nudges.pause',
    title: say('nudges.pause'),
    intro: [{ kind: 'text', text: say('nudges.pause-intro') }],
    fields: [
      { kind: 'choice', id: 'until', label: say('nudges.pause-until'), choices, optional: true },
      {
        kind: 'text',
        id: 'day',
        label: say('nudges.pause-day'),
        hint: say('nudges.pause-day-hint'),
        maxLength: 60,
        optional: true,
      },
    ],
    send: say('nudges.pause'),
    cancel: say('settings.cancel'),
  };
}

/** Of which client. */
export function clientForm(
  name: 'nudges.mute' | 'nudges.unmute',
  clients: { id: string; name: string }[],
  say: Say,
): Form {
  return {
    name,
    title: say(name),
    fields: [
      {
        kind: 'choice',
        id: 'client',
        label: say('expectations.note-client'),
        choices: clients.slice(0, 100).map(({ id: value, name: label }) => ({ value, label })),
      },
    ],
    // Short: a phone clips what is longer.
    send: say(`${name}-send`),
    cancel: say('settings.cancel'),
  };
}
