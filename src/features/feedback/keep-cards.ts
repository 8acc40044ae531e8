import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { clientFields } from './client-cards.ts';
import { kinds, limits } from './feedback.ts';
import { dayField, linkField, saidByField } from './form-cards.ts';

/** What is kept of a message, as far as it is known; all of it can be set right. */
type Found = {
  text?: string | undefined;
  saidBy?: string | undefined;
  link?: string | undefined;
  day: Temporal.PlainDate;
};

/** Asks what a message is, and of which client; its words, its day and its link are in it already. */
export function keepForm(
  found: Found,
  {
    client,
    clients,
    today,
  }: {
    client?: string | undefined;
    clients: Pick<Client, 'id' | 'name'>[];
    today: Temporal.PlainDate;
  },
  { say, language }: Pick<Voice, 'say' | 'language'>,
): Form {
  const chosen = clients.find(({ id }) => id === client) ?? (clients.length === 1 ? clients[0] : undefined);
  // First, so that it is among those that there is room for.
  const inOrder = [...(chosen ? [chosen] : []), ...clients.filter((one) => one !== chosen)];
  const none = { value: 'none', label: say('feedback.keep-no-client') };
  return {
    name: 'feedback.keep',
    title: say('feedback.keep'),
    intro: [{ kind: 'text', text: say('feedback.keep-about'), style: 'subtle' }],
    fields: [
      {
        kind: 'choice',
        id: 'kind',
        label: say('feedback.keep-kind'),
        choices: kinds.map((kind) => ({ value: kind, label: say(`feedback.kind-${kind}`) })),
      },
      ...clientFields(inOrder, { last: [none], value: chosen?.id }, say),
      {
        kind: 'text',
        id: 'text',
        label: say('feedback.keep-text'),
        multiline: true,
        maxLength: limits.text,
        value: found.text,
      },
      saidByField(found.saidBy, say),
      dayField(found.day, today, { say, language }),
      linkField(found.link, say),
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}
