import type { Language } from '../../src/chat/request.ts';
import { newClient } from '../../src/features/clients/clients.ts';
import { type Board, boardCard, columnCard } from '../../src/features/improvements/board-cards.ts';
import { improvementCard, type View } from '../../src/features/improvements/cards.ts';
import {
  checkForm,
  declineForm,
  doneForm,
  heardForm,
  tellForm,
} from '../../src/features/improvements/ending-cards.ts';
import { editForm, ideaForm, planForm } from '../../src/features/improvements/form-cards.ts';
import type { Improvement } from '../../src/features/improvements/improvements.ts';
import { celebrationCard, declinedCard, toldCard } from '../../src/features/improvements/told-cards.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';
import { anna, bram, carla } from './house.ts';

const said = {
  nl: {
    idea: 'De dag voor een levering bellen als die later komt, in plaats van achteraf mailen',
    ideas: [
      'Eén overzicht van alle lopende opdrachten, elke maandag om negen uur in het kanaal',
      'Facturen per afdeling',
      'Nieuwe collega’s stellen zich eerst even voor',
      'Elk voorstel op één bladzijde',
      'Storingen melden voordat de klant belt',
    ],
    expects: 'Dat hij nooit meer zelf hoeft te vragen waar zijn levering blijft',
    serves: 'De derde keer deze maand dat de levering een dag later komt, en niemand belt vooraf.',
    tries: 'Vier weken lang belt wie de planning maakt, elke middag om drie uur',
    heard: 'Nu kan ik mijn eigen mensen op tijd inplannen.',
    reason: 'Acme betaalt liever voor een snellere levering dan voor een overzicht; dat zei Daan gisteren.',
    topic: 'hoe wij u bellen over uw leveringen',
    done: 'Acme weet een dag van tevoren wanneer een levering later komt.',
    told: 'Vanaf nu bellen wij de dag ervoor als een levering later komt.',
  },
  en: {
    idea: 'Call the day before when a delivery will be late, instead of mailing afterwards',
    ideas: [
      'One overview of all running assignments, every Monday at nine in the channel',
      'Invoices for each department',
      'New colleagues introduce themselves first',
      'Every proposal on one page',
      'Report an outage before the client calls',
    ],
    expects: 'That he never has to ask again where his delivery is',
    serves: 'The third time this month that the delivery comes a day late, and nobody calls beforehand.',
    tries: 'For four weeks whoever plans calls, every afternoon at three',
    heard: 'Now I can plan my own people in time.',
    reason: 'Acme would rather pay for faster delivery than for an overview; Daan said so yesterday.',
    topic: 'how we call you about your deliveries',
    done: 'Acme knows a day ahead when a delivery will be late.',
    told: 'From now on we call the day before when a delivery will be late.',
  },
};

const at = Temporal.Instant.from('2026-11-23T09:00:00Z');
const [annas, brams, carlas] = [anna, bram, carla].map(({ id, name }) => ({ id, name }));
const owner = annas ?? { id: '', name: '' };
const acme = newClient({ id: 'c1', name: 'Acme', owner, createdAt: at });

function ideaOf(language: Language): Improvement {
  return {
    ...{ id: 'i1', client: 'c1', text: said[language].idea, maker: brams ?? owner, place: 'general' },
    ...{ stage: 'idea', since: at, movedBy: brams ?? owner, revision: 1, madeAt: at },
    ...{ expects: undefined, serves: undefined, tries: undefined, doers: [] },
    ...{ beganAt: undefined, poll: undefined, grading: undefined, helped: undefined, heard: undefined },
    ...{ reason: undefined, success: undefined, toldAt: undefined },
  };
}

/** The same one, as far as it has come. */
function stagesOf(language: Language) {
  const text = said[language];
  const idea = ideaOf(language);
  const doers = [brams ?? owner, carlas ?? owner];
  const planned: Improvement = {
    ...{ ...idea, stage: 'plan', expects: text.expects, serves: { kind: 'complaint', id: 'f1' } },
    ...{ tries: text.tries, doers },
  };
  const doing: Improvement = { ...planned, stage: 'do', beganAt: at };
  const checking: Improvement = { ...doing, stage: 'check' };
  const acting: Improvement = {
    ...{ ...checking, stage: 'act', poll: 'p1', helped: 'yes', heard: text.heard },
    since: at.add({ hours: 24 * 30 }),
  };
  return { idea, planned, doing, checking, acting };
}

