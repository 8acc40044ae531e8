import type { Language } from '../../src/chat/request.ts';
import type { Action } from '../../src/features/actions/actions.ts';
import type { Asking } from '../../src/features/actions/asking-rules.ts';
import { actionCard, type View } from '../../src/features/actions/cards.ts';
import {
  changeForm,
  dropForm,
  noteForm,
  startForm,
  tellForm,
} from '../../src/features/actions/form-cards.ts';
import { type List, listCard } from '../../src/features/actions/list-cards.ts';
import { ownWordsForm } from '../../src/features/actions/own-cards.ts';
import {
  clientForm,
  ktiForm,
  type Proposal,
  proposalCard,
} from '../../src/features/actions/propose-cards.ts';
import { toldCard, untoldCard } from '../../src/features/actions/told-cards.ts';
import { newClient } from '../../src/features/clients/clients.ts';
import type { Kti } from '../../src/features/kti/kti.ts';
import { proposeActions } from '../../src/text/proposals.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';
import { anna, bram, carla } from './house.ts';

const said = {
  nl: {
    kti: 'Binnen een werkdag een inhoudelijk antwoord, ook als het antwoord is dat het langer duurt',
    notice: 'Daan en Eva zitten erbij, en krijgen dezelfde middag op papier wat we hebben afgesproken',
    own: 'Elke vrijdag om vier uur bellen met wat er die week is blijven liggen',
    consulted: 'Bram, over de uren van Carla',
    note: 'Eva zei vrijdag dat ze niet meer hoeft na te bellen',
    did: 'Vanaf nu belt Carla u elke vrijdag met wat er die week is blijven liggen.',
    reason: 'Acme stapt in januari over op een eigen servicedesk',
  },
  en: {
    kti: 'A real answer within one working day, also when the answer is that it will take longer',
    notice: 'Daan and Eva are there, and get on paper the same afternoon what we agreed',
    own: 'Call every Friday at four with what was left open that week',
    consulted: 'Bram, about Carla’s hours',
    note: 'Eva said on Friday that she need not call after us any more',
    did: 'From now on Carla calls you every Friday with what was left open that week.',
    reason: 'Acme moves to a service desk of its own in January',
  },
};

const at = Temporal.Instant.from('2026-11-23T09:00:00Z');
const today = Temporal.PlainDate.from('2026-11-23');
const [annas, brams, carlas] = [anna, bram, carla].map(({ id, name }) => ({ id, name }));
const owner = annas ?? { id: '', name: '' };
const acme = newClient({ id: 'c1', name: 'Acme', owner, createdAt: at });

function ktiOf(language: Language): Kti {
  const text = { nl: said.nl.kti, en: said.en.kti };
  return {
    ...{ id: 'k1', client: 'c1', source: 'expectation', about: 'e1', wording: 'w1', text },
    ...{ theme: undefined, kind: 'giving-information', madeAt: at, askedAt: at },
    standing: {
      ...{ round: 'r2', last: { n: 3, sum: 19 }, before: { n: 3, sum: 22 }, total: { n: 9, sum: 63 } },
      lastAt: language === 'nl' ? at : undefined,
    },
  };
}

function actionsIn(language: Language) {
  const text = said[language];
  const expert: Action = {
    ...{ id: 'a1', client: 'c1', kti: 'k1', catalogue: 'expert-colleague' },
    title: language === 'nl' ? 'Een deskundige collega erbij halen' : 'Bring in a colleague who is an expert',
    ...{ owner: brams ?? owner, due: Temporal.PlainDate.from('2026-11-27'), notice: text.notice },
    ...{ consulted: text.consulted, state: 'open', startedBy: owner, startedAt: at, revision: 1 },
    ...{ endedBy: undefined, doneAt: undefined, reason: undefined },
    ...{ shown: undefined, shownAt: undefined, shownNote: undefined },
  };
  const late: Action = {
    ...{ ...expert, id: 'a2', catalogue: undefined, title: text.own, consulted: undefined },
    ...{ owner: carlas ?? owner, due: Temporal.PlainDate.from('2026-11-18') },
  };
  const done: Action = { ...late, id: 'a3', state: 'done', doneAt: at, endedBy: carlas ?? owner };
  const seen: Action = { ...done, shown: 'noticed', shownAt: at, shownNote: text.note };
  const dropped: Action = { ...late, state: 'dropped', endedBy: owner, reason: text.reason };
  return { expert, late, done, seen, dropped };
}

