import { z } from 'zod';
import { line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { requiredText, typedText } from '../../chat/typed-text.ts';
import { readers } from '../../chat/voice.ts';
import { newId } from '../../store/id.ts';
import { readPerson } from '../../store/people.ts';
import { readPlace } from '../../store/places.ts';
import { sayDay } from '../../text/when.ts';
import { mustWrite, placeOf, relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { clientVoice, voiceIn, voiceOf } from '../clients/voice-store.ts';
import { lastShare, shareText } from '../feedback/share-store.ts';
import { addFeedback, noteDeed } from '../feedback/store.ts';
import {
  elsewhere,
  type Held,
  held,
  heldOpen,
  me,
  type Pressed,
  type Sent,
  shown,
} from './access-feature.ts';
import { whereOf } from './check-feature.ts';
import { doneForm, tellForm } from './ending-cards.ts';
import { type Improvement, limits, moved } from './improvements.ts';
import { answersOf } from './measured-feature.ts';
import { servedOf } from './served-feature.ts';
import { changeImprovement, findImprovement } from './store.ts';
import { celebrationCard, toldCard } from './told-cards.ts';

/** The end of the way: it becomes a success, is celebrated, and, on purpose, told to the client. */

/** Asks in which words it is a success. */
export async function doneAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one } = await heldInAct(asked, subject);
  return [{ do: 'ask', form: doneForm(one, asked.say), alone: true }];
}

async function heldInAct(asked: Asked, id: string): Promise<Held> {
  const mine = await heldOpen(asked, id);
  if (mine.one.stage !== 'act') throw elsewhere(asked, mine.one);
  return mine;
}

/** It is done: kept as a success, and celebrated where the team is. */
export async function done(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const { one, client } = await heldInAct(asked, subject);
  const { tx, tenant, now, person } = asked;
  const text = requiredText(fields.words, {
    ...{ most: limits.words, field: 'words' },
    empty: 'error.improvements-done',
  });
  const by = me(asked);
  const success = newId();
  await addFeedback(tx, asked, {
    ...{ id: success, kind: 'success', client: client?.id, text, by, at: now },
    day: now.toZonedDateTimeISO(person.timeZone).toPlainDate(),
    ...{ saidBy: undefined, link: undefined, expectation: undefined, unnoted: false },
    ...{ owner: undefined, state: undefined, answered: undefined, learned: undefined },
  });
  const doers = one.doers.length > 0 ? one.doers : [by];
  const to = { ...moved(one, 'done', { by, now }), success, doers };
  const changed = await changeImprovement(tx, tenant, { from: one, to }, { happened: 'moved', by, now });
  return [
    ...(await shown(asked, { one: changed, client })),
    ...(await celebrated(asked, { one: changed, client }, text)),
  ];
}

/**
 * In the client's internal channel; of no client where it was typed. Where there is none, whoever had a part in it hears it
 * alone: nowhere that another client, or he himself, reads along.
 */
async function celebrated(asked: Asked, { one, client }: Held, text: string): Promise<Effect[]> {
  const place = await placeToCelebrate(asked, { one, client });
  const { after } = await answersOf(asked, one);
  const about = { one, client, text, after };
  const key = `improvements-done:${one.id}`;
  if (place !== undefined) {
    const card = celebrationCard(about, await voiceIn(asked, place));
    return [{ do: 'post', to: { place }, card, audience: 'internal', key, resend: false }];
  }
  const effects: Effect[] = [];
  const all = new Map([...one.doers, one.maker].map((who) => [who.id, who]));
  for (const { id } of all.values()) {
    if (id === asked.person.id || !(await mayHear(asked, id, client))) continue;
    const card = celebrationCard(about, await voiceOf(asked, id));
    effects.push({ do: 'post', to: { person: id }, card, audience: 'internal', resend: false });
  }
  return effects;
}

async function placeToCelebrate(asked: Asked, { one, client }: Held): Promise<string | undefined> {
  if (client) return placeOf(asked, client.id, 'internal');
  if (one.place === undefined) return undefined;
  const place = await readPlace(asked.tx, asked.platform, asked.tenant, one.place);
  return place && !place.shared && place.reachable ? place.id : undefined;
}

