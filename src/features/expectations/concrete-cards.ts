import type { Card } from '../../chat/card.ts';
import type { Field, Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import { listOf } from '../../text/list.ts';
import type { Say } from '../../text/say.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { formSubject } from './cards.ts';
import { abouts, type Expectation, kanos, limits } from './expectations.ts';
import { listButton, nameManager, showButton } from './list-cards.ts';
import { askingOn, nextSteps } from './note-cards.ts';

/** From what a client's words can mean: the entries of the inspiration list, in one language. */
type Category = { id: string; label: string };

/** The wording for the client and how he will see it; and apart from these what only the team sees. */
export function concreteForm(
  expectation: Expectation,
  say: Say,
  { people, categories, questions }: { people: Colleague[]; categories: Category[]; questions: string[] },
): Form {
  const { category, notes, direction, state } = expectation;
  return {
    name: 'expectations.concrete',
    subject: formSubject(expectation),
    title: say(state === 'noted' ? 'expectations.concrete-title' : 'expectations.details'),
    intro: [{ kind: 'text', text: say('expectations.concrete-intro') }, ...askingOn(questions, say)],
    fields: [
      ...beforeClient(expectation, say),
      ...weight(expectation, say),
      // What we ask of the client is expected of none of us, and delights or angers none of its people.
      ...(direction === 'theirs' ? expectedFrom(expectation, say, people) : []),
      {
        ...choice('category', say('expectations.inside-category'), category),
        choices: categories.map(({ id: value, label }) => ({ value, label })),
      },
      { ...short('notes', say('expectations.inside-notes'), notes), maxLength: limits.notes },
    ],
    send: say('settings.save'),
    cancel: say('settings.cancel'),
  };
}

/** What the client reads. */
function beforeClient({ wording, doing, direction }: Expectation, say: Say): Field[] {
  const of = direction === 'ours' ? '-ours' : '';
  return [
    {
      kind: 'text',
      id: 'text',
      label: say(`expectations.concrete-text${of}`),
      hint: say(`expectations.concrete-text${of}-hint`),
      multiline: true,
      maxLength: limits.text,
      value: wording.text,
    },
    {
      kind: 'text',
      id: 'seen',
      label: say('expectations.concrete-seen'),
      hint: say('expectations.concrete-seen-hint'),
      multiline: true,
      maxLength: limits.seen,
      value: wording.seen,
    },
    {
      ...short('doing', say('expectations.concrete-doing'), doing),
      hint: say('expectations.concrete-doing-hint'),
      maxLength: limits.doing,
    },
  ];
}

/** Why it matters, and how much. */
function weight({ why, importance, direction }: Expectation, say: Say): Field[] {
  const of = direction === 'ours' ? '-ours' : '';
  const grades = ([1, 2, 3, 4] as const).map((n) => ({
    value: `${n}`,
    label: say(`expectations.importance-${n}`),
  }));
  return [
    { ...short('why', say(`expectations.inside-why${of}`), why), maxLength: limits.inside },
    {
      ...choice('importance', say('expectations.inside-importance'), importance?.toString()),
      choices: [...grades, { value: '5', label: say(`expectations.importance-5${of}`) }],
    },
  ];
}

/** What kind of expectation it is, and of whom. */
function expectedFrom({ kano, about, person }: Expectation, say: Say, people: Colleague[]): Field[] {
  return [
    {
      ...choice('kano', say('expectations.inside-kano'), kano),
      choices: kanos.map((one) => ({ value: one, label: say(`expectations.kano-${one}`) })),
    },
    {
      ...choice('about', say('expectations.inside-about'), about),
      optional: false,
      choices: abouts.map((one) => ({ value: one, label: say(`expectations.about-${one}`) })),
    },
    {
      kind: 'person',
      id: 'person',
      label: say('expectations.inside-person'),
      hint: say('expectations.inside-person-hint'),
      optional: true,
      people,
      value: person?.id,
    },
  ];
}

function short(id: string, label: string, value: string | undefined) {
  return { kind: 'text' as const, id, label, optional: true, multiline: true, value };
}

function choice(id: string, label: string, value: string | undefined) {
  return { kind: 'choice' as const, id, label, optional: true, value };
}

/** What it says now, and the step that follows. */
export function concreteCard({ name }: Client, expectation: Expectation, say: Say): Card {
  const { wording, state } = expectation;
  const title = say(`expectations.now-${state === 'concrete' || state === 'noted' ? state : 'kept'}`, {
    client: name,
  });
  const seen = wording.seen ? [{ label: say('expectations.fact-seen'), value: wording.seen }] : [];
  // Its text has not changed: what is before the client, or was answered by it, need not be sent again now.
  const stands = state === 'sent' || state === 'confirmed' || state === 'doubted';
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'quote', text: wording.text },
      ...(seen.length > 0 ? [{ kind: 'facts' as const, facts: seen }] : []),
      { kind: 'buttons', buttons: stands ? [showButton(expectation.id, say)] : nextSteps(expectation, say) },
    ],
  };
}

/** Kept, and for the manager to judge first; `sees`: whoever changed it may still see it. */
export function waitsCard(
  { id: client, owner, manager }: Client,
  { id, person, wording }: Expectation,
  voice: Voice,
  sees: boolean,
): Card {
  const { say } = voice;
  const name = person?.name ?? '';
  const title = manager
    ? say('expectations.now-waits', { name, manager: manager.name })
    : say('expectations.now-unmanaged', { name });
  const readers = [person, manager, owner].flatMap((one) => one?.name ?? []);
  const names = listOf([...new Set(readers)], voice.language);
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'quote', text: wording.text },
      { kind: 'text', text: say('expectations.now-waits-seen', { names }) },
      {
        kind: 'buttons',
        buttons: [
          ...(manager ? [] : [nameManager(client, say)]),
          sees ? showButton(id, say) : listButton(client, say),
        ],
      },
    ],
  };
}

/** Before it is sent as it was noted: container words are confirmed easily, and met by nobody. */
export function rawCard({ id, wording }: Expectation, say: Say): Card {
  const title = say('expectations.raw-title');
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'quote', text: wording.text },
      { kind: 'text', text: say('expectations.raw-text') },
      {
        kind: 'buttons',
        buttons: [
          {
            press: 'expectations.concrete',
            subject: id,
            label: say('expectations.concrete'),
            style: 'primary',
          },
          { press: 'expectations.send-anyway', subject: id, label: say('expectations.send-anyway') },
        ],
      },
    ],
  };
}
