import { subtle } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import { ends, words } from './form-cards.ts';
import { type Improvement, limits } from './improvements.ts';

/** The forms of how it ends: declined, checked with the client, done, told. */

/** Why it is declined; `reader`: who asks, to whom it is said that the maker reads it. */
export function declineForm(one: Improvement, reader: string, say: Say): Form {
  const own = one.maker.id === reader;
  const about = own
    ? say('improvements.decline-own')
    : say('improvements.decline-about', { name: one.maker.name });
  return {
    name: 'improvements.decline',
    subject: one.id,
    title: say('improvements.decline'),
    intro: [{ kind: 'quote', text: one.text }, subtle(about)],
    fields: [words('reason', say('improvements.decline-reason'))],
    ...ends(say, say('improvements.decline')),
  };
}

/** What the client is asked. He reads the words, so they are written for him: the idea's own are ours. `voice`: his. */
export function checkForm(one: Improvement, client: Pick<Client, 'name'>, voice: Voice, say: Say): Form {
  const example = voice.say('polls.csat.question-about', { topic: '…' });
  return {
    name: 'improvements.check',
    subject: one.id,
    title: say('improvements.check'),
    intro: [
      { kind: 'quote', text: one.text },
      subtle(say('improvements.check-about', { client: client.name, question: example })),
    ],
    fields: [
      words('topic', say('improvements.check-topic'), {
        ...{ hint: say('improvements.check-hint'), maxLength: limits.topic, multiline: false },
      }),
    ],
    ...ends(say, say('improvements.check-send')),
  };
}

/** What the client says of it, as one of us heard it. */
export function heardForm(one: Improvement, client: Pick<Client, 'name'> | undefined, say: Say): Form {
  const label = client
    ? say('improvements.heard-helped-of', { client: client.name })
    : say('improvements.heard-helped');
  return {
    name: 'improvements.heard',
    subject: one.id,
    title: say('improvements.heard'),
    intro: [{ kind: 'quote', text: one.text }, subtle(say('improvements.heard-about'))],
    fields: [
      {
        kind: 'choice',
        id: 'helped',
        label,
        choices: (['yes', 'partly', 'no'] as const).map((value) => ({
          value,
          label: say(`improvements.helped-${value}`),
        })),
        value: one.helped,
      },
      words('words', say('improvements.heard-words'), { value: one.heard, optional: true }),
    ],
    ...ends(say),
  };
}

/** In which words it is a success. */
export function doneForm(one: Improvement, say: Say): Form {
  return {
    name: 'improvements.done',
    subject: one.id,
    title: say('improvements.done'),
    intro: [subtle(say('improvements.done-about'))],
    fields: [words('words', say('improvements.done-words'), { value: one.text })],
    ...ends(say, say('improvements.done-send')),
  };
}

/** What the client is told, below what he said: a colleague may have written that down, for the team, so it can be set right. */
export function tellForm(one: Improvement, client: string, said: string | undefined, say: Say): Form {
  return {
    name: 'improvements.tell',
    subject: one.id,
    title: say('improvements.tell'),
    intro: [subtle(say('improvements.tell-about', { client }))],
    fields: [
      ...(said
        ? [
            words('said', say('improvements.tell-said'), {
              value: said,
              optional: true,
              hint: say('feedback.share-said-hint'),
            }),
          ]
        : []),
      words('words', say('improvements.tell-words')),
    ],
    ...ends(say, say('improvements.tell-send')),
  };
}
