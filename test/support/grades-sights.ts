import type { Card, GradeRow } from '../../src/chat/card.ts';
import { gradesOf } from './grades.ts';

type Language = 'nl' | 'en';

/** Who graded in which round, of eleven months: an empty list is a round without this question. */
type Graded = Pick<GradeRow, 'shown' | 'tone' | 'average' | 'anew'> & {
  label: Record<Language, string>;
  rounds: number[][];
};

const graded: Graded[] = [
  {
    label: {
      nl: 'Als er een storing is, belt iemand van het team ons binnen een uur, ook als er nog geen oplossing is',
      en: 'When something is down, somebody of the team calls us within the hour, even without a solution yet',
    },
    ...{ shown: '5,3', tone: 'bad', average: 6.9 },
    rounds: [
      [8, 7, 7],
      [7, 7],
      [7, 6, 8],
      [6, 7, 5],
      [7, 6],
      [5, 6, 5],
    ],
  },
  {
    label: {
      nl: 'Elke maand een overzicht van wat er af is',
      en: 'Every month an overview of what is done',
    },
    ...{ shown: '9,0', tone: 'good', average: 7.4 },
    rounds: [
      [6, 7, 7],
      [7, 7, 7],
      [7, 8, 8, 7],
      [8, 8],
      [8, 9, 9],
      [9, 9, 9],
    ],
  },
  {
    label: {
      nl: 'Eén vaste contactpersoon die onze omgeving kent en meedenkt over wat er komen gaat',
      en: 'One contact who knows our systems and thinks along about what is coming',
    },
    ...{ shown: '7,5', tone: 'neutral', average: 7.6, anew: [0.58] },
    rounds: [
      [6, 8, 7],
      [7, 7, 8],
      [6, 7, 8, 8],
      [8, 7, 9],
      [7, 8],
      [7, 8, 8, 7],
    ],
  },
  {
    label: { nl: 'Merkt u dat we hieraan werken?', en: 'Do you notice that we work on this?' },
    ...{ shown: '8', tone: 'accent' },
    rounds: [[], [], [], [], [], [8]],
  },
  {
    label: {
      nl: 'Facturen kloppen en zijn zonder uitleg te begrijpen',
      en: 'Invoices are right and need no explanation',
    },
    ...{ shown: '3,5', tone: 'bad', average: 5.1 },
    rounds: [[10, 1], [4, 5], [6, 6, 6, 6, 6, 6], [5, 4], [4], [3, 4]],
  },
  {
    label: { nl: 'Veiligheid', en: 'Safety' },
    ...{ shown: '9,8', tone: 'good', average: 9.6 },
    rounds: [[10, 10, 10], [9, 10], [10, 10, 10, 10], [9, 9, 10], [10], [10, 9, 10, 10]],
  },
  {
    label: {
      nl: 'Iedere wijziging in de productieomgeving wordt vooraf met ons afgestemd en achteraf samen geëvalueerd',
      en: 'Every change to production is agreed with us beforehand and looked back on together',
    },
    ...{ shown: '7,8', tone: 'neutral', average: 7.2 },
    rounds: [
      [7, 6, 8, 7, 7],
      [7, 7, 6, 8, 9],
      [7, 8, 7, 7, 8],
      [8, 8, 8, 7, 6],
      [7, 8, 8, 9, 7],
      [8, 8, 7, 8, 8],
    ],
  },
]; // prettier-ignore

/** Grades as pictures, of few KTIs and of as many as there may be. */
export function gradesSights(language: Language): { name: string; card: Card }[] {
  return [1, 3, 5, 7].map((count) => ({
    name: `grades-${count}`,
    card: gradesCard(language, graded.slice(0, count)),
  }));
}

function gradesCard(language: Language, some: Graded[]): Card {
  const rows = some.map(({ label, rounds, ...row }): GradeRow => {
    // Not everybody answers on the day of the question.
    const dots = rounds.flatMap((grades, round) =>
      grades.map((grade, index) => ({ at: Math.min(round / 5 + index * 0.004, 1), grade })),
    );
    const shown = language === 'nl' ? row.shown : row.shown.replace(',', '.');
    return { ...row, shown, label: label[language], dots };
  });
  const words = rows.map(({ label, shown, dots }) => `${label}: ${shown} (${dots.length})`).join('; ');
  const [title, begin, end] =
    language === 'nl'
      ? ['Elk cijfer een stip, de lijn is het gemiddelde', 'jan 2026', 'nov 2026']
      : ['A dot for each grade, the line is the average', 'Jan 2026', 'Nov 2026'];
  const grades = gradesOf(rows, { title, begin, end, alt: `${title}: ${words}.` });
  return {
    summary: title,
    elements: [{ kind: 'text', text: 'Acme', style: 'heading' }, grades],
  };
}
