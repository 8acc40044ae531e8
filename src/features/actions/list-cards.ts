import { type Button, type Card, type Element, strong, subtle } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { sayDay } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import type { Kti } from '../kti/kti.ts';
import { type Action, daysLate } from './actions.ts';
import { dueOf, ktiIn, showButton } from './cards.ts';
import { titleOf } from './catalogue-rules.ts';
import { bareFigures, type Since } from './since-rules.ts';

/** What is under way and what is finished, in a list. */

export type Listed = { one: Action; client: Pick<Client, 'id' | 'name'>; mayChange: boolean };

/** For what a finished one was, and what was graded for that since; undefined: nothing yet. */
export type Known = { kti: Pick<Kti, 'theme' | 'text'>; since: Since | undefined };

export type List = {
  /** Undefined: the reader's own, and those of his clients. */
  client: Pick<Client, 'id' | 'name'> | undefined;
  /** Of each owner's kind the most urgent first. */
  open: Listed[];
  /** So many of the open ones, the first, are the reader's own; 0 where that is not told. */
  mine: number;
  /** Done lately, and not seen by the client as far as is known. */
  unseen: Listed[];
  /** Done, and not among those of `unseen` that are shown; the newest first. */
  finished: Listed[];
  /** Of the finished ones on this page, by their ids. */
  known: Map<string, Known>;
  page: number;
  today: Temporal.PlainDate;
};

/** As many as one message has room for. */
const inPage = 8;
/** So many that were not seen stand on the first page. */
export const inUnseen = 3;

/** What of them stands on a page, the finished ones after the open ones, and how many are left then. */
export function pageOf({ open, finished, page }: Pick<List, 'open' | 'finished' | 'page'>) {
  const from = (page - 1) * inPage;
  const rest = (count: number) => Math.max(count - open.length, 0);
  return {
    open: open.slice(from, from + inPage),
    finished: finished.slice(rest(from), rest(from + inPage)),
    left: Math.max(open.length + finished.length - from - inPage, 0),
  };
}

/** The open ones, a page at a time, what is overdue first; what the client has not seen yet; and of one client the finished ones. */
export function listCard(list: List, voice: Voice): Card {
  const { client, open, unseen, page, today } = list;
  const { say } = voice;
  const title = client ? say('actions.list-of', { client: client.name }) : say('actions.list-title');
  const late = open.filter(({ one }) => daysLate(one, today) > 0).length;
  const count = say(late > 0 ? 'actions.count-late' : 'actions.count', { count: open.length, late });
  const shown = pageOf(list);
  return {
    summary: `${title}: ${open.length === 0 ? say('actions.list-none') : count}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: open.length === 0 ? say('actions.list-none') : count },
      ...openRows(shown.open, list, voice),
      ...(page === 1 && unseen.length > 0
        ? [
            ...part(say('actions.unseen')),
            subtle(say('actions.unseen-about')),
            ...unseen.slice(0, inUnseen).flatMap((item) => unseenOf(item, list, voice)),
          ]
        : []),
      ...finishedRows(shown.finished, list, voice),
      { kind: 'buttons', buttons: nextButtons(list, shown.left, say) },
    ],
  };
}

function part(text: string): Element[] {
  return [{ kind: 'divider' }, strong(text)];
}

/** The reader's own apart from the others, where there are both. */
function openRows(rows: Listed[], list: List, voice: Voice): Element[] {
  const own = list.open.slice(0, list.mine);
  const mine = rows.filter((row) => own.includes(row));
  const others = rows.filter((row) => !own.includes(row));
  const areBoth = list.mine > 0 && list.mine < list.open.length;
  return [
    ...(areBoth && mine.length > 0 ? part(voice.say('actions.mine')) : []),
    ...mine.flatMap((item) => rowOf(item, list, voice)),
    ...(areBoth && others.length > 0 ? part(voice.say('actions.ours')) : []),
    ...others.flatMap((item) => rowOf(item, list, voice)),
  ];
}

function rowOf({ one, client, mayChange }: Listed, list: List, voice: Voice): Element[] {
  const done: Button = { press: 'actions.done', subject: one.id, label: voice.say('actions.done') };
  return [
    {
      kind: 'text',
      text: lineOf(one, list.client ? undefined : client, list.today, voice),
      style: daysLate(one, list.today) > 0 ? 'strong' : undefined,
    },
    { kind: 'buttons', buttons: [...(mayChange ? [done] : []), showButton(one, voice.say)] },
  ];
}

/** `Een deskundige collega erbij halen · Acme · Bram Bakker · vrijdag 4 december`. */
export function lineOf(
  one: Action,
  client: Pick<Client, 'name'> | undefined,
  today: Temporal.PlainDate,
  voice: Voice,
): string {
  return [
    titleOf(one, voice.language),
    ...(client ? [client.name] : []),
    one.owner.name,
    dueOf(one, today, voice),
  ].join(' · ');
}

function unseenOf({ one, client }: Listed, list: List, { say, language }: Voice): Element[] {
  const of = list.client ? [] : [client.name];
  return [
    { kind: 'text', text: [titleOf(one, language), ...of, one.owner.name].join(' · ') },
    { kind: 'buttons', buttons: [showButton(one, say)] },
  ];
}

/** As many letters of what a client graded as stand under what was done for it. */
const inFinished = 60;

function finishedRows(rows: Listed[], { known }: List, { say, language, timeZone }: Voice): Element[] {
  if (rows.length === 0) return [];
  const about = rows.some(({ one }) => known.get(one.id)?.since)
    ? [subtle(say('actions.finished-about'))]
    : [];
  return [
    ...part(say('actions.finished')),
    ...about,
    ...rows.flatMap(({ one }): Element[] => {
      const { kti, since } = known.get(one.id) ?? {};
      const day = one.doneAt ? [sayDay(one.doneAt, language, timeZone)] : [];
      const figures = since ? [bareFigures(since, { say, language, timeZone })] : [];
      const forWhat = kti
        ? [subtle([shortened(ktiIn(kti, language), inFinished), ...figures].join('\n'))]
        : [];
      return [
        { kind: 'text', text: [titleOf(one, language), one.owner.name, ...day].join(' · ') },
        ...forWhat,
        { kind: 'buttons', buttons: [showButton(one, say)] },
      ];
    }),
  ];
}

function nextButtons({ client, page }: List, left: number, say: Voice['say']): Button[] {
  const more = {
    press: `actions.list.${page + 1}`,
    subject: client?.id,
    label: say('actions.more', { count: left }),
  };
  const start = { press: 'actions.client', subject: client?.id, label: say('actions.new') };
  return [...(left > 0 ? [more] : []), start];
}
