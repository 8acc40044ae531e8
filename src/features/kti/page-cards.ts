import type { Sheet } from '../../chat/feature.ts';
import type { Voice } from '../../chat/voice.ts';
import { givenOf, untilText } from './invitation-cards.ts';
import type { Grade, Kti, Round } from './kti.ts';

/** The page after it was sent: what he gave, and until when the link lets him change it. */
export function answeredSheet(own: { round: Round; ktis: Kti[]; given: Grade[] }, voice: Voice): Sheet {
  const { say, language } = voice;
  const { round, given } = own;
  const title = say('kti.thanks', { count: given.length });
  return {
    language,
    card: {
      summary: title,
      elements: [
        { kind: 'text', text: title, style: 'heading' },
        { kind: 'text', text: say('kti.what-now', { asker: round.asker.name, count: given.length }) },
        ...givenOf(own, voice),
        untilText('change-by-link', round, voice),
      ],
    },
  };
}

/** The page of a round that has ended. */
export function overSheet(how: 'closed' | 'cancelled', { say, language }: Voice): Sheet {
  const text = say(`kti.ended-${how}`);
  return {
    language,
    card: {
      summary: text,
      elements: [
        { kind: 'text', text, style: 'heading' },
        ...(how === 'closed' ? [{ kind: 'text' as const, text: say('kti.ended-more') }] : []),
      ],
    },
  };
}
