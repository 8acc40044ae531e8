import { z } from 'zod';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { askedCard, askForm } from './asking-cards.ts';
import { type Asking, type AskingMistake, checkAsking, readAsking, readSubject } from './asking-rules.ts';
import { askerOf, sayAskedLately } from './people-feature.ts';
import { kindsOf, type Subject } from './polls.ts';
import { alreadyOpen, hereOf, openOf, putQuestion, understood } from './question-feature.ts';
import { participation } from './result-feature.ts';
import { every, everyTyped, standingSeries, startLoyalty } from './series-feature.ts';

/** What `nps ask` and its like say. */
export async function askTyped(
  asked: Asked,
  { words, text }: { words: string; text: string },
): Promise<Effect[]> {
  const often = /^(?:elke?|every)\s/i.test(text);
  if (often) return everyTyped(asked, { words, text: text.replace(/^\S+\s+/, '') });
  return ask(asked, readSubject(words), readAsking(text));
}

const formSchema = z.object({
  subject: z.enum(['nps', 'ces', 'csat', 'loyalty']),
  days: z.coerce.number().int().positive().max(1000),
  topic: z.string().trim().optional(),
  anonymous: z.enum(['yes', 'no']),
  rhythm: z.enum(['once', 'month', 'quarter']),
});

/** What the form says. */
export function askFilled(asked: Asked, fields: Record<string, string>): Promise<Effect[]> {
  const form = formSchema.safeParse(fields);
  if (!form.success) throw new Refusal('error.form-incomplete');
  const { subject, days, topic, anonymous, rhythm } = form.data;
  const asking = checkAsking({
    anonymous: anonymous === 'yes',
    period: Temporal.Duration.from({ days }),
    topic: topic || undefined,
  });
  return rhythm === 'once' ? ask(asked, subject, asking) : every(asked, subject, rhythm, understood(asking));
}

/** The short word alone: how the running poll stands, when the next round comes, or a form. */
export async function start(asked: Asked, { words }: { words: string }): Promise<Effect[]> {
  const subject = readSubject(words);
  const open = await openOf(asked, kindsOf[subject]);
  if (open) return [await participation(asked, open)];
  return (await standingSeries(asked, subject)) ?? [{ do: 'ask', form: askForm(asked.say, subject) }];
}

const subjectSchema = z.enum(['nps', 'ces', 'csat', 'loyalty']).catch('nps');

/** The form, whatever runs. */
export async function openForm(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return [{ do: 'ask', form: askForm(asked.say, subjectSchema.parse(subject)) }];
}

async function ask(asked: Asked, subject: Subject, read: Asking | AskingMistake): Promise<Effect[]> {
  const asking = understood(read);
  if (subject === 'loyalty') return startLoyalty(asked, asking);
  const put = await putAndSay(asked, hereOf(asked), askerOf(asked), { ...asking, kind: subject });
  if (!put) throw await alreadyOpen(asked, [subject]);
  return [...put.effects, answer(askedCard(put.poll, readers(asked), put.lately), 'internal')];
}

/** Puts a question; also how many of the client's people were asked in person lately, for whoever asks. */
export async function putAndSay(asked: Asked, ...question: Question) {
  const put = await putQuestion(asked, ...question);
  return put && { ...put, lately: await sayAskedLately(asked, put.poll, readers(asked)) };
}

type Question = Parameters<typeof putQuestion> extends [unknown, ...infer Rest] ? Rest : never;