/** Improvements: the board, one on its way, its forms, and what others are told of it. */
export function improvementSights(language: Language): Sight[] {
  const say = voice(language);
  const words = { say, language, timeZone: 'Europe/Amsterdam' };
  const text = said[language];
  const { idea, planned, checking, acting } = stagesOf(language);
  const measured = { n: 6, score: 83, grades: [], topic: text.topic, at: at.add({ hours: 24 * 21 }) };
  const before = { n: 3, score: undefined, grades: [4, 3, 2], topic: undefined, at };
  const view = (one: Improvement, more: Partial<View> = {}) =>
    improvementCard({ ...viewOf(one), served: one.serves && text.serves, ...more }, words);
  const answers = { before, after: measured };
  const graded = { since: at, before: { n: 3, sum: 19 }, after: { n: 2, sum: 16 } };
  const title = say('improvements.brought');
  const changed = { by: owner, served: text.serves };
  const choices = [
    { value: 'complaint:f1', label: `${say('improvements.serves-complaint')}: ${text.serves.slice(0, 55)}` },
  ];
  const declined: Improvement = { ...idea, stage: 'declined', movedBy: owner, reason: text.reason };
  return [
    { name: 'improvement-brought', card: view(idea, { title, reader: 'bram' }) },
    { name: 'improvement-idea', card: view(idea, { votes: 3, mayChange: false }) },
    { name: 'improvement-plan', card: view({ ...idea, stage: 'plan', expects: text.expects }) },
    { name: 'improvement-planned', card: view(planned, { votes: 3, voted: true }) },
    {
      name: 'improvement-check',
      card: view(
        { ...checking, poll: 'p1' },
        { answers: { before, running: { until: measured.at, count: 2 } } },
      ),
    },
    {
      name: 'improvement-check-grade',
      card: view(checking, { graded: { ...graded, after: undefined }, mayGrade: true }),
    },
    {
      name: 'improvement-check-graded',
      card: view(
        { ...checking, grading: 'r1' },
        { graded: { ...graded, running: { until: measured.at, count: 2 } } },
      ),
    },
    { name: 'improvement-act', card: view(acting, { answers }) },
    { name: 'improvement-done', card: view({ ...acting, stage: 'done' }, { answers, mayTell: true }) },
    { name: 'improvement-declined', card: view(declined) },
    { name: 'improvement-board', card: boardCard(boardOf(language), say) },
    { name: 'improvement-board-full', card: boardCard(fullBoard(language), say) },
    { name: 'improvement-board-none', card: boardCard({ ...boardOf(language), items: [], done: [] }, say) },
    { name: 'improvement-column', card: columnCard('do', 1, fullBoard(language), say) },
    { name: 'improvement-column-done', card: columnCard('done', 1, fullBoard(language), say) },
    { name: 'improvement-told-maker', card: declinedCard(declined, text.reason, words) },
    {
      name: 'improvement-celebrated',
      card: celebrationCard({ one: acting, client: acme, text: text.done, after: measured }, words),
    },
    { name: 'improvement-told-client', card: toldCard(text.serves, text.told, words) },
    { name: 'improvement-form', form: ideaForm({ clients: [acme] }, say) },
    { name: 'improvement-edit-form', form: editForm(idea, say) },
    { name: 'improvement-plan-form', form: planForm(planned, { choices, people: [owner] }, words) },
    {
      name: 'improvement-plan-form-changed',
      form: planForm(planned, { choices, people: [owner], changed }, words),
    },
    { name: 'improvement-edit-form-changed', form: editForm(idea, say, changed) },
    { name: 'improvement-decline-form', form: declineForm(idea, 'anna', say) },
    { name: 'improvement-check-form', form: checkForm(checking, acme, words, say) },
    { name: 'improvement-heard-form', form: heardForm(checking, acme, say) },
    { name: 'improvement-done-form', form: doneForm(acting, say) },
    { name: 'improvement-tell-form', form: tellForm(acting, 'Acme', text.serves, say) },
  ];
}

function viewOf(one: Improvement): View {
  return {
    ...{ one, client: acme, votes: 0, voted: false, reader: 'anna', mayChange: true, mayJoin: true },
    ...{ served: undefined, answers: {}, graded: undefined, mayAsk: true, mayGrade: false, mayTell: false },
  };
}

function boardOf(language: Language): Board {
  const { idea, doing } = stagesOf(language);
  const stages = ['idea', 'idea', 'plan', 'do', 'check'] as const;
  const others = stages.map(
    (stage, at): Improvement => ({ ...idea, id: `o${at}`, stage, text: said[language].ideas[at] ?? '' }),
  );
  return {
    client: acme,
    items: [...others, doing].map((one, at) => ({
      ...{ one, client: acme, votes: [4, 1, 0, 2, 0, 3][at] ?? 0, importance: 0 },
    })),
    limit: 3,
    done: doneOf(language, 2),
  };
}

/** As much as there may be, of several clients. */
function fullBoard(language: Language): Board {
  const { idea, planned, doing, checking, acting } = stagesOf(language);
  const of = (one: Improvement, count: number) => Array.from({ length: count }, () => one);
  const all = [...of(idea, 12), ...of(planned, 5), ...of(doing, 17), ...of(checking, 4), ...of(acting, 4)];
  const items = all.map((one, at) => ({
    ...{ one: { ...one, id: `i${at}` }, client: acme, votes: at % 4, importance: 0 },
  }));
  return { client: undefined, items, limit: undefined, done: doneOf(language, 31) };
}

function doneOf(language: Language, count: number): Board['done'] {
  const { ideas } = said[language];
  const one: Improvement = { ...stagesOf(language).acting, stage: 'done' };
  return Array.from({ length: count }, (_, at) => ({
    one: { ...one, id: `d${at}`, text: ideas[at % ideas.length] ?? '' },
    client: acme,
  }));
}
