import type { Due, Reason, Reasons } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { doneSince, openActions } from '../actions/store.ts';
import { hearersOf } from '../clients/access-store.ts';
import { readClients } from '../clients/store.ts';
import { openOutlines } from '../expectations/outline-store.ts';
import { nextTurn } from '../nudges/store.ts';
import { findKti } from './store.ts';
import { titleOf } from './summary-rules.ts';
import { standingsIn } from './team-feature.ts';
import { runningRounds } from './team-store.ts';

/** A grade that asks for action, while nobody has begun one. */

const name = 'kti.below';
/** Who has done nothing for a quarter is asked no more: the next round says how it stands. */
const until = { hours: 24 * 92 };

type At = Pick<Due, 'tx' | 'tenant' | 'platform' | 'now'>;

/** A KTI got a grade below the average in the last round, which is over, and no action is open for it or was done since. */
export const belowAverage: Reasons = {
  name,
  async find(at) {
    const waiting = await waitingIn(at);
    const clients = new Map(waiting.map(({ client }) => [client.id, client]));
    const hearers = await hearersOf(at, [...clients.values()]);
    return waiting.flatMap(({ kti, client, since }): Reason[] => {
      const who = hearers.get(client.id) ?? [];
      return who.length > 0 ? [{ key: `${name}:${kti}`, client: client.id, who, weight: 65, since }] : [];
    });
  },
  async tell(to, key) {
    const id = key.slice(name.length + 1);
    const one = (await waitingIn(to)).find(({ kti }) => kti === id);
    const kti = await findKti(to.tx, to.tenant, id);
    if (!one || !kti) return undefined;
    const hearers = await hearersOf(to, [one.client]);
    if (!hearers.get(one.client.id)?.includes(to.person)) return undefined;
    const { say, language } = to.voice;
    const turn = await nextTurn(to.tx, to, to.person, 'grade');
    const text = shortened(titleOf(kti, language), 80);
    return {
      text: sentenceOf('grade', language, turn, { client: one.client.name, text }),
      buttons: [
        { press: 'actions.start', subject: kti.id, label: say('kti.summary-act') },
        { press: 'kti.summary', subject: one.client.id, label: say('kti.known-open') },
      ],
    };
  },
};

/** All of a workspace, counted at once. */
async function waitingIn(at: At) {
  const { tx, tenant, now } = at;
  const earliest = now.subtract(until);
  const clients = (await readClients(tx, tenant)).filter(({ archived }) => !archived);
  const running = await runningRounds(tx, tenant);
  const alive = new Set((await openOutlines(tx, tenant)).map(({ id }) => id));
  const open = new Set((await openActions(tx, tenant)).map(({ kti }) => kti));
  const done = await doneSince(tx, tenant, earliest);
  return (await standingsIn(at, clients)).flatMap(({ client, round, lastAt, rows }) => {
    const since = Temporal.Instant.from(lastAt);
    if (running.has(round) || Temporal.Instant.compare(since, earliest) < 0) return [];
    const isDone = (kti: string) =>
      done.some((one) => one.kti === kti && one.doneAt && Temporal.Instant.compare(one.doneAt, since) >= 0);
    return rows
      .filter(
        ({ verdict, source, about }) => verdict === 'action' && (source === 'question' || alive.has(about)),
      )
      .filter(({ id }) => !open.has(id) && !isDone(id))
      .map(({ id }) => ({ kti: id, client, since }));
  });
}
