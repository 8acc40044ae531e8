import { answer, type Effect } from '../../src/chat/effect.ts';
import type { Asked, Feature } from '../../src/chat/feature.ts';
import type { Action } from '../../src/features/actions/actions.ts';
import { addAction } from '../../src/features/actions/store.ts';
import { reword } from '../../src/features/expectations/change-store.ts';
import { featuresOf } from '../../src/features/features.ts';
import { keepGrade } from '../../src/features/kti/grade-store.ts';
import { addInvitation } from '../../src/features/kti/invitation-store.ts';
import { dossier } from '../../src/features/kti/known-feature.ts';
import type { Kti, Round } from '../../src/features/kti/kti.ts';
import { addRound, changeRound, ended } from '../../src/features/kti/round-store.ts';
import { type Put, putKti } from '../../src/features/kti/store.ts';
import { newId } from '../../src/store/id.ts';
import type { Open } from './databases.ts';
import { openTeamHouse } from './expectation-house.ts';
import { anna, daan, eva, finn } from './house.ts';

async function knownHere(asked: Asked, { subject: id }: { subject: string }): Promise<Effect[]> {
  const { elements, buttons } = await dossier.show(asked, { id, name: 'Acme' }, true);
  const summary = (await dossier.missing?.(asked, { id, name: 'Acme' })) ?? 'niets';
  return [answer({ summary, elements: [...elements, { kind: 'buttons', buttons }] }, 'person')];
}

/** What it adds to a client's card, alone. */
const known: Feature = {
  name: 'known',
  presses: { 'known.dossier': { who: 'member', run: knownHere } },
};

/** Of the client's people. */
const contacts = [daan, eva, finn].map(({ id, name }) => ({ id, name }));

export type PlantedGrade = { kti: Kti; by?: string; grade: number; why?: string };

/** A house with the client Acme, in which rounds and grades can be planted as they are kept. */
export async function openKtiHouse(open: Open) {
  const belay = await openTeamHouse(await open(), [...featuresOf({ sandbox: true }), known]);
  const { store, time } = belay;

  /** What is put before a client now, in these words. */
  function plantKti(text: string, more: Partial<Put> = {}): Promise<Kti> {
    const put: Put = {
      ...{ client: 'c1', source: 'question', about: text, text: { nl: text, en: text } },
      ...{ theme: undefined, kind: undefined, wording: undefined },
      ...more,
    };
    return store.transact((tx) => putKti(tx, 'T1', put, time.now()));
  }

  /** The KTI of an expectation that the client has confirmed. */
  async function plantExpected(words: string): Promise<Kti> {
    const { id, wording, category } = await belay.find(await belay.plant(words, { stage: 'confirmed' }));
    const text = { nl: wording.text, en: wording.text };
    return plantKti(wording.text, {
      source: 'expectation',
      about: id,
      wording: wording.id,
      text,
      kind: category,
    });
  }

  /** The same expectation in other words, which the client has confirmed; not put before him for a grade yet. */
  async function reworded(kti: Kti, text: string): Promise<Partial<Put>> {
    const author = { id: anna.id, name: anna.name };
    const wording = { text, seen: undefined, author, byClient: false };
    const before = await belay.find(kti.about);
    await store.transact((tx) =>
      reword(
        tx,
        'T1',
        before,
        { state: 'confirmed', happened: 'make-concrete', wording },
        { who: author, now: time.now() },
      ),
    );
    const { id } = (await belay.find(kti.about)).wording;
    return { source: 'expectation', about: kti.about, wording: id, text: { nl: text, en: text } };
  }

  /** Something that Anna does for a KTI; returns its id. */
  async function plantAction(kti: Pick<Kti, 'id'>, more: Partial<Action> = {}): Promise<string> {
    const by = { id: anna.id, name: anna.name };
    const action: Action = {
      ...{ id: newId(), client: 'c1', kti: kti.id, catalogue: undefined, title: 'Elke vrijdag bellen' },
      ...{ owner: by, due: Temporal.PlainDate.from('2026-12-04'), notice: 'Daan wordt gebeld' },
      ...{ consulted: undefined, state: 'open', startedBy: by, startedAt: time.now(), revision: 1 },
      ...{ endedBy: undefined, doneAt: undefined, reason: undefined, shown: undefined },
      ...{ shownAt: undefined, shownNote: undefined, ...more },
    };
    await store.transact((tx) => addAction(tx, { tenant: 'T1', platform: 'test' }, action));
    return action.id;
  }

  /** A round that is open from now on, to which all contacts are invited. */
  async function plantRound(ktis: Kti[], client = 'c1'): Promise<Round> {
    const now = time.now();
    const round: Round = {
      ...{ id: newId(), client, state: 'open', spread: false, asker: { id: anna.id, name: anna.name } },
      ...{ timeZone: 'Europe/Amsterdam', madeAt: now, opensAt: now, closesAt: now.add({ hours: 24 * 7 }) },
      endedAt: undefined,
    };
    await store.transact(async (tx) => {
      await addRound(tx, { tenant: 'T1', platform: 'test' }, round, ktis);
      for (const { id, name } of contacts)
        await addInvitation(tx, 'T1', {
          ...{ id: newId(), round: round.id, contact: `person:${id}`, grader: id, name, person: id },
          ...{ email: undefined, language: undefined, kti: undefined, way: 'direct', invitedAt: now },
          ...{ remindedAt: undefined, doneAt: undefined },
        });
    });
    return round;
  }

  /** What somebody gives now; Daan, unless another is named. */
  async function grade(round: Round, { kti, by = 'daan', grade, why }: PlantedGrade): Promise<void> {
    const name = contacts.find(({ id }) => id === by)?.name ?? by;
    const given = { round: round.id, kti: kti.id, grader: by, name, grade, why };
    await store.transact((tx) => keepGrade(tx, 'T1', given, time.now()));
  }

  /** It is over now. */
  async function close(round: Round): Promise<Round> {
    const over = ended(round, 'closed', time.now());
    await store.transact((tx) => changeRound(tx, 'T1', over));
    return over;
  }

  return {
    ...belay,
    plantKti,
    plantExpected,
    reworded,
    plantAction,
    plantRound,
    grade,
    close,
    /** A whole round: asked now, graded, and closed; an hour passes. */
    async plantClosed(grades: PlantedGrade[], client = 'c1'): Promise<Round> {
      const round = await plantRound([...new Set(grades.map(({ kti }) => kti))], client);
      for (const one of grades) await grade(round, one);
      time.advance({ hours: 1 });
      return close(round);
    },
  };
}

export type KtiHouse = Awaited<ReturnType<typeof openKtiHouse>>;
