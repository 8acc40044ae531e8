import type { Outside } from '../../chat/feature.ts';
import type { Db } from '../../store/database.ts';
import { readSettings } from '../../store/settings.ts';
import { placeOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { voiceIn } from '../clients/voice-store.ts';
import { countryOf } from '../nudges/reach-rules.ts';
import type { Calendar } from './plan-rules.ts';

type At = { tx: Db; tenant: string; platform: string; defaults: Outside['defaults'] };

/** Where the team of a client talks, and by whose clock and holidays it works: those of its daily start. */
export async function teamOfClient(
  at: At,
  { id }: Pick<Client, 'id'>,
): Promise<Calendar & { place: string | undefined }> {
  const { tenant, platform } = at;
  const place = await placeOf(at, id, 'internal');
  const kept = await readSettings(at.tx, { tenant, platform, place: place ?? '' });
  const country = countryOf(kept.get('place.daily-start.country'));
  const { timeZone } = await voiceIn(at, place ?? '');
  return { place, timeZone, country: country === 'none' ? '' : country };
}
