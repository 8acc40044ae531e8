import type { Button, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { daysBetween } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { stateOf } from './cards.ts';
import { type Expectation, isOpen, waitsForManager } from './expectations.ts';

/** How many stand in one card; the others are a button away. */
export const inOneCard = 8;

/** What a list shows: those that the reader may see, in their order, and how many are over beside them. */
export type Listed = { shown: Expectation[]; over: number; mayWrite: boolean; page: number };

/** What a client expects of us, and apart from that what we ask of it, for the team. */
export function listCard(client: Client, listed: Listed, voice: Voice, now: Temporal.Instant): Card {
  const { say } = voice;
  const { over, mayWrite } = listed;
  const rows = inDirections(listed.shown);
  const count = rows.filter(({ one }) => one.direction === 'theirs').length;
  const title = say('expectations.list-title', { client: client.name });
  const elements: Element[] = [
    { kind: 'text', text: title, style: 'heading' },
    ...(rows.length === 0 ? [emptyText(client, mayWrite, say)] : []),
    ...pageOf(rows, listed.page).flatMap((row) => rowElements(row, client, voice, now)),
  ];
  const buttons: Button[] = [
    ...turning('expectations.list', client.id, listed.page, rows.length, say),
    ...(mayWrite ? writing(client, count, say) : []),
    ...(over > 0 ? [overButton(client.id, over, say)] : []),
    { press: 'clients.show', subject: client.id, label: say('clients.to-dossier') },
  ];
  elements.push({ kind: 'buttons', buttons });
  return { summary: say('expectations.list-summary', { client: client.name, count }), elements };
}

/** Those that are over, for the team. */
export function overCard(
  client: Client,
  { shown, page }: Pick<Listed, 'shown' | 'page'>,
  voice: Voice,
  now: Temporal.Instant,
): Card {
  const { say } = voice;
  const title = say('expectations.over-title', { client: client.name });
  const rows = inDirections(shown);
  const elements: Element[] = [
    { kind: 'text', text: title, style: 'heading' },
    ...(rows.length === 0 ? [{ kind: 'text' as const, text: say('expectations.over-none') }] : []),
    ...pageOf(rows, page).flatMap((row) => rowElements(row, client, voice, now)),
    {
      kind: 'buttons',
      buttons: [
        ...turning('expectations.over', client.id, page, rows.length, say),
        listButton(client.id, say),
      ],
    },
  ];
  return { summary: title, elements };
}

/** One of a list: `number` counts within what the client expects, or within what we ask. */
type Row = { one: Expectation; number: number };

function inDirections(all: Expectation[]): Row[] {
  const numbered = (direction: Expectation['direction']) =>
    all.filter((one) => one.direction === direction).map((one, at) => ({ one, number: at + 1 }));
  return [...numbered('theirs'), ...numbered('ours')];
}

function rowElements({ one, number }: Row, client: Client, voice: Voice, now: Temporal.Instant): Element[] {
  const { say } = voice;
  const apart: Element[] =
    one.direction === 'ours' && number === 1
      ? [
          { kind: 'divider' },
          { kind: 'text', text: say('expectations.ours-title', { client: client.name }), style: 'heading' },
        ]
      : [];
  return [
    ...apart,
    { kind: 'text', text: `${number}. ${cut(one.wording.text, 140)}`, style: 'strong' },
    { kind: 'text', text: standing(one, voice, now), style: 'subtle' },
    { kind: 'buttons', buttons: [showButton(one.id, say)] },
  ];
}

/** State, age and what makes it stand out, in one line. */
export function standing(one: Expectation, voice: Voice, now: Temporal.Instant): string {
  // Of one that is over it counts since when it is; of one that was noted today that is said already.
  const isSaid = !isOpen(one) || (one.state === 'noted' && isToday(one.notedAt, now, voice));
  const age = isSaid ? [] : [ageOf(one.notedAt, now, voice)];
  return [stateOf(one, voice, now), ...age, ...marksOf(one, voice.say)].join(' · ');
}

function marksOf(one: Expectation, say: Say): string[] {
  const isAboutPerson = one.about === 'person' && one.person;
  const waits = one.feasible === false ? 'mark-not-feasible' : 'mark-waits';
  return [
    ...(one.firstAt && isOpen(one) ? [say('expectations.mark-first')] : []),
    ...(isAboutPerson ? [say('expectations.mark-person', { name: isAboutPerson.name })] : []),
    ...(waitsForManager(one) && isOpen(one) ? [say(`expectations.${waits}`)] : []),
  ];
}

/** Whether it was today, by the reader's clock. */
export function isToday(since: Temporal.Instant, now: Temporal.Instant, { timeZone }: Voice): boolean {
  return daysBetween(since, now, timeZone) < 1;
}

/** How long it has been there: in days, then weeks, then months. */
export function ageOf(since: Temporal.Instant, now: Temporal.Instant, { say, timeZone }: Voice): string {
  const days = daysBetween(since, now, timeZone);
  if (days < 1) return say('expectations.age-new');
  if (days < 14) return say('expectations.age-days', { count: days });
  if (days < 61) return say('expectations.age-weeks', { count: Math.floor(days / 7) });
  return say('expectations.age-months', { count: Math.floor(days / 30.4) });
}

/** One line of somebody's words: no line breaks, and cut where there is no room for more. */
export function cut(text: string, most: number): string {
  const letters = [...text.replace(/\s+/g, ' ').trim()];
  return letters.length > most
    ? `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : letters.join('');
}

function emptyText({ name }: Client, mayWrite: boolean, say: Say): Element {
  return {
    kind: 'text',
    text: say(mayWrite ? 'expectations.none-yet' : 'expectations.none', { client: name }),
  };
}

function pageOf<T>(all: T[], page: number): T[] {
  return all.slice((page - 1) * inOneCard, page * inOneCard);
}

/** The pages before and after this one; the page is what follows the press's name. */
function turning(press: string, subject: string, page: number, count: number, say: Say): Button[] {
  const to = (other: number, label: string): Button => ({ press: `${press}.${other}`, subject, label });
  return [
    ...(page > 1 ? [to(page - 1, say('expectations.page-before'))] : []),
    ...(page * inOneCard < count
      ? [to(page + 1, say('expectations.page-after', { count: count - page * inOneCard }))]
      : []),
  ];
}

function writing({ id }: Client, theirs: number, say: Say): Button[] {
  return [{ ...noteButton(id, say), style: 'primary' }, ...(theirs > 1 ? [orderButton(id, say)] : [])];
}

function overButton(client: string, count: number, say: Say): Button {
  return { press: 'expectations.over', subject: client, label: say('expectations.over', { count }) };
}

/** Leads to the order of importance. */
export function orderButton(client: string, say: Say): Button {
  return { press: 'expectations.order', subject: client, label: say('expectations.order') };
}

/** Leads to all of a client. */
export function listButton(client: string, say: Say): Button {
  return { press: 'expectations.list', subject: client, label: say('expectations.list') };
}

/** Names the manager of a client: who judges what is expected of a person. */
export function nameManager(client: string, say: Say): Button {
  return {
    press: 'clients.manager',
    subject: client,
    label: say('expectations.name-manager'),
    style: 'primary',
  };
}

/** Notes one more of a client. */
export function noteButton(client: string, say: Say): Button {
  return { press: 'expectations.note', subject: client, label: say('expectations.note-one') };
}

/** Leads to one. */
export function showButton(id: string, say: Say): Button {
  return { press: 'expectations.show', subject: id, label: say('expectations.show') };
}
