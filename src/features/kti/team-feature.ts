import type { Card } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import type { Action } from '../actions/actions.ts';
import { doneSince, openActions } from '../actions/store.ts';
import { readableClients } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { ownOf } from '../clients/own-store.ts';
import { teamIn } from '../daily-start/team-store.ts';
import type { Outline, Viewer } from './current-rules.ts';
import { type At, allIn, lately, standingsIn } from './current-store.ts';
import { findKtis } from './store.ts';
import { actionsIn } from './summary-rules.ts';
import { inCard, teamCard, waitingOf } from './team-cards.ts';
import type { ClientStanding } from './team-rules.ts';
import { isInternal, weeklyButton } from './weekly-button-feature.ts';
import { actionsFor, workSince } from './work-rules.ts';

/** How all clients of a team stand. */

/** The clients of the team whose internal channel this is; undefined where it is none. */
export async function teamHere(asked: Asked): Promise<Client[] | undefined> {
  if (!(await isInternal(asked))) return undefined;
  const readable = new Set((await readableClients(asked, asked.person)).map(({ id }) => id));
  const { clients } = await teamIn(asked, asked.place.id);
  const here = clients.filter(({ id }) => readable.has(id));
  return here.length > 0 ? here : undefined;
}

/** A page of the team's clients, from a button; `all`: of all that whoever presses may read, wherever he does. */
export function teamPressed(
  asked: Asked,
  { subject, detail }: { subject: string; detail: string },
): Promise<Effect[]> {
  return teamShown(asked, detail, subject === 'all');
}

/** The same; elsewhere than in an internal channel of the asker's own clients, or of all when he has none. */
export async function teamShown(asked: Asked, detail: string, all = false): Promise<Effect[]> {
  const clients = all
    ? await readableClients(asked, asked.person)
    : ((await teamHere(asked)) ?? (await ownClients(asked)));
  const page = /^[1-9]\d{0,3}$/.test(detail) ? Number(detail) : 1;
  const weekly = all ? undefined : await weeklyButton(asked);
  const about = { page, wide: all, weekly, viewer: asked.person.id };
  return [answer(await teamCardOf(asked, clients, about, readers(asked)), 'person')];
}

async function ownClients(asked: Asked): Promise<Client[]> {
  const readable = await readableClients(asked, asked.person);
  const own = await ownOf(asked, asked.person.id, readable);
  return own.length > 0 ? own : readable;
}

/** A page of them as a card, for whoever reads it. */
export async function teamCardOf(
  at: At,
  clients: Client[],
  {
    page,
    viewer,
    ...more
  }: Pick<Parameters<typeof teamCard>[0], 'page' | 'wide' | 'weekly'> & { viewer: Viewer },
  voice: Voice,
): Promise<Card> {
  const all = await allIn(at);
  const known = await standingsIn(at, clients, viewer, all);
  const works = await worksOn(at, known, all.outlines);
  const standings = known.toSorted((one, other) => turnOf(one, works) - turnOf(other, works));
  const last = Math.max(Math.ceil(standings.length / inCard), 1);
  const shown = Math.min(page, last);
  const here = standings.slice((shown - 1) * inCard, shown * inCard);
  const ids = here.flatMap(({ rows }) => rows[0]?.id ?? []);
  const ktis = new Map((await findKtis(at.tx, at.tenant, ids)).map((one) => [one.id, one]));
  const asking = standings.filter(({ rows }) => actionsIn(rows) > 0);
  const counts = {
    ...{ all: standings.length, asking: asking.length, never: clients.length - standings.length },
    worked: asking.filter((one) => waitingOf(one, works) === 0).length,
  };
  return teamCard({ standings: here, ktis, works, ...counts, page: shown, ...more }, voice);
}

/** Where nobody has begun comes before what is worked on, and that before what asks for nothing. */
function turnOf(one: ClientStanding, works: ReadonlyMap<string, Action>): number {
  if (waitingOf(one, works) > 0) return 0;
  return actionsIn(one.rows) > 0 ? 1 : 2;
}

/** What is under way for each KTI that asks for action, or was done since it was graded, in whatever words. */
async function worksOn(
  { tx, tenant, now }: At,
  standings: ClientStanding[],
  outlines: Outline[],
): Promise<Map<string, Action>> {
  const done = await doneSince(tx, tenant, now.subtract(lately));
  const actions = actionsFor([...(await openActions(tx, tenant)), ...done], outlines);
  const asking = standings.flatMap(({ rows }) => rows.filter(({ verdict }) => verdict === 'action'));
  return new Map(
    asking.flatMap((row) => {
      const work = workSince(actions(row), row);
      return work ? [[row.id, work]] : [];
    }),
  );
}
