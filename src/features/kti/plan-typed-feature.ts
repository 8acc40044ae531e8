import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { isSameName } from '../clients/clients.ts';
import { matchNamed } from '../clients/naming-store.ts';
import { readClients } from '../clients/store.ts';
import { beforeOther, readPlan } from './rhythm-rules.ts';

/** Which client somebody means, and how often it is to be asked. */

/**
 * What was typed; a client whose whole name it is comes before a rhythm that the name ends with. Throws a Refusal for a
 * rhythm that there is none of.
 */
export async function readTyped(asked: Asked, text: string) {
  const whole = await matchNamed(asked, await readClients(asked.tx, asked.tenant), text.trim());
  if (isSameName(whole, text)) return { name: text.trim(), rhythm: undefined };
  const read = readPlan(text);
  const name = read.rhythm === undefined && whole.kind !== 'one' ? beforeOther(text) : undefined;
  if (name === undefined) return read;
  const meant = await matchNamed(asked, await readClients(asked.tx, asked.tenant), name);
  const subject = meant.kind === 'one' ? meant.client.id : '';
  const buttons = [{ press: 'kti.plan', subject, label: asked.say('kti.plan-title') }];
  throw new Refusal('error.kti-plan-rhythms', {}, { buttons });
}
