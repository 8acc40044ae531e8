import type { Given } from '../../src/chat/contributions.ts';
import type { Feature } from '../../src/chat/feature.ts';
import { featuresOf } from '../../src/features/features.ts';
import { follow, followUps } from '../../src/features/follow-ups/feature.ts';

/** What is kept of it beside the answers. */
export type Matter = { owner: { id: string; name: string }; rises: Given['rises']; gone: boolean };

/**
 * A capability that asks for grades and is no poll: it knows what `matter` says, and keeps one answer a person. Below 6
 * of 10 is unfavourable. Returned with all the others, of which it takes the follow-ups' place.
 */
export function graded(matter: Matter): Feature[] {
  const answers = new Map<string, { name: string; grade: number; why?: string }>();
  const followed: NonNullable<Feature['followed']> = {
    kind: 'graded',
    async about(_, { subject, person }, { language }) {
      const given = answers.get(`${subject} ${person}`);
      if (!given || matter.gone) return undefined;
      const where = language === 'nl' ? 'Elke maandag bellen · Acme' : 'Call every Monday · Acme';
      return { ...given, to: 10, where, isLow: given.grade < 6, rises: matter.rises };
    },
  };
  const one: Feature = {
    name: 'graded',
    followed,
    presses: {
      'graded.grade': {
        who: 'anyone',
        run: async (asked, { subject, detail }) => {
          const { id, name } = asked.person;
          const key = `${subject} ${id}`;
          const before = answers.get(key);
          const grade = Number(detail);
          answers.set(key, { ...before, name, grade });
          const about = { followed, subject, owner: matter.owner, timeZone: 'Europe/Amsterdam' };
          const wasLow = before !== undefined && before.grade < 6;
          return follow.graded(asked, about, asked.person, { isLow: grade < 6, wasLow });
        },
      },
      'graded.why': {
        who: 'anyone',
        run: async (asked, { subject, detail }) => {
          const key = `${subject} ${asked.person.id}`;
          const given = answers.get(key);
          if (!given) return [];
          answers.set(key, { ...given, why: detail });
          return follow.explained(asked, { followed, subject }, asked.person);
        },
      },
    },
  };
  const others = featuresOf({ sandbox: true }).filter(({ name }) => name !== 'follow-ups');
  return [...others, one, followUps([...others, one])];
}
