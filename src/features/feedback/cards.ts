import type { Button, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import { noonOf, sayDay } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import type { Feedback, State } from './feedback.ts';

type Named = Pick<Client, 'id' | 'name'> | undefined;

/** How many colleagues applauded it, and whether the reader did; what is his own he cannot. */
export type Cheers = { count: number; mine: 'given' | 'open' | 'own' };

type Shown = {
  /** The words of the expectation that it touches. */
  touches?: string | undefined;
  mayChange: boolean;
  title?: string;
  cheers?: Cheers | undefined;
};

/** One as a card for the team: what was said, and what one can do with it. */
export function feedbackCard(one: Feedback, client: Named, shown: Shown, voice: Voice): Card {
  const { touches, mayChange, title, cheers } = shown;
  const heading = title ?? titleOf(one, client, voice);
  const buttons = [
    ...(cheers ? cheerButton(one, cheers, voice) : []),
    ...(mayChange ? buttonsFor(one, client, voice) : []),
  ];
  return {
    summary: heading,
    elements: [
      { kind: 'text', text: heading, style: 'heading' },
      quoteOf(one, voice),
      ...factsOf(one, touches, voice),
      ...(cheers && cheers.count > 0 ? [cheersLine(cheers.count, voice)] : []),
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
    ],
  };
}

/** How many colleagues applauded it. */
export function cheersLine(count: number, { say }: Voice): Element {
  return { kind: 'text', text: say('feedback.cheers', { count }), style: 'subtle' };
}

function cheerButton({ id }: Feedback, { mine }: Cheers, { say }: Voice): Button[] {
  if (mine === 'own') return [];
  const label = say(mine === 'given' ? 'feedback.cheer-back' : 'feedback.cheer');
  return [{ press: 'feedback.cheer', subject: id, label, ...(mine === 'open' && { style: 'primary' }) }];
}

/** `Klacht van Acme`, or `Succes` where it is of no client. */
export function titleOf({ kind }: Pick<Feedback, 'kind'>, client: Named, { say }: Voice): string {
  return client ? say(`feedback.title-${kind}`, { client: client.name }) : say(`feedback.kind-${kind}`);
}

/** What was said, by whom, and who of us brought it; with its year where that is not the one given. */
export function quoteOf(
  { text, saidBy, by, day }: Feedback,
  { say, language }: Voice,
  year: number = day.year,
): Element {
  const date = sayDay(noonOf(day), language, 'UTC');
  const values = {
    ...{ name: by.name, said: saidBy ?? '' },
    day: day.year === year ? date : `${date} ${day.year}`,
  };
  return { kind: 'quote', text, by: say(saidBy ? 'feedback.by-said' : 'feedback.by', values) };
}

function factsOf(one: Feedback, touches: string | undefined, { say }: Voice): Element[] {
  const { state, owner, link, unnoted, answered, learned } = one;
  const facts = [
    ...(state ? [{ label: say('feedback.fact-state'), value: say(`feedback.state-${state}`) }] : []),
    ...(owner ? [{ label: say('feedback.fact-owner'), value: owner.name }] : []),
    ...(touches ? [{ label: say('feedback.fact-touches'), value: touches }] : []),
    ...(unnoted && !touches ? [{ label: say('feedback.fact-touches'), value: say('feedback.unnoted') }] : []),
    ...(answered ? [{ label: say('feedback.fact-answered'), value: answered }] : []),
    ...(learned ? [{ label: say('feedback.fact-learned'), value: learned }] : []),
  ];
  return [
    ...(facts.length > 0 ? [{ kind: 'facts' as const, facts }] : []),
    ...(link
      ? [{ kind: 'buttons' as const, buttons: [{ url: link, label: say('feedback.open-link') }] }]
      : []),
  ];
}

/** The next step first; a complaint that is learned from needs none. */
function buttonsFor(one: Feedback, client: Named, { say }: Voice): Button[] {
  const { id, state, unnoted, expectation } = one;
  const press = (name: 'take' | 'answer' | 'hand' | 'learn' | 'share' | 'details' | 'begin') => ({
    press: `feedback.${name}`,
    subject: id,
    label: say(`feedback.${name}`),
  });
  const steps: Record<State, Button[]> = {
    new: [{ ...press('take'), style: 'primary' }, press('answer'), press('hand')],
    handling: [{ ...press('answer'), style: 'primary' }, press('hand')],
    answered: [{ ...press('learn'), style: 'primary' }],
    learned: [],
  };
  const toNote: Button[] = unnoted && !expectation && client ? [press('begin')] : [];
  const toShare = client && (state === 'answered' || state === 'learned') ? [press('share')] : [];
  return [...(state ? steps[state] : []), ...toNote, ...toShare, press('details')];
}

/** `Klacht van Acme · in behandeling`. */
export function lineOf(one: Feedback, client: Named, voice: Voice): string {
  const state = one.state ? ` · ${voice.say(`feedback.state-${one.state}`)}` : '';
  return `${titleOf(one, client, voice)}${state}`;
}
