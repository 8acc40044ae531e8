import type { Asked } from '../../chat/feature.ts';
import { exampleMark } from '../../store/examples.ts';
import { newId } from '../../store/id.ts';
import type { ExampleClient, Examples } from '../../text/examples.ts';
import type { Colleague } from '../clients/clients.ts';

/** Three months of a team that exists in the sandbox alone. Pure but for its ids. */

/** What each capability's examples are made of. */
export type ExampleSet = {
  asked: Asked;
  words: Examples;
  clients: ClientExample[];
  /** Of us. The first is who asked for the examples. */
  team: Colleague[];
  /** The team's channel. */
  place: { id: string; name: string | undefined };
  /** The working days of the last three months until yesterday, the oldest first. */
  days: Temporal.PlainDate[];
};

/** One of its clients, with who grades; `isOwn`: somebody made it himself, and its examples are put with it. */
export type ClientExample = ExampleClient & {
  id: string;
  isOwn: boolean;
  contact: Colleague;
  contacts: Colleague[];
};

/** An id by which an example is found again. */
export function exampleId(): string {
  return `${exampleMark}${newId()}`;
}

/** A time on one of those days, by the clock of the team's channel. */
export function timeOn(
  day: Temporal.PlainDate,
  time: string,
  { asked }: Pick<ExampleSet, 'asked'>,
): Temporal.Instant {
  return day.toZonedDateTime({ timeZone: asked.place.timeZone, plainTime: time }).toInstant();
}

/** One of these, in turn. Throws when there is none. */
export function inTurn<T>(all: readonly T[], turn: number): T {
  const one = all[turn % all.length];
  if (one === undefined) throw new Error('There is nothing to take turns with.');
  return one;
}

/** These spread over the days, from the first on, each on a day of its own as long as there are enough. */
export function spread<T>(
  all: readonly T[],
  days: Temporal.PlainDate[],
): { one: T; day: Temporal.PlainDate }[] {
  return all.map((one, at) => ({
    one,
    day: inTurn(days, Math.floor(((at + 0.5) * days.length) / all.length)),
  }));
}

/** The next working day, by the clock of the team's channel: a Friday's is Monday. */
export function nextDay({ asked }: Pick<ExampleSet, 'asked'>): Temporal.PlainDate {
  const { now, place } = asked;
  const day = now.toZonedDateTimeISO(place.timeZone).toPlainDate().add({ days: 1 });
  return day.dayOfWeek > 5 ? day.add({ days: 8 - day.dayOfWeek }) : day;
}

/** The working days of the last three months before today. */
export function lastDays(today: Temporal.PlainDate): Temporal.PlainDate[] {
  const days: Temporal.PlainDate[] = [];
  for (
    let day = today.subtract({ weeks: 12 });
    Temporal.PlainDate.compare(day, today) < 0;
    day = day.add({ days: 1 })
  )
    if (day.dayOfWeek <= 5) days.push(day);
  return days;
}
