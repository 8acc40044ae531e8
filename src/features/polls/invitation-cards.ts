import type { Card, Element } from '../../chat/card.ts';
import type { Sheet } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import { endedCard, headingOf, nameOf, termsOf, whichOf } from './cards.ts';
import type { Poll } from './polls.ts';
import { ballotForm } from './vote-cards.ts';

/** Who is asked too, without this chat. */
export function inviteForm(poll: Poll, say: Say, mails: boolean): Form {
  return {
    name: 'polls.invite',
    subject: poll.id,
    title: say('invite.title'),
    fields: [
      {
        kind: 'text',
        id: 'addresses',
        label: say('invite.addresses'),
        hint: say(mails ? 'invite.hint-mail' : 'invite.hint-link'),
        placeholder: say('invite.placeholder'),
        multiline: true,
        maxLength: 3000,
      },
      {
        kind: 'choice',
        id: 'language',
        label: say('settings.language'),
        choices: [
          { value: 'nl', label: say('settings.language-nl') },
          { value: 'en', label: say('settings.language-en') },
        ],
        value: poll.language,
      },
    ],
    send: say(mails ? 'invite.send' : 'invite.make'),
    cancel: say('settings.cancel'),
  };
}

/**
 * To the one who asked: who was mailed, or the link that each contact is to get from him. `skipped`: of each who was not
 * invited, why.
 */
export function invitedCard(
  { say }: Voice,
  made: { name: string; link: string }[],
  mailed: boolean,
  skipped: string[],
): Card {
  const text = say(mailed ? 'invite.mailed' : 'invite.links', { count: made.length });
  const list: Element[] = mailed
    ? [{ kind: 'text', text: made.map(({ name }) => name).join(', ') }]
    : [
        ...made.flatMap(({ name, link }): Element[] => [
          { kind: 'text', text: name, style: 'strong' },
          { kind: 'address', url: link },
        ]),
        { kind: 'text', text: say('invite.own'), style: 'subtle' },
      ];
  const title: Element[] =
    skipped.length > 0 ? [{ kind: 'text', text: say('invite.skipped'), style: 'strong' }] : [];
  return { summary: text, elements: [{ kind: 'text', text }, ...list, ...title, ...paragraphs(skipped)] };
}

/** To the one who asked: who was not invited to a new round and why, and how many of the channel were asked lately. */
export function notAskedCard(
  poll: Poll,
  { say }: Voice,
  skipped: string[],
  lately: string | undefined,
): Card {
  const name = nameOf(poll.kind, say);
  const text = say(skipped.length > 0 ? 'invite.skipped-round' : 'invite.lately-round', { name });
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      ...whichOf(poll, say),
      ...paragraphs(skipped),
      ...(lately ? [{ kind: 'text' as const, text: lately }] : []),
    ],
  };
}

/** Many lines as few elements: platforms take only so many of them, and only so long ones. */
function paragraphs(lines: string[]): Element[] {
  const size = 10;
  return Array.from({ length: Math.ceil(lines.length / size) }, (_, at) => ({
    kind: 'text',
    text: lines.slice(at * size, (at + 1) * size).join('\n'),
  }));
}

/** The mail itself: the question, who asks, and one button. `again`: it is the reminder. */
export function invitationCard(poll: Poll, voice: Voice, link: string, again: boolean): Card {
  const { say } = voice;
  const values = { asker: poll.asker.name, question: poll.wording.question };
  return {
    language: voice.language,
    summary: say(again ? 'polls.reminder-summary' : 'polls.summary', values),
    elements: [
      ...(again ? [{ kind: 'text' as const, text: say('polls.reminder'), style: 'subtle' as const }] : []),
      ...headingOf(poll, say),
      { kind: 'buttons', buttons: [{ url: link, label: say('invite.answer') }] },
      ...termsOf(poll, voice),
      { kind: 'text', text: say('invite.personal'), style: 'subtle' },
    ],
  };
}

/** The page while it can be answered. */
export function answerSheet(poll: Poll, voice: Voice): Sheet {
  const { say, language } = voice;
  const form = ballotForm(poll, voice, undefined);
  const fields = form.fields.map((field) =>
    field.id === 'why' && !poll.anonymous ? { ...field, placeholder: say('polls.why-placeholder') } : field,
  );
  // Of an anonymous poll its terms say so already.
  const once: Element[] = poll.anonymous ? [] : [{ kind: 'text', text: say('invite.once'), style: 'subtle' }];
  return {
    language,
    card: {
      summary: poll.wording.question,
      elements: [...headingOf(poll, say), ...termsOf(poll, voice), ...once],
    },
    form: { ...form, intro: undefined, name: 'polls.answer', fields },
  };
}

/** The page after the answer, and ever after. */
export function answeredSheet(poll: Poll, { say, language }: Voice): Sheet {
  const text = say('invite.received');
  const further = say(poll.anonymous ? 'invite.received-anonymous' : 'invite.received-named', {
    asker: poll.asker.name,
  });
  return {
    language,
    card: {
      summary: text,
      elements: [
        { kind: 'text', text, style: 'heading' },
        { kind: 'text', text: further },
      ],
    },
  };
}

/** The page of a poll that has ended. */
export function endedSheet(poll: Poll, voice: Voice): Sheet {
  const { say, language, timeZone } = voice;
  if (poll.state === 'cancelled') return { language, card: endedCard(poll, voice, poll.closesAt, 0) };
  const text = say('polls.closed', { when: sayMoment(poll.closesAt, language, timeZone) });
  return {
    language,
    card: {
      summary: text,
      elements: [
        ...headingOf(poll, say),
        { kind: 'text', text },
        { kind: 'text', text: say('invite.too-late') },
      ],
    },
  };
}

/** Why an invitation did not arrive, with the link to send otherwise. */
export function unmailedCard({ say }: Voice, name: string, link: string | undefined): Card {
  const text = say(link ? 'invite.unmailed' : 'invite.unmailed-alone', { name });
  return {
    summary: text,
    elements: [{ kind: 'text', text }, ...(link ? [{ kind: 'address' as const, url: link }] : [])],
  };
}
