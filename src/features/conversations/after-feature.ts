import { z } from 'zod';
import type { Button, Card } from '../../chat/card.ts';
import { answer, beside, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { type Expectation, maySee } from '../expectations/expectations.ts';
import { expectationsOf } from '../expectations/store.ts';
import { clientToTalk, type Held, held } from './access-feature.ts';
import { answeredCard, askingCard, moreForm } from './after-cards.ts';
import { isCalledOff, takesPlace } from './called-off-feature.ts';
import { whenOf } from './cards.ts';
import { type Outcome, type SaidKind, saidField, saidKinds, tookPlaceAt } from './conversations.ts';
import { addNote, isNoted } from './note-store.ts';
import { aboutAndMessage, renewed } from './several-feature.ts';
import { addConversation, keepAnswer } from './store.ts';
import { tellOthers } from './told-feature.ts';

type Pressed = { subject: string };

/** Yes, and nothing new was said. */
export function raised(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return answered(asked, subject, 'raised');
}

/** No, it was not raised. */
export function notRaised(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return answered(asked, subject, 'not-raised');
}

/** It did not take place, or will not. */
export function cancelled(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  return answered(asked, subject, 'cancelled');
}

async function answered(asked: Asked, subject: string, outcome: Outcome): Promise<Effect[]> {
  const { about, message } = aboutAndMessage(subject);
  const found = await keptOf(asked, about);
  const told = await keep(asked, found, outcome);
  const card = answeredCard(found, outcome, readers(asked));
  return [...(await inItsPlace(asked, message, card)), ...told];
}

/** In a message about several the row that was answered changes, and the others stay; any other one is replaced. */
async function inItsPlace(asked: Asked, message: string | undefined, card: Card): Promise<Effect[]> {
  if (message === undefined) return [answer(card, 'internal')];
  const several = await renewed(asked, message);
  return several.length > 0 ? several : [beside(card, 'internal')];
}

/** What a button is about: `ID`, or `justNowSubject` of one that is kept from now on. */
async function keptOf(asked: Asked, about: string): Promise<Held> {
  const [id = '', clientId] = about.split('.');
  if (!clientId) return held(asked, id);
  const { tx, person, now } = asked;
  const client = await clientToTalk(asked, clientId);
  const at = tookPlaceAt(about, now);
  const conversation = {
    ...{ id, client: client.id, title: undefined, start: at, end: at, source: 'typed' as const },
    people: [{ id: person.id, name: person.name }],
    answer: undefined,
  };
  // Pressed again, it is there.
  const isNew = await addConversation(tx, asked, conversation, now);
  return isNew ? { client, conversation, relation: 'team' } : held(asked, id);
}

/** Keeps the answer, and tells those who were there too. */
async function keep(asked: Asked, { client, conversation }: Held, outcome: Outcome): Promise<Effect[]> {
  const { tx, tenant, person, now } = asked;
  const by = { id: person.id, name: person.name };
  await keepAnswer(tx, tenant, conversation.id, { outcome, by, at: now });
  if (conversation.answer?.outcome === outcome) return [];
  return tellOthers(asked, client, conversation, by);
}

/** Asks once more, from a button. */
export async function askAgain(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { about, message } = aboutAndMessage(subject);
  const { client, conversation } = await held(asked, about);
  if (message === undefined && isCalledOff(conversation, asked.now))
    return takesPlace(asked, client, conversation);
  const several = message === undefined ? [] : await renewed(asked, message, about);
  if (several.length > 0) return several;
  const voice = readers(asked);
  const opening = asked.say('conversations.was', { client: client.name, when: whenOf(conversation, voice) });
  const card = askingCard(client, conversation, voice, opening, about);
  return [message === undefined ? answer(card, 'internal') : beside(card, 'internal')];
}

/** Yes, and…: asks what was said. */
export async function moreAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const [id = '', clientId] = aboutAndMessage(subject).about.split('.');
  const found = clientId
    ? { client: await clientToTalk(asked, clientId), relation: 'team' as const }
    : await held(asked, id);
  const { client } = found;
  const open = await openFor(asked, found);
  return [{ do: 'ask', form: moreForm(subject, client, open, asked.say), alone: true }];
}

async function openFor(
  { tx, tenant, person }: Asked,
  { client, relation }: Pick<Held, 'client' | 'relation'>,
): Promise<Expectation[]> {
  const open = await expectationsOf(tx, tenant, client.id, { open: true });
  return open.filter((one) => maySee(one, { id: person.id, relation }, client));
}

const filledSchema = z.object({
  kind: z.enum(saidKinds),
  /** Not asked where none is open. */
  expectation: z.string().optional(),
  said: z.string().optional(),
});

/** What was said was filled in. */
export async function moreFilled(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const filled = filledSchema.safeParse(fields);
  if (!filled.success) throw new Refusal('error.form-incomplete');
  const said = requiredText(filled.data.said, saidField);
  const { about, message } = aboutAndMessage(subject);
  const found = await keptOf(asked, about);
  const { kind } = filled.data;
  const expectation = (await openFor(asked, found)).find(({ id }) => id === filled.data.expectation);
  if (!expectation && kind !== 'new' && kind !== 'at-risk')
    throw new Refusal('error.conversation-which', {}, { field: 'expectation' });
  const { tx, tenant, person, now } = asked;
  const by = { id: person.id, name: person.name };
  const conversation = found.conversation.id;
  const note = { conversation, expectation: expectation?.id, kind, said, by, at: now };
  if (!(await isNoted(tx, tenant, note))) await addNote(tx, tenant, newId(), note);
  const told = await keep(asked, found, 'raised');
  const several = message === undefined ? [] : await renewed(asked, message);
  return [answer(notedCard(asked, found, { kind, said, expectation }), 'internal'), ...several, ...told];
}

/** It is kept, with what follows from it: what is at risk is signalled early. */
function notedCard(
  asked: Asked,
  { client, conversation, relation }: Held,
  { kind, said, expectation }: { kind: SaidKind; said: string; expectation: Expectation | undefined },
): Card {
  const { say } = asked;
  const title = say(`conversations.noted-${kind}`, { client: client.name });
  const next: Record<SaidKind, Button[]> = {
    new: [
      {
        press: 'expectations.note',
        subject: client.id,
        label: say('expectations.note-one'),
        style: 'primary',
      },
    ],
    changed: [
      {
        press: 'expectations.concrete',
        subject: expectation?.id,
        label: say('conversations.reword'),
        style: 'primary',
      },
    ],
    met: [
      {
        press: 'expectations.met',
        subject: expectation?.id,
        label: say('expectations.met'),
        style: 'primary',
      },
    ],
    'at-risk': [
      {
        press: 'conversations.warn',
        subject: `${client.id}.${expectation?.id ?? ''}`,
        label: say('conversations.warn'),
        style: 'primary',
      },
    ],
    same: [],
  };
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title },
      ...(expectation
        ? [{ kind: 'text' as const, text: expectation.wording.text, style: 'subtle' as const }]
        : []),
      { kind: 'quote', text: said },
      {
        kind: 'buttons',
        buttons: [
          // What follows is for the team to do; a colleague who was there has said what he knows.
          ...(relation === 'team' ? next[kind] : []),
          { press: 'conversations.more', subject: conversation.id, label: say('conversations.more-still') },
          { press: 'clients.show', subject: client.id, label: say('clients.to-dossier') },
        ],
      },
    ],
  };
}
