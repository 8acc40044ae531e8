import type { Button, Card, Element } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from './clients.ts';

/** One of the list of all clients. */
export type Entry = { client: Client; missing: string[] };

export type Listed = { entries: Entry[]; page: number; pages: number; archived: number };

/** All clients, each with what is missing, a page at a time. */
export function listCard({ entries, page, pages, archived }: Listed, say: Say): Card {
  const title = say(entries.length === 0 ? 'clients.list-none' : 'clients.list-title');
  const buttons: Button[] = [
    ...(page > 1 ? [{ press: `clients.list.${page - 1}`, label: say('clients.list-before') }] : []),
    ...(page < pages ? [{ press: `clients.list.${page + 1}`, label: say('clients.list-next') }] : []),
    entries.length === 0
      ? { press: 'clients.add', label: say('clients.add-first'), style: 'primary' }
      : { press: 'clients.add', label: say('clients.add') },
    ...(archived > 0
      ? [{ press: 'clients.archived', label: say('clients.archived-show', { count: archived }) }]
      : []),
  ];
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(pages > 1
        ? [
            {
              kind: 'text' as const,
              text: say('clients.list-page', { page, pages }),
              style: 'subtle' as const,
            },
          ]
        : []),
      ...entries.flatMap((entry) => entryElements(entry, say)),
      { kind: 'buttons', buttons },
    ],
  };
}

function entryElements({ client, missing }: Entry, say: Say): Element[] {
  const line = [say('clients.owned-by', { owner: client.owner.name }), ...missing].join(' · ');
  return [
    { kind: 'text', text: client.name, style: 'strong' },
    { kind: 'text', text: line, style: 'subtle' },
    {
      kind: 'buttons',
      buttons: [
        {
          press: 'clients.show',
          subject: client.id,
          label: say('clients.open', { client: shortened(client.name) }),
        },
      ],
    },
  ];
}

function restoring({ id }: Client, say: Say): Element {
  return {
    kind: 'buttons',
    buttons: [{ press: 'clients.restore', subject: id, label: say('clients.restore') }],
  };
}

/** The archived ones, each with the way back for whoever may bring it back; `more` are not shown. */
export function archivedCard(clients: { client: Client; mayWrite: boolean }[], more: number, say: Say): Card {
  const title = say('clients.archived-title');
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...clients.flatMap(({ client, mayWrite }): Element[] => [
        { kind: 'text', text: client.name, style: 'strong' },
        { kind: 'text', text: say('clients.owned-by', { owner: client.owner.name }), style: 'subtle' },
        ...(mayWrite ? [restoring(client, say)] : []),
      ]),
      ...(more > 0
        ? [
            {
              kind: 'text' as const,
              text: say('clients.archived-more', { count: more }),
              style: 'subtle' as const,
            },
          ]
        : []),
    ],
  };
}
