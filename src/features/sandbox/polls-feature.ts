import { readPeople } from '../../store/people.ts';
import { voice } from '../../text/say.ts';
import { wordingOf } from '../polls/cards.ts';
import type { Poll } from '../polls/polls.ts';
import { endPoll, keepCounts, openPoll } from '../polls/store.ts';
import { castVote, countGrades, keepWhy } from '../polls/vote-store.ts';
import { type ExampleSet, exampleId, inTurn, timeOn } from './sandbox.ts';

/** What was given in each of three rounds, by whoever is there in turn: better each time, and never all the same. */
const rounds = [
  [7, 6, 8, 9, 5, 7],
  [8, 7, 9, 9, 6, 8],
  [9, 8, 9, 10, 7, 9],
];

/** An NPS of the last three months in the team's channel, each closed after a week. */
export async function fillPolls(set: ExampleSet): Promise<void> {
  const { tx, tenant, platform, place, person } = set.asked;
  const people = [
    ...(await readPeople(tx, platform, tenant, { outsiders: false })),
    ...(await readPeople(tx, platform, tenant, { outsiders: true })),
  ];
  for (const [turn, grades] of rounds.entries()) {
    const askedAt = timeOn(inTurn(set.days, turn * 20), '10:00', set);
    const language = place.language;
    const poll: Poll = {
      ...{
        id: exampleId(),
        kind: 'nps',
        wording: wordingOf('nps', undefined, voice(language)),
        anonymous: false,
      },
      ...{
        series: undefined,
        place: set.place.id,
        placeName: set.place.name,
        shared: false,
        topic: undefined,
      },
      ...{ language, asker: { id: person.id, name: person.name, language: person.language } },
      ...{
        timeZone: place.timeZone,
        invited: people.length,
        askedAt,
        closesAt: askedAt.add({ hours: 24 * 7 }),
      },
      ...{ state: 'open', resultShared: false, counts: undefined, answered: undefined, reasons: undefined },
    };
    // One that is open in that channel is nothing to be disturbed.
    if (!(await openPoll(tx, tenant, platform, poll))) continue;
    for (const [at, one] of people.slice(0, grades.length).entries()) {
      await castVote(tx, tenant, poll.id, one, inTurn(grades, at), askedAt.add({ hours: at + 1 }));
      if (at % 2 === 0) await keepWhy(tx, tenant, poll.id, one.id, inTurn(set.words.reasons, at / 2 + turn));
    }
    await close(set, poll);
  }
}

async function close(set: ExampleSet, poll: Poll): Promise<void> {
  const { tx, tenant } = set.asked;
  const counts = (await countGrades(tx, tenant, [poll])).get(poll.id) ?? [];
  const answered = counts.reduce((sum, count) => sum + count, 0);
  await endPoll(tx, tenant, poll.id, 'closed', poll.closesAt);
  await keepCounts(tx, tenant, { ...poll, counts, answered, reasons: Math.ceil(answered / 2) });
}
