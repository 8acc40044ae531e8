import type { Button, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Colleague } from '../clients/clients.ts';
import { dateOf } from './cards.ts';
import { type Expectation, type Wording, within } from './expectations.ts';
import { cut } from './list-cards.ts';
import type { Happened } from './tables-store.ts';

/** What happened, when, by whom, and which wording it was about. */
export type Event = { happened: Happened; who: Colleague; at: Temporal.Instant; wording: string };

export type History = { events: Event[]; wordings: Wording[] };

/** What happens to the text of it: then that is said too. */
const rewording: Happened[] = ['note', 'make-concrete', 'edit', 'correct'];

/** What happened, in words: “Daan Visser bevestigde tekst 2.” `most`: letters of a new wording that are told with it. */
export function eventText(
  { happened, who, wording: id }: Event,
  { wordings }: History,
  say: Say,
  most: number,
): string {
  const wording = wordings.find((one) => one.id === id);
  const told = say(`expectations.event-${happened}`, { name: who.name, number: wording?.number ?? 1 });
  return wording && rewording.includes(happened) && most > 0
    ? `${told}: “${cut(wording.text, most)}”`
    : `${told}.`;
}

/** A line of its own for what is known; none for what is not. */
export function factOf(label: string, value: string | undefined): Element[] {
  return value ? [{ kind: 'facts', facts: [{ label, value }] }] : [];
}

/** The whole history of one, the newest first, each wording in full. */
export function historyCard(one: Expectation, history: History, page: number, voice: Voice): Card {
  const { say } = voice;
  const pages = pagesOf(history);
  const at = within(page, pages.length);
  const title = say('expectations.history-title', { text: cut(one.wording.text, 80) });
  const turn = (to: number, label: string): Button[] =>
    to >= 1 && to <= pages.length ? [{ press: `expectations.history.${to}`, subject: one.id, label }] : [];
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(pages[at - 1] ?? []).flatMap((event) => eventElements(event, history, voice)),
      {
        kind: 'buttons',
        buttons: [
          ...turn(at + 1, say('expectations.earlier')),
          ...turn(at - 1, say('expectations.later')),
          { press: 'expectations.show', subject: one.id, label: say('expectations.back') },
        ],
      },
    ],
  };
}

function eventElements(event: Event, history: History, voice: Voice): Element[] {
  const { say } = voice;
  const told = `${dateOf(event.at, voice)} · ${eventText(event, history, say, 0)}`;
  const wording = wordingIn(event, history);
  return [
    { kind: 'text', text: told, style: 'subtle' },
    ...(wording ? [{ kind: 'quote' as const, text: wording.text }] : []),
    ...factOf(say('expectations.fact-seen'), wording?.seen),
  ];
}

function wordingIn({ happened, wording: id }: Event, { wordings }: History): Wording | undefined {
  return rewording.includes(happened) ? wordings.find((one) => one.id === id) : undefined;
}

/** No more letters and lines in one card than every platform shows whole. */
const pageRoom = { letters: 5000, events: 12 };

function pagesOf(history: History): Event[][] {
  const pages: Event[][] = [[]];
  let letters = 0;
  for (const event of history.events.toReversed()) {
    const wording = wordingIn(event, history);
    const length = (wording?.text.length ?? 0) + (wording?.seen?.length ?? 0) + 100;
    const last = pages.at(-1) ?? [];
    if (last.length > 0 && (letters + length > pageRoom.letters || last.length >= pageRoom.events)) {
      pages.push([event]);
      letters = length;
    } else {
      last.push(event);
      letters += length;
    }
  }
  return pages;
}
