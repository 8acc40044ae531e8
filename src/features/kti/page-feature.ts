import type { Due, Page, Sheet } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Language } from '../../chat/request.ts';
import { findContact } from '../clients/access-store.ts';
import { clientVoice } from '../clients/voice-store.ts';
import { readForm } from './answer-rules.ts';
import { gradeForm } from './grade-cards.ts';
import { type Grading, givenBy, type Own } from './grade-feature.ts';
import { askedOf, invitedIn } from './invite-feature.ts';
import { roundRefusal } from './kti.ts';
import { answeredSheet, overSheet } from './page-cards.ts';
import { roundFor } from './spread-rules.ts';

/** The page on which a contact without this chat gives his grades; while the round is open he can change them. */
export function answerPage({ keepSent }: Pick<Grading, 'keepSent'>): Page {
  return {
    async show(due, language) {
      return sheetOf(due, await ownOf(due), language);
    },
    async send(due, fields, language) {
      const own = await ownOf(due);
      if (roundRefusal(own.round, due.now)) return { sheet: await sheetOf(due, own, language), effects: [] };
      const effects = await keepSent(due, own, readForm(own.ktis, fields));
      const words = await clientVoice(due, own.client, language ?? own.one.language);
      const sheet = answeredSheet({ ...own, given: await givenBy(due, own) }, words);
      return { sheet, effects };
    },
  };
}

/** What the bearer of a link is asked. Throws when it is gone, or he is no contact any more. */
async function ownOf(due: Due): Promise<Own> {
  const found = await invitedIn(due, due.subject);
  if (!found) throw new Refusal('error.kti-gone');
  const { one, asking } = found;
  if (!(await findContact(due, asking.client.id, one.contact))) throw new Refusal('error.kti-left');
  return { ...asking, round: roundFor(asking.round, one), one, ktis: askedOf(asking, one) };
}

async function sheetOf(due: Due, own: Own, language: Language | undefined): Promise<Sheet> {
  const words = await clientVoice(due, own.client, language ?? own.one.language);
  const over = roundRefusal(own.round, due.now);
  if (over) return overSheet(over === 'cancelled' ? over : 'closed', words);
  const given = await givenBy(due, own);
  const form = gradeForm(own.one, { ...own, given }, words);
  const { intro = [], ...rest } = form;
  const { say, language: spoken } = words;
  const title = say('kti.title-asks');
  return {
    language: spoken,
    card: { summary: title, elements: [{ kind: 'text', text: title, style: 'heading' }, ...intro] },
    form: { ...rest, name: 'kti.answer' },
  };
}
