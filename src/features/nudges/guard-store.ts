import type { Reason } from '../../chat/contributions.ts';
import type { Due } from '../../chat/feature.ts';
import { holdPerson } from '../../store/people.ts';
import { stillToTell } from './guard-rules.ts';
import { sendUntil } from './moments-rules.ts';
import type { Message, Talk } from './nudges.ts';
import { paceOf, reachOf } from './reach-store.ts';
import { readSnoozes, sentInMind } from './store.ts';

/**
 * What of a message is still to be told now that its moment is there, given what it is about as that stands now, and until
 * when it makes sense to send it. Nothing else is told to him before this transaction ends. What is left out must not be
 * noted as sent: it is for the next plan to tell.
 */
export async function stillDue(
  due: Due,
  message: Omit<Message, 'at'>,
  { talks = [], reasons = [] }: { talks?: Talk[]; reasons?: Reason[] },
): Promise<{ keys: string[]; until: Temporal.Instant }> {
  const { tx, tenant, platform, now } = due;
  const { person: id } = message;
  await holdPerson(tx, platform, tenant, id);
  const reach = await reachOf(due, id);
  if (!reach) return { keys: [], until: now };
  const sent = await sentInMind(tx, due, [id], now);
  const snoozes = await readSnoozes(tx, due, id);
  const situation = { people: [reach], talks, reasons, sent, snoozes };
  return {
    keys: stillToTell(message, situation, now, await paceOf(due)),
    until: sendUntil(reach, now),
  };
}
