import { type Button, type Card, line } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Say } from '../../text/say.ts';
import { sayMoment } from '../../text/when.ts';
import { nameOf } from './cards.ts';
import type { Kind } from './polls.ts';
import { nextKind, type Series } from './series-rules.ts';

/** What a series asks and how often, and when it does so again. `next`: the coming round. */
export function seriesLines(
  series: Series,
  voice: Voice,
  next: { kind: Kind; at: Temporal.Instant } | undefined,
): [title: string, coming: string] {
  const { say, language, timeZone } = voice;
  const subject = say(`polls.subject.${series.subject}`);
  const coming = next
    ? say('series.next', { name: nameOf(next.kind, say), when: sayMoment(next.at, language, timeZone) })
    : say('series.last');
  return [say('series.title', { subject, rhythm: rhythmOf(series, voice) }), coming];
}

/** The round that comes next, when one does. */
export function nextOf(series: Series): { kind: Kind; at: Temporal.Instant } | undefined {
  const [kind, at] = [nextKind(series), series.nextAt];
  return kind && at && { kind, at };
}

export function stopButton({ id }: Series, say: Say): Button {
  return { press: 'polls.stop', subject: id, label: say('series.stop'), style: 'danger' };
}

/** A series that runs, and how to stop it. */
export function seriesCard(
  series: Series,
  voice: Voice,
  next: { kind: Kind; at: Temporal.Instant } | undefined,
): Card {
  const { say } = voice;
  const [title, coming] = seriesLines(series, voice, next);
  const skipped = series.skipped > 0 ? [say('series.skipped', { count: series.skipped })] : [];
  const about = series.topic ? [say('polls.about', { topic: series.topic })] : [];
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...[coming, ...skipped, ...about].map((text) => ({ kind: 'text' as const, text })),
      { kind: 'text', text: say('series.asker', { asker: series.asker.name }), style: 'subtle' },
      {
        kind: 'buttons',
        buttons: [stopButton(series, say)],
      },
    ],
  };
}

/** "every month". */
export function rhythmOf({ rhythm }: Series, { say }: Voice): string {
  return say(`polls.rhythm.${rhythm}`);
}

/** Why a round was left out, or why there will be none any more. */
export function seriesNotice(
  series: Series,
  why: 'round-skipped' | 'unreachable' | 'shared' | 'left',
  { say }: Voice,
): Card {
  return line(
    say(`series.${why}`, {
      subject: say(`polls.subject.${series.subject}`),
      place: series.placeName ?? say('series.here'),
      asker: series.asker.name,
    }),
  );
}
