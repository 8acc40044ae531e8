import type { Element } from '../../chat/card.ts';
import type { Asked, Briefing, DailyStart, Dossier } from '../../chat/feature.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import { sayDay } from '../../text/when.ts';
import { meanOf } from './grade-rules.ts';
import { gradesSince, newestGrades } from './grade-store.ts';
import type { Grade, Kti } from './kti.ts';
import { findKtis } from './store.ts';
import { titleOf } from './summary-rules.ts';
import { currentKtis } from './summary-store.ts';
import { closedSince } from './team-store.ts';
import { gradeOf, strong, subtle } from './words-cards.ts';

export { belowAverage } from './known-reasons-feature.ts';

/** What grades tell elsewhere: on a client's card, before a conversation, in the morning, as a reason to nudge. */

/** Grades that are older are missed in the list of all clients: a quarter. */
const quarter = { hours: 24 * 92 };
const inDossier = 3;
const inBriefing = 5;

/** The last grades, and the way to all of them. */
export const dossier: Dossier = {
  async show(asked, { id }) {
    const { say, person } = asked;
    const ktis = await currentKtis(asked, id);
    const button = { press: 'kti.summary', subject: id, label: say('kti.known-open') };
    if (ktis.length === 0) return { elements: [], buttons: [button] };
    const told = ktis.slice(0, inDossier).map((kti) => {
      const text = shortened(titleOf(kti, person.language), 60);
      return `${gradeOf(meanOf(kti.standing.last), kti.standing.last.n, say)} · ${text}`;
    });
    const facts = [{ label: say('kti.known-label'), value: told.join('\n') }];
    return { elements: [{ kind: 'facts', facts }], buttons: [button] };
  },
  async missing(asked, { id }) {
    const last = await lastGraded(asked, id);
    if (!last) return asked.say('kti.missing-never');
    if (Temporal.Instant.compare(last, asked.now.subtract(quarter)) >= 0) return undefined;
    const { language, timeZone } = asked.person;
    return asked.say('kti.missing-old', { day: sayDay(last, language, timeZone) });
  },
};

async function lastGraded(asked: Asked, client: string): Promise<Temporal.Instant | undefined> {
  const times = (await currentKtis(asked, client)).flatMap(({ standing }) => standing.lastAt ?? []);
  return times.toSorted(Temporal.Instant.compare).at(-1);
}

/** The last grade of each open expectation, and how its explanation begins. */
export const briefing: Briefing = {
  async show(to, { id }) {
    const { tx, tenant, voice } = to;
    const ktis = (await currentKtis(to, id))
      .filter(({ source }) => source === 'expectation')
      .slice(0, inBriefing);
    if (ktis.length === 0) return [];
    const lines: Element[] = [];
    for (const kti of ktis) {
      const [newest] = await newestGrades(tx, tenant, [kti.id], 1);
      if (newest) lines.push(subtle(briefLine(kti, newest, voice)));
    }
    return [strong(voice.say('kti.briefing-title')), ...lines];
  },
};

function briefLine(kti: Kti, { name, grade, why, at }: Grade, { say, language, timeZone }: Voice): string {
  const text = shortened(titleOf(kti, language), 60);
  const line = say('kti.briefing-line', { text, name, grade, day: sayDay(at, language, timeZone) });
  return why === undefined ? line : `${line}: “${firstWords(why)}”`;
}

function firstWords(why: string): string {
  return shortened(why.replace(/\s+/g, ' ').trim(), 80);
}

/** What was graded, by whom and why, and which rounds are over. */
export const dailyStart: DailyStart = {
  async show({ tx, tenant, clients, since, voice }) {
    const { say, language } = voice;
    const names = new Map(clients.map(({ id, name }) => [id, name]));
    const ids = [...names.keys()];
    const grades = await gradesSince(tx, tenant, ids, since);
    const known = await findKtis(tx, tenant, [...new Set(grades.map(({ kti }) => kti))]);
    const ktis = new Map(known.map((one) => [one.id, one]));
    const graded = grades.flatMap(({ client, kti: id, name, grade, why }) => {
      const kti = ktis.get(id);
      if (!kti) return [];
      const text = shortened(titleOf(kti, language), 60);
      const line = say('kti.morning-grade', { client: names.get(client) ?? '', name, grade, text });
      return [why === undefined ? line : `${line}: “${firstWords(why)}”`];
    });
    const closed = (await closedSince(tx, tenant, ids, since)).map(({ client, asked, answered }) =>
      say('kti.morning-closed', { client: names.get(client) ?? '', count: answered, asked }),
    );
    return { news: [...graded, ...closed] };
  },
};
