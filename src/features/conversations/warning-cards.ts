import type { Button, Card } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { limits } from './conversations.ts';
import type { Warning } from './warning-store.ts';

/** Whom to ask for help, and with what; the manager is the one proposed. */
export function warnForm(subject: string, client: Client, people: Colleague[], say: Say): Form {
  return {
    name: 'conversations.warn',
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
  const { state, from, to, said, toldAt } = warning;
  const stands = say(`conversations.warning-${state}`, { from: from.name, to: to.name });
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

function stepsOf({ id, state }: Warning, reader: 'from' | 'to', say: Say): Button[] {
  const step = (name: 'take' | 'pass-back' | 'settle', primary = false): Button => ({
    press: `conversations.${name}`,
    subject: id,
    label: say(`conversations.${name}`),
    style: primary ? 'primary' : undefined,
  });
  if (state === 'settled') return [];
  if (reader === 'from') return [step('settle')];
  if (state === 'told') return [step('take', true), step('pass-back')];
  return state === 'taken' ? [step('settle', true), step('pass-back')] : [step('take')];
}

function dossierOf({ id }: Client, say: Say): Button {
  return { press: 'clients.show', subject: id, label: say('clients.to-dossier') };
}
