import type { Button, Card, Element } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Client } from '../clients/clients.ts';
import { dayOf, stateOf } from './cards.ts';
import type { Expectation } from './expectations.ts';
import { showButton } from './list-cards.ts';
import { detailsButton, withdrawButton } from './note-cards.ts';

/** To the team: the client confirmed it, and when it is looked at again. */
export function confirmedCard(
  { name: client }: Client,
  { direction, wording, reviewAt, id }: Expectation,
  voice: Voice,
  { name, now }: { name: string; now: Temporal.Instant },
): Card {
  const { say } = voice;
  const title = say(`expectations.told-confirmed-${direction}`, { name, client });
  const review: Element[] = reviewAt
    ? [
        {
          kind: 'text',
          text: say('expectations.told-review', { day: dayOf(reviewAt, voice, now) }),
          style: 'subtle',
        },
      ]
    : [];
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'strong' },
      { kind: 'quote', text: wording.text },
      ...review,
      { kind: 'buttons', buttons: [showButton(id, say)] },
    ],
  };
}

/** To the team: the client words it otherwise; it is sent back to him, or made concrete first. */
export function correctedCard(
  { name: client }: Client,
  { wording, id }: Expectation,
  { say }: Voice,
  { before, name }: { before: string; name: string },
): Card {
  const title = say('expectations.told-corrected', { name, client });
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'strong' },
      { kind: 'text', text: say('expectations.told-new'), style: 'subtle' },
      { kind: 'quote', text: wording.text },
      { kind: 'text', text: say('expectations.told-before'), style: 'subtle' },
      { kind: 'quote', text: before },
      { kind: 'text', text: say('expectations.told-corrected-next') },
      {
        kind: 'buttons',
        buttons: [
          {
            press: 'expectations.send',
            subject: id,
            label: say('expectations.send-again'),
            style: 'primary',
          },
          detailsButton(id, say),
        ],
      },
    ],
  };
}

/** To whoever hears in another's place: who could not be told (the team's channel, when nobody), and how it stands. */
export function unheardCard(
  { name: client, owner }: Client,
  one: Expectation,
  voice: Voice,
  { whom, now }: { whom: { id: string; name: string } | undefined; now: Temporal.Instant },
): Card {
  const { say } = voice;
  const text = say('expectations.unheard', { client, who: whom?.name ?? say('expectations.unheard-team') });
  const isOwner = whom?.id === owner.id;
  const advice = say('expectations.unheard-owner', { client, name: owner.name });
  const handOver: Button = {
    press: 'clients.owner',
    subject: one.client,
    label: say('clients.owner-change'),
  };
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'quote', text: one.wording.text },
      { kind: 'text', text: say('expectations.unheard-state', { state: stateOf(one, voice, now) }) },
      ...(isOwner ? [{ kind: 'text' as const, text: advice }] : []),
      { kind: 'buttons', buttons: [showButton(one.id, say), ...(isOwner ? [handOver] : [])] },
    ],
  };
}

/** To the owner: the client said no; talk about it, then put another text to him or withdraw it. */
export function doubtedCard(
  { name: client }: Client,
  { wording, id }: Expectation,
  { say }: Voice,
  name: string,
): Card {
  const title = say('expectations.told-doubted', { name, client });
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'strong' },
      { kind: 'quote', text: wording.text },
      { kind: 'text', text: say('expectations.told-doubted-next', { name }) },
      {
        kind: 'buttons',
        buttons: [detailsButton(id, say), showButton(id, say), withdrawButton(id, say)],
      },
    ],
  };
}
