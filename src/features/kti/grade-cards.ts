import type { Element } from '../../chat/card.ts';
import type { Field, Form } from '../../chat/form.ts';
import type { Voice } from '../../chat/voice.ts';
import { gradesOf } from './invitation-cards.ts';
import { type Grade, type Invitation, type Kti, limits, type Round } from './kti.ts';

/** The field of a question's grade, and that of its explanation. */
export function gradeField(at: number): string {
  return `grade-${at + 1}`;
}
export function whyField(at: number): string {
  return `why-${at + 1}`;
}

type Own = { round: Round; ktis: Kti[]; given: Grade[] };

/** All questions of somebody at once, with what he gave before: each a grade and, with more weight, what makes it so. */
export function gradeForm({ id }: Pick<Invitation, 'id'>, { round, ktis, given }: Own, voice: Voice): Form {
  const { say, language } = voice;
  const intro: Element[] = [{ kind: 'text', text: say('kti.form-intro', { asker: round.asker.name }) }];
  const fields = ktis.flatMap((kti, at): Field[] => {
    const grade = given.find((one) => one.kti === kti.id);
    const question = ktis.length > 1 ? `${at + 1}. ${kti.text[language]}` : kti.text[language];
    return [
      {
        ...{ kind: 'grade', id: gradeField(at), label: question, optional: true },
        ...{ ...gradesOf(say), value: grade?.grade },
      },
      {
        ...{ kind: 'text', id: whyField(at), optional: true, multiline: true, maxLength: limits.why },
        label: grade ? say('kti.why-of', { grade: grade.grade }) : say('kti.why'),
        hint: at === 0 ? say('kti.why-hint') : undefined,
        value: grade?.why,
      },
    ];
  });
  return {
    ...{
      name: 'kti.grade',
      subject: id,
      language,
      title: say('kti.form-title', { count: ktis.length }),
      intro,
      fields,
    },
    ...{ send: say('kti.send'), cancel: say('settings.cancel') },
  };
}
