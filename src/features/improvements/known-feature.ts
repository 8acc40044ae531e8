import type { Dossier, Reason, Reasons } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import { sentenceOf } from '../../text/nudges.ts';
import { daysBetween } from '../../text/when.ts';
import { readClients } from '../clients/store.ts';
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
    const clients = new Set((await readClients(tx, tenant)).map(({ id }) => id));
    const snoozes = await readSnoozes(tx, at);
    const all = await improvementsIn(tx, tenant, { stages: openStages });
    return all
      .filter(({ client }) => client === undefined || clients.has(client))
      .flatMap((one): Reason[] => {
        const key = `${name}:${one.id}`;
        const who = whoseOf(one).filter((id) => isDue(one, later(snoozes, id, key), now));
        const since = one.since.add(patience);
        return who.length === 0 ? [] : [{ key, client: one.client, who, weight: 15, since }];
      });
  },
  async tell(to, key) {
    const one = await findImprovement(to.tx, to.tenant, key.slice(name.length + 1));
    if (!one || !isOpen(one) || !whoseOf(one).includes(to.person)) return undefined;
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

/** Whose it is: theirs who do it, else its maker's. */
function whoseOf({ doers, maker }: Improvement): string[] {
  return (doers.length > 0 ? doers : [maker]).map(({ id }) => id);
}

function later(snoozes: Snooze[], person: string, key: string): Temporal.Instant | undefined {
  return snoozes.find((one) => one.person === person && one.key === key)?.until;
}

/**
 * A reason that stays is told again after this many hours at the earliest. So what holds for no longer than that is told
 * once, and once more for whoever wanted to hear of it later.
 */
function isDue({ since }: Improvement, later: Temporal.Instant | undefined, now: Temporal.Instant): boolean {
  const first = since.add(patience);
  const from = later && Temporal.Instant.compare(later, first) > 0 ? later : first;
  return (
    Temporal.Instant.compare(first, now) <= 0 &&
    Temporal.Instant.compare(now, from.add({ hours: restHours })) < 0
  );
}
