import type { Drawn, Graded } from './grading.ts';
import { table, verdict } from './table.ts';

const aims = { one: 50, all: 200, growth: 2, picture: 300 };

/** How long summaries take, as Markdown. */
export function gradingTable(graded: Graded[]): string {
  const ms = ({ median, most }: Graded['one']) => `${median.toFixed(1)} (${most.toFixed(1)}) ms`;
  return table(
    ['summaries', 'grades', 'of one client', 'of all clients'],
    graded.map(({ database, grades, clients, one, all }) => [
      `${database}, ${clients.toLocaleString('en')} clients`,
      grades.toLocaleString('en'),
      ms(one),
      ms(all),
    ]),
  );
}

/** Each aim of summaries and of their picture, and whether it is met. */
export function gradingVerdicts(graded: Graded[], picture: Drawn): string {
  const said = graded.flatMap(({ database, grades, one, all }) => {
    const what = `with ${grades.toLocaleString('en')} grades (${database})`;
    const first = graded.find((other) => other.database === database);
    const lines = [
      verdict(`A client’s summary ${what}, in ms`, one.median, aims.one, 'under'),
      verdict(`All clients’ summary ${what}, in ms`, all.median, aims.all, 'under'),
    ];
    if (!first || first.grades === grades) return lines;
    const growth = { one: one.median / first.one.median, all: all.median / first.all.median };
    return [
      ...lines,
      verdict(`A client’s summary ${what}, beside the fewest`, growth.one, aims.growth, 'under'),
      verdict(`All clients’ summary ${what}, beside the fewest`, growth.all, aims.growth, 'under'),
    ];
  });
  said.push(verdict('A picture of grades, in ms', picture.median, aims.picture, 'under'));
  return said.join('\n');
}
