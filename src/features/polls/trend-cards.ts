import type { Element, TrendPoint } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { nameOf } from './cards.ts';
import { change, type Summary, scoreRange } from './measure-rules.ts';
import type { Poll } from './polls.ts';
import { sameWording } from './series-rules.ts';

/** One poll of a line of figures. */
export type Round = { poll: Poll; summary: Summary };

/** A score as people write it: `+30`, or `72 %`. */
export function shown(points: number, kind: Poll['kind'], say: Say): string {
  return kind === 'nps' ? signed(points) : say('result.percent', { share: points });
}

/** With its sign: `+30`, `−5`. */
export function signed(points: number): string {
  return points > 0 ? `+${points}` : String(points).replace('-', '−');
}

/** The rounds before it: as a picture with the margins, and in words what has really changed. */
export function changeOf(result: Round, past: Round[], voice: Voice): Element[] {
  const { say } = voice;
  const { poll, summary } = result;
  const last = past.at(-1);
  if (!last || summary.score === undefined) return [];
  if (!sameWording(last.poll, poll))
    return [...trendOf(result, past, voice), { kind: 'text', text: say('result.anew') }];
  const moved = change(last.summary, summary);
  if (!moved || last.summary.score === undefined) return trendOf(result, past, voice);
  const values = {
    before: shown(last.summary.score, poll.kind, say),
    after: shown(summary.score, poll.kind, say),
    points: signed(moved.points),
  };
  const words = say(moved.real ? 'result.changed' : 'result.not-changed', values);
  return [{ kind: 'text', text: words }, ...trendOf(result, past, voice)];
}

function trendOf(result: Round, past: Round[], voice: Voice): Element[] {
  const { say } = voice;
  const { kind } = result.poll;
  const rounds = [...past, result];
  if (rounds.filter(({ summary }) => summary.score !== undefined).length < 2) return [];
  const points = rounds.map((round, at): TrendPoint => pointOf(round, rounds[at - 1], voice));
  const list = points.map(({ label, n, value, anew }) => {
    const figure = value
      ? say('result.trend-point', { label, n, ...value })
      : say('result.trend-few', { label, n });
    return anew ? `${say('result.trend-anew')} ${figure}` : figure;
  });
  const title = say('result.trend', { name: nameOf(kind, say) });
  return [{ kind: 'trend', title, ...scoreRange(kind), points, alt: `${title}: ${list.join('; ')}` }];
}

function pointOf({ poll, summary }: Round, before: Round | undefined, voice: Voice): TrendPoint {
  const { say } = voice;
  const { score, low, high, n } = summary;
  const at = poll.closesAt.toLocaleString(voice.language === 'nl' ? 'nl-NL' : 'en-GB', {
    timeZone: voice.timeZone,
    day: 'numeric',
    month: 'short',
  });
  return {
    label: at,
    n,
    value: score === undefined ? undefined : { at: score, low, high, shown: shown(score, poll.kind, say) },
    anew: before !== undefined && !sameWording(before.poll, poll),
  };
}
