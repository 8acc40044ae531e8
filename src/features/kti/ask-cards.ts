import type { Card, Element } from '../../chat/card.ts';
import type { Field, Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { nameOf } from './kti.ts';
import type { PutRound } from './put-feature.ts';
import { cancelButton } from './round-cards.ts';
import { skippedLines } from './skipped-cards.ts';

type Links = PutRound['links'];

/** More clients than a menu has room for are typed. */
const mostChoices = 98;

/** Which client is asked. */
export function askForm(say: Say, clients: Client[]): Form {
  return {
    ...{ name: 'kti.ask', title: say('kti.ask-title'), send: say('kti.ask-send') },
    cancel: say('settings.cancel'),
    intro: [{ kind: 'text', text: say('kti.ask-intro') }],
    fields: clientField(say, clients),
  };
}

/** The question which client it is: a menu, and more than it has room for a line to type. */
export function clientField(say: Say, clients: Client[]): Field[] {
  const choices = clients.slice(0, mostChoices).map(({ id, name }) => ({ value: id, label: name }));
  const field: Field = {
    ...{ kind: 'choice', id: 'client', label: say('kti.which-client'), choices, value: choices[0]?.value },
  };
  if (clients.length <= mostChoices) return [field];
  const label = say('feedback.other-client');
  return [field, { kind: 'text', id: 'other-client', label, optional: true, maxLength: 80 }];
}

/**
 * To the one who asked: what was asked of whom, who was not, and what follows. With the links to be sent by hand, unless
 * those are sent apart.
 */
export function askedCard(
  client: Client,
  put: PutRound,
  voice: Voice,
  now: Temporal.Instant,
  { apart } = { apart: false },
): Card {
  const { say, language, timeZone } = voice;
  const { round, ktis, invited, links } = put;
  const names = invited.map(({ name }) => name).join(', ');
  const title = say('kti.asked', { client: client.name, count: invited.length });
  const until = sayMoment(round.closesAt, language, timeZone);
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'strong' },
      { kind: 'text', text: say('kti.asked-whom', { names }) },
      ...ktis.map((kti): Element => ({ kind: 'text', text: `• ${nameOf(kti, language)}` })),
      { kind: 'text', text: say('kti.asked-until', { until }), style: 'subtle' },
      ...skippedLines(put, voice, now).map((text): Element => ({ kind: 'text', text, style: 'subtle' })),
      ...(apart ? linksApart(links, say) : linksOf(links, say)),
      { kind: 'buttons', buttons: [cancelButton(round, say)] },
    ],
  };
}

/** The links to be sent by hand, in a message that stays. */
export function linksCard({ name }: Pick<Client, 'name'>, links: Links, { say }: Voice): Card {
  const title = say('kti.links-title', { client: name });
  return {
    summary: title,
    elements: [{ kind: 'text', text: title, style: 'strong' }, ...linksOf(links, say)],
  };
}

function linksApart(links: Links, say: Say): Element[] {
  if (links.length === 0) return [];
  return [{ kind: 'text', text: say('kti.links-apart', { count: links.length }) }];
}

/** Those who are to be sent their link by hand; `text`: what is said of them. */
export function linksOf(
  links: Links,
  say: Say,
  text: 'kti.links' | 'kti.silent-links' = 'kti.links',
): Element[] {
  if (links.length === 0) return [];
  return [
    { kind: 'text', text: say(text, { count: links.length }) },
    ...links.flatMap(({ name, link }): Element[] => [
      { kind: 'text', text: name, style: 'strong' },
      { kind: 'address', url: link },
    ]),
  ];
}
