import { besides, type Card } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import { listOf } from '../../text/list.ts';
import type { Client } from '../clients/clients.ts';
import { type Measured, measuredIn } from './cards.ts';
import type { Improvement } from './improvements.ts';

/** What others are told of an improvement. */

/** To its maker: it is declined, and why. */
export function declinedCard({ id, text, movedBy }: Improvement, reason: string, { say }: Voice): Card {
  const title = say('improvements.declined-title');
  const show = { press: 'improvements.show', subject: id, label: say('improvements.show') };
  return {
    summary: `${title}: ${reason}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'quote', text },
      { kind: 'text', text: say('improvements.declined-because', { name: movedBy.name }), style: 'strong' },
      { kind: 'text', text: reason },
      { kind: 'text', text: say('improvements.declined-thanks'), style: 'subtle' },
      { kind: 'buttons', buttons: [besides(show)] },
    ],
  };
}

/** To the team: it is done, and thanks to whom. */
export function celebrationCard(
  {
    one,
    client,
    text,
    after,
  }: {
    one: Improvement;
    client: Pick<Client, 'name'> | undefined;
    text: string;
    after: Measured | undefined;
  },
  voice: Voice,
): Card {
  const { say, language } = voice;
  const title = client
    ? say('improvements.done-title-of', { client: client.name })
    : say('improvements.done-title');
  const names = listOf(
    one.doers.map(({ name }) => name),
    language,
  );
  const said = [
    ...(one.helped ? [say(`improvements.done-helped-${one.helped}`)] : []),
    ...(after && after.n > 0 ? [say('improvements.done-after', { figure: measuredIn(after, voice) })] : []),
  ];
  return {
    summary: `${title}: ${text}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'quote', text },
      { kind: 'text', text: say('improvements.done-by', { names }), style: 'strong' },
      ...(one.doers.some(({ id }) => id === one.maker.id)
        ? []
        : [{ kind: 'text' as const, text: say('improvements.done-idea', { name: one.maker.name }) }]),
      ...said.map((line) => ({ kind: 'text' as const, text: line })),
      {
        kind: 'buttons',
        buttons: [besides({ press: 'improvements.show', subject: one.id, label: say('improvements.show') })],
      },
    ],
  };
}

/** To the client, on purpose: what he said, where those are words that he knows, and what was done. */
export function toldCard(said: string | undefined, done: string, { say }: Voice): Card {
  const title = say('improvements.told-title');
  return {
    summary: `${title}: ${done}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(said ? [{ kind: 'quote' as const, text: said }] : []),
      { kind: 'text', text: done },
    ],
  };
}
