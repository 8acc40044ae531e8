import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Feature } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readPeople } from '../../store/people.ts';
import type { Key } from '../../text/say.ts';
import { clientOfPlace, contactsOf } from '../clients/access-store.ts';
import { keepAnswer } from '../expectations/answer-feature.ts';
import { expectationsOf } from '../expectations/store.ts';
import { follow } from '../follow-ups/feature.ts';
import { castBallot, takersAmong } from '../polls/ballot-store.ts';
import { typed } from '../polls/cards.ts';
import { followGrade } from '../polls/follow-feature.ts';
import { type Group, type Poll, scales } from '../polls/polls.ts';
import { newestPoll } from '../polls/store.ts';
import { castVote, keepWhy, votersAmong } from '../polls/vote-store.ts';
import { clear, fill, hasExamples } from './fill-feature.ts';
import { graded } from './grading-feature.ts';

/** What the others of the cast answer, in this order: enough of each kind for a result worth reading. */
const said: { group: Group; why?: Key }[] = [
  { group: 'high', why: 'sandbox.why-glad' },
  { group: 'low', why: 'sandbox.why-slow' },
  { group: 'middle' },
  { group: 'high', why: 'sandbox.why-surprised' },
  { group: 'middle' },
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
  presses: {
    'sandbox.fill': { who: 'member', run: fill },
    'sandbox.clear': { who: 'member', run: clear },
  },
  hub: [
    {
      who: 'member',
      button: async (asked) =>
        (await hasExamples(asked))
          ? { press: 'sandbox.clear', label: asked.say('sandbox.clear') }
          : { press: 'sandbox.fill', label: asked.say('sandbox.fill') },
    },
  ],
};

async function answers(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, platform, place, person, sayHere } = asked;
  const kinds = ['nps', 'ces', 'csat', 'satisfaction', 'trust', 'binding'] as const;
  const poll = await newestPoll(tx, tenant, { platform, place: place.id }, kinds, ['open']);
  if (!poll) return (await graded(asked)) ?? confirmed(asked);
  const client = await readPeople(tx, platform, tenant, { outsiders: true });
  const team = poll.shared ? [] : await readPeople(tx, platform, tenant, { outsiders: false });
  const people = [...client, ...team].filter(({ id }) => id !== person.id);
  const ids = people.map(({ id }) => id);
  const answered = await (poll.anonymous ? takersAmong : votersAmong)(tx, tenant, poll.id, ids);
  const others = people.filter(({ id }) => !answered.has(id)).slice(0, said.length);
  const grades = others.length === 0 ? await graded(asked) : undefined;
  if (grades) return grades;
  const effects: Effect[] = [];
  for (const [at, other] of others.entries()) {
    const { group = 'middle', why } = said[at] ?? {};
    const given = { grade: gradeOf(poll, group, at), why: why && sayHere(why) };
    effects.push(...(await keep(asked, poll, other, given)));
  }
  const values = { count: others.length, close: typed(poll.kind, 'close', asked.say) };
  return [...effects, answer(line(asked.say('sandbox.answered', values)), 'internal')];
}

/** The client's first contact confirms what is put before him here. */
async function confirmed(asked: Asked): Promise<Effect[]> {
  const { tx, tenant, place, say } = asked;
  const client = (await clientOfPlace(asked, place.id))?.client;
  const open = client ? await expectationsOf(tx, tenant, client.id, { open: true }) : [];
  const expectation = open.find(({ state }) => state === 'sent');
  const contact = client && (await contactsOf(asked, client.id))[0];
  if (!client || !expectation || !contact)
    throw new Refusal('error.poll-none-open', { ask: typed('nps', 'ask', say) });
  const put = { client, expectation, wording: expectation.wording };
  const { effects } = await keepAnswer(asked, put, contact, { move: 'confirm' });
  const text = say('sandbox.confirmed', { name: contact.name, client: client.name });
  return [...effects, answer(line(text), 'internal')];
}

async function keep(
  asked: Asked,
  poll: Poll,
  person: { id: string; name: string },
  { grade, why }: { grade: number; why: string | undefined },
): Promise<Effect[]> {
  const { tx, tenant, now } = asked;
  if (poll.anonymous) {
    await castBallot(tx, tenant, poll.id, person.id, { grade, why });
    return [];
  }
  const { before } = await castVote(tx, tenant, poll.id, person, grade, now);
  await keepWhy(tx, tenant, poll.id, person.id, why);
  return followGrade(follow, asked, poll, person, { before, grade });
}

/** A grade of that group on the poll's own scale, not always the same one. */
function gradeOf({ kind }: Poll, group: Group, at: number): number {
  const { to, high, low } = scales[kind];
  if (group === 'high') return at % 2 === 0 ? high : to;
  return group === 'low' ? low : low + 1 + (at % Math.max(high - low - 1, 1));
}
