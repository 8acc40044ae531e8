import type { Inside } from '../../../src/features/expectations/expectations.ts';
import { keepGrade } from '../../../src/features/kti/grade-store.ts';
import type { Kti } from '../../../src/features/kti/kti.ts';
import { addRound, changeRound, ended } from '../../../src/features/kti/round-store.ts';
import { type Put, putKti } from '../../../src/features/kti/store.ts';
import { newId } from '../../../src/store/id.ts';
import type { TeamHouse } from '../../support/expectation-house.ts';
import { anna, direct, type House, subjectOf } from '../../support/house.ts';

/** A KTI of Acme, or of another client, as it was put before the client; its expectation is confirmed. */
export async function plantKti(
  belay: TeamHouse,
  text: string,
  { inside = {}, ...more }: Partial<Put> & { inside?: Partial<Inside> } = {},
): Promise<Kti> {
  const { client = 'c1', source = 'expectation' } = more;
  const plant = () => belay.plant(text, { client, inside, stage: 'confirmed' });
  const about = more.about ?? (source === 'expectation' ? await plant() : `q-${text}`);
  const put: Put = {
    ...{ client, source, about, wording: `w-${text}` },
    ...{ text: { nl: text, en: text }, theme: undefined, kind: undefined },
  };
  return belay.store.transact((tx) => putKti(tx, 'T1', { ...put, ...more }, belay.time.now()));
}

/** A round of one KTI that opens and closes now, with these grades. */
export async function gradeIn(belay: House, kti: Kti, grades: number[]): Promise<void> {
  const now = belay.time.now();
  const round = {
    ...{ id: newId(), client: kti.client, state: 'open' as const, spread: false },
    ...{ asker: { id: 'anna', name: anna.name }, timeZone: 'Europe/Amsterdam', madeAt: now },
    ...{ opensAt: now, closesAt: now.add({ hours: 168 }), endedAt: undefined },
  };
  await belay.store.transact(async (tx) => {
    await addRound(tx, { tenant: 'T1', platform: 'test' }, round, [kti]);
    for (const [at, grade] of grades.entries()) {
      const given = { round: round.id, kti: kti.id, grader: `g${at}`, name: `Grader ${at}` };
      await keepGrade(tx, 'T1', { ...given, grade, why: undefined }, now);
    }
    await changeRound(tx, 'T1', ended(round, 'closed', now));
  });
}

/** What the form says, unless a test says otherwise. */
export const filledIn = {
  action: 'own',
  title: 'Elke vrijdag bellen',
  owner: 'bram',
  due: 'vrijdag',
  notice: 'Daan wordt elke vrijdag gebeld',
};

/** Anna starts one for a KTI; returns its id. */
export async function startFor(
  belay: House,
  kti: Kti,
  fields: Partial<Record<string, string>> = {},
): Promise<string> {
  const sent = Object.fromEntries(
    Object.entries({ ...filledIn, ...fields }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    ),
  );
  return subjectOf(await belay.submit(anna, direct, 'actions.start', kti.id, sent), 'actions.done');
}

/** All actions, the oldest first. */
export async function rowsOf(belay: House) {
  return belay.store.db.selectFrom('satisfaction_action').selectAll().orderBy('id').execute();
}
