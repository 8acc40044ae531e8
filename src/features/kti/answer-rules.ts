import { Refusal } from '../../chat/refusal.ts';
import { typedText } from '../../chat/typed-text.ts';
import { gradeField, whyField } from './grade-cards.ts';
import { type Kti, limits, readGrade } from './kti.ts';

/** What somebody gives for one question. */
export type Answer = { kti: Kti; grade: number; why: string | undefined };

/**
 * What a form holds. Throws a Refusal, by way of `refused`, for one without any grade, for an explanation without one, and
 * for a grade that is none.
 */
export function readForm(
  ktis: Kti[],
  fields: Record<string, string>,
  refused: (error: unknown) => unknown = (error) => error,
): Answer[] {
  try {
    const answers = ktis.flatMap((kti, at) => readAnswer(kti, at, fields));
    if (answers.length === 0) throw new Refusal('error.kti-no-grade', {}, { field: gradeField(0) });
    return answers;
  } catch (error) {
    throw refused(error);
  }
}

function readAnswer(kti: Kti, at: number, fields: Record<string, string>): Answer[] {
  const typed = fields[gradeField(at)];
  const grade = readGrade(typed);
  const why = typedText(fields[whyField(at)], { most: limits.why, field: whyField(at) });
  if (grade !== undefined) return [{ kti, grade, why }];
  if (typed || why !== undefined)
    throw new Refusal('error.kti-why-alone', { number: at + 1 }, { field: gradeField(at) });
  return [];
}
