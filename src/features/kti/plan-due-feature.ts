import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import type { Client } from '../clients/clients.ts';
import { holdClient } from '../clients/store.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { workingMoment } from '../daily-start/schedule-rules.ts';
import { askedCard } from './ask-cards.ts';
import { waysOut } from './ask-feature.ts';
import { teamOfClient } from './calendar-store.ts';
import { predictedCard } from './forecast-cards.ts';
import { beginRound } from './forecast-feature.ts';
import { nameOfWhy, type Why } from './hindrance-cards.ts';
import { whoCan } from './invite-feature.ts';
import { goingOn, hinderedCard, lateCard } from './plan-cards.ts';
import {
  type Calendar,
  dayOf,
  dueTime,
  inRound,
  isTurn,
  missedRounds,
  nextRound,
  nextTurn,
  type Plan,
  roundTime,
  waitUntil,
} from './plan-rules.ts';
import { findPlan, keepPlan } from './plan-store.ts';
import { heirOf, toPlanner } from './planner-feature.ts';
import { type Draft, draftOf, type Hindrance, newRound } from './put-feature.ts';
import type { Spreading } from './spread-feature.ts';

/** The time of a plan has come. */
export function planDue({ turn, windDown }: Spreading) {
  return async function run(due: Due): Promise<Effect[]> {
    const { tx, tenant, subject } = due;
    const known = await findPlan(tx, tenant, subject);
    const client = known && (await holdClient(tx, tenant, known.client));
    // As it is now that its client is held: somebody may have changed it until then.
    const plan = client && (await findPlan(tx, tenant, subject));
    if (!client || !plan) return [];
    const team = await teamOfClient(due, client);
    if (client.archived) return keepOn(due, resting(plan, team, due.now));
    // Nobody is asked or told anything at night, however late this runs.
    const moment = workingMoment(team, due.now);
    if (isAfter(moment, due.now)) return untilMorning(due, plan, moment, team);
    const heir = await heirOf(due, plan, client);
    if (!heir.plan) return [...heir.effects, ...(plan.rhythm === 'day' ? await windDown(due, client) : [])];
    const effects = await (plan.rhythm === 'day' ? daily : round)(due, heir.plan, client, team);
    return [...heir.effects, ...effects];
  };

  /** What was missed is not made up for: each day has one turn, on that day. */
  async function daily(due: Due, plan: Plan, client: Client, team: Calendar): Promise<Effect[]> {
    const { now } = due;
    if (!isTurn(plan, team, now)) return keepOn(due, { ...plan, nextAt: nextTurn(team, now, plan.lastDay) });
    const lastDay = dayOf(now, team);
    const next = { ...plan, lastDay, nextAt: nextTurn(team, now, lastDay) };
    const { effects, why, round } = await turn(due, { plan, client, team });
    if (why === undefined) return [...effects, ...(await keepOn(due, { ...next, told: inRound(plan.told) }))];
    const told = `${round ?? ''} ${nameOfWhy(why)}`;
    const news = told === plan.told ? [] : [await hindered(due, client, next, why)];
    return [...effects, ...news, ...(await keepOn(due, { ...next, told }))];
  }
}

/** Keeps a plan and orders its next time. */
async function keepOn(due: Due, plan: Plan): Promise<Effect[]> {
  await keepPlan(due.tx, due, plan);
  return [{ do: 'later', job: 'kti.plan', subject: plan.id, at: plan.nextAt }];
}

/** What waits for the morning may be too late by then; a daily plan has its own time. */
async function untilMorning(due: Due, plan: Plan, at: Temporal.Instant, team: Calendar): Promise<Effect[]> {
  if (plan.rhythm === 'day') return keepOn(due, { ...plan, nextAt: nextTurn(team, due.now, plan.lastDay) });
  return [{ do: 'later', job: 'kti.plan', subject: plan.id, at }];
}

/** Of an archived client nothing is asked and nothing is told; should it come back, its plan goes on. */
function resting(plan: Plan, team: Calendar, now: Temporal.Instant): Plan {
  if (plan.rhythm === 'day') return { ...plan, nextAt: nextTurn(team, now, plan.lastDay) };
  const rounds = nextRound(plan, team, now);
  return { ...plan, rounds, nextAt: roundTime(plan, rounds, team) };
}

