import { type Button, type Card, type Element, subtle } from '../../chat/card.ts';
import type { Field, Form } from '../../chat/form.ts';
import { shortened } from '../../chat/grammar.ts';
import type { Voice } from '../../chat/voice.ts';
import type { Action as Entry } from '../../text/satisfaction.ts';
import type { Say } from '../../text/say.ts';
import type { Client } from '../clients/clients.ts';
import { nameOf } from '../kti/kti.ts';
import { gradeOf } from '../kti/words-rules.ts';
import type { Action } from './actions.ts';
import type { Asking } from './asking-rules.ts';
import { ktiIn, showButton } from './cards.ts';
import { titleOf, whomOf } from './catalogue-rules.ts';
import { figureOf } from './since-rules.ts';

/** What could be done for a client, and for which KTI. */

export type Proposal = {
  client: Pick<Client, 'id' | 'name'>;
  asking: Asking;
  /** How many other KTIs there are to choose from. */
  others: number;
  entries: Entry[];
  turn: number;
  /** What is under way for this KTI. */
  underWay: Action[];
  /** What was graded no higher, and is worked on already. */
  worked: { asking: Asking; underWay: Action[] }[];
  mayStart: boolean;
};

/** Three actions of the catalogue for one KTI, each with how to. */
export function proposalCard(proposal: Proposal, voice: Voice): Card {
  const { client, asking, entries, underWay, worked, mayStart } = proposal;
  const { say, language } = voice;
  const title = say('actions.propose-title', { client: client.name });
  const name = ktiIn(asking.kti, language);
  return {
    summary: `${title}: ${name}`,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...worked.flatMap((other) => workedOn(other, voice)),
      { kind: 'quote', text: name },
      { kind: 'text', text: standingOf(asking, voice) },
      ...underWay
        .slice(0, 2)
        .flatMap((one): Element[] => [
          subtle(say('actions.propose-running', { title: titleOf(one, language), name: one.owner.name })),
          { kind: 'buttons', buttons: [showButton(one, say)] },
        ]),
      ...entries.flatMap((entry) => entryOn(entry, proposal, voice)),
      ...(mayStart ? [] : [subtle(say('actions.propose-read-only', { client: client.name }))]),
      { kind: 'divider' },
      { kind: 'buttons', buttons: nextButtons(proposal, say) },
    ],
  };
}

/** That something which asks for it as much is not forgotten. */
function workedOn({ asking, underWay }: Proposal['worked'][number], { say, language }: Voice): Element[] {
  const [one] = underWay;
  if (!one) return [];
  const values = {
    kti: ktiIn(asking.kti, language),
    grade: gradeOf(asking.row?.mean, asking.row?.n ?? 0, say),
    ...{ title: titleOf(one, language), name: one.owner.name },
  };
  return [
    { kind: 'text', text: say('actions.propose-worked', values) },
    { kind: 'buttons', buttons: [showButton(one, say)] },
  ];
}

/** The start form's: for which KTI, what is chosen, and the three that stand here. */
function startOf({ asking, entries }: Proposal, chosen: string): string {
  return [asking.kti.id, chosen, ...entries.map(({ id }) => id)].join('.');
}

function entryOn(entry: Entry, proposal: Proposal, { say, language }: Voice): Element[] {
  const { title, how } = entry[language];
  const { mayStart } = proposal;
  const whom = whomOf(entry, language);
  const start: Button = {
    press: 'actions.start',
    subject: startOf(proposal, entry.id),
    label: say('actions.start-this'),
  };
  return [
    { kind: 'divider' },
    { kind: 'text', text: title, style: 'strong' },
    { kind: 'text', text: how },
    ...(whom ? [subtle(say('actions.consult-with', { whom }))] : []),
    ...(mayStart ? [{ kind: 'buttons' as const, buttons: [start] }] : []),
  ];
}

function nextButtons(proposal: Proposal, say: Say): Button[] {
  const { client, asking, others, turn, mayStart } = proposal;
  const { id } = asking.kti;
  return [
    { press: `actions.propose.${turn + 1}`, subject: id, label: say('actions.other-three') },
    ...(mayStart
      ? [{ press: 'actions.start', subject: startOf(proposal, 'own'), label: say('actions.own-words') }]
      : []),
    ...(others > 0 ? [{ press: 'actions.kti', subject: client.id, label: say('actions.other-kti') }] : []),
  ];
}

/** How a KTI stands: `6,3 (n = 3), gemiddeld hier 7,1`. */
function standingOf({ kti, row }: Asking, { say }: Voice): string {
  if (!row) return say('actions.no-grade');
  const { average } = row;
  const grade = figureOf(kti.standing.last, say);
  if (!average) return say('actions.grade-alone', { grade });
  const usual = gradeOf(average.mean, 2, say);
  return average.of === 'own'
    ? say('actions.grade-own', { grade, usual })
    : say('actions.grade-company', { grade, usual, count: average.clients });
}

/** For which client. */
export function clientForm(clients: Pick<Client, 'id' | 'name'>[], say: Say): Form {
  const choices = clients.slice(0, 100).map(({ id, name }) => ({ value: id, label: name }));
  return {
    name: 'actions.client',
    title: say('actions.form-start'),
    fields: [{ kind: 'choice', id: 'client', label: say('actions.which-client'), choices }],
    send: say('actions.go-on'),
    cancel: say('settings.cancel'),
  };
}

/** As many letters as a choice has room for. */
const inChoice = 69;

/** For which of a client's KTIs, the one that asks for it most first. */
export function ktiForm(client: Pick<Client, 'id' | 'name'>, all: Asking[], voice: Voice): Form {
  const { say } = voice;
  return {
    name: 'actions.kti',
    subject: client.id,
    title: say('actions.form-start'),
    intro: [{ kind: 'text', text: client.name, style: 'strong' }],
    fields: [whichKti(all, voice)],
    send: say('actions.go-on'),
    cancel: say('settings.cancel'),
  };
}

/** Which of them, with how each stands. */
export function whichKti(all: Asking[], { say, language }: Voice): Extract<Field, { kind: 'choice' }> {
  const choices = all.slice(0, 100).map(({ kti, row }) => {
    const grade = row ? `${gradeOf(row.mean, row.n, say)} · ` : '';
    const name = nameOf(kti, language).replace(/\s+/g, ' ');
    return { value: kti.id, label: shortened(`${grade}${name}`, inChoice) };
  });
  return { kind: 'choice', id: 'kti', label: say('actions.which-kti'), choices };
}
