import type { Button, Card, Element } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayDay } from '../../text/when.ts';
import type { Kti } from './kti.ts';
import { actionsIn, titleOf } from './summary-rules.ts';
import { type ClientStanding, movesOf, type TeamRow } from './team-rules.ts';
import { differenceOf, gradeOf, plainText, strong, subtle } from './words-cards.ts';

/** So many clients stand in one card. */
export const inCard = 10;

/** standings: of this page. never: how many clients have not graded anything. ktis: those that are named. */
export type TeamView = {
  standings: ClientStanding[];
  ktis: Map<string, Kti>;
  all: number;
  asking: number;
  never: number;
  page: number;
  weekly?: Button | undefined;
};

/** How all clients of a team stand, the worst first. */
export function teamCard(view: TeamView, voice: Voice): Card {
  const { say } = voice;
  const { standings, all, page, never } = view;
  const title = say('kti.team-title');
  const takeaway = takeawayOf(view, say);
  const pages = Math.max(Math.ceil(all / inCard), 1);
  return {
    summary: `${title}: ${takeaway}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(page === 1 ? [plainText(takeaway)] : []),
      ...(pages > 1 ? [subtle(say('kti.page', { page, pages }))] : []),
      ...standings.flatMap((one) => clientElements(one, view.ktis, voice)),
      ...(never > 0 && all > 0 && page === pages ? [subtle(say('kti.team-never', { count: never }))] : []),
      { kind: 'buttons', buttons: buttonsOf(view, pages, say) },
    ],
  };
}

function takeawayOf({ all, asking }: TeamView, say: Say): string {
  if (all === 0) return say('kti.team-none');
  return asking === 0 ? say('kti.team-fine', { count: all }) : say('kti.team-asking', { count: asking, all });
}

function clientElements(
  { client, rows, lastAt }: ClientStanding,
  ktis: Map<string, Kti>,
  voice: Voice,
): Element[] {
  const { say, language, timeZone } = voice;
  const actions = actionsIn(rows);
  const [worst] = rows;
  const answers = Math.max(...rows.map(({ n }) => n));
  const day = sayDay(Temporal.Instant.from(lastAt), language, timeZone);
  const under = [...movesText(rows, say), say('kti.team-answers', { count: answers, day })];
  const title =
    actions > 0
      ? say('kti.team-client', { client: client.name, count: actions, of: rows.length })
      : client.name;
  return [
    strong(title),
    ...(worst ? [plainText(worstText(worst, ktis.get(worst.id), voice))] : []),
    subtle(under.join(' · ')),
    { kind: 'buttons', buttons: [{ press: 'kti.summary', subject: client.id, label: say('kti.team-open') }] },
  ];
}

/** The lowest of a client, with what it is compared with and what it did. */
function worstText(
  { mean, n, average, change }: TeamRow,
  kti: Kti | undefined,
  { say, language }: Voice,
): string {
  const text = kti ? shortened(titleOf(kti, language), 80) : '';
  const beside = [
    ...(average ? [say('kti.team-average', { mean: gradeOf(average.mean, 2, say) })] : []),
    ...(change ? [differenceOf(change, say)] : []),
  ];
  const values = { text, mean: gradeOf(mean, n, say) };
  return beside.length === 0
    ? say('kti.team-worst', values)
    : say('kti.team-worst-beside', { ...values, beside: beside.join(', ') });
}

function movesText(rows: TeamRow[], say: Say): string[] {
  const { up, down, same } = movesOf(rows);
  if (up + down + same === 0) return [];
  if (up + down === 0) return [say('kti.team-same')];
  const told = [
    ...(down > 0 ? [say('kti.team-down', { count: down })] : []),
    ...(up > 0 ? [say('kti.team-up', { count: up })] : []),
  ];
  return [say('kti.team-moves', { moves: told.join(', ') })];
}

function buttonsOf({ page, all, weekly }: TeamView, pages: number, say: Say): Button[] {
  return [
    ...(page > 1 ? [{ press: `kti.team.${page - 1}`, label: say('kti.page-before') }] : []),
    ...(page < pages ? [{ press: `kti.team.${page + 1}`, label: say('kti.page-after') }] : []),
    ...(all === 0 ? [{ press: 'clients.list', label: say('clients.button') }] : []),
    ...(weekly ? [weekly] : []),
  ];
}
