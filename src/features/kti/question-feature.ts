import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal, refusedIn } from '../../chat/refusal.ts';
import type { Language } from '../../chat/request.ts';
import { requiredText, typedText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { limits, type Words } from './kti.ts';
import {
  chooseForm,
  otherThan,
  questionCard,
  questionsCard,
  wordFields,
  wordsForm,
} from './question-cards.ts';
import { isLast, type StandardQuestion } from './question-rules.ts';
import { holdQuestions, keepQuestion, questionList } from './question-store.ts';

/** A company asks standard questions of its own: every colleague reads them, its administrators change them. */

type Pressed = { subject: string };
type Filled = { subject: string; fields: Record<string, string> };

/** `kti questions`. */
export async function listQuestions(asked: Asked): Promise<Effect[]> {
  const all = await questionList(asked.tx, asked.tenant);
  return [answer(questionsCard(all, asked.person.admin, readers(asked)), 'internal')];
}

/** Which one is to be changed. */
export async function chooseQuestion(asked: Asked): Promise<Effect[]> {
  const all = await questionList(asked.tx, asked.tenant);
  return [{ do: 'ask', form: chooseForm(all, readers(asked)), alone: true }];
}

/** It was chosen. */
export async function chosenQuestion(asked: Asked, { fields }: Filled): Promise<Effect[]> {
  const one = findIn(await questionList(asked.tx, asked.tenant), fields.question ?? '');
  return [answer(questionCard(one, readers(asked)), 'internal')];
}

function findIn(all: StandardQuestion[], id: string): StandardQuestion {
  const one = all.find((each) => each.id === id);
  if (!one) throw new Refusal('error.kti-question-gone');
  return one;
}

/** The form with its words; of a new one without any. */
export async function editQuestion(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const all = await questionList(asked.tx, asked.tenant);
  if (subject === '') mustHaveRoom(all);
  const words = subject === '' ? undefined : findIn(all, subject);
  return [{ do: 'ask', form: wordsForm(subject, words, readers(asked)), alone: true }];
}

function mustHaveRoom(all: StandardQuestion[]): void {
  const most = limits.ownQuestions;
  if (all.filter(({ origin }) => origin === 'own').length >= most)
    throw new Refusal('error.kti-questions-full', { most });
}

/** The words were sent. Those of before stay with the grades that were given for them: new words begin a new line. */
export async function editedQuestion(asked: Asked, { subject, fields }: Filled): Promise<Effect[]> {
  const all = await holdQuestions(asked.tx, asked.tenant);
  const before = subject === '' ? undefined : findIn(all, subject);
  if (!before) mustHaveRoom(all);
  const words = readWords(asked, { subject, fields }, { before, all });
  const kept = { id: before?.id ?? newId(), words, leftOut: before?.leftOut ?? false };
  return keep(asked, kept, before ? 'kti.question-changed-now' : 'kti.question-added-now');
}

function readWords(
  asked: Asked,
  { subject, fields }: Filled,
  { before, all }: { before: StandardQuestion | undefined; all: StandardQuestion[] },
): Words {
  const { language: own } = readers(asked);
  try {
    const text = readBoth(fields, wordFields.text, limits.question, own);
    const theme = readBoth(fields, wordFields.theme, limits.theme, own);
    const others = all.filter(({ id }) => id !== before?.id);
    for (const language of [own, otherThan(own)])
      if (others.some((one) => one.text[language].toLowerCase() === text[language].toLowerCase()))
        throw new Refusal('error.kti-question-there', {}, { field: wordFields.text[language] });
    return { text, theme };
  } catch (error) {
    throw refusedIn(wordsForm(subject, before, readers(asked)), fields, error);
  }
}

/** In the language of whoever sent it; in the other one the same words, unless he gave others. */
function readBoth(
  fields: Record<string, string>,
  names: Record<Language, string>,
  most: number,
  own: Language,
): Record<Language, string> {
  const typed = (id: string) => fields[id]?.replace(/\s+/g, ' ');
  const field = names[own];
  const said = requiredText(typed(field), { most, field, empty: 'error.kti-question-empty' });
  const other = names[otherThan(own)];
  const both = { nl: said, en: said };
  return { ...both, [otherThan(own)]: typedText(typed(other), { most, field: other }) ?? said };
}

/** It is asked no more; one must stay. */
export async function leaveOut(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const all = await holdQuestions(asked.tx, asked.tenant);
  const one = findIn(all, subject);
  if (isLast(all, one.id)) throw new Refusal('error.kti-question-last');
  return keep(asked, { ...asKept(one), leftOut: true }, 'kti.question-out-now');
}

/** It is asked again. */
export async function takeIn(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const one = findIn(await holdQuestions(asked.tx, asked.tenant), subject);
  return keep(asked, { ...asKept(one), leftOut: false }, 'kti.question-in-now');
}

/** Back to the supplied words; one of the company's own has none. */
export async function wordBack(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const one = findIn(await holdQuestions(asked.tx, asked.tenant), subject);
  if (one.origin === 'own') throw new Refusal('error.kti-question-own');
  return keep(asked, { ...asKept(one), words: undefined }, 'kti.question-back-now');
}

/** What is kept of it: of one in the supplied words none. */
function asKept({ id, text, theme, leftOut, origin }: StandardQuestion): Parameters<typeof keepQuestion>[2] {
  return { id, words: origin === 'supplied' ? undefined : { text, theme }, leftOut };
}

type News = `kti.question-${'changed' | 'added' | 'out' | 'in' | 'back'}-now`;

async function keep(asked: Asked, kept: Parameters<typeof keepQuestion>[2], news: News): Promise<Effect[]> {
  const { tx, tenant, now, person, say } = asked;
  await keepQuestion(tx, tenant, kept, { by: person.id, now });
  const one = findIn(await questionList(tx, tenant), kept.id);
  return [answer(questionCard(one, readers(asked), say(news)), 'internal')];
}
