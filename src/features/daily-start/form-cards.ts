import type { Card, Element } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { noonOf, sayMoment, sayTime, sayWeekday } from '../../text/when.ts';
import type { Colleague } from '../clients/clients.ts';
import { deedLine } from './cards.ts';
import { type Deed, limits, type Start } from './daily-start.ts';
import type { Plan } from './schedule-rules.ts';

/** Asks at what time the day is started here. */
export function timeForm(say: Say, at: string | undefined): Form {
  return {
    name: 'daily-start.at',
    title: say('daily-start.form-at'),
    intro: [{ kind: 'text', text: say('daily-start.about-at'), style: 'subtle' }],
    fields: [
      {
        kind: 'text',
        id: 'time',
        label: say('daily-start.which-time'),
        maxLength: 20,
        value: at ?? '08:45',
        hint: say('daily-start.time-hint'),
      },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

/** Asks what the team learned. */
export function learnForm({ id }: Start, say: Say): Form {
  return {
    name: 'daily-start.learn',
    subject: id,
    title: say('daily-start.form-learn'),
    fields: [
      {
        kind: 'text',
        id: 'text',
        label: say('daily-start.what-learned'),
        multiline: true,
        maxLength: limits.text,
      },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

/** Asks who does what until when; one of these days. */
export function deedForm(
  { id }: Start,
  { people, days, me }: { people: Colleague[]; days: Temporal.PlainDate[]; me: string },
  { say, language }: Voice,
): Form {
  const choices = days.map((day) => ({
    value: day.toString(),
    label: sayWeekday(noonOf(day), language, 'UTC'),
  }));
  return {
    name: 'daily-start.deed',
    subject: id,
    title: say('daily-start.form-deed'),
    fields: [
      { kind: 'text', id: 'what', label: say('daily-start.what-deed'), maxLength: limits.text },
      { kind: 'person', id: 'person', label: say('daily-start.who-deed'), people, value: me },
      {
        kind: 'choice',
        id: 'until',
        label: say('daily-start.until-deed'),
        choices,
        value: choices.at(-1)?.value,
      },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

/** So many of them stand in one list; the most urgent first, so that the rest come up as these are done. */
const inList = 12;

/** What people took upon themselves in a channel, each with what becomes of it; `at`: when this is read. */
export function deedsCard(deeds: Deed[], at: Temporal.Instant, voice: Voice): Card {
  const { say } = voice;
  const title = deeds.length === 0 ? say('daily-start.deeds-none') : say('daily-start.deeds');
  const press = (name: 'done' | 'drop', { id }: Deed) => ({
    press: `daily-start.${name}`,
    subject: id,
    label: say(`daily-start.button-${name}`),
  });
  const more = deeds.length - inList;
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...deeds.slice(0, inList).flatMap((deed): Element[] => [
        { kind: 'text', text: deedLine(deed, voice, at) },
        { kind: 'buttons', buttons: [press('done', deed), press('drop', deed)] },
      ]),
      ...(more > 0 ? [{ kind: 'text' as const, text: say('daily-start.more', { count: more }) }] : []),
    ],
  };
}

/** How the day is started in a channel, and what one can do about it. */
export function planCard(
  plan: Plan | undefined,
  open: Start | undefined,
  { say, language, timeZone }: Voice,
): Card {
  const title = plan
    ? say('daily-start.plan', { time: plan.at, next: sayMoment(plan.nextAt, language, timeZone) })
    : say('daily-start.no-plan');
  const press = (name: 'now' | 'at' | 'off' | 'close') => ({
    press: `daily-start.${name}`,
    label: say(name === 'close' ? 'daily-start.button-close-open' : `daily-start.button-${name}`),
  });
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title },
      ...(open
        ? [
            {
              kind: 'text' as const,
              text: say('daily-start.is-open', { time: sayTime(open.closesAt, language, timeZone) }),
            },
          ]
        : []),
      ...(plan && plan.skipped > 0
        ? [
            {
              kind: 'text' as const,
              text: say('daily-start.skipped', { count: plan.skipped }),
              style: 'subtle' as const,
            },
          ]
        : []),
      {
        kind: 'buttons',
        buttons: [press(open ? 'close' : 'now'), press('at'), ...(plan ? [press('off')] : [])],
      },
    ],
  };
}
