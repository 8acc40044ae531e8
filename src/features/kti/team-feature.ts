import type { Card } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import { toStored } from '../../store/database.ts';
import type { Action } from '../actions/actions.ts';
import { doneSince, openActions } from '../actions/store.ts';
import { readableClients } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { ownOf } from '../clients/own-store.ts';
import { teamIn } from '../daily-start/team-store.ts';
import { findKtis } from './store.ts';
import { actionsIn } from './summary-rules.ts';
import { lately } from './summary-store.ts';
import { inCard, teamCard, waitingOf } from './team-cards.ts';
import { type ClientStanding, standingsOf } from './team-rules.ts';
import { outlinesOf } from './team-store.ts';
import { isInternal, weeklyButton } from './weekly-button-feature.ts';

/** How all clients of a team stand. */

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now'>;

/** The clients of the team whose internal channel this is; undefined where it is none. */
export async function teamHere(asked: Asked): Promise<Client[] | undefined> {
  if (!(await isInternal(asked))) return undefined;
  const readable = new Set((await readableClients(asked, asked.person)).map(({ id }) => id));
  const { clients } = await teamIn(asked, asked.place.id);
  const here = clients.filter(({ id }) => readable.has(id));
  return here.length > 0 ? here : undefined;
}

/** A page of the team's clients, from a button. */
export function teamPressed(asked: Asked, { detail }: { detail: string }): Promise<Effect[]> {
  return teamShown(asked, detail);
}

/** The same; elsewhere than in an internal channel of the asker's own clients, or of all when he has none. */
export async function teamShown(asked: Asked, detail: string): Promise<Effect[]> {
  const clients = (await teamHere(asked)) ?? (await ownClients(asked));
  const page = /^[1-9]\d{0,3}$/.test(detail) ? Number(detail) : 1;
  const weekly = await weeklyButton(asked);
  return [answer(await teamCardOf(asked, clients, { page, weekly }, readers(asked)), 'person')];
}

async function ownClients(asked: Asked): Promise<Client[]> {
  const readable = await readableClients(asked, asked.person);
  const own = await ownOf(asked, asked.person.id, readable);
  return own.length > 0 ? own : readable;
}

/** How these clients stand, the worst first: as many queries whatever their number. */
export async function standingsIn({ tx, tenant, now }: At, clients: Client[]): Promise<ClientStanding[]> {
  return standingsOf(clients, await outlinesOf(tx, tenant), toStored(now.subtract(lately)));
}

/** A page of them as a card. */
export async function teamCardOf(
  at: At,
  clients: Client[],
  { page, ...more }: Pick<Parameters<typeof teamCard>[0], 'page' | 'weekly'>,
  voice: Voice,
): Promise<Card> {
  const standings = await standingsIn(at, clients);
  const last = Math.max(Math.ceil(standings.length / inCard), 1);
  const shown = Math.min(page, last);
  const here = standings.slice((shown - 1) * inCard, shown * inCard);
  const ids = here.flatMap(({ rows }) => rows[0]?.id ?? []);
  const ktis = new Map((await findKtis(at.tx, at.tenant, ids)).map((one) => [one.id, one]));
  const works = await worksOn(at, standings);
  const asking = standings.filter(({ rows }) => actionsIn(rows) > 0);
  const counts = {
    ...{ all: standings.length, asking: asking.length, never: clients.length - standings.length },
    worked: asking.filter((one) => waitingOf(one, works) === 0).length,
  };
  return teamCard({ standings: here, ktis, works, ...counts, page: shown, ...more }, voice);
}

/** What is under way for each KTI, or was done since it was graded. */
async function worksOn({ tx, tenant, now }: At, standings: ClientStanding[]): Promise<Map<string, Action>> {
  const lastAt = new Map(
    standings.flatMap(({ rows, lastAt }) => rows.map(({ id }) => [id, lastAt] as const)),
  );
  const done = (await doneSince(tx, tenant, now.subtract(lately))).filter(({ kti, doneAt }) => {
    const graded = lastAt.get(kti);
    return doneAt && graded !== undefined && toStored(doneAt) >= graded;
  });
  const open = (await openActions(tx, tenant)).filter(({ kti }) => lastAt.has(kti));
  return new Map([...done, ...open].map((one) => [one.kti, one]));
}
