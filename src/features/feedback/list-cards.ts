import { type Button, type Card, type Element, subtle } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { cheersLine, lineOf, quoteOf } from './cards.ts';
import type { Feedback, Kind } from './feedback.ts';

/** So many stand in one list. */
export const inList = 8;

export type Listed = { one: Feedback; client: Pick<Client, 'id' | 'name'> | undefined; cheers?: number };

export type List = {
  kind: Kind;
  client: Pick<Client, 'id' | 'name'> | undefined;
  /** What stands on this page. */
  shown: Listed[];
  /** Of all pages. */
  count: number;
  page: number;
  /** The present one: what is older tells its own. */
  year: number;
  /** Of all pages: how many complaints were about expectations that nobody had noted. */
  share: { unnoted: number; known: number } | undefined;
};

/** What was brought, a page of it. */
export function listCard(list: List, voice: Voice): Card {
  const { kind, client, shown, count, page, share, year } = list;
  const { say } = voice;
  const title = client
    ? say(`feedback.list-${kind}-of`, { client: client.name })
    : say(`feedback.list-${kind}`);
  const none = say(client ? `feedback.list-none-${kind}-of` : `feedback.list-none-${kind}`, {
    client: client?.name ?? '',
  });
  const pages = Math.ceil(count / inList);
  return {
    summary: count === 0 ? none : `${title}: ${count}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(count === 0 ? [{ kind: 'text' as const, text: none }] : []),
      ...(share && share.known > 0 && page === 1 ? [subtle(say('feedback.unnoted-share', share))] : []),
      ...(pages > 1 ? [subtle(say('feedback.page', { page, pages }))] : []),
      ...shown.flatMap((each) => listedLines(each, year, voice)),
      ...(pages > 1 ? [{ kind: 'buttons' as const, buttons: turning(list, pages, voice) }] : []),
    ],
  };
}

function listedLines({ one, client, cheers = 0 }: Listed, year: number, voice: Voice): Element[] {
  const show = { press: 'feedback.show', subject: one.id, label: voice.say('feedback.show') };
  return [
    { kind: 'text', text: lineOf(one, client, voice), style: 'strong' },
    quoteOf({ ...one, text: shortened(one.text, 300) }, voice, year),
    ...(cheers > 0 ? [cheersLine(cheers, voice)] : []),
    { kind: 'buttons', buttons: [show] },
  ];
}

function turning({ kind, client, count, page }: List, pages: number, { say }: Voice): Button[] {
  const to = (next: number, label: string) => ({
    press: `feedback.list-${kind}.${next}`,
    subject: client?.id,
    label,
  });
  const rest = Math.min(count - page * inList, inList);
  return [
    ...(page > 1 ? [to(page - 1, say('feedback.list-before'))] : []),
    ...(page < pages ? [to(page + 1, say('feedback.list-after', { count: rest }))] : []),
  ];
}
