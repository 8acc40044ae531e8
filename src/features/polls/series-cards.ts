import type { Card } from '../../chat/card.ts';
import { sayMoment } from '../../text/when.ts';
import { nameOf, type Voice } from './cards.ts';
import type { Kind, Subject } from './polls.ts';
import type { Series } from './series-rules.ts';

/** A series that runs: what it asks, when next, and how to stop it. `next`: the coming round. */
export function seriesCard(
  series: Series,
  voice: Voice,
  next: { kind: Kind; at: Temporal.Instant } | undefined,
): Card {
  const { say, language, timeZone } = voice;
  const title = say('series.title', {
    subject: say(`polls.subject.${series.subject}`),
    rhythm: rhythmOf(series, voice),
  });
  const coming = next
    ? say('series.next', { name: nameOf(next.kind, say), when: sayMoment(next.at, language, timeZone) })
    : say('series.last');
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
        buttons: [
          { press: 'polls.ask', subject: series.subject, label: say('series.ask-now') },
          { press: 'polls.stop', subject: series.id, label: say('series.stop'), style: 'danger' },
        ],
      },
    ],
  };
}

/** "every month". */
export function rhythmOf({ rhythm }: Series, { say }: Voice): string {
  return say(`polls.rhythm.${rhythm}`);
}

/** What to say to the one who asked when a round could not be asked. */
export function skippedText(subject: Subject, { say }: Voice): string {
  return say('series.round-skipped', { subject: say(`polls.subject.${subject}`) });
}
