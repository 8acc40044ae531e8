import type { IRichTextBlock, ITextRun } from '@microsoft/teams.cards';
import { literal } from './escape.ts';

export type Look = Omit<ITextRun, 'type' | 'text'>;

/** Paragraphs of literal text: a RichTextBlock reads no Markdown, and no line breaks either. */
export function paragraphs(text: string, max: number, look: Look = {}): IRichTextBlock[] {
  const lines = literal(text, max).split('\n');
  return lines.flatMap((line, index): IRichTextBlock[] => {
    if (line.trim() === '') return [];
    const before = index > 0 && {
      spacing: lines[index - 1]?.trim() ? ('None' as const) : ('Small' as const),
    };
    return [{ type: 'RichTextBlock', ...before, inlines: [{ type: 'TextRun', text: line, ...look }] }];
  });
}
