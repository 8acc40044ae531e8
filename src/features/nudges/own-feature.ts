import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { sayDay } from '../../text/when.ts';
import { relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { readClients } from '../clients/store.ts';
import { clientForm, stateCard } from './cards.ts';
import { reachFrom } from './reach-store.ts';
import { sayReach } from './settings-feature.ts';
import { setMute } from './store.ts';

/** How somebody is nudged is his own affair: shown and changed for himself alone. */

/** The date on the calendar of whoever asks. */
export function today({ now, person }: Asked): Temporal.PlainDate {
  return now.toZonedDateTimeISO(person.timeZone).toPlainDate();
}

/** "12 december"; of another year with that year. */
export function dayOf(asked: Asked, date: Temporal.PlainDate): string {
  const { language, timeZone } = asked.person;
  const day = sayDay(date.toZonedDateTime(timeZone).toInstant(), language, timeZone);
  return date.year === today(asked).year ? day : `${day} ${date.year}`;
}

/** `nudges`: how it is, and the buttons to change it. */
export async function show(asked: Asked, done?: string): Promise<Effect[]> {
  const { say } = asked;
  const reach = await reachFrom(asked, asked.person);
  const until = reach.pausedUntil === undefined ? undefined : Temporal.PlainDate.from(reach.pausedUntil);
  const rests = until && Temporal.PlainDate.compare(until, today(asked)) > 0 ? until : undefined;
  const clients = await readClients(asked.tx, asked.tenant);
  const state = {
    paused: rests && say('nudges.paused-until', { day: dayOf(asked, rests) }),
    muted: clients.filter(({ id }) => reach.muted.includes(id)),
    when: sayReach(reach, say),
    zone: reach.timeZone,
  };
  return [answer(stateCard(state, say, done), 'person')];
}

/** Asks of which client, among those of his own or those he hears nothing of. */
export function clientAsked(name: 'nudges.mute' | 'nudges.unmute') {
  return async (asked: Asked): Promise<Effect[]> => {
    const clients = await choosable(asked, name);
    if (clients.length === 0) throw new Refusal('error.nudges-no-client');
    return [{ do: 'ask', form: clientForm(name, clients, asked.say), alone: true }];
  };
}

async function choosable(asked: Asked, name: 'nudges.mute' | 'nudges.unmute'): Promise<Client[]> {
  const { muted } = await reachFrom(asked, asked.person);
  const clients = (await readClients(asked.tx, asked.tenant)).filter(
    ({ id }) => muted.includes(id) === (name === 'nudges.unmute'),
  );
  const own: Client[] = [];
  for (const client of clients)
    if (name === 'nudges.unmute' || (await relationOf(asked, asked.person, client)) === 'team')
      own.push(client);
  return own;
}

/** Of that client nothing comes any more, or again. */
export function clientFilled(name: 'nudges.mute' | 'nudges.unmute') {
  return async (asked: Asked, { fields }: { fields: Record<string, string> }): Promise<Effect[]> => {
    const client = (await choosable(asked, name)).find(({ id }) => id === fields.client);
    if (!client) throw new Refusal('error.client-gone', {}, { field: 'client' });
    const mute = name === 'nudges.mute';
    await setMute(asked.tx, asked, { person: asked.person.id, client: client.id, mute });
    return show(asked, asked.say(mute ? 'nudges.muted' : 'nudges.unmuted', { client: client.name }));
  };
}
