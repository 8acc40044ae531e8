import { answer, type Effect } from '../../chat/effect.ts';
import type { Asked } from '../../chat/feature.ts';
import { Refusal } from '../../chat/refusal.ts';
import { personalSettings, writeSetting } from '../../store/settings.ts';
import { sayDay } from '../../text/when.ts';
import { relationOf } from '../clients/access-store.ts';
import type { Client } from '../clients/clients.ts';
import { readClients } from '../clients/store.ts';
import { clientForm, pauseForm, stateCard } from './cards.ts';
import type { Reachable } from './nudges.ts';
import { reachableOf, sayReach } from './settings-feature.ts';
import { readMutes, setMute } from './store.ts';

/** How somebody is nudged is his own affair: shown and changed for himself alone. */

const paused = 'nudges.paused';
/** For how many days one can pause. */
const pauses = [1, 7, 14, 21, 28, 56];

/** When whoever asks can be reached. */
export async function ownReach(asked: Asked): Promise<Reachable> {
  const { tx, person } = asked;
  const own = (await personalSettings(tx, asked)).get(person.id) ?? new Map<string, string>();
  const muted = (await readMutes(tx, asked)).get(person.id) ?? [];
  return reachableOf({ id: person.id, timeZone: person.timeZone, muted }, own);
}

function today({ now, person }: Asked): Temporal.PlainDate {
  return now.toZonedDateTimeISO(person.timeZone).toPlainDate();
}

function dayOf({ person }: Asked, date: Temporal.PlainDate): string {
  return sayDay(date.toZonedDateTime(person.timeZone).toInstant(), person.language, person.timeZone);
}

/** `nudges`: how it is, and the buttons to change it. */
export async function show(asked: Asked, done?: string): Promise<Effect[]> {
  const { say } = asked;
  const reach = await ownReach(asked);
  const until = reach.pausedUntil === undefined ? undefined : Temporal.PlainDate.from(reach.pausedUntil);
  const rests = until && Temporal.PlainDate.compare(until, today(asked)) > 0 ? until : undefined;
  const clients = await readClients(asked.tx, asked.tenant);
  const state = {
    paused: rests && say('nudges.paused-until', { day: dayOf(asked, rests) }),
    muted: clients.filter(({ id }) => reach.muted.includes(id)),
    when: sayReach(reach, say),
  };
  return [answer(stateCard(state, say, done), 'person')];
}

/** Asks until when nothing shall come. */
export async function pauseAsked(asked: Asked): Promise<Effect[]> {
  const choices = pauses.map((days) => {
    const until = today(asked).add({ days });
    return {
      value: until.toString(),
      label: asked.say('nudges.pause-days', { count: days, day: dayOf(asked, until) }),
    };
  });
  return [{ do: 'ask', form: pauseForm(choices, asked.say), alone: true }];
}

/** Until then nothing comes; from that day on it does by itself. */
export async function pauseFilled(
  asked: Asked,
  { fields }: { fields: Record<string, string> },
): Promise<Effect[]> {
  const until = pauses
    .map((days) => today(asked).add({ days }))
    .find((date) => date.toString() === fields.until);
  if (!until) throw new Refusal('error.form-incomplete', {}, { field: 'until' });
  await writeSetting(asked.tx, whose(asked), paused, until.toString());
  return show(asked, asked.say('nudges.paused-now', { day: dayOf(asked, until) }));
}

/** It comes again from now on. */
export async function resume(asked: Asked): Promise<Effect[]> {
  await writeSetting(asked.tx, whose(asked), paused, undefined);
  return show(asked, asked.say('nudges.resumed'));
}

function whose({ tenant, platform, person }: Asked) {
  return { tenant, platform, scope: 'person', subject: person.id } as const;
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
  const { muted } = await ownReach(asked);
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
