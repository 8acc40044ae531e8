import type { Logger } from 'pino';
import type { Element } from '../../chat/card.ts';
import type { Outcome } from '../../chat/platform.ts';
import { label, literal } from './escape.ts';
import { limits } from './limits.ts';
import { picturesOf } from './pictures.ts';
import { renderAnswer, renderDialog } from './render.ts';

/** What a dialog of the message extension shows next, to the one who opened it alone. */
export async function dialogAnswer(outcome: Outcome, log: Logger): Promise<object> {
  switch (outcome.kind) {
    case 'ask':
      return shows(outcome.form.title, renderDialog(outcome.form));
    case 'answer': {
      const { card, form } = outcome;
      return shows('Belay', renderAnswer(card, form, await picturesOf(card, log)));
    }
    case 'refused':
      return refused(outcome);
    case 'nothing':
    case 'duplicate':
      return dialogSays('✓');
  }
}

/** A line in the place of the dialog. */
export function dialogSays(text: string): object {
  return { task: { type: 'message', value: literal(text, limits.line) } };
}

function refused({ text, card, form }: Extract<Outcome, { kind: 'refused' }>): object {
  if (!form) return shows('Belay', renderAnswer(card));
  const intro: Element[] = [...(form.intro ?? []), { kind: 'text', text, style: 'strong' }];
  return shows(form.title, renderDialog({ ...form, intro }));
}

function shows(title: string, card: object): object {
  const content = withSubmits(card);
  return {
    task: {
      type: 'continue',
      value: {
        title: label(title, limits.title),
        height: 'large',
        width: 'medium',
        card: { contentType: 'application/vnd.microsoft.card.adaptive', content },
      },
    },
  };
}

/** Dialogs know no Action.Execute: what stands in for it stands there at once. */
function withSubmits(card: object): object {
  return Object.fromEntries(Object.entries(card).map(([key, value]) => [key, submits(value)]));
}

function submits(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(submits);
  if (typeof value !== 'object' || value === null) return value;
  if ('type' in value && value.type === 'Action.Execute' && 'fallback' in value) return value.fallback;
  return withSubmits(value);
}
