import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { limits } from './actions.ts';
import type { Asking } from './asking-rules.ts';
import { ends, howFields, words } from './form-cards.ts';
import { whichKti } from './propose-cards.ts';

/** Starts one that somebody had in mind already: in his words, for any of what the client graded. */
export function ownWordsForm(
  about: {
    client: Pick<Client, 'id' | 'name'>;
    all: Asking[];
    title: string | undefined;
    people: Colleague[];
    me: string;
  },
  voice: Voice,
): Form {
  const { client, all, title } = about;
  const { say } = voice;
  return {
    // With the words: where a form opens by a button alone, they come along.
    ...{ name: 'actions.start-own', subject: `${client.id}.${title ?? ''}` },
    title: say('actions.form-start'),
    intro: [{ kind: 'text', text: client.name, style: 'strong' }],
    fields: [
      words('title', say('actions.which'), { multiline: false, maxLength: limits.title, value: title }),
      { ...whichKti(all, voice), value: all[0]?.kti.id },
      ...howFields(about, say),
      words('consulted', say('actions.consulted'), {
        ...{ optional: true, multiline: false, maxLength: limits.consulted },
      }),
    ],
    ...ends(say, say('actions.start-send')),
  };
}
