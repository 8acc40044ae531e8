import { besides, type Card, type Element, line } from '../../chat/card.ts';
import type { Reason, Reasons } from '../../chat/contributions.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import { findMessage } from '../../store/messages.ts';
import { lookAheadQuestions, sentenceOf } from '../../text/nudges.ts';
import { sayDay } from '../../text/when.ts';
import { hearersOf, reachedPlaceOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { findClient, readClients } from '../clients/store.ts';
import { voiceIn } from '../clients/voice-store.ts';
import { nextTurn } from '../nudges/store.ts';
import { clientToTalk } from './access-feature.ts';
import { coverageOf } from './conversations.ts';
import { type Note, notesOf } from './note-store.ts';
import { clientsSpokenWith } from './raised-store.ts';
import { hiddenFrom } from './sight-store.ts';
import { conversationsBetween } from './store.ts';

const name = 'conversations.look-ahead';
const month = { hours: 24 * 31 };
/** It is told of in the first week of a month, so that nobody hears it twice. */
const week = 7;

/** Once a month: a quarter of an hour about what a client expects now and later, for clients one speaks with. */
export const lookAhead: Reasons = {
  name,
  async find(at) {
    const { tx, tenant, now } = at;
    const today = now.toZonedDateTimeISO('UTC').toPlainDate();
    if (today.day > week) return [];
    // Not what is just going on: whoever speaks with the client today need not be told of it today.
    const [from, until] = [now.subtract(month), now.subtract({ hours: 24 })];
    const spoken = await clientsSpokenWith(tx, tenant, { from, until });
    const since = today.with({ day: 1 }).toZonedDateTime('UTC').toInstant();
    // A client that is new here was spoken about enough.
    const old = (client: Client) => Temporal.Instant.compare(client.createdAt, from) < 0;
    const clients = (await readClients(tx, tenant)).filter((one) => spoken.has(one.id) && old(one));
    const hearers = await hearersOf(at, clients);
    return clients.map(
      ({ id }): Reason => ({
        key: `${name}:${id}.${today.toPlainYearMonth()}`,
        client: id,
        who: hearers.get(id) ?? [],
        weight: 20,
        since,
      }),
    );
  },
  async tell(to, key) {
    const [id = '', said] = key.slice(name.length + 1).split('.');
    const client = await findClient(to.tx, to.tenant, id);
    const now = to.now.toZonedDateTimeISO('UTC').toPlainDate().toPlainYearMonth();
    if (!client || client.archived || said !== now.toString()) return undefined;
    const turn = await nextTurn(to.tx, to, to.person, 'look-ahead');
    return {
      text: sentenceOf('look-ahead', to.voice.language, turn, { client: client.name }),
      buttons: [
        { press: 'conversations.look-ahead', subject: id, label: to.voice.say('conversations.look-ahead') },
      ],
    };
  },
};

/**
 * The card for that quarter of an hour: once a month in the channel where the team talks about the client, else for
 * whoever asks.
 */
export async function showLookAhead(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const client = await clientToTalk(asked, subject);
  const place = await reachedPlaceOf(asked, client.id, 'internal');
  if (place === undefined) return [answer(await cardOf(asked, client, readers(asked)), 'internal')];
  const voice = await voiceIn(asked, place);
  const thisMonth = asked.now.toZonedDateTimeISO(voice.timeZone).toPlainDate().toPlainYearMonth();
  const key = `${name}:${client.id}.${thisMonth}`;
  // Counted where turns are: of several who press at once one is the first.
  if ((await nextTurn(asked.tx, asked, client.id, key)) > 0) return [await whereItStands(asked, key)];
  const card = await cardOf(asked, client, voice);
  return [
    { do: 'post', to: { place }, card, audience: 'internal', key, resend: false },
    answer(line(asked.say('conversations.look-ahead-posted')), 'internal'),
  ];
}

async function whereItStands({ tx, tenant, platform, say }: Asked, key: string): Promise<Effect> {
  const url = (await findMessage(tx, { tenant, platform }, key))?.link;
  const card = line(say('conversations.look-ahead-stands'));
  const buttons = url ? [{ url, label: say('conversations.look-ahead-open') }] : [];
  return answer(
    url ? { ...card, elements: [...card.elements, { kind: 'buttons', buttons }] } : card,
    'internal',
  );
}

async function cardOf(asked: Asked, client: Client, voice: Voice): Promise<Card> {
  const { tx, tenant, now } = asked;
  const held = await conversationsBetween(tx, asked, {
    from: now.subtract(month),
    until: now,
    client: client.id,
  });
  const turn = await nextTurn(tx, asked, client.id, 'look-ahead-questions');
  // It is a card for the whole team.
  const hidden = await hiddenFrom(tx, tenant, client, undefined);
  const notes = (await notesOf(tx, tenant, client.id, { most: 5, hidden })).filter(
    ({ at }) => Temporal.Instant.compare(at, now.subtract(month)) > 0,
  );
  return lookAheadCard(client, { coverage: coverageOf(held, now), notes, turn }, voice);
}

/** Last month's answers, and three questions. */
export function lookAheadCard(
  client: Client,
  { coverage, notes, turn }: { coverage: ReturnType<typeof coverageOf>; notes: Note[]; turn: number },
  { say, language, timeZone }: Voice,
): Card {
  const title = say('conversations.look-ahead-title', { client: client.name });
  const { raised, known } = coverage;
  const share = say('conversations.look-ahead-month', { raised, count: known });
  return {
    summary: title,
    elements: [
      { kind: 'text', text: title, style: 'heading' },
      ...(known > 0 ? [{ kind: 'text' as const, text: share }] : []),
      ...notes.map(
        ({ said, by, at }): Element => ({
          kind: 'quote',
          text: said,
          by: `${by.name}, ${sayDay(at, language, timeZone)}`,
        }),
      ),
      { kind: 'text', text: say('conversations.look-ahead-questions'), style: 'strong' },
      ...lookAheadQuestions(language, turn).map(
        (text, at): Element => ({ kind: 'text', text: `${at + 1}. ${text}` }),
      ),
      {
        kind: 'buttons',
        buttons: [
          besides({ press: 'expectations.list', subject: client.id, label: say('expectations.list') }),
          besides({ press: 'expectations.note', subject: client.id, label: say('expectations.note-one') }),
        ],
      },
    ],
  };
}
