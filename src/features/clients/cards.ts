import type { Button, Card, Element } from '../../chat/card.ts';
import type { Say } from '../../text/say.ts';
import type { Client, Colleague, Contact, Quadrant } from './clients.ts';
import type { Link } from './link-store.ts';
import { factsOfContacts } from './people-cards.ts';

/** What is known of a client, for its dossier. */
export type Known = {
  client: Client;
  quadrant: Quadrant | undefined;
  team: Colleague[];
  contacts: Contact[];
  domains: string[];
  links: Link[];
  /** Its owner is of the workspace no more. */
  ownerLeft: boolean;
  /** What the other capabilities contribute. */
  contributed: { elements: Element[]; buttons: Button[] };
  /** The reader is of the client's team. */
  mayWrite: boolean;
  /** The channel that he reads it in belongs to no client yet. */
  mayLink: boolean;
};

/** How many contacts a dossier names. */
const mostContacts = 10;
/** And how many of the team: everybody of a company may be in its channel. */
const mostColleagues = 15;

/** All that the team knows of a client, and what one does next. */
export function dossierCard(known: Known, say: Say): Card {
  const { client, contributed } = known;
  const advice = adviceOf(known, say);
  const elements: Element[] = [
    { kind: 'text', text: client.name, style: 'heading' },
    ...(client.archived ? [warning(say('clients.is-archived'))] : []),
    ...warningsOf(known, say),
    ...(advice ? [{ kind: 'text' as const, text: advice, style: 'subtle' as const }] : []),
    ...contributed.elements,
    ...needQuestion(known, say),
    { kind: 'facts', facts: factsOf(known, say) },
    ...contactElements(known, say),
  ];
  const buttons = nextSteps(known, say);
  if (buttons.length > 0) elements.push({ kind: 'buttons', buttons });
  return { summary: say('clients.dossier-summary', { client: client.name }), elements };
}

/** Of an archived one there is nothing to do. */
function adviceOf({ client, quadrant }: Known, say: Say): string | undefined {
  return quadrant && !client.archived ? say(`clients.advice-${quadrant}`) : undefined;
}

function warning(text: string): Element {
  return { kind: 'text', text, style: 'strong' };
}

/** What is wrong, and the buttons that mend it. */
function warningsOf({ client, links, ownerLeft, mayWrite }: Known, say: Say): Element[] {
  const open = links.find(({ kind, shared }) => kind === 'internal' && shared);
  const cures: Button[] = [
    ...(ownerLeft ? [handOverButton(client, say)] : []),
    ...(open ? [unlinkButton(open, say)] : []),
  ];
  return [
    ...(ownerLeft ? [warning(say('clients.owner-left', { owner: client.owner.name }))] : []),
    ...(open ? [warning(say('clients.internal-is-shared', { place: placeName(open, say) }))] : []),
    ...(mayWrite && !client.archived && cures.length > 0
      ? [{ kind: 'buttons' as const, buttons: cures }]
      : []),
  ];
}

function handOverButton({ id }: Client, say: Say): Button {
  return { press: 'clients.owner', subject: id, label: say('clients.owner-change') };
}

function unlinkButton({ kind, place }: Link, say: Say): Button {
  return { press: `clients.unlink.${kind}`, subject: place, label: say(`clients.unlink-${kind}`) };
}

/** Asked once: the advice hangs on it. */
function needQuestion({ client, mayWrite }: Known, say: Say): Element[] {
  if (client.knowsNeed !== undefined || !mayWrite || client.archived) return [];
  return [
    { kind: 'text', text: say('clients.need-question', { client: client.name }) },
    {
      kind: 'buttons',
      buttons: [
        { press: 'clients.need.yes', subject: client.id, label: say('clients.need-yes') },
        { press: 'clients.need.no', subject: client.id, label: say('clients.need-no') },
      ],
    },
  ];
}

