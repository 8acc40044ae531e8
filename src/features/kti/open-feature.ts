import { type Card, line } from '../../chat/card.ts';
import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked, Due } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { readers, type Voice } from '../../chat/voice.ts';
import { contactsOf, mustWrite } from '../clients/access-store.ts';
import type { Client, Colleague } from '../clients/clients.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { workingMoment } from '../daily-start/schedule-rules.ts';
import { askedCard, linksCard } from './ask-cards.ts';
import { teamOfClient } from './calendar-store.ts';
import { forecastOver } from './forecast-feature.ts';
import { hearerOf } from './hearer-store.ts';
import { hindered, notPutCard, type Why } from './hindrance-cards.ts';
import { type Asking, askingOf, whoCan } from './invite-feature.ts';
import type { Round } from './kti.ts';
import { quarterFrom } from './plan-rules.ts';
import { type At, askAll, closingAt, closingOf, type PutRound, stillAsked } from './put-feature.ts';
import { changeAsker, changeRound, ended, findRound, keepItems } from './round-store.ts';
import { daysOpen } from './settings-feature.ts';

/** After the team has predicted the client is asked. */

/** Opens a round that was predicted and asks those whom it may; why not, and nothing changed, when nobody can be asked. */
async function openNow(at: At, asking: Asking): Promise<{ put: PutRound } | { why: Why }> {
  const contacts = await contactsOf(at, asking.client.id);
  if (contacts.length === 0) return { why: 'no-contact' };
  const ktis = await stillAsked(at, asking);
  if (ktis.length === 0) return { why: 'no-expectation' };
  const { timeZone } = asking.round;
  const closesAt = closingOf(at.now, await daysOpen(at), timeZone);
  const round: Round = { ...asking.round, state: 'open', opensAt: at.now, closesAt };
  const { can, ...not } = await whoCan(at, round, contacts);
  if (can.length === 0) return { why: not };
  await changeRound(at.tx, at.tenant, round);
  await keepItems(at.tx, at.tenant, round.id, ktis);
  const put = await askAll(at, { ...asking, round, ktis }, contacts);
  return { put: { ...put, effects: [...put.effects, ...(await forecastOver(at, asking, 'asked'))] } };
}

/** One that is spread is open from now on; whom it asks what is decided on each day. */
export async function openSpread(at: At, asking: Asking): Promise<{ asking: Asking; effects: Effect[] }> {
  const closesAt = quarterFrom(at.now, asking.round);
  const round: Round = { ...asking.round, state: 'open', opensAt: at.now, closesAt };
  await changeRound(at.tx, at.tenant, round);
  const over = await forecastOver(at, asking, 'asked');
  return { asking: { ...asking, round }, effects: [...over, ...closingAt(round)] };
}

/** `ask now`: one of the team does not wait until ten. */
export async function putNow(asked: Asked, { subject }: { subject: string }): Promise<Effect[]> {
  const asking = await askingOf(asked, subject);
  if (!asking) throw new Refusal('error.button-unknown');
  const { client, round } = asking;
  await mustWrite(asked, client);
  if (round.state === 'open') throw new Refusal('error.kti-put-already', { client: client.name });
  if (round.state !== 'forecast') throw new Refusal(`error.kti-${round.state}`);
  if (round.spread) {
    const { effects } = await openSpread(asked, asking);
    return [...effects, answer(line(asked.say('kti.spread-open', { client: client.name })), 'internal')];
  }
  const opened = await openNow(asked, asking);
  const words = readers(asked);
  if ('why' in opened) throw hindered(client, opened.why, words, asked.now);
  const { card, effects } = askedNow(asked, client, opened.put, words);
  return [...opened.put.effects, ...effects, answer(card, 'internal')];
}

/** For whoever asked just now: what he is answered, which goes by, and in a message that stays the links that he is to send. */
export function askedNow(
  { person, now }: Pick<Asked, 'person' | 'now'>,
  client: Client,
  put: PutRound,
  words: Voice,
): { card: Card; effects: Effect[] } {
  const card = askedCard(client, put, words, now, { apart: true });
  const links = linksCard(client, put.links, words);
  return { card, effects: put.links.length > 0 ? [toHearer(person, links)] : [] };
}

/** Its time has come. What cannot be asked then is not asked at all, and whoever wanted it hears why. */
export async function putDue(due: Due): Promise<Effect[]> {
  const { tx, tenant, now, subject } = due;
  const round = await findRound(tx, tenant, subject);
  if (round?.state !== 'forecast' || round.spread) return [];
  const asking = await askingOf(due, subject);
  if (!asking) {
    // Its client is archived: of that one nothing is told.
    await changeRound(tx, tenant, ended(round, 'cancelled', now));
    return [];
  }
  const { client } = asking;
  const moment = workingMoment(await teamOfClient(due, client), now);
  if (Temporal.Instant.compare(moment, now) > 0)
    return [{ do: 'later', job: 'kti.put', subject, at: moment }];
  const hearer = await hearerOf(due, client, round.asker);
  const words = await voiceOf(due, hearer.id);
  // Nobody is asked in the name of who has left.
  if (hearer.id !== round.asker.id) await changeAsker(tx, tenant, subject, hearer);
  const opened = await openNow(due, { ...asking, round: { ...asking.round, asker: hearer } });
  if ('put' in opened)
    return [...opened.put.effects, toHearer(hearer, askedCard(client, opened.put, words, now))];
  await changeRound(tx, tenant, ended(round, 'cancelled', now));
  const card = notPutCard(client, opened.why, words, now);
  return [...(await forecastOver(due, asking, 'cancelled')), toHearer(hearer, card)];
}

function toHearer({ id }: Pick<Colleague, 'id'>, card: Card): Effect {
  return { do: 'post', to: { person: id }, card, audience: 'internal', resend: true };
}
