import type { Due, Page, Sheet } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import type { Language } from '../../chat/request.ts';
import { readPerson } from '../../store/people.ts';
import { findContact } from '../clients/access-store.ts';
import type { Client, Colleague, Contact } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { clientVoice } from '../clients/voice-store.ts';
import { askingOf, findPut, keepAnswer, type Put, readCorrection } from './answer-feature.ts';
import { type Given, isSame, isSentTwice, readChoice, standingOf } from './answer-rules.ts';
import { type Expectation, parted } from './expectations.ts';
import { documentSheet, questionSheet, standingSheet } from './page-cards.ts';
import { documentLink, shownOf, shownTo } from './view-feature.ts';

/** All that was put before a client, on one page to print. */
export const documentPage: Page = {
  async show(due, language) {
    const [id, reader = ''] = parted(due.subject);
    const client = await findClient(due.tx, due.tenant, id);
    if (!client || !(await mayRead(due, client, reader))) throw new Refusal('error.link-gone');
    const shown = await shownTo(due.tx, due.tenant, client);
    return documentSheet(client, shown, await clientVoice(due, client, language), due.now);
  },
  async send() {
    throw new Refusal('error.expectation-read-only');
  },
};

/** The page on which a contact without this chat answers. */
export const answerPage: Page = {
  async show(due, language) {
    const opened = await open(due);
    return sheetOf(due, opened, opened.put.expectation, language);
  },
  async send(due, fields, language) {
    const opened = await open(due);
    const { put, who } = opened;
    if (isSentTwice(put.expectation, who, fields.text))
      return { sheet: await sheetOf(due, opened, put.expectation, language), effects: [] };
    const choice = readChoice(fields.answer);
    if (!choice) throw new Refusal('error.expectation-choose', {}, { field: 'answer' });
    const standing = standingOf(put.expectation, choice.wording, choice.move);
    // What he typed is kept beside the text that is there now.
    if (standing === 'stale' || standing === 'waits') throw new Refusal('error.expectation-changed');
    if (standing !== 'may')
      return { sheet: await sheetOf(due, opened, put.expectation, language), effects: [] };
    const given = readGiven(put.expectation, choice.move, fields.text);
    const { expectation, effects } = await keepAnswer(due, put, who, given);
    return { sheet: await sheetOf(due, opened, expectation, language), effects };
  },
};

/** Throws a Refusal when the text was changed, but another answer was chosen: nobody's words get lost. */
function readGiven({ wording }: Expectation, move: Given['move'], typed: string | undefined): Given {
  if (move === 'correct') return { move, text: readCorrection(wording, typed) };
  if (typed !== undefined && !isSame(wording.text, typed))
    throw new Refusal('error.expectation-edited', {}, { field: 'answer' });
  return { move };
}

type Opened = { put: Put; contact: Contact; who: Colleague };

/** Whether the one for whom a link was made is still a contact of the client, or one of our own. */
async function mayRead(due: Due, { id }: Client, reader: string): Promise<boolean> {
  if (await findContact(due, id, reader)) return true;
  const person = await readPerson(due.tx, due.platform, due.tenant, reader.replace(/^person:/, ''));
  return person !== undefined && !person.outsider;
}

/** What a link `WORDING.CONTACT` leads to. */
async function open(due: Due): Promise<Opened> {
  const [id, reader = ''] = parted(due.subject);
  const put = await findPut(due, id);
  const contact = await findContact(due, put.client.id, reader);
  if (!contact) throw new Refusal('error.expectation-gone');
  const { name, person } = contact;
  return { put, contact, who: { id: person ?? `contact:${contact.id}`, name } };
}

async function sheetOf(
  due: Due,
  { put, contact }: Opened,
  expectation: Expectation,
  language: Language | undefined,
): Promise<Sheet> {
  const { client, wording } = put;
  const words = await clientVoice(due, client, language ?? contact.language);
  if (expectation.state === 'sent') {
    const isChanged = expectation.wording.id !== wording.id;
    const asking = await askingOf(due, client, expectation);
    return questionSheet(client, expectation, words, { ...asking, name: contact.name, isChanged });
  }
  const shown = await shownOf(due.tx, due.tenant, expectation);
  if (!shown) throw new Refusal('error.expectation-gone');
  return standingSheet(client, shown, words, documentLink(due, client, contact.id));
}