function factsOf({ client, team, links, domains }: Known, say: Say): { label: string; value: string }[] {
  const others = team.filter(({ id }) => id !== client.owner.id && id !== client.manager?.id);
  const facts: [string, string | undefined][] = [
    [say('clients.owner'), client.owner.name],
    [say('clients.manager'), client.manager?.name],
    [say('clients.team'), namesOf(others, say)],
    [say('clients.rhythm'), say('clients.rhythm-days', { count: client.rhythmDays })],
    [
      say('clients.channels'),
      links.map((link) => linkName(link, say)).join(', ') || say('clients.none-linked'),
    ],
    [say('settings.language'), client.language && say(`settings.language-${client.language}`)],
    [say('clients.domains-fact'), domains.join(', ')],
  ];
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

function namesOf(people: Colleague[], say: Say): string {
  const names = people.slice(0, mostColleagues).map(({ name }) => name);
  const more = people.length - names.length;
  return [...names, ...(more > 0 ? [say('clients.more-contacts', { count: more })] : [])].join(', ');
}

function linkName(link: Link, say: Say): string {
  return link.name === undefined
    ? placeName(link, say)
    : say(`clients.linked-${link.kind}`, { place: link.name });
}

/** Teams does not tell the name of every channel. */
function placeName({ name, kind }: Link, say: Say): string {
  return name ?? say(`clients.the-${kind}`);
}

function contactElements({ client, contacts }: Known, say: Say): Element[] {
  const title: Element = { kind: 'text', text: say('clients.contacts'), style: 'strong' };
  if (contacts.length === 0)
    return [title, { kind: 'text', text: say('clients.no-contacts'), style: 'subtle' }];
  const all: Button = { press: 'clients.contacts', subject: client.id, label: say('clients.contacts-all') };
  return [
    title,
    factsOfContacts(contacts.slice(0, mostContacts), say),
    ...(contacts.length > mostContacts ? [{ kind: 'buttons' as const, buttons: [all] }] : []),
  ];
}

function nextSteps({ client, contributed, links, mayWrite, mayLink }: Known, say: Say): Button[] {
  const subject = client.id;
  if (client.archived)
    return mayWrite
      ? [{ press: 'clients.restore', subject, label: say('clients.restore'), style: 'primary' }]
      : [];
  if (!mayWrite) return contributed.buttons;
  return [
    ...contributed.buttons,
    { press: 'clients.contact', subject, label: say('clients.contact-add') },
    ...(links.length === 0 && mayLink
      ? [{ press: 'clients.link', subject, label: say('clients.link-here') }]
      : []),
    { press: 'clients.change', subject, label: say('clients.change') },
    { press: 'clients.more', subject, label: say('clients.more') },
  ];
}

/** The rarer things that one does with a client. */
export function moreCard(
  client: Client,
  has: { listed: boolean; added: boolean; links: Link[] },
  say: Say,
): Card {
  const { id: subject, name } = client;
  const text = say('clients.more-title', { client: name });
  return {
    summary: text,
    elements: [
      { kind: 'text', text, style: 'heading' },
      {
        kind: 'buttons',
        buttons: [
          { press: 'clients.team', subject, label: say('clients.team-add') },
          ...(has.added
            ? [{ press: 'clients.team-remove', subject, label: say('clients.team-remove') }]
            : []),
          handOverButton(client, say),
          { press: 'clients.domain', subject, label: say('clients.domain-add') },
          ...(has.listed
            ? [{ press: 'clients.contact-remove', subject, label: say('clients.contact-remove') }]
            : []),
          ...has.links.map((link) => unlinkButton(link, say)),
          { press: 'clients.merge', subject, label: say('clients.merge') },
          { press: 'clients.archive', subject, label: say('clients.archive'), style: 'danger' },
        ],
      },
    ],
  };
}

/** What has been done, and the way to the dossier; `more` are other things to do next. */
export function doneCard(text: string, client: Client, say: Say, more: Button[] = [], note?: string): Card {
  const show: Button = { press: 'clients.show', subject: client.id, label: say('clients.to-dossier') };
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      ...(note ? [{ kind: 'text' as const, text: note, style: 'subtle' as const }] : []),
      { kind: 'buttons', buttons: [...more, show] },
    ],
  };
}

/** What will happen when one goes on, the button to go on, and the one that leads back. */
export function sureCard(title: string, text: string, go: Button, back: Button): Card {
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text },
      { kind: 'buttons', buttons: [go, back] },
    ],
  };
}
