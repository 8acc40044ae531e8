import type { Button, Card, Element } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { nameOf, until, whichOf } from './cards.ts';
import { fewest, limits, type Poll, type Subject } from './polls.ts';
import { nextOf, seriesLines, stopButton } from './series-cards.ts';
import type { Series } from './series-rules.ts';

const offered = [1, 3, 7, 14, 30];
const subjects: Subject[] = ['nps', 'ces', 'csat', 'loyalty'];

/** Everything that can be said of a question before it is asked. */
export function askForm(say: Say, subject: Subject): Form {
  return {
    name: 'polls.ask',
    title: say('polls.form-title'),
    fields: [
      {
        kind: 'choice',
        id: 'subject',
        label: say('polls.form-subject'),
        choices: subjects.map((value) => ({ value, label: say(`polls.choice.${value}`) })),
        value: subject,
      },
      {
        kind: 'text',
        id: 'topic',
        label: say('polls.form-topic'),
        placeholder: say('polls.form-topic-hint'),
        optional: true,
        maxLength: limits.topic,
      },
      {
        kind: 'choice',
        id: 'days',
        label: say('polls.form-period'),
        choices: offered.map((days) => ({ value: String(days), label: say('polls.days', { count: days }) })),
        value: '7',
      },
      {
        kind: 'choice',
        id: 'anonymous',
        label: say('polls.form-anonymous'),
        choices: [
          { value: 'no', label: say('polls.form-named') },
          { value: 'yes', label: say('polls.form-unnamed') },
        ],
        value: 'no',
      },
      {
        kind: 'choice',
        id: 'rhythm',
        label: say('polls.form-rhythm'),
        choices: [
          { value: 'once', label: say('polls.form-once') },
          { value: 'month', label: say('polls.rhythm.month') },
          { value: 'quarter', label: say('polls.rhythm.quarter') },
        ],
        value: 'once',
      },
    ],
    send: say('polls.form-send'),
    cancel: say('settings.cancel'),
  };
}

/** For the one who asked: that it is asked, and how to end it. `lately`: how many there were asked something lately. */
export function askedCard(poll: Poll, voice: Voice, lately?: string): Card {
  const { say } = voice;
  const text = say(poll.shared ? 'polls.asked-shared' : 'polls.asked', {
    name: nameOf(poll.kind, say),
    until: until(poll, voice),
  });
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      ...(lately ? [{ kind: 'text' as const, text: lately }] : []),
      ...fewInvited(poll, say),
      ...whichOf(poll, say),
      ending(poll, say, [{ press: 'polls.invite', subject: poll.id, label: say('polls.invite') }]),
    ],
  };
}

/** Said at once, not when it is too late: so few can never give a result. */
function fewInvited({ anonymous, invited }: Poll, say: Say): Element[] {
  if (!anonymous || invited === undefined || invited >= fewest) return [];
  return [{ kind: 'text', text: say('polls.few-invited', { invited }), style: 'strong' }];
}

/** Ways to the results of polls that are closed. */
export function resultButtons(closed: Poll[], say: Say): Button[] {
  return closed.map(({ id, kind }) => ({
    press: 'polls.result',
    subject: id,
    label: say('result.last', { name: nameOf(kind, say) }),
  }));
}

/** How many have answered; nothing of what they answered. `closed`: the last ones before it. */
export function participationCard(
  poll: Poll,
  voice: Voice,
  {
    answered,
    mayEnd,
    closed,
    series,
  }: { answered: number; mayEnd: boolean; closed: Poll[]; series: Series | undefined },
): Card {
  const { say } = voice;
  const count =
    poll.invited && poll.invited >= answered
      ? say('polls.participation', { n: answered, invited: poll.invited })
      : say('polls.participation-alone', { count: answered });
  const elements: Element[] = [
    { kind: 'text', text: say('polls.running', { name: nameOf(poll.kind, say) }), style: 'heading' },
    ...whichOf(poll, say),
    { kind: 'text', text: count },
    {
      kind: 'text',
      text: say('polls.running-until', { asker: poll.asker.name, until: until(poll, voice) }),
      style: 'subtle',
    },
    {
      kind: 'text',
      text: say(poll.anonymous ? 'polls.while-open-anonymous' : 'polls.while-open'),
      style: 'subtle',
    },
  ];
  if (mayEnd)
    elements.push(
      ending(poll, say, [
        { press: 'polls.again', subject: poll.id, label: say('polls.again') },
        { press: 'polls.invite', subject: poll.id, label: say('polls.invite') },
      ]),
    );
  const stop: Button[] = series && mayEnd ? [stopButton(series, say)] : [];
  if (series) {
    const lines = seriesLines(series, voice, nextOf(series));
    elements.splice(2, 0, { kind: 'text', text: lines.join(' · ') });
  }
  const others = [...stop, ...resultButtons(closed, say)];
  if (others.length > 0) elements.push({ kind: 'buttons', buttons: others });
  return { summary: count, elements };
}

function ending(poll: Poll, say: Say, before: Button[]): Element {
  const buttons: Button[] = [
    ...before,
    { press: 'polls.close', subject: poll.id, label: say('polls.close') },
    {
      press: 'polls.cancel',
      subject: poll.id,
      label: say('polls.cancel'),
      style: 'danger',
      confirm: {
        title: say('polls.cancel-title'),
        text: say('polls.cancel-text'),
        yes: say('polls.cancel-yes'),
        no: say('polls.cancel-no'),
      },
    },
  ];
  return { kind: 'buttons', buttons };
}

/** To the one who asked: how many have not answered, not who. `spared`: those who had a message only just before. */
export function silentCard(
  poll: Poll,
  voice: Voice,
  { silent, invited, reminded, spared }: Record<'silent' | 'invited' | 'reminded' | 'spared', number>,
): Card {
  const { say } = voice;
  const text = say('polls.silent', { count: silent, invited });
  const told = [
    ...(reminded > 0 ? [say('polls.reminded', { count: reminded })] : []),
    ...(reminded === 0 && spared < silent ? [say('polls.not-reminded')] : []),
    ...(spared > 0 ? [say('polls.spared', { count: spared })] : []),
  ].join(' ');
  return {
    summary: text,
    elements: [{ kind: 'text', text }, ...whichOf(poll, say), { kind: 'text', text: told, style: 'subtle' }],
  };
}
