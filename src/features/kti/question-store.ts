import type { Language } from '../../chat/request.ts';
import type { Db } from '../../store/database.ts';
import { questions } from '../../text/satisfaction.ts';

/** One that every client can be asked. */
export type Question = { id: string; text: Record<Language, string>; theme: Record<Language, string> };

/** The standard questions of a workspace, in their order. */
export async function standardQuestions(_db: Db, _tenant: string): Promise<Question[]> {
  return questions.map(({ id, nl, en, theme }) => ({ id, text: { nl, en }, theme }));
}
