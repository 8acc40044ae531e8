import type { Button, Card } from '../../chat/card.ts';
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
    send: say('expectations.send-short'),
    cancel: say('settings.cancel'),
  };
}

function labelOf({ name, role, email, person }: Contact): string {
  return [name, ...(role ? [role] : []), ...(person === undefined && email ? [email] : [])].join(' · ');
}

/** By mail: the wording, who sends it, and the way to answer. */
export function mailCard(
  { direction, wording }: Expectation,
  { say, language }: Voice,
  { url, by }: { url: string; by: string },
): Card {
  return {
    summary: say(`confirm.title-${direction}`),
    language,
    elements: [
      { kind: 'text', text: say(`confirm.title-${direction}`), style: 'heading' },
      { kind: 'text', text: say('confirm.by', { name: by }), style: 'subtle' },
      ...wordingOf(wording, say),
      { kind: 'text', text: `${say('confirm.mail')} ${say('confirm.who-alone')}` },
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

/** The way to one more whom a client's questions can be put to. */
export function addContact({ id }: Pick<Client, 'id'>, say: Say): Button {
  return { press: 'clients.contact', subject: id, label: say('expectations.add-contact') };
}

/** To the owner: it did not reach the client's channel, or the contact, and how it may yet. */
export function unsentCard(client: Client, { id, wording }: Expectation, say: Say): Card {
  const isChannel = wording.sentTo.place !== undefined;
  const text = say(isChannel ? 'expectations.unsent-channel' : 'expectations.unsent', {
    client: client.name,
  });
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'quote', text: wording.text },
      {
        kind: 'buttons',
        buttons: [
          {
            press: 'expectations.send',
            subject: id,
            label: say('expectations.send-again'),
            style: 'primary',
          },
          ...(isChannel ? [] : [addContact(client, say)]),
        ],
      },
    ],
  };
}
