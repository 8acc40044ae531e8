import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { findClient } from '../clients/store.ts';
import { correctForm, standingCard, thanksCard } from './answer-cards.ts';
import {
  type ClientMove,
  correctionRefusal,
  type Given,
  isSentTwice,
  type Standing,
  standingOf,
} from './answer-rules.ts';
import type { Asking } from './cards.ts';
import { bringTo, markConfirmed, reword } from './change-store.ts';
import { lastDeed } from './event-store.ts';
import { type Expectation, limits, patience, type Wording, waitsForManager } from './expectations.ts';
import { mustBeContact } from './owned-feature.ts';
import { reviewDaysOf, reviewMonthsOf } from './settings-feature.ts';
import { findExpectation, findWording, wordingsOf } from './store.ts';
import { type At, toOwner, toTeam, update } from './telling-feature.ts';
import { confirmedCard, correctedCard, doubtedCard } from './told-cards.ts';

/** A wording that somebody answers, with the expectation as it is by now. */
export type Put = { client: Client; expectation: Expectation; wording: Wording };

/** What a wording belongs to, held until the transaction ends; of an archived client nothing is asked any more. */
export async function findPut({ tx, tenant }: At, id: string): Promise<Put> {
  const wording = await findWording(tx, tenant, id);
  const expectation = wording && (await findExpectation(tx, tenant, wording.expectation));
  const client = expectation && (await findClient(tx, tenant, expectation.client));
  const isBefore = wording && (wording.sentAt !== undefined || wording.byClient);
  if (!isBefore || !expectation || !client || client.archived) throw new Refusal('error.expectation-gone');
  return { client, expectation, wording };
}

/** The same, for somebody in the chat: only a contact of that client may answer. */
async function answerable(asked: Asked, id: string): Promise<Put> {
  const put = await findPut(asked, id);
  await mustBeContact(asked, put.client);
  return put;
}

/** The client says that this is what he expects. */
export function confirm(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return say(asked, subject, { move: 'confirm' });
}

/** The client says that it holds no longer. */
export function doubt(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  return say(asked, subject, { move: 'doubt' });
}

async function say(asked: Asked, id: string, given: Given): Promise<Effect[]> {
  const put = await answerable(asked, id);
  const standing = standingOf(put.expectation, id, given.move);
  if (standing !== 'may') return [await stands(asked, put, standing)];
  const { expectation, effects } = await keepAnswer(asked, put, asked.person, given);
  return [thanks(asked, put.client, expectation, given.move), ...effects];
}

/** Asks what it should say instead. */
export async function askCorrection(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const put = await answerable(asked, subject);
  const standing = standingOf(put.expectation, subject, 'correct');
  if (standing !== 'may') return [await stands(asked, put, standing)];
  return [{ do: 'ask', form: correctForm(put.expectation, asked.say), alone: true }];
}

/** What it should say instead was sent. */
export async function correct(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const put = await answerable(asked, subject);
  const standing = standingOf(put.expectation, subject, 'correct');
  const { client } = put;
  if (isSentTwice(put.expectation, asked.person, fields.text))
    return [thanks(asked, client, put.expectation, 'correct')];
  if (standing !== 'may') return [await stands(asked, put, standing, fields.text)];
  const text = readCorrection(put.expectation.wording, fields.text);
  const { expectation, effects } = await keepAnswer(asked, put, asked.person, { move: 'correct', text });
  return [thanks(asked, client, expectation, 'correct'), ...effects];
}

/** What it should say instead, as it was typed. Throws a Refusal when that is nothing, too much, or nothing new. */
export function readCorrection(wording: Wording, typed: string | undefined): string {
  const refusal = correctionRefusal(wording, typed);
  const field = { field: 'text' };
  if (refusal === 'long') throw new Refusal('error.text-too-long', { most: limits.text }, field);
  if (refusal) throw new Refusal(`error.expectation-correction-${refusal}`, {}, field);
  return (typed ?? '').trim();
}

function thanks(asked: Asked, client: Client, expectation: Expectation, move: ClientMove): Effect {
  return answer(thanksCard(client, expectation, readers(asked), { move, now: asked.now }), 'person');
}

