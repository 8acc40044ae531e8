import { type Button, besides, type Card, type Element } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { daysBetween, sayDay, sayTime, sayWeekday, sayWeekdayName, sayWeekdayYear } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import type { Conversation } from './conversations.ts';

type Timed = Pick<Conversation, 'start' | 'end'>;

/** "donderdag 3 december, 14:00–15:00"; with the present moment, the year too where it is not the present one. */
export function whenOf(
  { start, end }: Timed,
  { language, timeZone }: Voice,
  now: Temporal.Instant = start,
): string {
  const from = sayTime(start, language, timeZone);
  const until = start.equals(end) ? '' : `–${sayTime(end, language, timeZone)}`;
  const yearOf = (at: Temporal.Instant) => at.toZonedDateTimeISO(timeZone).year;
  const sayDate = yearOf(start) === yearOf(now) ? sayWeekday : sayWeekdayYear;
  return `${sayDate(start, language, timeZone)}, ${from}${until}`;
}

/** "vandaag", "morgen" or "maandag", as one says it from this moment on; a week ahead or more with its date. */
export function dayFrom(now: Temporal.Instant, start: Temporal.Instant, voice: Voice): string {
  const { say, language, timeZone } = voice;
  const days = daysBetween(now, start, timeZone);
  if (days <= 0) return say('conversations.on-today');
  if (days === 1) return say('conversations.on-tomorrow');
  const sayIt = days < 7 ? sayWeekdayName : sayWeekday;
  return say('conversations.on-weekday', { day: sayIt(start, language, timeZone) });
}

/** "om 14:00" of today, else with its day: "morgen om 14:00". */
export function timeFrom(now: Temporal.Instant, start: Temporal.Instant, voice: Voice): string {
  const { say, language, timeZone } = voice;
  const time = sayTime(start, language, timeZone);
  return daysBetween(now, start, timeZone) <= 0
    ? say('conversations.at-today', { time })
    : say('conversations.at-later', { day: dayFrom(now, start, voice), time });
}

/** known: it was planned already; next: what comes by itself; others: who was named and does not take part. */
type Planned = { known?: boolean; next: string; others?: string[]; now: Temporal.Instant };

/** It is planned: what was understood, and what Belay does about it. */
export function plannedCard(client: Client, one: Conversation, voice: Voice, planned: Planned): Card {
  const { say } = voice;
  const { known, next, others = [], now } = planned;
  const title = say(known ? 'conversations.planned-known' : 'conversations.planned', { client: client.name });
  const when = whenOf(one, voice, now);
  const left = { names: others.join(', '), count: others.length, client: client.name };
  return {
    summary: `${title} ${when}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      {
        kind: 'facts',
        facts: [
          { label: say('conversations.when'), value: when },
          ...(one.title ? [{ label: say('conversations.title'), value: one.title }] : []),
          { label: say('conversations.who'), value: one.people.map(({ name }) => name).join(', ') },
        ],
      },
      ...(others.length > 0
        ? [{ kind: 'text' as const, text: say('conversations.planned-without', left) }]
        : []),
      { kind: 'text', text: next, style: 'subtle' },
      {
        kind: 'buttons',
        buttons: [
          { ...briefButton(one.id, say), style: 'primary' },
          changeButton(one.id, say),
          callOffButton(one.id, when, say),
        ],
      },
    ],
  };
}

/** Shows the briefing now. */
export function briefButton(id: string, say: Say): Button {
  return besides({ press: 'conversations.brief', subject: id, label: say('conversations.brief') });
}

/** Asks for another moment. */
export function changeButton(id: string, say: Say): Button {
  return { press: 'conversations.change', subject: id, label: say('conversations.change') };
}

/** It will not take place. */
export function callOffButton(id: string, when: string, say: Say): Button {
  return {
    press: 'conversations.cancelled',
    subject: id,
    label: say('conversations.call-off'),
    confirm: {
      title: say('conversations.call-off'),
      text: say('conversations.call-off-text', { when }),
      yes: say('conversations.call-off-yes'),
      no: say('settings.cancel'),
    },
  };
}

/** The moment of a conversation as one would type it: "3 december 2026 14:00–15:00". Over midnight without its end. */
export function typedWhen({ start, end }: Timed, { language, timeZone }: Voice): string {
  const [from, until] = [start.toZonedDateTimeISO(timeZone), end.toZonedDateTimeISO(timeZone)];
  const isOneDay = from.toPlainDate().equals(until.toPlainDate()) && !from.equals(until);
  const time = `${sayTime(start, language, timeZone)}${isOneDay ? `–${sayTime(end, language, timeZone)}` : ''}`;
  return `${sayDay(start, language, timeZone)} ${from.year} ${time}`;
}

/** When it is: typed in words, because that is how people say it. */
export function whenForm(
  say: Say,
  { subject, client, value, intro }: { subject: string; client: string; value?: string; intro?: string },
): Form {
  return {
    name: 'conversations.change',
    subject,
    title: say('conversations.when-title'),
    intro: [
      { kind: 'text', text: say('conversations.when-about', { client }), style: 'strong' },
      ...(intro ? [{ kind: 'text' as const, text: intro }] : []),
    ],
    fields: [
      {
        kind: 'text',
        id: 'when',
        label: say('conversations.when-label'),
        hint: say('conversations.when-hint'),
        maxLength: 100,
        value,
      },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

/** Which client, and when; nothing said about when: it was just now. */
export function talkForm(say: Say, clients: Pick<Client, 'id' | 'name'>[], when?: string): Form {
  const choices = clients.slice(0, 100).map(({ id, name }) => ({ value: id, label: name }));
  return {
    name: 'conversations.talk',
    title: say('conversations.talk-title'),
    fields: [
      {
        kind: 'choice',
        id: 'client',
        label: say('expectations.note-client'),
        choices,
        value: choices.length === 1 ? choices[0]?.value : undefined,
      },
      {
        kind: 'text',
        id: 'when',
        label: say('conversations.when-label'),
        hint: say('conversations.when-hint-now'),
        optional: true,
        maxLength: 100,
        value: when,
      },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

/** The four answers to whether the expectation was raised. */
export function answerButtons(subject: string, say: Say): Button[] {
  return [
    { press: 'conversations.raised', subject, label: say('conversations.raised'), style: 'primary' },
    { press: 'conversations.more', subject, label: say('conversations.more') },
    { press: 'conversations.not-raised', subject, label: say('conversations.not-raised') },
    { press: 'conversations.cancelled', subject, label: say('conversations.did-not-take-place') },
  ];
}

/** One conversation among others, as a line. */
export function lineOf(client: Pick<Client, 'name'>, one: Conversation, voice: Voice): Element {
  const title = one.title ? ` · ${one.title}` : '';
  const time = sayTime(one.start, voice.language, voice.timeZone);
  return { kind: 'text', text: `${time} ${client.name}${title}`, style: 'strong' };
}