async function mayHear(asked: Asked, id: string, client: Client | undefined): Promise<boolean> {
  const person = await readPerson(asked.tx, asked.platform, asked.tenant, id);
  if (!person || person.outsider) return false;
  return !client || (await relationOf(asked, person, client)) !== 'contact';
}

/** Asks what the client is told. */
export async function tellAsked(asked: Asked, { subject }: Pressed): Promise<Effect[]> {
  const { one, client, served } = await heldToTell(asked, subject);
  return [{ do: 'ask', form: tellForm(one, client.name, served.said, asked.say), alone: true }];
}

async function heldToTell(asked: Asked, id: string) {
  const { one, client } = await held(asked, id);
  if (one.stage !== 'done') throw elsewhere(asked, one);
  // Only its team speaks to a client.
  if (client) await mustWrite(asked, client);
  const served = await servedOf(asked, one, client);
  if (!client || !served?.mayTell) throw new Refusal('error.improvements-serves-nobody');
  if (one.toldAt) throw new Refusal('error.improvements-told', { client: client.name });
  await mustBeUntold(asked, one, client);
  const where = await whereOf(asked, client);
  if (!where) throw new Refusal('error.feedback-no-channel', { client: client.name });
  return { one, client, served, place: where.id };
}

/** The client is told once what was done about a complaint, by whichever way. */
async function mustBeUntold(asked: Asked, { serves }: Improvement, client: Client): Promise<void> {
  const last = serves?.kind === 'complaint' ? await lastShare(asked.tx, asked.tenant, serves.id) : undefined;
  if (!last || last.failed) return;
  const { language, timeZone } = readers(asked);
  const day = sayDay(last.at, language, timeZone);
  throw new Refusal('error.feedback-shared', { name: last.by.name, day, client: client.name });
}

/** You said, we did: what was written now goes to the client's shared channel, once. */
export async function told(asked: Asked, { subject, fields }: Sent): Promise<Effect[]> {
  const { one, client, place } = await heldToTell(asked, subject);
  const { tx, tenant, now } = asked;
  const said = typedText(fields.said, { most: limits.text, field: 'said' });
  const words = requiredText(fields.words, {
    ...{ most: limits.words, field: 'words' },
    empty: 'error.improvements-tell',
  });
  const by = me(asked);
  const deed = { happened: 'told' as const, by, now, text: words };
  await changeImprovement(tx, tenant, { from: one, to: { ...one, toldAt: now } }, deed);
  if (one.serves?.kind === 'complaint') {
    const text = shareText({ said: said ?? '', words });
    await noteDeed(tx, tenant, one.serves.id, { happened: 'shared', by, now, text });
  }
  const card = toldCard(said, words, await clientVoice(asked, client));
  const otherwise = { job: 'improvements.untold', subject: JSON.stringify({ id: one.id, by }) };
  return [
    answer(line(asked.say('improvements.told', { client: client.name })), 'person'),
    {
      ...{ do: 'post', to: { place }, card, audience: 'anyone', key: `improvements-told:${one.id}` },
      ...{ resend: false, otherwise },
    },
  ];
}

const untoldSchema = z.object({ id: z.string(), by: z.object({ id: z.string(), name: z.string() }) });

/** The client could not be told: whoever wanted to hears so, and may try again. */
export async function untold(due: Due): Promise<Effect[]> {
  const { tx, tenant, now } = due;
  const { id, by } = untoldSchema.parse(JSON.parse(due.subject));
  const one = await findImprovement(tx, tenant, id);
  if (!one?.toldAt) return [];
  await changeImprovement(
    tx,
    tenant,
    { from: one, to: { ...one, toldAt: undefined } },
    { happened: 'untold', by, now },
  );
  if (one.serves?.kind === 'complaint')
    await noteDeed(tx, tenant, one.serves.id, { happened: 'unshared', by, now });
  const { say } = await voiceOf(due, by.id);
  const text = say('improvements.untold');
  const again = { press: 'improvements.tell', subject: one.id, label: say('improvements.tell') };
  const card = {
    summary: text,
    elements: [
      { kind: 'text' as const, text },
      { kind: 'buttons' as const, buttons: [again] },
    ],
  };
  return [{ do: 'post', to: { person: by.id }, card, audience: 'internal', resend: true }];
}
