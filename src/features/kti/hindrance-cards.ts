import type { Button, Card } from '../../chat/card.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import type { NotAsked } from './invite-feature.ts';
import type { Hindrance } from './put-feature.ts';
import { skippedText } from './skipped-cards.ts';

/** Why a client is not asked: something is missing, or nobody can be asked now. */
export type Why = Exclude<Hindrance, 'archived'> | NotAsked;

/** What it is in one word, to know it again. */
export function nameOfWhy(why: Why): Exclude<Hindrance, 'archived'> | 'nobody' {
  return typeof why === 'string' ? why : 'nobody';
}

/** What is in the way, in the words of one of us. */
export function whyText(client: Client, why: Why, voice: Voice, now: Temporal.Instant): string {
  const values = { client: client.name };
  if (typeof why === 'string') return voice.say(`error.kti-${why}`, values);
  return voice.say('kti.nobody', { ...values, who: skippedText(why, voice, now) });
}

/** What one does about it first. `ways`: what can be done with the round that is in the way, where it is known. */
export function whyButtons({ id }: Client, why: Why, say: Say, ways: Button[] = []): Button[] {
  const summary = { press: 'kti.summary', subject: id, label: say('kti.to-summary') };
  switch (why) {
    case 'running':
      return [summary, ...ways];
    case 'forecast':
      return ways.length > 0 ? ways : [summary];
    case 'no-contact':
      return [{ press: 'clients.contact', subject: id, label: say('expectations.add-contact') }];
    case 'no-expectation':
    case 'expectation-waits':
      return [{ press: 'expectations.list', subject: id, label: say('kti.to-expectations') }];
    default:
      return [];
  }
}

/** The same as a Refusal, to be thrown: nothing was sent. */
export function hindered(
  client: Client,
  why: Why,
  voice: Voice,
  now: Temporal.Instant,
  ways: Button[] = [],
): Refusal {
  const values = { client: client.name };
  if (typeof why === 'string')
    return new Refusal(`error.kti-${why}`, values, { buttons: whyButtons(client, why, voice.say, ways) });
  return new Refusal('error.kti-nobody', { ...values, who: skippedText(why, voice, now) });
}

/** To whoever wanted the client to be asked after the forecast: it was not, and the round is over. */
export function notPutCard(client: Client, why: Why, voice: Voice, now: Temporal.Instant): Card {
  const title = voice.say('kti.not-put', { client: client.name });
  const buttons = whyButtons(client, why, voice.say);
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'strong' },
      { kind: 'text', text: whyText(client, why, voice, now) },
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
    ],
  };
}
