import type { Outgoing } from '../../src/chat/platform.ts';
import type { Person } from '../../src/chat/request.ts';
import { writeSetting } from '../../src/store/settings.ts';
import type { Open } from './databases.ts';
import { toldTo } from './expectation-house.ts';
import { direct, wordsOf } from './house.ts';
import { openKtiHouse } from './kti-house.ts';

const ours = ['anna', 'bram', 'carla'];
const theirs = ['daan', 'eva', 'finn'];

/** A house with the client Acme, which is planned to be asked and in which people come and go. */
export async function openPlanHouse(open: Open) {
  const belay = await openKtiHouse(open);
  const { people, store, time, settle } = belay;
  const members = (place: string, ids: string[]) => people.saveMembers('T1', place, ids);

  return {
    ...belay,
    /** What is sent once it is this moment. */
    async at(moment: string): Promise<Outgoing[]> {
      time.set(moment);
      return settle();
    },
    /** Of the client's people only these are in its channel. */
    contacts: (ids: string[]) => members('acme', [...ours, ...ids]),
    /** One of us leaves: he is nobody's colleague any more. */
    async leave(person: Person): Promise<void> {
      await people.savePerson('T1', { ...person, outsider: true, checkedAt: time.now().toString() });
      const rest = ours.filter((id) => id !== person.id);
      await members('general', rest);
      await members('acme', [...rest, ...theirs]);
    },
    /** The team in `general` predicts first. */
    async predicts(): Promise<void> {
      const whose = { tenant: 'T1', platform: 'test', scope: 'place', subject: 'general' } as const;
      await store.transact((tx) => writeSetting(tx, whose, 'kti.predict', 'yes'));
    },
    /** He answers the only question, or the first one, of what he was sent. */
    grade1: (sent: Outgoing[], person: Person, grade: number) =>
      belay.press(person, direct, 'kti.grade', gradeIn(sent, person.id), String(grade)),
  };
}

export type PlanHouse = Awaited<ReturnType<typeof openPlanHouse>>;

/** Which of the client's people got a question alone that is no reminder, in the order of their names. */
export function askedOf(sent: Outgoing[]): string[] {
  const first = sent.filter((one) => !wordsOf(one).includes('Een herinnering'));
  return theirs.filter((id) => gradeIn(first, id) !== '');
}

/** The subject of the first question's grades in what somebody was sent; empty when he was asked nothing. */
function gradeIn(sent: Outgoing[], person: string): string {
  const found = /"kind":"scale","press":"kti\.grade","subject":"([^"]+)"/.exec(toldTo(sent, person));
  return found?.[1] ?? '';
}
