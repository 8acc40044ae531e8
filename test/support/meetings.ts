import type { Outcome } from '../../src/chat/platform.ts';
import type { Meeting, Place, Request } from '../../src/chat/request.ts';
import { anna, type House } from './house.ts';

/** The chat of a meeting, which is linked to no client. */
export const chat: Place = { id: 'chat', kind: 'channel', shared: true, reachable: true };

/** A meeting in a place has begun at this time of the test's Monday. */
export function begins(belay: House, time: string, more: Told = {}): Promise<Outcome> {
  const { id = 'm1', title = 'Voortgang', place = chat, request } = more;
  const meeting: Meeting = { id, title, phase: 'begun', start: onMonday(time) };
  return hears(belay, place, meeting, request);
}

/** It is over; `begun`: and its end tells since when it took place. */
export function ends(belay: House, time: string, more: Told & { begun?: string } = {}): Promise<Outcome> {
  const { id = 'm1', title = 'Voortgang', place = chat, begun, request } = more;
  const start = begun === undefined ? undefined : onMonday(begun);
  return hears(belay, place, { id, title, phase: 'over', start, end: onMonday(time) }, request);
}

type Told = { id?: string; title?: string; place?: Place; request?: Partial<Request> };

function hears(belay: House, place: Place, meeting: Meeting, more: Partial<Request> = {}): Promise<Outcome> {
  return belay.hear(
    belay.request(anna, place, { kind: 'meeting', meeting }, { returns: 'nothing', ...more }),
  );
}

/** `09:30` of 23 November 2026, or `30T09:30` of another day of that month, in UTC. */
function onMonday(time: string): Temporal.Instant {
  return Temporal.Instant.from(`2026-11-${time.includes('T') ? time : `23T${time}`}:00Z`);
}

/** Opens the chat with these people in it. */
export async function openChat(belay: House, members: string[]): Promise<void> {
  await belay.people.savePlace('T1', { ...chat, checkedAt: belay.time.now().toString() });
  await belay.people.saveMembers('T1', 'chat', members);
}
