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
  const title = {
    'clients.owner': 'owner-change',
    'clients.manager': 'manager',
    'clients.team': 'team-add',
  } as const;
  return form(say, {
    name,
    ...aboutOf(about),
    title: say(`clients.${title[name]}`),
    fields: [
      ...clientField(about, say),
      { kind: 'person', id: 'person', label: say('settings.who'), people },
    ],
  });
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
