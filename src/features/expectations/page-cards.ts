import type { Card, Element } from '../../chat/card.ts';
import type { Sheet } from '../../chat/feature.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { type Asking, dateOf, wordingOf } from './cards.ts';
import { type Expectation, isOpen, limits } from './expectations.ts';
import { type Shown, sectionOf, standsAs } from './view-cards.ts';

/** The written expectations: a page for the client to keep and to print. */
export function documentSheet(client: Client, shown: Shown[], voice: Voice, now: Temporal.Instant): Sheet {
  const { say, language } = voice;
  const title = say('confirm.document-title', { client: client.name });
  const elements: Element[] = [
    { kind: 'text', text: title, style: 'heading' },
    { kind: 'text', text: say('confirm.document-date', { day: dateOf(now, voice) }), style: 'subtle' },
    ...(shown.length === 0 ? [{ kind: 'text' as const, text: say('confirm.view-empty') }] : []),
    ...shown.flatMap((one, at) => [
      ...headingBefore(one, shown[at - 1], client, voice),
      ...itemOf(one, client, voice),
    ]),
  ];
  return { language, card: { summary: title, elements } };
}

function headingBefore(one: Shown, before: Shown | undefined, { name }: Client, { say }: Voice): Element[] {
  const section = sectionOf(one);
  if (before && sectionOf(before) === section) return [];
  const text = say(`confirm.section-${section}`, { client: name });
  return [{ kind: 'divider' }, { kind: 'text', text, style: 'heading' }];
}

function itemOf(one: Shown, client: Client, voice: Voice): Element[] {
  const { say } = voice;
  const { text, seen } = one.wording;
  const { doing } = one.expectation;
  return [
    { kind: 'quote', text },
    {
      kind: 'facts',
      facts: [
        ...(seen ? [{ label: say('confirm.seen'), value: seen }] : []),
        ...(doing && isOpen(one.expectation) ? [{ label: say('confirm.doing'), value: doing }] : []),
        { label: say('confirm.document-stands'), value: standsAs(one, client, voice) },
      ],
    },
  ];
}

/** The page while it can be answered. `isChanged`: the link was made for a text of before. */
export function questionSheet(
  client: Client,
  expectation: Expectation,
  voice: Voice,
  { name, isChanged, months, by }: Asking & { name: string; isChanged: boolean },
): Sheet {
  const { say, language } = voice;
  const { direction, wording } = expectation;
  const title = say(`confirm.title-${direction}`);
  const terms = [
    say('confirm.page-terms', { by, name, client: client.name }),
    say(`confirm.period-${direction}`, { count: months }),
    say('confirm.who-alone'),
  ].join(' ');
  return {
    language,
    card: {
      summary: title,
      elements: [
        { kind: 'text', text: title, style: 'heading' },
        ...(isChanged
          ? [{ kind: 'text' as const, text: say('confirm.changed'), style: 'strong' as const }]
          : []),
        ...wordingOf(wording, say),
        { kind: 'text', text: terms, style: 'subtle' },
      ],
    },
    form: answerForm(expectation, voice),
  };
}

/** The wording goes with each choice: what is answered is what was read, also when it was changed meanwhile. */
function answerForm({ direction, wording }: Expectation, { say }: Voice): Form {
  const of = direction === 'ours' ? '-ours' : '';
  const choices = [
    { value: `confirm.${wording.id}`, label: say(`confirm.yes${of}`) },
    { value: `correct.${wording.id}`, label: say('confirm.page-not-quite') },
    { value: `doubt.${wording.id}`, label: say(`confirm.page-no-longer${of}`) },
  ];
  return {
    name: 'expectations.answer',
    title: say('confirm.answer'),
    fields: [
      { kind: 'choice', id: 'answer', label: say(`confirm.page-question${of}`), choices },
      {
        kind: 'text',
        id: 'text',
        label: say('confirm.what-instead'),
        hint: say('confirm.page-hint'),
        optional: true,
        multiline: true,
        maxLength: limits.text,
        value: wording.text,
      },
    ],
    send: say('confirm.send'),
    cancel: say('settings.cancel'),
  };
}

/** The page when there is nothing to answer (any more): where it stands. */
export function standingSheet(client: Client, shown: Shown, voice: Voice, link: string | undefined): Sheet {
  const { say, language } = voice;
  const { state } = shown.expectation;
  const isReworded = state === 'noted' || state === 'concrete' || state === 'sent';
  const title = say(isReworded ? 'confirm.page-reworded' : `confirm.page-${state}`);
  const print: Element[] =
    link === undefined
      ? []
      : [{ kind: 'buttons', buttons: [{ url: link, label: say('confirm.view-print') }] }];
  const card: Card = {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...wordingOf(shown.wording, say),
      { kind: 'text', text: standsAs(shown, client, voice) },
      ...print,
    ],
  };
  return { language, card };
}
