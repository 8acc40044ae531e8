import type { Card } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { sayMoment } from '../../text/when.ts';
import { clientOfPlace, mustRead, mustWrite, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { archived, nameClient } from '../clients/naming-store.ts';
import { findClient, holdClient } from '../clients/store.ts';
import { chosenClient, clientsToChoose, waysOut } from './ask-feature.ts';
import { teamOfClient } from './calendar-store.ts';
import { predictedCard } from './forecast-cards.ts';
import { beginRound } from './forecast-feature.ts';
import { gradesOfRound } from './grade-store.ts';
import { type Why, whyButtons, whyText } from './hindrance-cards.ts';
import { askedNow } from './open-feature.ts';
import { beginning, planCard, planForm, readPlanCard, stopButton, stoppedCard } from './plan-cards.ts';
import { type Calendar, nextTurn, type Plan, type Rhythm, roundTime } from './plan-rules.ts';
import { dropPlan, findPlan, keepPlan, planOf } from './plan-store.ts';
import { readTyped } from './plan-typed-feature.ts';
import { draftOf } from './put-feature.ts';
import { rhythmOf } from './rhythm-rules.ts';
import { runningRound } from './round-store.ts';
import type { Spreading } from './spread-feature.ts';

/** A client is asked again and again. */
export function planning({ windDown }: Pick<Spreading, 'windDown'>) {
  /** `kti plan NAME monthly`; without a rhythm how it is, without a name the form. */
  async function typed(asked: Asked, text: string): Promise<Effect[]> {
    const { name, rhythm } = await readTyped(asked, text);
    if (name === '' && !(await clientOfPlace(asked, asked.place.id)))
      return [
        { do: 'ask', form: planForm(asked.say, { clients: await clientsToChoose(asked) }), alone: true },
      ];
    const client = await nameClient(asked, name);
    return rhythm === undefined ? show(asked, client) : set(asked, client, rhythm);
  }

  /** The form was sent. */
  async function filled(
    asked: Asked,
    { subject, fields }: { subject: string; fields: Record<string, string> },
  ): Promise<Effect[]> {
    const client =
      subject === '' ? await chosenClient(asked, fields) : await findClient(asked.tx, asked.tenant, subject);
    if (!client) throw new Refusal('error.button-unknown');
    const rhythm = rhythmOf(fields.rhythm);
    if (rhythm === undefined) throw new Refusal('error.kti-plan-rhythm', {}, { field: 'rhythm' });
    return set(asked, client, rhythm);
  }

  async function set(asked: Asked, client: Client, rhythm: Rhythm | 'off'): Promise<Effect[]> {
    await mustWrite(asked, client);
    const { tx, tenant, now, person } = asked;
    const held = await holdClient(tx, tenant, client.id);
    if (!held || held.archived) throw archived(asked, client);
    const before = await planOf(tx, tenant, client.id);
    if (rhythm === 'off') return stop(asked, client, before);
    if (before?.rhythm === rhythm) throw alreadyRuns(asked, client, before);
    const team = await teamOfClient(asked, client);
    const words: Voice = { ...readers(asked), timeZone: team.timeZone };
    const down = before?.rhythm === 'day' ? await windDown(asked, client) : [];
    const plan: Plan = {
      ...{ id: newId(), client: client.id, rhythm, by: { id: person.id, name: person.name } },
      began: now.toZonedDateTimeISO(team.timeZone).toPlainDateTime(),
      ...{ rounds: 0, skipped: 0, nextAt: now, lastDay: before?.lastDay, told: undefined },
    };
    const begun = await begin(asked, client, plan, { team, words });
    await keepPlan(tx, asked, begun.plan);
    const { id: subject, nextAt: at } = begun.plan;
    return [
      ...[...down, ...begun.effects, answer(begun.card, 'internal')],
      { do: 'later', job: 'kti.plan', subject, at },
    ];
  }

  async function stop(asked: Asked, client: Client, plan: Plan | undefined): Promise<Effect[]> {
    if (!plan) throw new Refusal('error.kti-no-plan', { client: client.name });
    await dropPlan(asked.tx, asked.tenant, plan.id);
    const down = plan.rhythm === 'day' ? await windDown(asked, client) : [];
    return [...down, answer(await stopped(asked, client), 'internal')];
  }

  /** The button under a plan. */
  async function stopPressed(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
    const plan = await findPlan(asked.tx, asked.tenant, subject);
    const client = plan && (await findClient(asked.tx, asked.tenant, plan.client));
    if (!client) throw new Refusal('error.kti-plan-gone');
    return set(asked, client, 'off');
  }

  return { typed, pressed, filled, stopPressed };
}

async function stopped(asked: Asked, client: Client): Promise<Card> {
  const { tx, tenant } = asked;
  const round = await runningRound(tx, tenant, client.id);
  const running = round && { round, graded: (await gradesOfRound(tx, tenant, round.id)).length > 0 };
  return stoppedCard(client, running, readers(asked));
}

/** The plan of a client as it stands; without one the form, for those who may make it. */
async function show(asked: Asked, client: Client): Promise<Effect[]> {
  await mustRead(asked, client);
  const plan = await planOf(asked.tx, asked.tenant, client.id);
  const mayWrite = (await relationOf(asked, asked.person, client)) === 'team';
  const { timeZone } = await teamOfClient(asked, client);
  const words = { ...readers(asked), timeZone };
  if (plan) {
    const card = mayWrite ? planCard(client, plan, words) : readPlanCard(client, plan, words);
    return [answer(card, 'internal')];
  }
  if (!mayWrite) throw new Refusal('error.kti-no-plan', { client: client.name });
  return [{ do: 'ask', form: planForm(asked.say, { client, plan }), alone: true }];
}

/** From a button: the form. */
async function pressed(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const { tx, tenant, say } = asked;
  if (subject === '')
    return [{ do: 'ask', form: planForm(say, { clients: await clientsToChoose(asked) }), alone: true }];
  const client = await findClient(tx, tenant, subject);
  if (!client) throw new Refusal('error.button-unknown');
  await mustWrite(asked, client);
  const plan = await planOf(tx, tenant, client.id);
  return [{ do: 'ask', form: planForm(say, { client, plan }), alone: true }];
}

function alreadyRuns(asked: Asked, client: Client, plan: Plan): Refusal {
  const { language, timeZone } = readers(asked);
  const values = {
    ...{ client: client.name, name: plan.by.name, rhythm: asked.say(`kti.rhythm-${plan.rhythm}`) },
    when: sayMoment(plan.nextAt, language, timeZone),
  };
  return new Refusal('error.kti-plan-runs', values, { buttons: [stopButton(plan, asked.say)] });
}

type Begun = { plan: Plan; effects: Effect[]; card: Card };

/** The first round at once; a daily plan has its first turn at ten. What stands in the way is said, and the plan stands. */
async function begin(
  asked: Asked,
  client: Client,
  plan: Plan,
  { team, words }: { team: Calendar & { place?: string | undefined }; words: Voice },
): Promise<Begun> {
  const { now } = asked;
  const draft = await draftOf(asked, client.id);
  if (draft === 'archived') throw archived(asked, client);
  if (plan.rhythm === 'day') {
    const next = { ...plan, nextAt: nextTurn(team, now, plan.lastDay) };
    if (typeof draft === 'string') return hinderedBegun(asked, client, next, { why: draft, words });
    return { plan: next, effects: [], card: planCard(client, next, words) };
  }
  const next = { ...plan, rounds: 1, nextAt: roundTime(plan, 1, team) };
  if (typeof draft === 'string') return hinderedBegun(asked, client, next, { why: draft, words });
  const begun = await beginRound(asked, draft, plan.by, team.timeZone);
  if (!('effects' in begun)) return hinderedBegun(asked, client, next, { why: begun, words });
  const { card, effects } =
    'predicted' in begun
      ? { card: predictedCard(client, begun.predicted, words, team.place === asked.place.id), effects: [] }
      : askedNow(asked, client, begun, words);
  return {
    plan: next,
    effects: [...begun.effects, ...effects],
    card: beginning(card, client, next, words),
  };
}

/** It begins with nothing: what to do about that first is under the plan. */
async function hinderedBegun(
  asked: Asked,
  client: Client,
  plan: Plan,
  { why, words }: { why: Why; words: Voice },
): Promise<Begun> {
  const ways = await waysOut(asked, client, words.say);
  const buttons = whyButtons(client, why, words.say, ways);
  const hindrance = { text: whyText(client, why, words, asked.now), buttons };
  return { plan, effects: [], card: planCard(client, plan, words, hindrance) };
}
