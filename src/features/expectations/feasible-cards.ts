import { type Card, type Element, line } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import { listOf } from '../../text/list.ts';
import type { Client } from '../clients/clients.ts';
import type { Expectation } from './expectations.ts';
import { cut, nameManager, showButton } from './list-cards.ts';
import { nextSteps } from './note-cards.ts';
import { textOf } from './review-cards.ts';
import { judging } from './show-cards.ts';

/** To the manager, alone: what a client expects of one of his people; can it be done? */
export function feasibleCard(client: Client, one: Expectation, voice: Voice): Card {
  const { say } = voice;
  const name = one.person?.name ?? '';
  const title = say('expectations.feasible-title', { client: client.name, name });
  return {
    summary: `${title} “${cut(one.wording.text, 150)}”`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...textOf(one, voice),
      ...whoSees(client, one, voice),
      { kind: 'buttons', buttons: [...judging(one, say), showButton(one.id, say)] },
    ],
  };
}

/** With whom the manager talks about it, and who sees it until he answers: he may be one of these himself. */
function whoSees({ owner, manager }: Client, { person }: Expectation, voice: Voice): Element[] {
  const { say } = voice;
  const others = [...(person ? [person] : []), owner].filter(({ id }) => id !== manager?.id);
  const names = listOf([...new Set(others.map(({ name }) => name))], voice.language);
  const talk =
    person && person.id !== manager?.id ? [say('expectations.feasible-talk', { name: person.name })] : [];
  const seen = names === '' ? [] : [say('expectations.feasible-seen', { names })];
  const text = [...talk, ...seen].join(' ');
  return text === '' ? [] : [{ kind: 'text', text }];
}

/** To the owner: nobody can judge it yet, and how that is mended. */
export function noManagerCard(client: Client, one: Expectation, { say }: Voice): Card {
  const values = { client: client.name, name: one.person?.name ?? '' };
  const text = say('expectations.no-manager', values);
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'quote', text: one.wording.text },
      { kind: 'text', text: say('expectations.no-manager-how', values) },
      {
        kind: 'buttons',
        buttons: [nameManager(client.id, say), showButton(one.id, say)],
      },
    ],
  };
}

/** The manager's word, as he and the owner read it; the owner has the step that follows beside it. */
export function judgedCard(client: Client, one: Expectation, { say }: Voice, isOwner: boolean): Card {
  const word = one.feasible ? 'feasible' : 'not-feasible';
  const values = { client: client.name, manager: client.manager?.name ?? '', name: one.person?.name ?? '' };
  const title = say(`expectations.judged-${word}`, values);
  const then = isOwner ? line(say(`expectations.then-${word}`, values)).elements : [];
  // Send it, or change what is not feasible.
  const next = isOwner ? nextSteps(one, say).slice(0, 1) : [];
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'quote', text: one.wording.text },
      ...then,
      { kind: 'buttons', buttons: [...next, showButton(one.id, say)] },
    ],
  };
}
