import { type Button, type Card, type Element, line } from '../../chat/card.ts';
import type { Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import type { Client } from '../clients/clients.ts';
import { clientField } from './ask-cards.ts';
import { type Why, whyButtons, whyText } from './hindrance-cards.ts';
import type { Round } from './kti.ts';
import type { Plan } from './plan-rules.ts';
import { runningButtons } from './round-cards.ts';

/** What one sees of a plan: how often a client is asked, when again, and what stood in the way. */

type Named = Pick<Client, 'name'>;

/** How often the client is asked, and when the next time is. */
function planLines(client: Named, plan: Plan, { say, language, timeZone }: Voice): string[] {
  const when = sayMoment(plan.nextAt, language, timeZone);
  return [
    say(`kti.plan-${plan.rhythm}`, { client: client.name }),
    say(plan.rhythm === 'day' ? 'kti.plan-next-day' : 'kti.plan-next', { when }),
  ];
}

/** A plan that runs, with how to stop and to change it; `hindrance`: what stands in its way just now. */
export function planCard(
  client: Client,
  plan: Plan,
  voice: Voice,
  hindrance?: { text: string; buttons: Button[] },
): Card {
  const { say } = voice;
  const [title = '', coming = ''] = planLines(client, plan, voice);
  const skipped = plan.skipped > 0 ? [say('kti.plan-skipped', { count: plan.skipped })] : [];
  const about = plan.rhythm === 'day' ? [say('kti.plan-day-how')] : [];
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...[coming, ...about, ...skipped, ...(hindrance ? [hindrance.text] : [])].map(
        (text): Element => ({ kind: 'text', text }),
      ),
      { kind: 'text', text: say('kti.plan-by', { name: plan.by.name }), style: 'subtle' },
      {
        kind: 'buttons',
        buttons: [...(hindrance?.buttons ?? []), changeButton(client, say), stopButton(plan, say)],
      },
    ],
  };
}

/** In the card of a round with which a plan begins: how often it comes again, and when. */
export function beginning(card: Card, client: Named, plan: Plan, { say, language, timeZone }: Voice): Card {
  const when = sayMoment(plan.nextAt, language, timeZone);
  const rhythm = say(`kti.rhythm-${plan.rhythm}`);
  return withLine(card, say('kti.plan-began', { client: client.name, rhythm, when }));
}

/** In the card of a later round: when the next one comes. */
export function goingOn(card: Card, plan: Plan, { say, language, timeZone }: Voice): Card {
  return withLine(card, say('kti.plan-next', { when: sayMoment(plan.nextAt, language, timeZone) }));
}

function withLine(card: Card, text: string): Card {
  const [title, ...rest] = card.elements;
  return title ? { ...card, elements: [title, { kind: 'text', text }, ...rest] } : card;
}

/** The same for a colleague who can change nothing of it. */
export function readPlanCard(client: Client, plan: Plan, voice: Voice): Card {
  const card = planCard(client, plan, voice);
  return { ...card, elements: card.elements.filter(({ kind }) => kind !== 'buttons') };
}

function changeButton({ id }: Pick<Client, 'id'>, say: Say): Button {
  return { press: 'kti.plan', subject: id, label: say('kti.plan-change') };
}

export function stopButton({ id }: Pick<Plan, 'id'>, say: Say): Button {
  return { press: 'kti.plan-stop', subject: id, label: say('kti.plan-stop') };
}

/** The plan has stopped; a round of it that has not ended goes on, with what can be done about that. */
export function stoppedCard(
  { name: client }: Named,
  running: { round: Round; graded: boolean } | undefined,
  { say, language }: Voice,
): Card {
  if (!running) return line(say('kti.plan-stopped', { client }));
  const { round, graded } = running;
  const timeOf = (at: Temporal.Instant) => sayMoment(at, language, round.timeZone);
  const text =
    round.state === 'forecast'
      ? say('kti.plan-stopped-forecast', { client, when: timeOf(round.opensAt) })
      : say('kti.plan-stopped-open', { client, until: timeOf(round.closesAt) });
  const { summary, elements } = line(text);
  const buttons = runningButtons(round, { client, graded }, say);
  return { summary, elements: [...elements, { kind: 'buttons', buttons }] };
}

