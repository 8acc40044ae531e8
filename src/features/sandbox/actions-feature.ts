import { exampleMark } from '../../store/examples.ts';
import type { Action } from '../actions/actions.ts';
import { entryOf } from '../actions/catalogue-rules.ts';
import { addAction } from '../actions/store.ts';
import { expectationsOf } from '../expectations/store.ts';
import { ktisOf } from '../kti/store.ts';
import { type ClientExample, type ExampleSet, exampleId, inTurn, timeOn } from './sandbox.ts';

/** What was done between the last two rounds and noticed, and what was begun yesterday. */
export async function fillActions(set: ExampleSet): Promise<void> {
  for (const client of set.clients) for (const one of client.actions) await begin(set, client, one);
}

type Example = ClientExample['actions'][number];

async function begin(set: ExampleSet, client: ClientExample, example: Example): Promise<void> {
  const { tx, tenant, person } = set.asked;
  const entry = entryOf(example.catalogue);
  const kti = await ktiFor(set, client, example);
  if (!entry || kti === undefined) return;
  const open = example.noticed === '';
  const one: Action = {
    ...{ id: exampleId(), client: client.id, kti, catalogue: entry.id, title: entry[person.language].title },
    ...{ owner: inTurn(set.team, open ? 0 : 1), due: open ? ahead(set) : daysAgo(set, 9) },
    ...{ notice: example.notice, consulted: undefined, state: 'open', startedBy: inTurn(set.team, 0) },
    ...{ startedAt: timeOn(daysAgo(set, open ? 1 : 15), '16:50', set), revision: 0 },
    ...{ endedBy: undefined, doneAt: undefined, reason: undefined },
    ...{ shown: undefined, shownAt: undefined, shownNote: undefined },
  };
  await addAction(tx, { tenant, platform: set.asked.platform }, open ? one : done(set, one, example));
}

function done(set: ExampleSet, one: Action, { noticed }: Example): Action {
  return {
    ...{ ...one, state: 'done', endedBy: one.owner, doneAt: timeOn(daysAgo(set, 10), '15:30', set) },
    ...{ shown: 'noticed', shownAt: timeOn(daysAgo(set, 6), '11:45', set), shownNote: noticed },
  };
}

/** The KTI of the expectation that was noted in these words. */
async function ktiFor(
  { asked }: ExampleSet,
  client: ClientExample,
  one: Example,
): Promise<string | undefined> {
  const { tx, tenant } = asked;
  const meant = client.expectations.find(({ words }) => words === one.for);
  const open = await expectationsOf(tx, tenant, client.id, { open: true });
  const about = open.find(
    ({ id, wording }) => id.startsWith(exampleMark) && wording.text === meant?.concrete,
  );
  const ktis = await ktisOf(tx, tenant, client.id);
  return about && ktis.find((kti) => kti.about === about.id)?.id;
}

/** So many working days before today. */
function daysAgo({ days }: ExampleSet, back: number): Temporal.PlainDate {
  return inTurn(days, days.length - back);
}

/** A working day in a good week. */
function ahead({ asked }: ExampleSet): Temporal.PlainDate {
  const { now, place } = asked;
  const day = now.toZonedDateTimeISO(place.timeZone).toPlainDate().add({ days: 9 });
  return day.dayOfWeek > 5 ? day.add({ days: 8 - day.dayOfWeek }) : day;
}
