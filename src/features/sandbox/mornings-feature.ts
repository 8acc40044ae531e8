import type { Start } from '../daily-start/daily-start.ts';
import { addDeed } from '../daily-start/deed-store.ts';
import { addLearned, addStart, takePart } from '../daily-start/store.ts';
import { type ExampleSet, exampleId, inTurn, nextDay, timeOn } from './sandbox.ts';

/** How the team stood, from the first morning to the last: it went down, and then up. */
const moods = [3, 3, 2, 3, 2, 3, 3, 4, 3, 4, 4, 4, 5, 4];

/** A daily start on each working day, with who took part and how the team stood. */
export async function fillMornings(set: ExampleSet): Promise<void> {
  const { tx, tenant } = set.asked;
  let since = timeOn(inTurn(set.days, 0), '00:00', set);
  for (const [turn, day] of set.days.entries()) {
    const openedAt = timeOn(day, '08:45', set);
    const start: Start = {
      ...{ id: exampleId(), place: set.place.id, placeName: set.place.name, openedAt, since, posting: 0 },
      ...{ closesAt: openedAt.add({ hours: 1 }), closedAt: openedAt.add({ hours: 1 }) },
      lines: { news: [], today: [] },
    };
    since = openedAt;
    await addStart(tx, set.asked, start, undefined);
    const mood = moods[Math.floor((turn * moods.length) / set.days.length)] ?? 3;
    for (const [at, one] of set.team.entries())
      if ((turn + at) % 7 !== 0)
        await takePart(tx, tenant, start.id, one, Math.min(mood + ((at + turn) % 2), 5));
    if (turn === set.days.length - 1) await takeOn(set, start);
    if (turn % 6 === 2)
      await addLearned(tx, tenant, start.id, {
        text: inTurn(set.words.learned, turn),
        by: inTurn(set.team, turn),
      });
  }
}

/** What somebody of the team promised yesterday. */
async function takeOn(set: ExampleSet, { id, place }: Start): Promise<void> {
  const until = nextDay(set);
  const deed = { id: exampleId(), start: id, place, what: set.words.deed, owner: inTurn(set.team, 1), until };
  await addDeed(set.asked.tx, set.asked, { ...deed, doneAt: undefined });
}
