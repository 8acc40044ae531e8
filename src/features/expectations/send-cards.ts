import type { Card } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Client, Contact } from '../clients/clients.ts';
import { wordingOf } from './cards.ts';
import type { Expectation } from './expectations.ts';

/** To whom it is put, where the client has no channel. */
export function toWhomForm(id: string, say: Say, contacts: Contact[]): Form {
  return {
    name: 'expectations.send-to',
    subject: id,
    title: say('expectations.send-title'),
    fields: [
      {
        kind: 'choice',
        id: 'contact',
        label: say('expectations.send-whom'),
        choices: contacts.slice(0, 100).map((contact) => ({ value: contact.id, label: labelOf(contact) })),
        value: contacts[0]?.id,
      },
    ],
    send: say('expectations.send'),
    cancel: say('settings.cancel'),
  };
}

function labelOf({ name, role, email, person }: Contact): string {
  return [name, ...(role ? [role] : []), ...(person === undefined && email ? [email] : [])].join(' · ');
}

/** By mail: the wording, and the way to answer. */
export function mailCard({ direction, wording }: Expectation, { say, language }: Voice, url: string): Card {
  return {
    summary: say(`confirm.title-${direction}`),
    language,
    elements: [
      { kind: 'text', text: say(`confirm.title-${direction}`), style: 'heading' },
      ...wordingOf(wording, say),
      { kind: 'text', text: say('confirm.mail') },
      { kind: 'buttons', buttons: [{ url, label: say('confirm.answer') }] },
    ],
  };
}

/** What was put before the client and where; `address`: where Belay cannot mail, to send on. */
export function sentCard(text: string, { wording }: Expectation, address?: string): Card {
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      ...(address === undefined ? [] : [{ kind: 'address' as const, url: address }]),
      { kind: 'quote', text: wording.text },
    ],
  };
}

/** To the owner: it did not reach the client, and how it may yet. */
export function unsentCard({ name }: Client, { id, wording }: Expectation, say: Say): Card {
  const text = say('expectations.unsent', { client: name });
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'quote', text: wording.text },
      {
        kind: 'buttons',
        buttons: [{ press: 'expectations.send', subject: id, label: say('expectations.send') }],
      },
    ],
  };
}
