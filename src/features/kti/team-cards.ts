import { type Button, type Card, type Element, plainText, strong, subtle } from '../../chat/card.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { noonOf, sayDay } from '../../text/when.ts';
import type { Action } from '../actions/actions.ts';
import { titleOf as titleOfAction } from '../actions/catalogue-rules.ts';
import type { CurrentRow } from './current-rules.ts';
import { meanOf } from './grade-rules.ts';
import type { Kti } from './kti.ts';
import { averageOf } from './summary-row-cards.ts';
import { actionsIn, titleOf } from './summary-rules.ts';
import { type ClientStanding, lastRoundOf, movesOf } from './team-rules.ts';
import { gradeOf } from './words-rules.ts';

/** So many clients stand in one card. */
export const inCard = 10;

/**
 * standings: of this page. asking: how many clients have a KTI that asks for action, worked: of how many of those each is
 * worked on. never: how many clients have no grades that hold now. ktis: those that are named. works: what is done, or was
 * done since, by the KTI.
 */
export type TeamView = {
  standings: ClientStanding[];
  ktis: Map<string, Kti>;
  all: number;
  /** Of all clients that the reader may read, not of a channel's or his own. */
  wide?: boolean;
  asking: number;
  worked: number;
  works: Map<string, Action>;
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
      ...standings.flatMap((one) => clientElements(one, view, voice)),
      ...(never > 0 && all > 0 && page === pages ? [subtle(say('kti.team-never', { count: never }))] : []),
      { kind: 'buttons', buttons: buttonsOf(view, pages, say) },
    ],
  };
}

function takeawayOf({ all, asking, worked }: TeamView, say: Say): string {
  if (all === 0) return say('kti.team-none');
  if (asking === 0) return say('kti.team-fine', { count: all });
  const waiting = asking - worked;
  return [
    ...(waiting > 0
      ? [all === 1 ? say('kti.team-asking-only') : say('kti.team-asking', { count: waiting, all })]
      : []),
    ...(worked > 0 ? [say('kti.team-worked', { count: worked })] : []),
  ].join(' ');
}

/** How many of a client's KTIs ask for an action that nobody has begun or done since. */
export function waitingOf(
  { rows }: Pick<ClientStanding, 'rows'>,
  works: ReadonlyMap<string, Action>,
): number {
  return actionsIn(rows.filter(({ id }) => !works.has(id)));
}

function clientElements(
  standing: ClientStanding,
  { ktis, works }: Pick<TeamView, 'ktis' | 'works'>,
  voice: Voice,
): Element[] {
  const { say, language, timeZone } = voice;
  const { client, rows, lastAt } = standing;
  const [worst] = rows;
  const work = worst?.verdict === 'action' ? works.get(worst.id) : undefined;
  const last = lastRoundOf(standing);
  const answers = Math.max(...last.map(({ n }) => n));
  const day = sayDay(Temporal.Instant.from(lastAt), language, timeZone);
  const under = [...movesText(last, say), say('kti.team-answers', { count: answers, day })];
  return [
    strong(titleIn(standing, works, say)),
    ...(worst ? [plainText(worstText(worst, ktis.get(worst.id), voice))] : []),
    ...(work ? [plainText(workText(work, voice))] : []),
    subtle(under.join(' · ')),
    { kind: 'buttons', buttons: [{ press: 'kti.summary', subject: client.id, label: say('kti.team-open') }] },
  ];
}

function titleIn(standing: ClientStanding, works: TeamView['works'], say: Say): string {
  const { rows } = standing;
  const client = standing.client.name;
  const count = waitingOf(standing, works);
  if (count > 0)
    return rows.length === 1
      ? say('kti.team-client-only', { client })
      : say('kti.team-client', { client, count, of: rows.length });
  return actionsIn(rows) > 0 ? say('kti.team-client-worked', { client }) : client;
}

/** What is done about it, by whom and until when; or since when it is done. */
function workText(one: Action, { say, language, timeZone }: Voice): string {
  const day = one.doneAt ? sayDay(one.doneAt, language, timeZone) : sayDay(noonOf(one.due), language, 'UTC');
  const values = { title: shortened(titleOfAction(one, language), 80), name: one.owner.name, day };
  return say(one.doneAt ? 'kti.work-done' : 'kti.work-open', values);
}

/** The one that asks for action most, else the lowest, with what it was and what it is compared with. */
function worstText(
  { mean, n, average, change, before, verdict, isFormer }: CurrentRow,
  kti: Kti | undefined,
  { say, language }: Voice,
): string {
  const text = kti ? shortened(titleOf(kti, language), 80) : '';
  const beside = [
    ...(isFormer ? [say('kti.in-former-words')] : []),
    ...(change ? [say('kti.team-was', { mean: gradeOf(meanOf(before), before.n, say) })] : []),
    ...(average ? [averageOf(average, say)] : []),
  ];
  const named = `“${text}” ${gradeOf(mean, n, say)}`;
  const full = beside.length === 0 ? named : `${named} (${beside.join(', ')})`;
  // What asks for action need not be the lowest.
  return verdict === 'action' ? full : say('kti.team-worst', { grade: full });
}

function movesText(rows: CurrentRow[], say: Say): string[] {
  const { up, down, same } = movesOf(rows);
  if (up + down + same === 0) return [];
  if (up + down === 0) return [say('kti.team-same')];
  const told = [
    ...(down > 0 ? [say('kti.team-down', { count: down })] : []),
    ...(up > 0 ? [say('kti.team-up', { count: up })] : []),
  ];
  return [say('kti.team-moves', { moves: told.join(', ') })];
}

function buttonsOf({ page, all, wide, weekly }: TeamView, pages: number, say: Say): Button[] {
  const subject = wide ? { subject: 'all' } : {};
  return [
    ...(page > 1 ? [{ press: `kti.team.${page - 1}`, ...subject, label: say('kti.page-before') }] : []),
    ...(page < pages ? [{ press: `kti.team.${page + 1}`, ...subject, label: say('kti.page-after') }] : []),
    ...(all === 0 ? [{ press: 'clients.list', label: say('clients.button') }] : []),
    ...(weekly ? [weekly] : []),
  ];
}
