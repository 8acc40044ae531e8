import { Refusal } from '../../src/chat/refusal.ts';
import { refusalCard } from '../../src/chat/refusal-card.ts';
import type { Language } from '../../src/chat/request.ts';
import { newClient } from '../../src/features/clients/clients.ts';
import { feedbackCard, titleOf } from '../../src/features/feedback/cards.ts';
import type { Feedback } from '../../src/features/feedback/feedback.ts';
import {
  beginForm,
  bringForm,
  detailsForm,
  handForm,
  wordsForm,
} from '../../src/features/feedback/form-cards.ts';
import { keepForm } from '../../src/features/feedback/keep-cards.ts';
import { inList, type List, listCard } from '../../src/features/feedback/list-cards.ts';
import { sharedCard, shareForm, unsharedCard } from '../../src/features/feedback/share-cards.ts';
import { type Say, voice } from '../../src/text/say.ts';
import { sayDay } from '../../src/text/when.ts';
import type { Sight } from './gallery.ts';
import { anna, bram } from './house.ts';

const said = {
  nl: {
    complaint: 'De derde keer deze maand dat de levering een dag later komt, en niemand belt vooraf.',
    compliment: 'Jullie dachten mee nog voor wij het vroegen.',
    story: 'De storing was om vijf uur opgelost, en om zes uur stonden wij daar met soep voor de nachtploeg.',
    done: 'Vanaf nu bellen wij de dag ervoor als een levering later komt.',
    touches: 'Elke maand één voorstel dat u niet had verwacht',
    who: 'Daan Visser, inkoop',
  },
  en: {
    complaint: 'The third time this month that the delivery comes a day late, and nobody calls beforehand.',
    compliment: 'You thought along before we asked.',
    story: 'The outage was over at five, and at six we stood there with soup for the night shift.',
    done: 'From now on we call the day before when a delivery will be late.',
    touches: 'Every month one proposal that you did not expect',
    who: 'Daan Visser, purchasing',
  },
};

function keptAlready(values: Record<string, string>, say: Say) {
  const buttons = [{ press: 'feedback.show', subject: 'f1', label: say('feedback.show') }];
  return refusalCard(new Refusal('error.feedback-kept', values, { buttons }), say);
}

/** Complaints and compliments, as the team and the client see them. */
export function feedbackSights(language: Language): Sight[] {
  const say = voice(language);
  const words = { say, language, timeZone: 'Europe/Amsterdam' };
  const text = said[language];
  const owner = { id: anna.id, name: anna.name };
  const at = Temporal.Instant.from('2026-11-26T09:00:00Z');
  const acme = newClient({ id: 'c1', name: 'Acme', owner, createdAt: at });
  const zuidas = { id: 'c2', name: 'Zuidas' };
  const complaint: Feedback = {
    ...{ id: 'f1', kind: 'complaint', client: 'c1', text: text.complaint, saidBy: text.who },
    ...{ by: { id: bram.id, name: bram.name }, day: Temporal.PlainDate.from('2026-11-25'), link: undefined },
    ...{
      expectation: undefined,
      unnoted: true,
      owner,
      state: 'new',
      answered: undefined,
      learned: undefined,
      at,
    },
  };
  const answered: Feedback = {
    ...{ ...complaint, unnoted: false, state: 'answered', answered: text.done },
    link: 'https://acme.example/opname/7',
  };
  const compliment: Feedback = {
    ...{ ...complaint, id: 'f2', kind: 'compliment', text: text.compliment, saidBy: undefined },
    ...{ unnoted: false, owner: undefined, state: undefined },
  };
  const story: Feedback = { ...compliment, id: 'f3', kind: 'story', text: text.story };
  const older = { ...story, id: 'f4', day: Temporal.PlainDate.from('2026-11-19'), text: text.compliment };
  const page = { client: undefined, page: 1, year: 2026, share: undefined };
  const list: List = {
    ...{ ...page, kind: 'complaint', count: 2, share: { unnoted: 3, known: 7 } },
    shown: [complaint, answered].map((one) => ({ one, client: acme })),
  };
  const stories: List = {
    ...{ ...page, kind: 'story', client: acme, count: 2 },
    shown: [
      { one: story, client: acme, cheers: 3 },
      { one: older, client: acme },
    ],
  };
  const many: List = {
    ...{ ...stories, count: 23, page: 2 },
    shown: Array.from({ length: inList }, () => ({ one: story, client: acme, cheers: 3 })),
  };
  const hundred = Array.from({ length: 100 }, (_, at) => ({ id: `c${at}`, name: `Acme ${at + 1}` }));
  const today = Temporal.PlainDate.from('2026-11-26');
  const title = say('feedback.brought-complaint', { client: 'Acme' });
  return [
    { name: 'feedback-brought', card: feedbackCard(complaint, acme, { mayChange: true, title }, words) },
    {
      name: 'feedback-answered',
      card: feedbackCard(answered, acme, { mayChange: true, touches: text.touches }, words),
    },
    { name: 'feedback-compliment', card: feedbackCard(compliment, acme, { mayChange: false }, words) },
    { name: 'feedback-shared', card: sharedCard({ said: text.complaint, words: text.done }, words) },
    { name: 'feedback-unshared', card: unsharedCard('f1', acme, text.done, words) },
    { name: 'feedback-list', card: listCard(list, words) },
    {
      name: 'feedback-story',
      card: feedbackCard(story, acme, { mayChange: false, cheers: { count: 2, mine: 'open' } }, words),
    },
    {
      name: 'feedback-story-cheered',
      card: feedbackCard(story, acme, { mayChange: true, cheers: { count: 3, mine: 'given' } }, words),
    },
    { name: 'feedback-stories', card: listCard(stories, words) },
    { name: 'feedback-stories-page', card: listCard(many, words) },
    { name: 'feedback-list-none', card: listCard({ ...list, shown: [], count: 0, share: undefined }, words) },
    { name: 'feedback-form', form: bringForm('complaint', { clients: [acme], text: text.complaint }, say) },
    { name: 'feedback-form-many', form: bringForm('complaint', { clients: hundred }, say) },
    {
      name: 'feedback-details-form',
      form: detailsForm(
        complaint,
        { open: [{ id: 'e1', text: text.touches }], today, language, seen: 0 },
        say,
      ),
    },
    { name: 'feedback-begin-form', form: beginForm(complaint, say) },
    {
      name: 'feedback-keep-form',
      form: keepForm(
        {
          text: text.complaint,
          saidBy: 'Daan Visser',
          link: 'https://ons.slack.com/archives/C0123456789/p1795298402000300',
          day: Temporal.PlainDate.from('2026-11-25'),
        },
        { client: 'c1', clients: [zuidas, acme], today },
        words,
      ),
    },
    {
      name: 'feedback-keep-again-private',
      card: keptAlready(
        { name: bram.name, day: sayDay(at, language, words.timeZone), what: titleOf(complaint, acme, words) },
        say,
      ),
    },
    { name: 'feedback-keep-app-private', card: refusalCard(new Refusal('error.feedback-message-app'), say) },
    { name: 'feedback-hand-form', form: handForm('f1', [owner], say) },
    { name: 'feedback-answer-form', form: wordsForm('answer', complaint, undefined, say) },
    {
      name: 'feedback-share-form',
      form: shareForm(answered, { said: text.complaint, words: text.done }, say),
    },
  ];
}
