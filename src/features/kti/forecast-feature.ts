import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal, refusedIn } from '../../chat/refusal.ts';
import { readers } from '../../chat/voice.ts';
import { mustWrite, placeOf } from '../clients/access-store.ts';
import type { Colleague } from '../clients/clients.ts';
import { voiceIn } from '../clients/voice-store.ts';
import { teamOfClient } from './calendar-store.ts';
import { forecastCard, forecastKeptCard, forecastOverCard, predictForm } from './forecast-cards.ts';
import { countForecasters, keepForecast, ownForecast } from './forecast-store.ts';
import { gradeField } from './grade-cards.ts';
import { type Asking, askingOf, type NotAsked, whoCan } from './invite-feature.ts';
import { type Kti, type Round, readGrade } from './kti.ts';
import { dayOf, nextTurn } from './plan-rules.ts';
import { type At, type Draft, keepRound, newRound, type PutRound, putRound } from './put-feature.ts';
import { predictsFirst } from './settings-feature.ts';

/** Before a client is asked, each of its team may say what he thinks that it will give; nobody sees another's. */

/** A round that the team predicts first. */
export type Predicted = { predicted: Round; ktis: Kti[]; effects: Effect[] };

/** Begins a round: where its team wants to predict first it does so, else the client is asked at once. */
export async function beginRound(
  at: At,
  draft: Draft,
  asker: Colleague,
  timeZone: string,
): Promise<PutRound | Predicted | NotAsked> {
  const forecast = await forecastFor(at, draft.client);
  if (!forecast) return putRound(at, draft, asker, timeZone);
  const round = await newRound(at, draft.client, asker, timeZone);
  // Nobody predicts what nobody could be asked.
  const { can, ...not } = await whoCan({ ...at, now: forecast.opensAt }, round, draft.contacts);
  return can.length === 0 ? not : predictedFirst(at, draft, round, forecast);
}

/** Puts a new round before its team alone, until ten on the next working day; undefined where the team does not want to. */
export async function predictFirst(at: At, draft: Draft, round: Round): Promise<Predicted | undefined> {
  const forecast = await forecastFor(at, draft.client);
  return forecast && predictedFirst(at, draft, round, forecast);
}

/** Where a client's team predicts, and until when; undefined where it does not want to. */
type Forecast = { place: string; opensAt: Temporal.Instant };

async function forecastFor(at: At, client: Draft['client']): Promise<Forecast | undefined> {
  const team = await teamOfClient(at, client);
  const { place } = team;
  if (place === undefined || !(await predictsFirst(at, place))) return undefined;
  return { place, opensAt: nextTurn(team, at.now, dayOf(at.now, team)) };
}

async function predictedFirst(
  at: At,
  draft: Draft,
  round: Round,
  { place, opensAt }: Forecast,
): Promise<Predicted> {
  const predicted: Round = { ...round, state: 'forecast', opensAt };
  const ktis = await keepRound(at, predicted, draft);
  const card = forecastCard(draft.client, { round: predicted, ktis, count: 0 }, await voiceIn(at, place));
  const key = forecastKey(predicted);
  const effects: Effect[] = [{ do: 'post', to: { place }, card, audience: 'internal', key, resend: true }];
  // A round that is spread is opened by the first turn of its plan.
  if (!round.spread) effects.push({ do: 'later', job: 'kti.put', subject: round.id, at: opensAt });
  return { predicted, ktis, effects };
}

function forecastKey({ id }: Pick<Round, 'id'>): string {
  return `kti-forecast:${id}`;
}

/** One of the team wants to predict: the form, with what he said before. */
export async function predict(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const asking = await predictable(asked, subject);
  return [{ do: 'ask', form: await formOf(asked, asking), alone: true }];
}

async function formOf(asked: Asked, asking: Asking) {
  const own = { round: asking.round.id, person: asked.person.id };
  return predictForm(asking, await ownForecast(asked.tx, asked.tenant, own), readers(asked));
}

/** The form was sent: what stands in it is his forecast from now on. */
export async function predicted(
  asked: Asked,
  { subject, fields }: { subject: string; fields: Record<string, string> },
): Promise<Effect[]> {
  const { tx, tenant, person, now } = asked;
  const asking = await predictable(asked, subject);
  const grades = readForecast(asking.ktis, fields);
  if (!(grades instanceof Map)) {
    const refusal = new Refusal('error.kti-forecast-none', {}, grades);
    throw refusedIn(await formOf(asked, asking), fields, refusal);
  }
  await keepForecast(tx, tenant, { round: asking.round.id, person: person.id, grades }, now);
  const kept = forecastKeptCard(asking.client, asking.round, readers(asked));
  return [answer(kept, 'internal'), ...(await renewed(asked, asking))];
}

/** The grades by the KTI; or else the field in which something is missing or is none. */
function readForecast(ktis: Kti[], fields: Record<string, string>): Map<string, number> | { field: string } {
  const grades = new Map<string, number>();
  for (const [index, { id }] of ktis.entries()) {
    const field = gradeField(index);
    const text = fields[field] ?? '';
    const grade = readGrade(text);
    if (grade !== undefined) grades.set(id, grade);
    else if (text !== '') return { field };
  }
  return grades.size > 0 ? grades : { field: gradeField(0) };
}

/** The round that one of the client's team may predict. Throws a Refusal for others, and once the client was asked. */
async function predictable(asked: Asked, id: string): Promise<Asking> {
  const asking = await askingOf(asked, id);
  if (!asking) throw new Refusal('error.button-unknown');
  await mustWrite(asked, asking.client);
  const { state } = asking.round;
  if (state === 'open') throw new Refusal('error.kti-forecast-late', { client: asking.client.name });
  if (state !== 'forecast') throw new Refusal(`error.kti-${state}`);
  return asking;
}

/** The card in the team's channel, with how many took part; from few it could be told who did. */
async function renewed(at: At, { client, round, ktis }: Asking): Promise<Effect[]> {
  const place = await placeOf(at, client.id, 'internal');
  if (place === undefined) return [];
  const count = await countForecasters(at.tx, at.tenant, round.id);
  const card = forecastCard(client, { round, ktis, count }, await voiceIn(at, place));
  const key = forecastKey(round);
  return [{ do: 'update', key, to: { place }, card, audience: 'internal', pace: 'counting' }];
}

/** In place of that card once nobody can predict any more. */
export async function forecastOver(
  at: At,
  { client, round }: Pick<Asking, 'client' | 'round'>,
  how: 'asked' | 'cancelled',
): Promise<Effect[]> {
  const place = await placeOf(at, client.id, 'internal');
  if (place === undefined) return [];
  const count = await countForecasters(at.tx, at.tenant, round.id);
  const card = forecastOverCard(client, { how, count }, await voiceIn(at, place));
  const key = forecastKey(round);
  return [{ do: 'update', key, to: { place }, card, audience: 'internal', pace: 'final' }];
}
