import { createServer } from 'node:http';
import { pino } from 'pino';
import { line } from '../../../src/chat/card.ts';
import type { Hear, Outcome, Platform } from '../../../src/chat/platform.ts';
import type { Request } from '../../../src/chat/request.ts';
import type { SlackConfig } from '../../../src/config.ts';
import { slack } from '../../../src/platforms/slack/slack.ts';
import type { Directory, PersonRecord, PlaceRecord } from '../../../src/store/directory.ts';
import { type StandIn, startSlack, tokens } from './stand-in.ts';

/** The Slack side of Belay at work against the stand-in, with a router of the test's own. */
export type Rig = {
  at: StandIn;
  platform: Platform;
  /** What was heard, in order. */
  heard: Request[];
  /** What is answered next; by default nothing. */
  next(outcome: Outcome | (() => Promise<Outcome>)): void;
  people: Map<string, PersonRecord>;
  places: Map<string, PlaceRecord>;
  /** Who is in a place, as Belay last saw it. */
  members: Map<string, string[]>;
  /** New people of our own workspace, in these channels. */
  newcomers(count: number, ...channels: string[]): string[];
  clock: { now: Temporal.Instant };
  /** All that was logged, as written. */
  logged: string[];
  stop(): Promise<void>;
};

/** Starts both. `mode` decides how what people do reaches Belay. */
export async function startRig(mode: 'http' | 'socket' = 'http'): Promise<Rig> {
  const clock = { now: Temporal.Instant.from('2026-11-21T09:00:00Z') };
  const at = await startSlack({ now: () => clock.now.epochMilliseconds });
  const heard: Request[] = [];
  const outcomes: (() => Promise<Outcome>)[] = [];
  const hear: Hear = async (request) => {
    heard.push(request);
    return (await outcomes.shift()?.()) ?? { kind: 'nothing' };
  };
  const { directory, people, places, members } = memoryDirectory();
  const config: SlackConfig = {
    botToken: tokens.bot,
    apiUrl: at.apiUrl,
    ...(mode === 'http' ? { signingSecret: tokens.signingSecret } : { appToken: tokens.app }),
  };
  const logged: string[] = [];
  const log = pino({ level: 'trace' }, { write: (text) => void logged.push(text) });
  const platform = slack({ config, hear, directory, now: () => clock.now, log });
  const web = mode === 'http' ? await serve(platform, at) : undefined;
  await platform.start();
  return {
    at,
    platform,
    heard,
    next: (outcome) => void outcomes.push(typeof outcome === 'function' ? outcome : async () => outcome),
    people,
    places,
    members,
    newcomers: (count, ...channels) => newcomers(at, count, channels),
    clock,
    logged,
    async stop() {
      await platform.stop();
      web?.closeAllConnections();
      web?.close();
      await at.close();
    },
  };
}

function newcomers({ workspace: { users, channels } }: StandIn, count: number, into: string[]): string[] {
  return Array.from({ length: count }, () => {
    const id = `U_NEW${users.size}`;
    users.set(id, { id, team: 'T1', name: id, realName: `Person ${users.size}`, locale: 'nl-NL' });
    for (const channel of into) channels.get(channel)?.members.add(id);
    return id;
  });
}

/** A refusal as the router makes it. */
export function refused(text: string, field?: string): Outcome {
  return { kind: 'refused', text, field, card: line(text) };
}

async function serve(platform: Platform, at: StandIn) {
  const web = createServer(async (req, res) => {
    const route = platform.routes[`${req.method} ${req.url}`];
    if (route) await route(req, res);
    else res.writeHead(404).end();
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const address = web.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  at.deliverTo(`http://127.0.0.1:${address.port}/slack/events`);
  return web;
}

function memoryDirectory() {
  const people = new Map<string, PersonRecord>();
  const places = new Map<string, PlaceRecord>();
  const members = new Map<string, string[]>();
  const directory: Directory = {
    person: async (tenant, id) => people.get(`${tenant}/${id}`),
    savePerson: async (tenant, person) => void people.set(`${tenant}/${person.id}`, person),
    people: async (tenant, ids) => ids.flatMap((id) => people.get(`${tenant}/${id}`) ?? []),
    addPeople: async (tenant, some) => {
      for (const person of some) {
        const key = `${tenant}/${person.id}`;
        if (!people.has(key)) people.set(key, person);
      }
    },
    savePeople: async (tenant, some) => {
      for (const person of some) people.set(`${tenant}/${person.id}`, person);
    },
    place: async (tenant, id) => places.get(`${tenant}/${id}`),
    savePlace: async (tenant, place) => void places.set(`${tenant}/${place.id}`, place),
    places: async () => [...places.values()],
    saveMembers: async (tenant, place, some) => void members.set(`${tenant}/${place}`, some),
    placesOf: async (tenant, person) =>
      [...places.values()].filter(({ id }) => members.get(`${tenant}/${id}`)?.includes(person)),
    hasAdmin: async () => [...people.values()].some(({ admin }) => admin),
  };
  return { directory, people, places, members };
}
