import type { Button, Card, Element } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Say } from '../../text/say.ts';
import { type Client, type Colleague, type Contact, limits } from './clients.ts';
import { type About, aboutOf, choice, clientField, form, languageField } from './form-cards.ts';

/** A contact: a person of the chat, an address, or both. */
export function contactForm(say: Say, about: About, people: Colleague[]): Form {
  return form(say, {
    name: 'clients.contact',
    ...aboutOf(about),
    title: say('clients.contact-add'),
    fields: [
      ...clientField(about, say),
      { kind: 'person', id: 'person', label: say('clients.contact-person'), people, optional: true },
      {
        kind: 'text',
        id: 'email',
        label: say('clients.contact-email'),
        hint: say('clients.contact-hint'),
        placeholder: say('clients.contact-placeholder'),
        maxLength: limits.email,
        optional: true,
      },
      {
        kind: 'text',
        id: 'name',
        label: say('clients.contact-name'),
        maxLength: limits.name,
        optional: true,
      },
      {
        kind: 'text',
        id: 'role',
        label: say('clients.contact-role'),
        maxLength: limits.role,
        optional: true,
      },
      languageField(say, undefined, 'settings.language-automatic'),
    ],
    send: say('clients.add-send'),
  });
}

/** Which of the contacts that the team keeps is kept no longer. */
export function contactRemoveForm(say: Say, client: Client, listed: Contact[]): Form {
  return form(say, {
    name: 'clients.contact-remove',
    ...aboutOf({ client }),
    title: say('clients.contact-remove'),
    fields: [choice('contact', say('clients.contact'), listed)],
    send: say('clients.remove-send'),
  });
}

/** Somebody of the workspace: the new owner, the manager, or one more of the team. */
export function colleagueForm(
  say: Say,
  name: 'clients.owner' | 'clients.manager' | 'clients.team',
  about: About,
  people: Colleague[],
): Form {
  const said = {
    'clients.owner': {
      title: say('clients.owner-change'),
      label: say('clients.owner-whom'),
      hint: undefined,
      send: say('clients.owner-send'),
    },
    'clients.manager': {
      title: say('clients.manager-name'),
      label: say('settings.who'),
      hint: say('clients.manager-hint'),
      send: say('settings.save'),
    },
    'clients.team': {
      title: say('clients.team-add'),
      label: say('settings.who'),
      hint: undefined,
      send: say('clients.add-send'),
    },
  };
  const { title, label, hint, send } = said[name];
  return form(say, {
    name,
    ...aboutOf(about),
    title,
    fields: [...clientField(about, say), { kind: 'person', id: 'person', label, hint, people }],
    send,
  });
}

/** Contacts, each with his role and how he is reached. */
export function factsOfContacts(contacts: Contact[], say: Say): Element {
  const facts = contacts.map(({ name, role, person }) => ({
    label: name,
    value: [role, say(person ? 'clients.by-chat' : 'clients.by-mail')].filter(Boolean).join(' · '),
  }));
  return { kind: 'facts', facts };
}

/** So many contacts a page of all of them names. */
const inPage = 20;

/** All contacts of a client, a page at a time. */
export function contactsCard(client: Client, contacts: Contact[], asked: number, say: Say): Card {
  const title = say('clients.contacts-title', { client: client.name });
  const pages = Math.max(Math.ceil(contacts.length / inPage), 1);
  const page = Number.isInteger(asked) ? Math.min(Math.max(asked, 1), pages) : 1;
  const turn = (to: number, label: string): Button[] =>
    to >= 1 && to <= pages ? [{ press: `clients.contacts.${to}`, subject: client.id, label }] : [];
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      factsOfContacts(contacts.slice((page - 1) * inPage, page * inPage), say),
      {
        kind: 'buttons',
        buttons: [
          ...turn(page - 1, say('clients.list-before')),
          ...turn(page + 1, say('clients.list-next')),
          { press: 'clients.show', subject: client.id, label: say('clients.to-dossier') },
        ],
      },
    ],
  };
}

/** Which of those who were added is of the team no longer. */
export function teamRemoveForm(say: Say, client: Client, added: Colleague[]): Form {
  return form(say, {
    name: 'clients.team-remove',
    ...aboutOf({ client }),
    title: say('clients.team-remove'),
    fields: [choice('person', say('settings.who'), added)],
    send: say('clients.remove-send'),
  });
}
