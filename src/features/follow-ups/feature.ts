import type { Feature, Job, Press, Submit } from '../../chat/feature.ts';
import { takeOver, tellAgain } from './due-feature.ts';
import { askNote, askWho, call, finish, hand } from './pressed-feature.ts';
import { migrations } from './tables-store.ts';

/** Handed to those who ask for grades. */
export { follow } from './telling-feature.ts';

/** Who is not content is called: what is done about the unfavourable answers that the others follow. */
export function followUps(others: Feature[]): Feature {
  const kinds = new Map(others.flatMap(({ followed }) => (followed ? [[followed.kind, followed]] : [])));
  const calls: Press = { who: 'member', run: (asked, { subject }) => call(asked, kinds, subject) };
  const hands: Press = { who: 'member', run: (asked, { subject }) => askWho(asked, kinds, subject) };
  const notes: Press = { who: 'member', run: (asked, { subject }) => askNote(asked, kinds, subject) };
  const handed: Submit = { who: 'member', run: (asked, form) => hand(asked, kinds, form) };
  const done: Submit = { who: 'member', run: (asked, form) => finish(asked, kinds, form) };
  const due: Job = { run: (at) => tellAgain(at, kinds) };
  const unheard: Job = { run: (at) => takeOver(at, kinds) };
  // Beginning with `polls.`: on cards and in jobs from when polls alone were followed up.
  return {
    name: 'follow-ups',
    migrations,
    presses: {
      'follow-ups.call': calls,
      'follow-ups.hand': hands,
      'follow-ups.done': notes,
      'polls.follow-call': calls,
      'polls.follow-hand': hands,
      'polls.follow-done': notes,
    },
    forms: {
      'follow-ups.hand': handed,
      'follow-ups.done': done,
      'polls.follow-hand': handed,
      'polls.follow-done': done,
    },
    jobs: {
      'follow-ups.due': due,
      'follow-ups.unheard': unheard,
      'polls.follow': due,
      'polls.follow-unheard': unheard,
    },
  };
}
