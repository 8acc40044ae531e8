import { type Card, line } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { someAdmin } from '../../store/admins.ts';
import { hasLeft } from '../../store/people.ts';
import type { Client } from '../clients/clients.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { takenOverCard } from './plan-cards.ts';
import type { Plan } from './plan-rules.ts';
import { dropPlan } from './plan-store.ts';
import { changeAsker, runningRound } from './round-store.ts';

/** Whose a plan is: who made it, or whoever takes over when he has left. */

/** To who planned it. */
export function toPlanner({ by }: Plan, card: Card): Effect {
  return { do: 'post', to: { person: by.id }, card, audience: 'internal', resend: true };
}

/** Nobody is asked in the name of who has left: the client's owner takes over, or else it ends and an admin hears so. */
export async function heirOf(
  due: Due,
  plan: Plan,
  client: Client,
): Promise<{ plan: Plan | undefined; effects: Effect[] }> {
  const { tx, platform, tenant } = due;
  if (!(await hasLeft(tx, platform, tenant, plan.by.id))) return { plan, effects: [] };
  const { owner } = client;
  if (await hasLeft(tx, platform, tenant, owner.id)) return endFor(due, plan, client);
  const next = { ...plan, by: owner };
  const running = plan.rhythm === 'day' ? await runningRound(tx, tenant, client.id) : undefined;
  if (running?.spread) await changeAsker(tx, tenant, running.id, owner);
  const card = takenOverCard(client, next, plan.by.name, await voiceOf(due, owner.id));
  return { plan: next, effects: [toPlanner(next, card)] };
}

async function endFor(due: Due, plan: Plan, client: Client) {
  await dropPlan(due.tx, due.tenant, plan.id);
  const admin = await someAdmin(due.tx, due, plan.by.id);
  if (!admin) return { plan: undefined, effects: [] };
  const { say } = await voiceOf(due, admin.id);
  const card = line(say('kti.plan-ended', { client: client.name, name: plan.by.name }));
  return { plan: undefined, effects: [toPlanner({ ...plan, by: admin }, card)] };
}
