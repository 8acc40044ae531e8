import type { Voice } from '../../src/chat/voice.ts';
import type { Client, Contact } from '../../src/features/clients/clients.ts';
import { askOn } from '../../src/features/expectations/asking-on-rules.ts';
import {
  concreteCard,
  concreteForm,
  rawCard,
  waitsCard,
} from '../../src/features/expectations/concrete-cards.ts';
import type { Expectation } from '../../src/features/expectations/expectations.ts';
import { editForm, notedCard, noteForm } from '../../src/features/expectations/note-cards.ts';
import { sentCard, toWhomForm, unsentCard } from '../../src/features/expectations/send-cards.ts';
import { catalogue } from '../../src/text/catalogue.ts';
import { voice } from '../../src/text/say.ts';
import type { Sight } from './gallery.ts';

const anna = { id: 'anna', name: 'Anna de Vries' };
const carla = { id: 'carla', name: 'Carla Smit' };
const now = Temporal.Instant.from('2026-11-23T09:00:00Z');

const acme: Client = {
  id: 'c1',
  name: 'Acme',
  owner: anna,
  manager: undefined,
  rhythmDays: 14,
  language: undefined,
  knowsNeed: undefined,
  archived: false,
  createdAt: now,
};

const texts = {
  nl: {
    words: 'Meer creativiteit en snellere communicatie',
    text: 'U komt elke maand zelf met één idee waarmee wij beter uit de markt komen.',
    seen: 'Op het maandoverleg ligt er een idee op tafel, met wat het oplevert.',
    why: 'De directie vergelijkt ons dit najaar met twee anderen.',
    ours: 'Binnen een week een reactie op onze voorstellen',
    seenOurs: 'Elk voorstel heeft binnen een week een ja of een nee.',
    whyOurs: 'Zonder besluit ligt het werk stil.',
  },
  en: {
    words: 'More creativity and quicker communication',
    text: 'Every month you bring one idea of your own that helps us in our market.',
    seen: 'At the monthly meeting an idea lies on the table, with what it brings.',
    why: 'This autumn the board compares us with two others.',
    ours: 'A reaction to our proposals within a week',
    seenOurs: 'Every proposal has a yes or a no within a week.',
    whyOurs: 'Without a decision the work stops.',
  },
};

function one(text: string, more: Partial<Expectation> = {}, seen?: string): Expectation {
  return {
    id: 'e1',
    client: 'c1',
    direction: 'theirs',
    state: 'noted',
    position: 1,
    wording: {
      id: 'w1',
      expectation: 'e1',
      number: 1,
      text,
      seen,
      author: anna,
      byClient: false,
      writtenAt: now,
      sentAt: undefined,
      sentTo: {},
      confirmed: undefined,
    },
    why: undefined,
    importance: undefined,
    kano: undefined,
    about: 'company',
    person: undefined,
    category: undefined,
    notes: undefined,
    feasible: undefined,
    doing: undefined,
    notedBy: anna,
    notedAt: now,
    reviewAt: undefined,
    firstAt: undefined,
    ...more,
  };
}

function sentTo(expectation: Expectation, to: { place?: string; person?: string }): Expectation {
  return { ...expectation, wording: { ...expectation.wording, sentTo: to } };
}

const contacts: Contact[] = [
  {
    id: 'k1',
    name: 'Daan Visser',
    role: 'IT-manager',
    language: 'nl',
    person: 'daan',
    email: undefined,
    listed: true,
  },
  {
    id: 'k2',
    name: 'Eva Jansen',
    role: undefined,
    language: undefined,
    person: undefined,
    email: 'eva@acme.example',
    listed: true,
  },
];

/** What the team sees from the first words to the moment that it is put before the client. */
export function noteSights(language: 'nl' | 'en'): Sight[] {
  const say = voice(language);
  const spoken: Voice = { say, language, timeZone: 'Europe/Amsterdam' };
  const { words, text, seen, why, ours, seenOurs, whyOurs } = texts[language];
  const raw = one(words);
  const concrete = one(text, { state: 'concrete', why, importance: 4, kano: 'excitement' }, seen);
  const asking = askOn(words, language, catalogue, 0);
  const clients = [acme, { ...acme, id: 'c2', name: 'Acme Noord' }];
  const categories = catalogue.inspiration.map((entry) => ({ id: entry.id, label: entry[language] }));
  const intro = (which: 'client' | 'or-fresh') => say(`expectations.which-${which}`, { name: 'Acm' });
  const theirs = { clients, text: words, direction: 'theirs' } as const;
  const ourOwn = one(ours, { direction: 'ours', state: 'concrete', why: whyOurs, importance: 5 }, seenOurs);
  return [
    { name: 'expectation-noted', card: notedCard(acme, raw, say, asking, { open: 1, most: 3 }) },
    { name: 'expectation-noted-many', card: notedCard(acme, one(text), say, asking, { open: 5, most: 3 }) },
    {
      name: 'expectation-noted-ours',
      card: notedCard(acme, one(ours, { direction: 'ours' }), say, asking, { open: 1, most: 3 }),
    },
    {
      name: 'expectation-note-form',
      form: noteForm(say, { ...theirs, intro: intro('client') }),
    },
    {
      name: 'expectation-note-form-fresh',
      form: noteForm(say, { ...theirs, fresh: 'Acm', intro: intro('or-fresh') }),
    },
    { name: 'expectation-edit-form', form: editForm(raw, say) },
    {
      name: 'expectation-concrete-form',
      form: concreteForm(concrete, say, { people: [anna, carla], categories, questions: asking.questions }),
    },
    {
      name: 'expectation-concrete-form-ours',
      form: concreteForm(ourOwn, say, { people: [anna, carla], categories, questions: [] }),
    },
    { name: 'expectation-concrete', card: concreteCard(acme, concrete, say) },
    { name: 'expectation-kept', card: concreteCard(acme, { ...concrete, state: 'confirmed' }, say) },
    {
      name: 'expectation-unjudged',
      card: waitsCard(
        { ...acme, manager: { id: 'bram', name: 'Bram Bakker' } },
        { ...concrete, about: 'person', person: carla },
        spoken,
        true,
      ),
    },
    {
      name: 'expectation-unmanaged',
      card: waitsCard(acme, { ...concrete, about: 'person', person: carla }, spoken, true),
    },
    { name: 'expectation-raw', card: rawCard(raw, say) },
    { name: 'expectation-whom-form', form: toWhomForm('e1', say, contacts) },
    { name: 'expectation-sent', card: sentCard(say('expectations.sent-in', { where: '#acme' }), concrete) },
    {
      name: 'expectation-sent-link',
      card: sentCard(
        say('expectations.sent-link', { name: 'Eva Jansen' }),
        concrete,
        `https://belay.example/answer/${'x'.repeat(120)}`,
      ),
    },
    { name: 'expectation-unsent', card: unsentCard(acme, sentTo(concrete, { place: 'acme' }), say) },
    { name: 'expectation-unsent-person', card: unsentCard(acme, sentTo(concrete, { person: 'daan' }), say) },
  ];
}
