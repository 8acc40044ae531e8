import { type Button, besides, type Card, type Element, line } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayDay, sayMoment } from '../../text/when.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { limits } from './conversations.ts';
import type { Warning } from './warning-store.ts';

/** Whom to ask for help, and with what; the manager is the one proposed. `again`: with the words of the time before. */
export function warnForm(
  subject: string,
  client: Client,
  people: Colleague[],
  say: Say,
  { name, said }: { name: string; said?: string } = { name: 'conversations.warn' },
): Form {
  return {
    name,
    subject,
    title: say('conversations.warn-title'),
    intro: [{ kind: 'text', text: say('conversations.warn-intro', { client: client.name }) }],
    fields: [
      {
        kind: 'person',
        id: 'person',
        label: say('conversations.warn-whom'),
        people,
        value: people.find(({ id }) => id === client.manager?.id)?.id,
      },
      {
        kind: 'text',
        id: 'said',
        label: say('conversations.warn-what'),
        hint: say('conversations.warn-what-hint'),
        multiline: true,
        maxLength: limits.said,
        value: said,
      },
    ],
    send: say('conversations.warn-send'),
    cancel: say('settings.cancel'),
  };
}

/** A warning as one of the two sees it, with what he can do about it. `opening` stands above it for who is asked. */
export function warningCard(
  client: Client,
  warning: Warning,
  text: string | undefined,
  reader: 'from' | 'to',
  { say, language, timeZone }: Voice,
  opening?: string,
): Card {
  const { state, from, said, toldAt } = warning;
  const stands = standsOf(warning, say);
  return {
    summary: opening ?? `${client.name}: ${stands}`,
    elements: [
      {
        kind: 'text',
        text: opening ?? say('conversations.warning-about', { client: client.name }),
        style: 'heading',
      },
      ...(text ? [{ kind: 'text' as const, text, style: 'subtle' as const }] : []),
      { kind: 'quote', text: said, by: `${from.name}, ${sayMoment(toldAt, language, timeZone)}` },
      { kind: 'text', text: stands, style: 'strong' },
      ...(state === 'told' && reader === 'from'
        ? [{ kind: 'text' as const, text: say('conversations.warning-client') }]
        : []),
      { kind: 'buttons', buttons: [...stepsOf(warning, reader, say), dossierOf(client, say)] },
    ],
  };
}

/** Tells one of the two what the other has done, in a line; his own message shows the rest. */
export function newsCard(client: Client, warning: Warning, reader: 'from' | 'to', { say }: Voice): Card {
  const { state, from, to } = warning;
  if (state === 'told') return line(standsOf(warning, say));
  const by = reader === 'from' ? to.name : from.name;
  const card = line(say(`conversations.warning-news-${state}`, { client: client.name, to: to.name, by }));
  if (reader === 'to' || state !== 'passed-back') return card;
  return {
    ...card,
    elements: [...card.elements, { kind: 'buttons', buttons: stepsOf(warning, reader, say) }],
  };
}

/** To who asked for help: it did not reach who was asked. */
export function unheardCard(client: Client, warning: Warning, { say }: Voice): Card {
  const card = line(say('conversations.warning-unheard', { client: client.name, to: warning.to.name }));
  return {
    ...card,
    elements: [...card.elements, { kind: 'buttons', buttons: stepsOf(warning, 'from', say) }],
  };
}

/** To who was asked first: somebody else is by now. */
export function passedOnCard(client: Client, { from, to }: Warning, { say }: Voice): Card {
  const stands = say('conversations.warning-passed-on', { from: from.name, to: to.name });
  const title = say('conversations.warning-about', { client: client.name });
  return {
    summary: `${client.name}: ${stands}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: stands },
      { kind: 'buttons', buttons: [dossierOf(client, say)] },
    ],
  };
}

/** Warnings that are not settled, among what else is known of a client. */
export function openWarningsCard(warnings: Warning[], { say, language, timeZone }: Voice): Element[] {
  if (warnings.length === 0) return [];
  return [
    { kind: 'text', text: say('conversations.warnings-open'), style: 'strong' },
    ...warnings.flatMap((one): Element[] => [
      { kind: 'quote', text: one.said, by: `${one.from.name}, ${sayDay(one.toldAt, language, timeZone)}` },
      { kind: 'text', text: standsOf(one, say), style: 'subtle' },
    ]),
  ];
}

function standsOf({ state, from, to }: Warning, say: Say): string {
  return say(`conversations.warning-${state}`, { from: from.name, to: to.name });
}

function stepsOf({ id, state }: Warning, reader: 'from' | 'to', say: Say): Button[] {
  const step = (name: 'take' | 'pass-back' | 'settle' | 'warn-other', primary = false): Button => ({
    press: `conversations.${name}`,
    subject: id,
    label: say(`conversations.${name}`),
    style: primary ? 'primary' : undefined,
  });
  if (state === 'settled') return [];
  if (reader === 'from') return state === 'taken' ? [step('settle')] : [step('settle'), step('warn-other')];
  if (state === 'told') return [step('take', true), step('pass-back')];
  return state === 'taken' ? [step('settle', true), step('pass-back')] : [step('take')];
}

function dossierOf({ id }: Client, say: Say): Button {
  return besides({ press: 'clients.show', subject: id, label: say('clients.to-dossier') });
}