/** For which client (one of these, or the one given), and how often. */
export function planForm(
  say: Say,
  of: { client: Client; plan: Plan | undefined } | { clients: Client[] },
): Form {
  const rhythms = ['month', 'quarter', 'day'] as const;
  const plan = 'client' in of ? of.plan : undefined;
  const choices = [...rhythms, ...(plan ? (['off'] as const) : [])];
  const intro = 'client' in of ? say('kti.plan-intro-of', { client: of.client.name }) : say('kti.plan-intro');
  return {
    ...{ name: 'kti.plan', subject: 'client' in of ? of.client.id : '', title: say('kti.plan-title') },
    intro: [{ kind: 'text', text: intro }],
    fields: [
      ...('client' in of ? [] : clientField(say, of.clients)),
      {
        ...{ kind: 'choice', id: 'rhythm', label: say('kti.plan-how-often') },
        choices: choices.map((value) => ({ value, label: say(`kti.rhythm-${value}`) })),
        value: plan?.rhythm ?? 'quarter',
      },
    ],
    ...{ send: say('kti.plan-send'), cancel: say('settings.cancel') },
  };
}

/** To who planned it: what stood in a round's way, and the `ways` out of it; the plan goes on. */
export function hinderedCard(
  client: Client,
  plan: Plan,
  { why, ways }: { why: Why; ways: Button[] },
  voice: Voice,
  now: Temporal.Instant,
): Card {
  const title = plan.rhythm === 'day' ? 'kti.plan-hindered-day' : 'kti.plan-hindered';
  return hindranceCard(
    client,
    plan,
    { title, text: whyText(client, why, voice, now) },
    voice,
    whyButtons(client, why, voice.say, ways),
  );
}

/** To who planned it: so many rounds were left out, as Belay was away. */
export function lateCard(client: Client, plan: Plan, missed: number, voice: Voice): Card {
  const text = voice.say('kti.plan-late', { count: missed });
  return hindranceCard(client, plan, { title: 'kti.plan-hindered', text }, voice);
}

function hindranceCard(
  client: Client,
  plan: Plan,
  { title: key, text }: { title: 'kti.plan-hindered' | 'kti.plan-hindered-day'; text: string },
  { say, language, timeZone }: Voice,
  buttons: Button[] = [],
): Card {
  const title = say(key, { client: client.name });
  const when = sayMoment(plan.nextAt, language, timeZone);
  const goesOn = plan.rhythm === 'day' ? say('kti.plan-goes-on-day') : say('kti.plan-goes-on', { when });
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'strong' },
      { kind: 'text', text },
      { kind: 'text', text: goesOn, style: 'subtle' },
      { kind: 'buttons', buttons: [...buttons, stopButton(plan, say)] },
    ],
  };
}

/** To whoever ended one round of a client that is asked by a plan: that goes on with a next one. */
export function endedByHandCard(text: string, plan: Plan, { say, language, timeZone }: Voice): Card {
  const when = sayMoment(plan.nextAt, language, timeZone);
  return {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'text', text: say(plan.rhythm === 'day' ? 'kti.closed-plan' : 'kti.plan-goes-on', { when }) },
      { kind: 'buttons', buttons: [stopButton(plan, say)] },
    ],
  };
}

/** To the client's owner: it is his plan from now on, because who made it has left. */
export function takenOverCard(client: Client, plan: Plan, by: string, { say }: Voice): Card {
  const values = { client: client.name, name: by };
  const text = say('kti.plan-taken-over', values);
  return {
    summary: text,
    elements: [
      { kind: 'text', text: say(`kti.plan-${plan.rhythm}`, values), style: 'strong' },
      { kind: 'text', text },
      { kind: 'buttons', buttons: [changeButton(client, say), stopButton(plan, say)] },
    ],
  };
}
