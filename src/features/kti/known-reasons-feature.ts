import type { Reason, Reasons, Telling } from '../../chat/contributions.ts';
import type { Due } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { toStored } from '../../store/database.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { actionsOf, doneSince, openActions } from '../actions/store.ts';
import { hearersOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient, readClients } from '../clients/store.ts';
import { nextTurn } from '../nudges/store.ts';
import { type CurrentRow, isHidden } from './current-rules.ts';
import { allIn, currentIn, ktisSeen } from './current-store.ts';
import { followed } from './followed-feature.ts';
import { insufficient, type Kti } from './kti.ts';
import { runningRound } from './round-store.ts';
import { settledGrades, settledKey } from './settled-store.ts';
import { findKti } from './store.ts';
import { titleOf } from './summary-rules.ts';
import { standingsOf } from './team-rules.ts';
import { runningRounds } from './team-store.ts';
import { actionsFor, isWaiting } from './work-rules.ts';

/** A grade that asks for action, while nobody has begun one. */

const name = 'kti.below';
/** Who has done nothing for a quarter is asked no more: the next round says how it stands. */
const until = { hours: 24 * 92 };

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now'>;

/**
 * A KTI that holds now got a grade that asks for action in its last round, which is over; nothing is under way for it or
 * was done since, in whatever words it was graded then, and nobody has spoken with those who gave it.
 */
export const belowAverage: Reasons = {
  name,
  async find(at) {
    const { waiting, personal } = await waitingIn(at);
    const clients = new Map(waiting.map(({ client }) => [client.id, client]));
    const hearers = await hearersOf(at, [...clients.values()]);
    return waiting.flatMap(({ row, client }): Reason[] => {
      const who = (hearers.get(client.id) ?? []).filter((id) => !isHidden(row, personal, client, id));
      const since = Temporal.Instant.from(row.lastAt);
      return who.length > 0 ? [{ key: `${name}:${row.id}`, client: client.id, who, weight: 65, since }] : [];
    });
  },
  async tell(to, key) {
    const { tx, tenant, person } = to;
    const kti = await findKti(tx, tenant, key.slice(name.length + 1));
    const client = kti && (await findClient(tx, tenant, kti.client));
    const row = client && !client.archived ? await waitingOne(to, kti, client) : undefined;
    if (!kti || !client || !row) return undefined;
    if (!(await hearersOf(to, [client])).get(client.id)?.includes(person)) return undefined;
    const { say, language } = to.voice;
    const group = row.mean < insufficient ? 'grade-fail' : 'grade';
    const turn = await nextTurn(tx, to, person, group);
    const text = shortened(titleOf(kti, language), 80);
    return {
      text: sentenceOf(group, language, turn, { client: client.name, text }),
      buttons: [
        { press: 'actions.start', subject: kti.id, label: say('kti.summary-act') },
        { press: 'kti.summary', subject: client.id, label: say('kti.known-open') },
      ],
    };
  },
};

/** All of a workspace, counted at once. */
async function waitingIn(at: At) {
  const { tx, tenant, now } = at;
  const earliest = now.subtract(until);
  const { outlines, present, personal } = await allIn(at);
  const standings = standingsOf(await readClients(tx, tenant), outlines, present);
  const running = await runningRounds(tx, tenant);
  const settled = await settledGrades(tx, tenant, followed.kind, earliest);
  const actions = actionsFor(
    [...(await openActions(tx, tenant)), ...(await doneSince(tx, tenant, earliest))],
    outlines,
  );
  const waiting = standings.flatMap(({ client, rows }) =>
    rows
      .filter((row) =>
        isWaiting(row, toStored(earliest), {
          isRunning: running.has(row.round),
          isSettled: settled.has(settledKey(row.round, row.id)),
          actions: actions(row),
        }),
      )
      .map((row) => ({ row, client })),
  );
  return { waiting, personal };
}

/** The same of one: how it stands, when it waits and whoever is told may see it. */
async function waitingOne(to: Telling, kti: Kti, client: Client): Promise<CurrentRow | undefined> {
  const { tx, tenant, now } = to;
  const ktis = await ktisSeen(to, client, to.person);
  const row = (await currentIn(to, client.id, ktis)).find(({ id }) => id === kti.id);
  if (!row) return undefined;
  const settled = await settledGrades(tx, tenant, followed.kind, now.subtract(until), row.round);
  const isHolding = isWaiting(row, toStored(now.subtract(until)), {
    isRunning: (await runningRound(tx, tenant, client.id))?.id === row.round,
    isSettled: settled.has(settledKey(row.round, row.id)),
    actions: actionsFor(await actionsOf(tx, tenant, client.id), ktis)(row),
  });
  return isHolding ? row : undefined;
}