async function stands(
  asked: Asked,
  { client, expectation }: Put,
  standing: Standing,
  typed?: string,
): Promise<Effect> {
  const met = { ...(await askingOf(asked, client, expectation)), standing, typed, now: asked.now };
  return answer(standingCard(client, expectation, readers(asked), met), 'person');
}

/** How the question that is before the client was put: by whoever sent it, to one person or where several read it. */
export async function askingOf(at: At, { owner }: Client, { id, wording }: Expectation): Promise<Asking> {
  const sent = await lastDeed(at.tx, at.tenant, id, 'send');
  return {
    months: await reviewMonthsOf(at),
    by: (sent?.who ?? owner).name,
    alone: wording.sentTo.place === undefined,
  };
}

/** Keeps what the client said to the wording that is before him, and tells who is to know. */
export async function keepAnswer(
  at: At,
  { client, expectation }: Put,
  { id, name }: Colleague,
  given: Given,
): Promise<{ expectation: Expectation; effects: Effect[] }> {
  const kept = await keep[given.move](at, expectation, { id, name }, given);
  const changed = await findExpectation(at.tx, at.tenant, expectation.id);
  if (!changed) throw new Error('An expectation that was just answered is not there.');
  // Where the question stood there stands now what was said, also when that is a text of his own.
  const wording = { ...(await lastPut(at, expectation)), text: changed.wording.text };
  const outcome = { confirm: 'confirmed', correct: 'corrected', doubt: 'doubted' } as const;
  return {
    expectation: changed,
    effects: [
      ...kept,
      ...(await update(at, client, { ...expectation, wording }, outcome[given.move], name)),
      await tell(at, client, changed, { before: expectation.wording.text, name, move: given.move }),
    ],
  };
}

/** The wording whose question was put before the client last: that of a correction was not. */
async function lastPut({ tx, tenant }: At, { id, wording }: Expectation): Promise<Wording> {
  if (wording.sentAt) return wording;
  return (await wordingsOf(tx, tenant, id)).findLast(({ sentAt }) => sentAt !== undefined) ?? wording;
}

type Keep = (at: At, expectation: Expectation, who: Colleague, given: Given) => Promise<Effect[]>;

const keep: Record<ClientMove, Keep> = {
  async confirm(at, expectation, who) {
    const { tx, tenant, now } = at;
    const reviewAt = now.add({ hours: 24 * (await reviewDaysOf(at)) });
    await bringTo(
      tx,
      tenant,
      expectation,
      { state: 'confirmed', happened: 'confirm', reviewAt },
      { who, now },
    );
    await markConfirmed(tx, tenant, expectation.wording.id, { who, now });
    return [{ do: 'later', job: 'expectations.review', subject: expectation.id, at: reviewAt }];
  },
  async correct({ tx, tenant, now }, expectation, who, given) {
    const text = given.move === 'correct' ? given.text : expectation.wording.text;
    const wording = { text, seen: expectation.wording.seen, author: who, byClient: true };
    await reword(tx, tenant, expectation, { state: 'corrected', happened: 'correct', wording }, { who, now });
    return [];
  },
  async doubt({ tx, tenant, now }, expectation, who) {
    const reviewAt = now.add({ hours: 24 * patience });
    await bringTo(tx, tenant, expectation, { state: 'doubted', happened: 'doubt', reviewAt }, { who, now });
    return [];
  },
};

/** The team hears; of a doubt the owner alone, who is to talk about it, and of one about a person too. */
function tell(
  at: At,
  client: Client,
  expectation: Expectation,
  said: { before: string; name: string; move: ClientMove },
): Promise<Effect> {
  const card = (voice: Voice) => {
    if (said.move === 'confirm')
      return confirmedCard(client, expectation, voice, { name: said.name, now: at.now });
    if (said.move === 'doubt') return doubtedCard(client, expectation, voice, said.name);
    return correctedCard(client, expectation, voice, said);
  };
  const isPersonal = said.move === 'doubt' || waitsForManager(expectation);
  return (isPersonal ? toOwner : toTeam)(at, client, expectation, card);
}
