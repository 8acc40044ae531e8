import type { Dossier, Reason, Reasons, Telling } from '../../chat/contributions.ts';
import { shortened } from '../../chat/grammar.ts';
import { readSome } from '../../store/people.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { daysBetween } from '../../text/when.ts';
import { hearersOf, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient, readClients } from '../clients/store.ts';
import { restHours, type Snooze } from '../nudges/nudges.ts';
import { nextTurn, readSnoozes } from '../nudges/store.ts';
import { columns, type Improvement, isOpen, openStages } from './improvements.ts';
import { findImprovement, improvementsIn } from './store.ts';

/** What improvements tell elsewhere: on a client's card, and as a reason to nudge. */

/** How many are under way for a client. */
export const dossier: Dossier = {
  async show({ tx, tenant, say }, { id }) {
    const all = await improvementsIn(tx, tenant, { stages: openStages, client: id });
    if (all.length === 0) return { elements: [], buttons: [] };
    const ideas = all.filter(({ stage }) => stage === 'idea').length;
    const value = say('improvements.dossier-counts', { underWay: all.length - ideas, ideas });
    return {
      elements: [{ kind: 'facts', facts: [{ label: say('improvements.dossier'), value }] }],
      buttons: [{ press: 'improvements.board', subject: id, label: say('improvements.to-board') }],
    };
  },
  async sources({ tx, tenant, voice }, client) {
    const all = await improvementsIn(tx, tenant, { stages: columns, client });
    const sources = new Map<string, string[]>();
    for (const { serves, text } of all) {
      if (serves?.kind !== 'expectation') continue;
      const words = voice.say('improvements.source', { text: shortened(text, 60) });
      sources.set(serves.id, [...(sources.get(serves.id) ?? []), words]);
    }
    return sources;
  },
};

const name = 'improvements.waiting';
/** What stands in one column for so long is told of, once. */
const patience = { hours: 24 * 30 };

/** One stands in the same column for a month. */
export const waiting: Reasons = {
  name,
  async find(at) {
    const { tx, tenant, now } = at;
    const clients = new Map((await readClients(tx, tenant)).map((client) => [client.id, client]));
    const snoozes = await readSnoozes(tx, at);
    const reasons: Reason[] = [];
    for (const one of await improvementsIn(tx, tenant, { stages: openStages })) {
      const client = clients.get(one.client ?? '');
      const key = `${name}:${one.id}`;
      const later = snoozes.filter((snooze) => snooze.key === key);
      const mayBeDue = [undefined, ...later].some((snooze) => isDue(one, snooze, now));
      if (!mayBeDue || (one.client !== undefined && !client)) continue;
      const snoozeOf = (id: string) => later.find(({ person }) => person === id);
      const who = (await whoHears(at, one, client)).filter((id) => isDue(one, snoozeOf(id), now));
      const since = one.since.add(patience);
      if (who.length > 0) reasons.push({ key, client: one.client, who, weight: 15, since });
    }
    return reasons;
  },
  async tell(to, key) {
    const one = await findImprovement(to.tx, to.tenant, key.slice(name.length + 1));
    if (!one || !isOpen(one)) return undefined;
    const client = one.client === undefined ? undefined : await findClient(to.tx, to.tenant, one.client);
    if (one.client !== undefined && (!client || client.archived)) return undefined;
    if (!(await whoHears(to, one, client)).includes(to.person)) return undefined;
    if (Temporal.Instant.compare(one.since.add(patience), to.now) > 0) return undefined;
    const turn = await nextTurn(to.tx, to, to.person, 'improvement');
    const { say, language, timeZone } = to.voice;
    const stage = say(`improvements.stage-${one.stage}`);
    const text = shortened(one.text.replace(/\s+/g, ' '));
    const days = daysBetween(one.since, to.now, timeZone);
    return {
      text: sentenceOf('improvement', language, turn, { text, stage, days }),
      buttons: [{ press: 'improvements.show', subject: one.id, label: say('improvements.show') }],
    };
  },
};

type At = Pick<Telling, 'tx' | 'tenant' | 'platform'>;

/** Theirs who do it, else its maker's, as far as they may still read it; else those who hear what concerns its client. */
async function whoHears(
  { tx, tenant, platform }: At,
  { doers, maker }: Improvement,
  client: Client | undefined,
): Promise<string[]> {
  const at = { tx, tenant, platform };
  const all = [...doers, maker].map(({ id }) => id);
  const known = new Map((await readSome(tx, platform, tenant, all)).map((one) => [one.id, one]));
  const mayRead = async (id: string) => {
    const person = known.get(id) ?? { id, outsider: false, admin: false };
    if (person.outsider || !client) return !person.outsider;
    const relation = await relationOf(at, person, client);
    return relation === 'team' || relation === 'colleague';
  };
  const there: string[] = [];
  for (const { id } of doers) if (await mayRead(id)) there.push(id);
  if (there.length > 0) return there;
  if (await mayRead(maker.id)) return [maker.id];
  return client ? ((await hearersOf(at, [client])).get(client.id) ?? []) : [];
}

/**
 * A reason that stays is told again after this many hours at the earliest. So what holds for no longer than that is told
 * once, and once more for whoever wanted to hear of it later.
 */
function isDue({ since }: Improvement, snooze: Snooze | undefined, now: Temporal.Instant): boolean {
  const first = since.add(patience);
  const from = snooze && Temporal.Instant.compare(snooze.until, first) > 0 ? snooze.until : first;
  return (
    Temporal.Instant.compare(first, now) <= 0 &&
    Temporal.Instant.compare(now, from.add({ hours: restHours })) < 0
  );
}