/** What the team does: the proposal, one action on its way and at its end, the list, and what the client reads. */
export function actionSights(language: Language): Sight[] {
  const say = voice(language);
  const words = { say, language, timeZone: 'Europe/Amsterdam' };
  const text = said[language];
  const kti = ktiOf(language);
  const { expert, late, done, seen, dropped } = actionsIn(language);
  const view = (one: Action, more: Partial<View> = {}) =>
    actionCard(
      {
        ...{ one, client: acme, kti, today, since: undefined, mayChange: true, mayTell: true },
        ...more,
      },
      words,
    );
  const since = { doneAt: at, before: { n: 3, sum: 19 }, after: { n: 2, sum: 15 } };
  const proposal = proposalOf(kti);
  const list = listOf([late, expert], [done]);
  const form = { ...{ kti, client: acme, chosen: 'expert-colleague' }, people: [owner], me: owner.id };
  return [
    { name: 'action-proposal', card: proposalCard(proposal, words) },
    {
      name: 'action-proposal-read-only',
      card: proposalCard(
        {
          ...{ ...proposal, mayStart: false, underWay: [expert] },
          worked: [{ asking: proposal.asking, underWay: [late] }],
        },
        words,
      ),
    },
    { name: 'action-started', card: view(expert, { title: say('actions.started') }) },
    { name: 'action-late', card: view(late) },
    {
      name: 'action-done',
      card: view(done, {
        title: say('actions.done-title'),
        note: say('actions.done-then', { client: 'Acme' }),
      }),
    },
    { name: 'action-seen', card: view(seen, { since }) },
    { name: 'action-dropped', card: view(dropped) },
    { name: 'action-list', card: listCard(list, words) },
    {
      name: 'action-list-full',
      card: listCard(
        { ...listOf([late, ...Array(19).fill(expert)], Array(9).fill(done)), client: undefined, mine: 1 },
        words,
      ),
    },
    {
      name: 'action-list-finished',
      card: listCard(
        listOf([expert], [done], {
          finished: [seen, { ...seen, id: 'a4' }, { ...seen, id: 'a5' }],
          known: new Map([
            ['a3', { kti, since }],
            ['a4', { kti, since: { ...since, before: undefined } }],
          ]),
        }),
        words,
      ),
    },
    { name: 'action-list-none', card: listCard({ ...list, open: [], unseen: [] }, words) },
    {
      name: 'action-told-client',
      card: toldCard({ said: text.kti, did: text.did, source: 'expectation' }, words),
    },
    { name: 'action-untold', card: untoldCard(done, words) },
    { name: 'action-client-form', form: clientForm([acme], say) },
    { name: 'action-kti-form', form: ktiForm(acme, [proposal.asking], words) },
    { name: 'action-start-form', form: startForm({ ...form, entries: proposal.entries }, words) },
    {
      name: 'action-own-form',
      form: ownWordsForm({ ...form, all: [proposal.asking], title: text.own }, words),
    },
    { name: 'action-change-form', form: changeForm(expert, [owner], words) },
    { name: 'action-drop-form', form: dropForm(expert, words) },
    { name: 'action-noticed-form', form: noteForm(done, 'noticed', acme, words) },
    { name: 'action-not-yet-form', form: noteForm(done, 'not-yet', acme, words) },
    { name: 'action-tell-form', form: tellForm(done, { kti, client: acme, voice: words }, say) },
  ];
}

function proposalOf(kti: Kti): Proposal {
  const { id, client, about, source, kind } = kti;
  const row: Asking['row'] = {
    ...{ id, client, about, source, kind, round: 'r3', lastAt: '', isFormer: false, verdict: 'action' },
    ...{ mean: 6.3, n: 3, change: undefined, before: { n: 0, sum: 0 } },
    average: { of: 'own', mean: 7.3, n: 6 },
  };
  const asking = { kti, row, isWorked: false };
  return {
    ...{ client: acme, asking, others: 3, turn: 0, underWay: [], worked: [], mayStart: true },
    entries: proposeActions('craftsmanship', [], 0),
  };
}

function listOf(
  open: Action[],
  unseen: Action[],
  { finished = [], known = new Map() }: { finished?: Action[]; known?: List['known'] } = {},
): List {
  const listed = (one: Action) => ({ one, client: acme, mayChange: true });
  return {
    ...{ client: acme, open: open.map(listed), mine: 0, unseen: unseen.map(listed), page: 1, today },
    ...{ finished: finished.map(listed), known },
  };
}