/** A round of a month or a quarter. */
async function round(due: Due, plan: Plan, client: Client, team: Calendar): Promise<Effect[]> {
  const missed = missedRounds(plan, team, due.now);
  if (missed > 0) {
    const rounds = plan.rounds + missed;
    const next = { ...plan, rounds, skipped: plan.skipped + missed, nextAt: roundTime(plan, rounds, team) };
    // The newest one may be in time.
    return [
      await late(due, client, { plan: next, missed, team }),
      ...(await roundInTime(due, next, client, team)),
    ];
  }
  return roundInTime(due, plan, client, team);
}

async function roundInTime(due: Due, plan: Plan, client: Client, team: Calendar): Promise<Effect[]> {
  const { now } = due;
  const dueAt = dueTime(plan, team);
  if (isAfter(dueAt, now)) return keepOn(due, { ...plan, nextAt: dueAt });
  const draft = await draftOf(due, client.id);
  const waits = typeof draft === 'string' ? undefined : await waitOf(due, draft, plan, team);
  if (waits) return keepOn(due, { ...plan, nextAt: waits });
  const rounds = plan.rounds + 1;
  const next = { ...plan, rounds, nextAt: roundTime(plan, rounds, team) };
  return [...(await begin(due, draft, next, { client, team })), ...(await keepOn(due, next))];
}

function isAfter(one: Temporal.Instant, other: Temporal.Instant): boolean {
  return Temporal.Instant.compare(one, other) > 0;
}

/** Some may be asked again in a few days: then all are asked then. */
async function waitOf(
  due: Due,
  draft: Draft,
  plan: Plan,
  team: Calendar,
): Promise<Temporal.Instant | undefined> {
  const round = await newRound(due, draft.client, plan.by, team.timeZone);
  const { skipped } = await whoCan(due, round, draft.contacts);
  const againAt = skipped.map(({ spent }) => spent.againAt);
  return waitUntil(againAt, plan, team);
}

/** Asks; who planned it hears whom, whom not, and what stood in the way. */
async function begin(
  due: Due,
  draft: Draft | Hindrance,
  plan: Plan,
  { client, team }: { client: Client; team: Calendar },
): Promise<Effect[]> {
  if (draft === 'archived') return [];
  if (typeof draft === 'string') return [await hindered(due, client, plan, draft)];
  const begun = await beginRound(due, draft, plan.by, team.timeZone);
  if (!('effects' in begun)) return [await hindered(due, client, plan, begun)];
  const words = { ...(await voiceOf(due, plan.by.id)), timeZone: team.timeZone };
  const card =
    'predicted' in begun
      ? predictedCard(client, begun.predicted, words)
      : askedCard(client, begun, words, due.now);
  return [...begun.effects, toPlanner(plan, goingOn(card, plan, words))];
}

/** What was left out, and when the client is asked next, which may be now. */
async function late(
  due: Due,
  client: Client,
  { plan, missed, team }: { plan: Plan; missed: number; team: Calendar },
): Promise<Effect> {
  const nextAt = isAfter(plan.nextAt, due.now) ? plan.nextAt : due.now;
  const words = { ...(await voiceOf(due, plan.by.id)), timeZone: team.timeZone };
  return toPlanner(plan, lateCard(client, { ...plan, nextAt }, missed, words));
}

async function hindered(due: Due, client: Client, plan: Plan, why: Why): Promise<Effect> {
  const team = await teamOfClient(due, client);
  const { timeZone } = team;
  const words = { ...(await voiceOf(due, plan.by.id)), timeZone };
  const told = { ...plan, nextAt: nextAsked(plan, why, team) };
  const ways = await waysOut(due, client, words.say);
  return toPlanner(plan, hinderedCard(client, told, { why, ways }, words, due.now));
}

/** A daily plan has its turn each day, but asks nobody before somebody can be asked again. */
function nextAsked({ rhythm, nextAt, lastDay }: Plan, why: Why, team: Calendar): Temporal.Instant {
  if (rhythm !== 'day' || typeof why === 'string') return nextAt;
  const [first] = why.skipped.map(({ spent }) => spent.againAt).toSorted(Temporal.Instant.compare);
  return first && isAfter(first, nextAt) ? nextTurn(team, first, lastDay) : nextAt;
}
