import type { Button, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import { catalogue } from '../../text/catalogue.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import { dateOf, dayOf, stateOf } from './cards.ts';
import { type Expectation, isOpen, waitsForManager } from './expectations.ts';
import { eventText, factOf, type History } from './history-cards.ts';
import { ageOf, cut, isToday, listButton, nameManager } from './list-cards.ts';
import { nextSteps } from './note-cards.ts';

/** What a reader may do with one: change it, or judge as the manager whether it can be done. */
export type May = { write: boolean; judge: boolean };

/** How much of the history stands in the card of one; all of it is a button away. */
const recent = { events: 6, letters: 100 };

/** All that the team knows of one expectation. */
export function showCard(
  client: Client,
  one: Expectation,
  history: History,
  may: May,
  voice: Voice,
  now: Temporal.Instant,
): Card {
  const { say } = voice;
  const { wording } = one;
  const title = say(`expectations.show-${one.direction}`, { client: client.name });
  const isShort = [...wording.text].length <= 150 && !wording.text.includes('\n');
  const elements: Element[] = [
    { kind: 'text', text: title, style: 'subtle' },
    isShort ? { kind: 'text', text: wording.text, style: 'heading' } : { kind: 'quote', text: wording.text },
    ...(one.firstAt && isOpen(one)
      ? [
          {
            kind: 'text' as const,
            text: say('expectations.first-since', { day: dayOf(one.firstAt, voice, now) }),
          },
        ]
      : []),
    ...facts(one, client, voice, now),
    ...recently(history, voice),
    { kind: 'buttons', buttons: buttonsOf(client, one, history, may, say) },
  ];
  return { summary: `${title}: ${cut(wording.text, 150)}`, elements };
}

/** Each long text apart, so that none is cut for another's sake. */
function facts(one: Expectation, client: Client, voice: Voice, now: Temporal.Instant): Element[] {
  const { say } = voice;
  const review = one.state === 'confirmed' ? one.reviewAt : undefined;
  const of = one.direction === 'ours' ? '-ours' : '';
  const short: [Parameters<Say>[0], string | undefined][] = [
    ['expectations.fact-state', stateOf(one, voice, now)],
    ['expectations.fact-age', notedOf(one, voice, now)],
    ['expectations.fact-review', review && dayOf(review, voice, now)],
    ['expectations.fact-about', aboutOf(one, client, say)],
    [
      `expectations.fact-importance${of}`,
      one.importance ? say('expectations.of-five', { grade: one.importance }) : undefined,
    ],
    ['expectations.fact-kano', one.kano && say(`expectations.kano-${one.kano}`)],
    ['expectations.fact-category', categoryOf(one, voice)],
  ];
  const long: [Parameters<Say>[0], string | undefined][] = [
    [`expectations.fact-why${of}`, one.why],
    ['expectations.fact-notes', one.notes],
  ];
  const seen: Element[] = factOf(say('expectations.fact-seen'), one.wording.seen);
  const rows = short.flatMap(([label, value]) => (value ? [{ label: say(label), value }] : []));
  return [
    ...seen,
    ...factOf(say('confirm.doing'), one.doing),
    { kind: 'facts', facts: rows },
    ...long.flatMap(([label, value]) => factOf(say(label), value)),
  ];
}

/** When it was noted, and how long ago that is; nothing where its state says so already. */
function notedOf(one: Expectation, voice: Voice, now: Temporal.Instant): string | undefined {
  if (one.state === 'noted') return undefined;
  const day = dayOf(one.notedAt, voice, now);
  if (!isOpen(one) || isToday(one.notedAt, now, voice)) return day;
  return `${day} · ${ageOf(one.notedAt, now, voice)}`;
}

/** Nothing when the catalogue has it no more. */
function categoryOf({ category }: Expectation, { language }: Voice): string | undefined {
  return catalogue.inspiration.find(({ id }) => id === category)?.[language];
}

/** For whom it is; of one about a person also what the manager said. What we ask is expected of the client. */
function aboutOf(one: Expectation, client: Client, say: Say): string | undefined {
  if (one.direction === 'ours') return undefined;
  if (one.about !== 'person' || !one.person)
    return say(one.about === 'team' ? 'expectations.of-team' : 'expectations.of-company');
  const name = one.person.name;
  const manager = client.manager?.name;
  if (one.feasible === undefined)
    return manager
      ? say('expectations.person-waits', { name, manager })
      : say('expectations.person-no-manager', { name });
  return say(`expectations.person-${one.feasible ? 'feasible' : 'not-feasible'}`, { name });
}

function recently(history: History, voice: Voice): Element[] {
  const { say } = voice;
  const lines = history.events.slice(-recent.events).map((event) => ({
    label: dateOf(event.at, voice),
    value: eventText(event, history, say, recent.letters),
  }));
  return [
    { kind: 'divider' },
    { kind: 'text', text: say('expectations.history'), style: 'strong' },
    { kind: 'facts', facts: lines.toReversed() },
  ];
}

function buttonsOf(client: Client, one: Expectation, history: History, may: May, say: Say): Button[] {
  const isLong = history.wordings.some(({ text }) => [...text].length > recent.letters);
  const hasMore = history.events.length > recent.events || isLong;
  const whole: Button[] = hasMore
    ? [{ press: 'expectations.history', subject: one.id, label: say('expectations.history-whole') }]
    : [];
  return [
    ...(may.judge ? judging(one, say) : []),
    ...(may.write ? writing(client, one, may.judge, say) : []),
    ...whole,
    listButton(client.id, say),
  ];
}

function writing(client: Client, one: Expectation, judges: boolean, say: Say): Button[] {
  if (!isOpen(one)) return [];
  const isDue = one.state === 'confirmed' || one.state === 'doubted';
  const isUnjudged = waitsForManager(one) && one.feasible === undefined && !judges;
  const ask: Button = client.manager
    ? { press: 'expectations.ask-manager', subject: one.id, label: say('expectations.ask-manager') }
    : nameManager(client.id, say);
  return [...(isDue ? endings(one.id, say) : []), ...(isUnjudged ? [ask] : []), ...nextSteps(one, say)];
}

/** What came of it. */
export function endings(id: string, say: Say): Button[] {
  return (['met', 'not-met'] as const).map((end) => ({
    press: `expectations.${end}`,
    subject: id,
    label: say(`expectations.${end}`),
    confirm: {
      title: say(`expectations.${end}`),
      text: say('expectations.met-text'),
      yes: say('expectations.met-yes'),
      no: say('settings.cancel'),
    },
  }));
}

/**
 * Whether it can be done. The subject says of whom that is judged: by the time it is pressed it may be about somebody
 * else.
 */
export function judging({ id, person }: Pick<Expectation, 'id' | 'person'>, say: Say): Button[] {
  const subject = `${id}.${person?.id ?? ''}`;
  return [
    { press: 'expectations.feasible', subject, label: say('expectations.feasible'), style: 'primary' },
    { press: 'expectations.not-feasible', subject, label: say('expectations.not-feasible') },
  ];
}
