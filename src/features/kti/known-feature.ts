import { type Element, strong, subtle } from '../../chat/card.ts';
import type { Briefing, Dossier } from '../../chat/contributions.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { sayDay } from '../../text/when.ts';
import { findClient } from '../clients/store.ts';
import type { Current } from './current-rules.ts';
import { currentKtis } from './current-store.ts';
import { lowestOf } from './grade-rules.ts';
import { gradesOfRound } from './grade-store.ts';
import type { Grade } from './kti.ts';
import { lastGraded } from './store.ts';
import { titleOf } from './summary-rules.ts';
import { firstWords } from './words-cards.ts';
import { gradeOf } from './words-rules.ts';

export { belowAverage } from './known-reasons-feature.ts';
export { dailyStart } from './morning-feature.ts';

/** What grades tell elsewhere: on a client's card, and before a conversation. */

/** Grades that are older are missed in the list of all clients: a quarter. */
const quarter = { hours: 24 * 92 };
const inDossier = 3;
const inBriefing = 5;

/** The last grades, and the way to all of them. */
export const dossier: Dossier = {
  async show(asked, { id }) {
    const { say, person, tx, tenant } = asked;
    const client = await findClient(tx, tenant, id);
    const current = client ? await currentKtis(asked, client, person.id) : [];
    const button = { press: 'kti.summary', subject: id, label: say('kti.known-open') };
    if (current.length === 0) return { elements: [], buttons: [button] };
    const told = current.slice(0, inDossier).map(({ kti, mean, n, isFormer }) => {
      const grade = `${gradeOf(mean, n, say)} · ${shortened(titleOf(kti, person.language), 60)}`;
      return isFormer ? `${grade} (${say('kti.in-former-words')})` : grade;
    });
    const facts = [{ label: say('kti.known-label'), value: told.join('\n') }];
    return { elements: [{ kind: 'facts', facts }], buttons: [button] };
  },
  async missing({ tx, tenant, now, say, person }, { id }) {
    const last = await lastGraded(tx, tenant, id);
    if (!last) return say('kti.missing-never');
    if (Temporal.Instant.compare(last, now.subtract(quarter)) >= 0) return undefined;
    return say('kti.missing-old', { day: sayDay(last, person.language, person.timeZone) });
  },
};

/**
 * What the last round says of each open expectation, and of a standard question while it asks for action: that first, then
 * the lowest.
 */
export const briefing: Briefing = {
  async show(to, { id }) {
    const { tx, tenant, voice } = to;
    const client = await findClient(tx, tenant, id);
    const current = (client ? await currentKtis(to, client, to.person) : [])
      .filter(({ source, verdict }) => source === 'expectation' || verdict === 'action')
      .toSorted(worstFirst)
      .slice(0, inBriefing);
    if (current.length === 0) return [];
    const lines: Element[] = [];
    for (const one of current) {
      const given = (await gradesOfRound(tx, tenant, one.round)).filter(({ kti }) => kti === one.id);
      const lowest = lowestOf(given);
      if (lowest) lines.push(subtle(briefLine(one, lowest, voice)));
    }
    return [strong(voice.say('kti.briefing-title')), ...lines];
  },
};

function worstFirst(one: Current, other: Current): number {
  return Number(other.verdict === 'action') - Number(one.verdict === 'action') || one.mean - other.mean;
}

/** The only grade with who gave it; of more the mean, and the lowest. */
function briefLine({ kti, isFormer, mean, n, lastAt }: Current, lowest: Grade, voice: Voice): string {
  const { say, language, timeZone } = voice;
  const { name, grade, why } = lowest;
  const title = `“${shortened(titleOf(kti, language), 60)}”`;
  const text = isFormer ? `${title} (${say('kti.in-former-words')})` : title;
  const day = sayDay(Temporal.Instant.from(lastAt), language, timeZone);
  const values = { text, name, grade, day };
  const line =
    n === 1
      ? say('kti.briefing-line', values)
      : say('kti.briefing-mean', { ...values, mean: gradeOf(mean, n, say), count: n });
  return why === undefined ? line : `${line}: “${firstWords(why)}”`;
}
