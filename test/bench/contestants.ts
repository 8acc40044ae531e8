import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { countOf, openPolls } from './database.ts';
import { folder, type Server, startServer } from './processes.ts';
import {
  secret,
  signed,
  type Target,
  type TeamsSender,
  team,
  teamsApp,
  teamsBot,
  teamsHeaders,
  teamsTenant,
  type Votes,
  voter,
} from './votes.ts';

/** A server that votes can be cast at. */
export type Contestant = {
  server: Server;
  votes: Votes;
  /** Votes that it has stored; undefined for a bare framework. */
  stored?: () => Promise<number>;
  /** Where its database is. */
  database?: string;
};

/** Belay as one, with an address of its database. */
export type BelayContestant = Contestant & { database: string };

/** What all servers need of the bench. */
export type Setting = {
  /** The stand-in's address. */
  standIn: string;
  /** Files of databases that know the voters: as the sandbox does, and as Belay with credentials does. */
  people: { sandbox: string; real: string };
  /** Microsoft's token, of the stand-in's own make. */
  token: string;
};

const nowhere: Target[] = [{ place: 'C0', poll: '0192f000-0000-7000-8000-000000000001' }];

/** Bolt alone, with one of its receivers. */
export async function bareBolt(receiver: 'http' | 'express'): Promise<Contestant> {
  const server = await startServer({ script: new URL('./bare-bolt.ts', import.meta.url), args: [receiver] });
  return { server, votes: { platform: 'slack', url: `${server.url}/slack/events`, targets: nowhere } };
}

/** CloudAdapter alone; `real`: it checks Microsoft's token. */
export async function bareAdapter(setting: Setting, real: boolean): Promise<Contestant> {
  const server = await startServer({
    script: new URL('./bare-cloud-adapter.ts', import.meta.url),
    args: real ? [teamsApp, 'password', teamsTenant] : [],
    ...(real && offline(setting)),
  });
  const url = `${server.url}/api/messages`;
  return { server, votes: { platform: 'teams', url, targets: nowhere, sender: senderOf(setting, real) } };
}

/** Where Teams itself takes answers. */
export const realServiceUrl = 'https://smba.trafficmanager.net/emea/';

/** The channels in which polls are asked; in Teams Belay knows them before. */
export const places = Array.from({ length: 100 }, (_, n) => `C${n}`);

/** Belay in Slack, with an open poll in each of so many channels. */
export async function belayInSlack(
  setting: Setting,
  polls = 1,
  nodeArgs: string[] = [],
): Promise<BelayContestant> {
  const { server, database } = await startBelay(setting.people.sandbox, {
    nodeArgs,
    env: {
      SLACK_BOT_TOKEN: 'xoxb-bench',
      SLACK_SIGNING_SECRET: secret,
      SLACK_API_URL: `${setting.standIn}/slack/`,
    },
  });
  const url = `${server.url}/slack/events`;
  const targets = await ask(database, polls, (place) => {
    const command = {
      command: '/belay',
      text: 'nps ask',
      user_id: 'U_ANNA',
      team_id: 'T1',
      channel_id: place,
    };
    const body = new URLSearchParams({ ...command, trigger_id: `ask.${place}` }).toString();
    return fetch(url, { method: 'POST', body, headers: signed(body, 'application/x-www-form-urlencoded') });
  });
  return contestant(server, database, { platform: 'slack', url, targets });
}

/** Belay in Teams; `real`: with credentials, so that it checks Microsoft's token, else as the sandbox. */
export async function belayInTeams(
  setting: Setting,
  real: boolean,
  nodeArgs: string[] = [],
): Promise<BelayContestant> {
  const credentials = {
    MicrosoftAppId: teamsApp,
    MicrosoftAppPassword: 'password',
    MicrosoftAppTenantId: teamsTenant,
  };
  const { env = {}, nodeArgs: more = [] } = real ? offline(setting) : {};
  const { server, database } = await startBelay(real ? setting.people.real : setting.people.sandbox, {
    nodeArgs: [...nodeArgs, ...more],
    env: { ...env, ...(real && credentials) },
  });
  const url = `${server.url}/api/messages`;
  const sender = senderOf(setting, real);
  const targets = await ask(database, 1, (place) => {
    const body = JSON.stringify(typed(place, sender));
    return fetch(url, { method: 'POST', body, headers: teamsHeaders(sender.token) });
  });
  return contestant(server, database, { platform: 'teams', url, targets, sender });
}

function contestant(server: Server, database: string, votes: Votes): BelayContestant {
  return { server, votes, database, stored: () => countOf(database, 'vote') };
}

function senderOf({ standIn, token }: Setting, real: boolean): TeamsSender {
  return real ? { serviceUrl: realServiceUrl, token } : { serviceUrl: `${standIn}/connector/` };
}

function offline({ standIn }: Setting): { env: Record<string, string>; nodeArgs: string[] } {
  return {
    env: { BENCH_STAND_IN: standIn },
    nodeArgs: ['--import', new URL('./no-internet.ts', import.meta.url).href],
  };
}

let databases = 0;

async function startBelay(
  people: string,
  { env, nodeArgs }: { env: Record<string, string>; nodeArgs: string[] },
): Promise<{ server: Server; database: string }> {
  databases += 1;
  const file = join(folder, `belay-${databases}.db`);
  copyFileSync(people, file);
  const settings = {
    PORT: '0',
    HOST: '127.0.0.1',
    DATABASE_URL: `sqlite:${file}`,
    BELAY_PLAYGROUND: 'off',
    BELAY_SECRET: 'ab'.repeat(32),
  };
  const server = await startServer({
    script: new URL('../../src/main.ts', import.meta.url),
    env: { ...settings, ...env },
    nodeArgs,
  });
  return { server, database: settings.DATABASE_URL };
}

/** Has polls asked in the first `count` places, one after the other, and says which they are. */
async function ask(
  database: string,
  count: number,
  type: (place: string) => Promise<Response>,
): Promise<Target[]> {
  for (const place of places.slice(0, count)) {
    const { status } = await type(place);
    if (status !== 200) throw new Error(`Belay answered ${status} when a poll was asked.`);
  }
  const polls = await openPolls(database);
  if (polls.length !== count) throw new Error(`${polls.length} polls are open, not ${count}.`);
  // The questions are posted, and then it is quiet; but with credentials there is nobody to post them to.
  for (let n = 0; n < 100 && (await countOf(database, 'outbox')) > 0; n += 1) await pause(20);
  return polls.map(({ id, place_id }) => ({ poll: String(id), place: String(place_id) }));
}

/** What Teams posts when somebody types `@Belay nps ask`. */
function typed(place: string, { serviceUrl }: TeamsSender): object {
  const { teams, object } = voter(0);
  const mentioned = { id: teamsBot, name: 'Belay' };
  return {
    type: 'message',
    id: `ask-${place}`,
    channelId: 'msteams',
    serviceUrl,
    text: '<at>Belay</at> nps ask',
    from: { id: teams, name: 'Person 0', aadObjectId: object },
    recipient: mentioned,
    locale: 'nl-NL',
    localTimezone: 'Europe/Amsterdam',
    entities: [{ type: 'mention', text: '<at>Belay</at>', mentioned }],
    conversation: { conversationType: 'channel', tenantId: teamsTenant, id: `${place};messageid=1` },
    channelData: { channel: { id: place }, team: { id: team }, tenant: { id: teamsTenant } },
  };
}
