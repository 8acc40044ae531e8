import { besides, type Card } from '../../chat/card.ts';
import type { Effect } from '../../chat/effect.ts';
import type { Due } from '../../chat/feature.ts';
import { subjectsWith } from '../../store/settings.ts';
import { sayTime } from '../../text/when.ts';
import { voiceOf } from '../clients/voice-store.ts';
import { nextMoment } from '../nudges/reach-store.ts';
import type { Start } from './daily-start.ts';
import { findStart, partsOf } from './store.ts';
import { teamIn } from './team-store.ts';

/** Reminds those who wish it, and have not taken part by half of its time, where nobody else sees it. */
export async function remind(due: Due): Promise<Effect[]> {
  const { tx, tenant, platform, now } = due;
  const start = await findStart(tx, due, due.subject);
  if (!start || start.closedAt || Temporal.Instant.compare(start.closesAt, now) <= 0) return [];
  const wished = await subjectsWith(tx, { tenant, platform, scope: 'person' }, 'daily-start.remind', 'yes');
  const parts = (await partsOf(tx, tenant, [start.id])).get(start.id) ?? [];
  const there = new Set((await teamIn(due, start.place)).people.map(({ id }) => id));
  const effects: Effect[] = [];
  const later: Temporal.Instant[] = [];
  for (const id of wished) {
    if (!there.has(id) || parts.some(({ person }) => person.id === id)) continue;
    const moment = await nextMoment(due, id);
    if (moment?.at.equals(now)) effects.push(await reminder(due, start, id));
    else if (moment && Temporal.Instant.compare(moment.at, start.closesAt) < 0) later.push(moment.at);
  }
  // Whoever cannot be reached yet, and can before it is over.
  const [next] = later.toSorted(Temporal.Instant.compare);
  if (next) effects.push({ do: 'later', job: 'daily-start.remind', subject: due.subject, at: next });
  return effects;
}

async function reminder(due: Due, start: Start, person: string): Promise<Effect> {
  const { say, language, timeZone } = await voiceOf(due, person);
  const place = start.placeName ?? '';
  const text = say('daily-start.reminder', { place, time: sayTime(start.closesAt, language, timeZone) });
  const press = (name: 'complaint' | 'compliment' | 'nothing') =>
    besides({ press: `daily-start.${name}`, subject: start.id, label: say(`daily-start.${name}`) });
  const card: Card = {
    summary: text,
    elements: [
      { kind: 'text', text },
      { kind: 'buttons', buttons: [press('complaint'), press('compliment'), press('nothing')] },
    ],
  };
  return { do: 'post', to: { person }, card, audience: 'internal', resend: false, until: start.closesAt };
}
