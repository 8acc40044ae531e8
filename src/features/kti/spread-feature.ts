import type { Effect } from '../../chat/effect.ts';
import { contactsOf } from '../clients/access-store.ts';
import type { Client, Contact } from '../clients/clients.ts';
import { voiceOf } from '../clients/voice-store.ts';
import type { closing } from './close-feature.ts';
import { forecastOver, predictFirst } from './forecast-feature.ts';
import type { Why } from './hindrance-cards.ts';
import { unaskedCard } from './invitation-cards.ts';
import { invitationsOf, lastAskedOf } from './invitation-store.ts';
import { type Asking, askingOf, invite, whoCan } from './invite-feature.ts';
import { openSpread } from './open-feature.ts';
import { type Calendar, type Plan, quarterFrom } from './plan-rules.ts';
import { type At, closingAt, draftOf, hindranceOf, keepRound, newRound, stillAsked } from './put-feature.ts';
import { reminding } from './remind-feature.ts';
import { changeRound, ended, runningRound } from './round-store.ts';
import { isAllAsked, roundFor, type Spread, turnsIn, waitedUntil } from './spread-rules.ts';

/** A round that lasts a quarter: each working day one contact gets one question. */

/** What came of a day's turn; `why`: what stood in its way, and in which round. */
type Turn = { effects: Effect[]; why?: Why; round?: string | undefined };

type Day = { plan: Plan; client: Client; team: Calendar };

/** A day's turn of a daily plan, and its end. `close`: as every round closes, with its summary. */
export function spreading(close: ReturnType<typeof closing>['close']) {
  /** Asks one contact one thing, in the round that runs or, when that has done its work, in the next one. */
  async function turn(at: At, day: Day): Promise<Turn> {
    const { client } = day;
    const running = await runningRound(at.tx, at.tenant, client.id);
    if (running && !running.spread) return { effects: [], why: hindranceOf(running), round: running.id };
    const contacts = await contactsOf(at, client.id);
    if (contacts.length === 0) return { effects: [], why: 'no-contact', round: running?.id };
    const asking = running && (await askingOf(at, running.id));
    if (!asking) return next(at, day, contacts);
    if (asking.round.state === 'forecast') {
      const { asking: open, effects } = await openSpread(at, asking);
      return after(effects, await askOne(at, open, await spreadOf(at, open, contacts)));
    }
    const spread = await spreadOf(at, asking, contacts);
    const isOver = Temporal.Instant.compare(at.now, asking.round.closesAt) >= 0;
    if (!isOver && !isAllAsked(spread, at.now)) return askOne(at, asking, spread);
    return after(await end(at, asking), await next(at, day, contacts));
  }

  /** Nothing more is asked by a plan: the last answers are waited for, and then its round closes. */
  async function windDown(at: At, client: Pick<Client, 'id'>): Promise<Effect[]> {
    const running = await runningRound(at.tx, at.tenant, client.id);
    const asking = running?.spread ? await askingOf(at, running.id) : undefined;
    if (!asking) return [];
    const { round } = asking;
    const until = waitedUntil(await invitationsOf(at.tx, at.tenant, round.id), at.now);
    if (until === undefined) return end(at, asking);
    if (Temporal.Instant.compare(until, round.closesAt) >= 0) return [];
    await changeRound(at.tx, at.tenant, { ...round, closesAt: until });
    return closingAt({ ...round, closesAt: until });
  }

  /** One in which nobody was asked leaves nothing to be told of. */
  async function end(at: At, asking: Asking): Promise<Effect[]> {
    const { round } = asking;
    if ((await invitationsOf(at.tx, at.tenant, round.id)).length > 0) return close(at, asking);
    await changeRound(at.tx, at.tenant, ended(round, 'cancelled', at.now));
    return round.state === 'forecast' ? forecastOver(at, asking, 'cancelled') : [];
  }

  return { turn, windDown, end };
}

export type Spreading = ReturnType<typeof spreading>;

function after(effects: Effect[], turn: Turn): Turn {
  return { ...turn, effects: [...effects, ...turn.effects] };
}

/** The next round begins, and where nobody predicts it first, asks at once. */
async function next(at: At, { plan, client, team }: Day, contacts: Contact[]): Promise<Turn> {
  const draft = await draftOf(at, client.id);
  // An archived client has no turn.
  if (draft === 'archived') return { effects: [] };
  if (typeof draft === 'string') return { effects: [], why: draft };
  const opened = await newRound(at, client, plan.by, team.timeZone);
  const round = { ...opened, spread: true, closesAt: quarterFrom(at.now, team) };
  const predicted = await predictFirst(at, draft, round);
  if (predicted) return { effects: predicted.effects };
  const asking: Asking = { client, round, ktis: await keepRound(at, round, draft) };
  return after(closingAt(round), await askOne(at, asking, await spreadOf(at, asking, contacts)));
}

async function spreadOf(at: At, asking: Asking, contacts: Contact[]): Promise<Spread<Contact>> {
  const { tx, tenant } = at;
  return {
    contacts,
    ktis: await stillAsked(at, asking),
    invitations: await invitationsOf(tx, tenant, asking.round.id),
    lastAsked: await lastAskedOf(tx, tenant, asking.client.id),
  };
}

async function askOne(at: At, asking: Asking, spread: Spread<Contact>): Promise<Turn> {
  const { round, client } = asking;
  const turns = turnsIn(spread, at.now);
  const contacts = turns.map(({ contact }) => contact);
  const { can, ...not } = await whoCan(at, round, contacts);
  const first = turns.find(({ contact }) => can.includes(contact));
  // Whose answer is waited for stands in nobody's way.
  if (!first) return turns.length === 0 ? { effects: [] } : { effects: [], why: not, round: round.id };
  const { invited, links, effects } = await invite(at, asking, [first.contact], first.kti);
  const told: Effect[] = [];
  for (const one of invited)
    told.push(...(await reminding(at, { client, round: roundFor(round, one) }, one.id, at.now)));
  for (const one of links) {
    const card = unaskedCard(one, client, await voiceOf(at, round.asker.id), one.link);
    told.push({ do: 'post', to: { person: round.asker.id }, card, audience: 'internal', resend: true });
  }
  return { effects: [...effects, ...told] };
}
