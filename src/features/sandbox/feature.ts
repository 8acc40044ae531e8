import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Feature } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readPeople } from '../../store/directory.ts';
import type { Key } from '../../text/say.ts';
import { newestPoll } from '../polls/store.ts';
import { castVote, keepWhy, readAnswers } from '../polls/vote-store.ts';

/** What the others of the cast answer, in this order: enough of each kind for a result worth reading. */
const said: { grade: number; why?: Key }[] = [
  { grade: 9, why: 'sandbox.why-glad' },
  { grade: 6, why: 'sandbox.why-slow' },
  { grade: 8 },
  { grade: 10, why: 'sandbox.why-surprised' },
  { grade: 7 },
];

/** For whoever tries Belay alone: the others of the cast answer too. Never where there is a real workspace. */
export const sandbox: Feature = {
  name: 'sandbox',
  commands: [
    {
      name: 'sandbox.answers',
      words: { nl: ['voorbeeld'], en: ['example'] },
      who: 'member',
      where: 'channel',
      run: answers,
    },
  ],
};

async function answers(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, platform, place, person, now, sayHere } = asked;
  const poll = await newestPoll(tx, tenant, { platform, place: place.id }, ['open']);
  if (!poll) throw new Refusal('error.poll-none-open');
  const client = await readPeople(tx, platform, tenant, { outsiders: true });
  const team = poll.shared ? [] : await readPeople(tx, platform, tenant, { outsiders: false });
  const answered = new Set((await readAnswers(tx, tenant, poll.id)).map((one) => one.person));
  const others = [...client, ...team].filter(({ id }) => id !== person.id && !answered.has(id));
  for (const [index, other] of others.slice(0, said.length).entries()) {
    const { grade = 8, why } = said[index] ?? {};
    await castVote(tx, tenant, poll.id, other, grade, now);
    await keepWhy(tx, tenant, poll.id, other.id, why && sayHere(why));
  }
  const count = Math.min(others.length, said.length);
  return [answer(line(asked.say('sandbox.answered', { count })), 'internal')];
}
