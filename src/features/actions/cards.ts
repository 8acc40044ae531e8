import { type Button, type Card, type Element, subtle } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Language } from '../../chat/request.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { noonOf, sayDay, sayWeekday } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { type Kti, nameOf } from '../kti/kti.ts';
import { type Action, daysLate, isOpen } from './actions.ts';
import { entryOf, titleOf } from './catalogue-rules.ts';
import { type Since, sinceLine } from './since-rules.ts';

/** One as somebody sees it. `title`: what just became of it; `note`: what comes next. */
export type View = {
  one: Action;
  client: Pick<Client, 'id' | 'name'>;
  kti: Pick<Kti, 'theme' | 'text'> | undefined;
  title?: string | undefined;
  note?: string | undefined;
  today: Temporal.PlainDate;
  since: Since | undefined;
  mayChange: boolean;
  mayTell: boolean;
};

/** As many letters of what a client graded as stand on a card about something else. */
const inFact = 150;

/** One as a card: what is done for what, by whom and when, whether the client saw it, and what one can do with it. */
export function actionCard(view: View, voice: Voice): Card {
  const { one, client, title, note, since } = view;
  const { say, language } = voice;
  const heading = title ?? say('actions.title-of', { client: client.name });
  const name = titleOf(one, language);
  const how = isOpen(one) ? entryOf(one.catalogue)?.[language].how : undefined;
  return {
    summary: `${heading}: ${name}`,
    elements: [
      { kind: 'text', text: heading, style: 'heading' },
      { kind: 'text', text: name, style: 'strong' },
      ...(how ? [subtle(how)] : []),
      { kind: 'facts', facts: factsOf(view, voice) },
      ...(since ? [{ kind: 'text' as const, text: sinceLine(since, voice) }] : []),
      ...(note ? [{ kind: 'text' as const, text: note }] : []),
      ...rowsOf(view, say),
    ],
  };
}

/** The words in which it was graded, so long as a line. */
export function ktiIn(kti: Pick<Kti, 'theme' | 'text'> | undefined, language: Language): string {
  return kti ? shortened(nameOf(kti, language).replace(/\s+/g, ' '), inFact) : '–';
}

function factsOf(
  { one, client, title, note, kti, today }: View,
  voice: Voice,
): { label: string; value: string }[] {
  const { say, language, timeZone } = voice;
  const known = {
    // A title of its own does not say whose it is.
    client: title ? client.name : undefined,
    kti: ktiIn(kti, language),
    owner: one.doneAt && one.endedBy?.id === one.owner.id ? undefined : one.owner.name,
    due: isOpen(one) ? dueOf(one, today, voice) : undefined,
    done: one.doneAt && `${one.endedBy?.name ?? one.owner.name}, ${sayDay(one.doneAt, language, timeZone)}`,
    dropped: one.state === 'dropped' ? `${one.endedBy?.name ?? ''}: ${one.reason ?? ''}` : undefined,
    notice: one.notice,
    consulted: one.consulted,
    // While it is being asked there is nothing to say.
    shown: one.state === 'done' && !note ? shownIn(one, voice) : undefined,
  };
  const names = [
    ...(['client', 'kti', 'owner', 'due', 'done', 'dropped', 'notice', 'consulted', 'shown'] as const),
  ];
  return names.flatMap((name) => {
    const value = known[name];
    return value === undefined ? [] : [{ label: say(`actions.fact-${name}`), value }];
  });
}

/** `vrijdag 4 december`, and how long ago that is by now. */
export function dueOf(one: Action, today: Temporal.PlainDate, { say, language }: Voice): string {
  const day = sayWeekday(noonOf(one.due), language, 'UTC');
  const late = daysLate(one, today);
  if (late > 0) return say('actions.late', { day, count: late });
  return late === 0 ? say('actions.today', { day }) : day;
}

/** Whether the client saw it, with the line that was said of that. */
function shownIn({ shown, shownAt, shownNote }: Action, { say, language, timeZone }: Voice): string {
  if (!shown) return say('actions.shown-unknown');
  const day = shownAt ? sayDay(shownAt, language, timeZone) : '';
  const said = say(`actions.shown-${shown}`, { day });
  return shownNote ? `${said}: ${shownNote}` : said;
}

function rowsOf({ one, client, mayChange, mayTell }: View, say: Say): Element[] {
  const press = (name: 'done' | 'change' | 'drop' | 'tell' | 'noticed' | 'not-yet' | 'reopen'): Button => ({
    press: `actions.${name}`,
    subject: one.id,
    label: say(`actions.${name}`),
  });
  const all: Button = { press: 'actions.list', subject: client.id, label: say('actions.all-of') };
  const first = (button: Button): Button => ('press' in button ? { ...button, style: 'primary' } : button);
  const isSeen = one.shown === 'told' || one.shown === 'noticed';
  const steps = !mayChange
    ? []
    : isOpen(one)
      ? [first(press('done')), press('change'), press('drop')]
      : one.state === 'done' && !isSeen
        ? [
            ...(mayTell ? [first(press('tell'))] : []),
            ...[press('noticed'), ...(one.shown ? [] : [press('not-yet')])],
          ]
        : [];
  const back = mayChange && one.state !== 'open' && one.shown !== 'told' ? [press('reopen')] : [];
  return [steps, [...back, all]]
    .filter((row) => row.length > 0)
    .map((buttons) => ({ kind: 'buttons', buttons }));
}

/** The way to one. */
export function showButton({ id }: Pick<Action, 'id'>, say: Say): Button {
  return { press: 'actions.show', subject: id, label: say('actions.show') };
}
