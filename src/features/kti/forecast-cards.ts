import type { Card, Element } from '../../chat/card.ts';
import type { Field, Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { gradeField } from './grade-cards.ts';
import { gradesOf } from './invitation-cards.ts';
import { type Kti, nameOf, type Round } from './kti.ts';
import { forecastButtons, predictButton } from './round-cards.ts';

/** What the team sees of a round before the client is asked. */

/** From fewer it could be told who took part. */
const fewestShown = 3;

type About = { round: Round; ktis: Kti[]; count: number };

/** In the team's channel: what will the client say? */
export function forecastCard(client: Pick<Client, 'name'>, about: About, voice: Voice): Card {
  const { say, language, timeZone } = voice;
  const { round, ktis, count } = about;
  const values = { client: client.name };
  const title = say('kti.forecast-title', values);
  const when = sayMoment(round.opensAt, language, timeZone);
  return {
    language,
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      { kind: 'text', text: say('kti.forecast-intro') },
      ...ktis.map((kti): Element => ({ kind: 'text', text: `• ${nameOf(kti, language)}` })),
      ...partsOf(count, say),
      { kind: 'text', text: say('kti.forecast-until', { ...values, when }), style: 'subtle' },
      {
        kind: 'buttons',
        buttons: [{ ...predictButton(round, say), style: 'primary' }, ...forecastButtons(round, say)],
      },
    ],
  };
}

function partsOf(count: number, say: Say): Element[] {
  return count < fewestShown ? [] : [{ kind: 'text', text: say('kti.forecast-parts', { count }) }];
}

/** In its place once nobody can predict any more. */
export function forecastOverCard(
  client: Pick<Client, 'name'>,
  { how, count }: { how: 'asked' | 'cancelled'; count: number },
  { say, language }: Voice,
): Card {
  const text = say(`kti.forecast-${how}`, { client: client.name });
  return {
    language,
    summary: text,
    elements: [{ kind: 'text', text }, ...(how === 'asked' ? partsOf(count, say) : [])],
  };
}

/** To whoever wanted the client to be asked: the team predicts first. `isHere`: the team's own card stands beside it. */
export function predictedCard(
  client: Pick<Client, 'name'>,
  round: Round,
  voice: Voice,
  isHere = false,
): Card {
  const { say, language, timeZone } = voice;
  const title = say('kti.predicted', { client: client.name });
  const when = sayMoment(round.opensAt, language, timeZone);
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'strong' },
      { kind: 'text', text: say(isHere ? 'kti.predicted-here' : 'kti.predicted-when', { when }) },
      { kind: 'buttons', buttons: forecastButtons(round, say) },
    ],
  };
}

/** To one who predicted: he can change it. */
export function forecastKeptCard({ name: client }: Pick<Client, 'name'>, round: Round, { say }: Voice): Card {
  const text = say('kti.forecast-kept', { client });
  const change = { ...predictButton(round, say), label: say('kti.forecast-change') };
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [change] },
    ],
  };
}

/** What one of the team thinks that the client will give, each question optional. */
export function predictForm(
  { client, round, ktis }: { client: Pick<Client, 'name'>; round: Pick<Round, 'id'>; ktis: Kti[] },
  own: ReadonlyMap<string, number>,
  { say, language }: Voice,
): Form {
  const fields = ktis.map((kti, at): Field => {
    // A standard question speaks to the client.
    const name = nameOf(kti, language);
    const label = ktis.length > 1 ? `${at + 1}. ${name}` : name;
    return {
      ...{ kind: 'grade', id: gradeField(at), label, optional: true },
      ...{ ...gradesOf(say), value: own.get(kti.id) },
    };
  });
  return {
    ...{ name: 'kti.forecast', subject: round.id, title: say('kti.forecast-form'), fields },
    intro: [{ kind: 'text', text: say('kti.forecast-form-intro', { client: client.name }) }],
    ...{ send: say('kti.forecast-send'), cancel: say('settings.cancel') },
  };
}
