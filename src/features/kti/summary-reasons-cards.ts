import { type Button, type Card, plainText, subtle } from '../../chat/card.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Grade, Kti } from './kti.ts';
import { tellingFirst, titleOf } from './summary-rules.ts';
import { quotesOf } from './words-cards.ts';

/** So many explanations stand on one page. */
const onPage = 10;

/** All that was said with the grades for one KTI in one round, and who gave a grade alone. */
export function reasonsCard(
  { kti, client, grades, page }: { kti: Kti; client: string; grades: Grade[]; page: number },
  { say, language }: Voice,
): Card {
  const all = tellingFirst(grades);
  const explained = all.filter(({ why }) => why !== undefined);
  const silent = all.filter(({ why }) => why === undefined).map(({ name, grade }) => `${name} ${grade}`);
  const pages = Math.max(Math.ceil(explained.length / onPage), 1);
  const at = Math.min(Math.max(page, 1), pages);
  const title = say('kti.reasons-title', { client });
  const turn = (to: number): Button => ({
    press: `kti.reasons.${to}`,
    subject: `${grades[0]?.round ?? ''}.${kti.id}`,
    label: say(to < at ? 'kti.page-before' : 'kti.page-after'),
  });
  const buttons = [...(at > 1 ? [turn(at - 1)] : []), ...(at < pages ? [turn(at + 1)] : [])];
  return {
    summary: `${title}: ${titleOf(kti, language)}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      plainText(kti.text[language]),
      ...explained.slice((at - 1) * onPage, at * onPage).flatMap((grade) => quotesOf([grade], 1000)),
      ...(silent.length > 0 && at === pages
        ? [subtle(say('kti.reasons-silent', { names: silent.join(', ') }))]
        : []),
      ...(buttons.length > 0 ? [{ kind: 'buttons' as const, buttons }] : []),
    ],
  };
}
