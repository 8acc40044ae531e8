import type { Element } from '../../src/chat/card.ts';
import { doneCard, dossierCard, type Known, moreCard, sureCard } from '../../src/features/clients/cards.ts';
import type { Client, Contact } from '../../src/features/clients/clients.ts';
import {
  addForm,
  changeForm,
  domainForm,
  linkForm,
  mergeForm,
  renameForm,
} from '../../src/features/clients/form-cards.ts';
import { archivedCard, listCard } from '../../src/features/clients/list-cards.ts';
import {
  colleagueForm,
  contactForm,
  contactRemoveForm,
  contactsCard,
  teamRemoveForm,
} from '../../src/features/clients/people-cards.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';

const anna = { id: 'anna', name: 'Anna de Vries' };
const bram = { id: 'bram', name: 'Bram Bakker' };
const carla = { id: 'carla', name: 'Carla Smit' };
const daan = { id: 'daan', name: 'Daan Visser' };

const acme: Client = {
  id: 'c1',
  name: 'Acme',
  owner: anna,
  manager: bram,
  rhythmDays: 14,
  language: 'nl',
  knowsNeed: true,
  archived: false,
  createdAt: Temporal.Instant.from('2026-11-02T09:00:00Z'),
};

const support: Client = {
  ...acme,
  id: 'c2',
  name: 'Support',
  owner: carla,
  manager: undefined,
  knowsNeed: undefined,
};

const contacts: Contact[] = [
  {
    id: 'k1',
    name: 'Daan Visser',
    role: 'inkoop',
    language: undefined,
    person: 'daan',
    email: undefined,
    listed: true,
  },
  {
    id: 'k2',
    name: 'Eva Jansen',
    role: undefined,
    language: 'nl',
    person: undefined,
    email: 'eva@acme.example',
    listed: true,
  },
  {
    id: 'person:finn',
    name: 'Finn Mulder',
    role: undefined,
    language: undefined,
    person: 'finn',
    email: undefined,
    listed: false,
  },
];

const known: Known = {
  client: acme,
  quadrant: 'grow-closer',
  team: [anna, bram, carla],
  contacts,
  domains: ['acme.example'],
  links: [
    { kind: 'internal', place: 'general', name: 'General', shared: false },
    { kind: 'shared', place: 'acme', name: 'Acme', shared: true },
  ],
  ownerLeft: false,
  contributed: { elements: [], buttons: [] },
  mayWrite: true,
  mayLink: true,
};

const bare: Known = {
  ...known,
  client: support,
  quadrant: undefined,
  team: [carla],
  contacts: [],
  domains: [],
  links: [],
};

/** Every card and form about clients, with believable content, in one language. */
export function clientSights(language: 'nl' | 'en'): Sight[] {
  const say = voice(language);
  const note: Element = {
    kind: 'quote',
    text: language === 'nl' ? 'Denk mee voordat wij erom vragen.' : 'Think along before we ask.',
  };
  const troubled: Known = {
    ...known,
    links: [{ kind: 'internal', place: 'general', name: 'General', shared: true }],
    ownerLeft: true,
    contacts: Array.from({ length: 5 }).flatMap(() => contacts),
    contributed: { elements: [note], buttons: [] },
  };
  const entries = [
    { client: acme, missing: [] },
    { client: support, missing: [say('clients.missing-contact'), say('clients.missing-channel')] },
  ];
  const people = [daan, anna, bram, carla];
  const about = { client: acme };
  const some = { clients: [acme, support] };
  return [
    { name: 'client-dossier', card: dossierCard(known, say) },
    { name: 'client-dossier-bare', card: dossierCard(bare, say) },
    { name: 'client-dossier-troubled', card: dossierCard(troubled, say) },
    { name: 'client-dossier-read', card: dossierCard({ ...known, mayWrite: false }, say) },
    {
      name: 'client-dossier-archived',
      card: dossierCard({ ...known, client: { ...acme, archived: true } }, say),
    },
    { name: 'client-list', card: listCard({ entries, page: 2, pages: 3, archived: 1 }, say) },
    { name: 'client-list-none', card: listCard({ entries: [], page: 1, pages: 1, archived: 0 }, say) },
    {
      name: 'client-archived',
      card: archivedCard(
        [
          { client: acme, mayWrite: true },
          { client: support, mayWrite: false },
        ],
        2,
        say,
      ),
    },
    {
      name: 'client-contacts',
      card: contactsCard(acme, troubled.contacts.concat(contacts, contacts), 1, say),
    },
    { name: 'client-more', card: moreCard(acme, { listed: true, added: true, links: known.links }, say) },
    {
      name: 'client-added',
      card: doneCard(say('clients.added', { client: 'Acme' }), acme, say, [
        { press: 'clients.link', subject: 'c1', label: say('clients.link-here'), style: 'primary' },
        { press: 'clients.contact', subject: 'c1', label: say('clients.contact-add') },
      ]),
    },
    {
      name: 'client-merge-sure',
      card: sureCard(
        say('clients.merge-title', { from: 'Support', to: 'Acme' }),
        say('clients.merge-text', { from: 'Support', to: 'Acme' }),
        { press: 'clients.merge-now', subject: 'c2/c1', label: say('clients.merge-yes'), style: 'danger' },
        { press: 'clients.show', subject: 'c2', label: say('settings.cancel') },
      ),
    },
    { name: 'client-add-form', form: addForm(say, 'general', ['internal', 'shared']) },
    {
      name: 'client-link-form',
      form: linkForm(say, 'general', [acme, support], ['internal', 'shared'], 'c1'),
    },
    { name: 'client-contact-form', form: contactForm(say, some, people) },
    { name: 'client-contact-remove-form', form: contactRemoveForm(say, acme, contacts) },
    { name: 'client-owner-form', form: colleagueForm(say, 'clients.owner', about, [bram, carla]) },
    { name: 'client-team-form', form: colleagueForm(say, 'clients.team', some, [bram, carla]) },
    { name: 'client-manager-form', form: colleagueForm(say, 'clients.manager', about, [bram, carla]) },
    { name: 'client-team-remove-form', form: teamRemoveForm(say, acme, [bram, carla]) },
    { name: 'client-domain-form', form: domainForm(say, about) },
    { name: 'client-change-form', form: changeForm(say, acme, ['acme.example'], [anna, bram, carla]) },
    { name: 'client-rename-form', form: renameForm(say, about) },
    { name: 'client-merge-form', form: mergeForm(say, some, [acme, support]) },
  ];
}
