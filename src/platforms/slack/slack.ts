import { App, type AuthorizeResult, type Receiver, type ViewSubmitAction, webApi } from '@slack/bolt';
import type { Logger as Log } from 'pino';
import type { Hear, Platform, Route } from '../../chat/platform.ts';
import type { SlackConfig } from '../../config.ts';
import type { Directory } from '../../store/directory.ts';
import { answering } from './answer.ts';
import { readChannelEvent, readUserChange } from './channel-events.ts';
import { type Client, clientOptions, type Installation, installationOf, sdkLogger } from './client.ts';
import { type Hearing, hearing } from './hearing.ts';
import { readCommand, readHome, readMessage, readPress, readSubmit } from './parse.ts';
import { people } from './people.ts';
import { pictures } from './pictures.ts';
import { places } from './places.ts';
import { httpReceiver, socketReceiver } from './receiver.ts';
import { sending } from './send.ts';
import { readShortcut } from './shortcut.ts';

export type SlackOptions = {
  config: SlackConfig;
  hear: Hear;
  directory: Directory;
  now: () => Temporal.Instant;
  log: Log;
};

/** Belay on Slack: over HTTP, or through a socket when there is an app token. */
export function slack({ config, hear, directory, now, log }: SlackOptions): Platform {
  const client: Client = new webApi.WebClient(config.botToken, clientOptions(config, log));
  const installation = installationOf(client);
  const parts = { client, installation, directory, now, log };
  const known = people(parts);
  const channels = places(parts, known);
  const sender = sending(parts, known, channels, pictures(parts, config.apiUrl));
  const answer = answering(parts, sender);
  const ears = hearing({ ...parts, hear, people: known, places: channels, sending: sender, answer });

  const { receiver, routes } = receiverOf(config, log, now);
  bind(appOf(config, receiver, installation, log), ears, async (user) => {
    const person = await known.changed(user);
    if (person) await channels.personChanged(person);
  });

  return {
    name: 'slack',
    // Slack takes one message a second in a channel; a counting update moves nobody's card, but costs a call.
    // Of a workspace it takes several hundred a minute together, and counts its private answers together.
    pace: { laneGapMs: 1000, counting: true, burst: 20, perSecond: 10, whispersTogether: true },
    routes,
    async start() {
      await installation();
      await receiver.start();
    },
    async stop() {
      await receiver.stop();
    },
    send: sender.send,
  };
}

type Heard = { receiver: Receiver; routes: Record<string, Route> };

function receiverOf(config: SlackConfig, log: Log, now: () => Temporal.Instant): Heard {
  if (config.appToken) return { receiver: socketReceiver(config.appToken, config, { log, now }), routes: {} };
  if (!config.signingSecret) throw new Error('Slack needs a signing secret or an app token.');
  const { receiver, route } = httpReceiver(config.signingSecret, { log, now });
  return { receiver, routes: { 'POST /slack/events': route } };
}

function appOf(
  config: SlackConfig,
  receiver: Receiver,
  installation: () => Promise<Installation>,
  log: Log,
): App {
  let authorized: Promise<AuthorizeResult> | undefined;
  const app = new App({
    receiver,
    logger: sdkLogger(log),
    clientOptions: clientOptions(config, log),
    convoStore: false,
    // Asked once for the whole life of the process, not for every request.
    authorize: () => {
      authorized ??= installation().then(
        ({ bot, botUser, team }) => ({
          botToken: config.botToken,
          botId: bot,
          botUserId: botUser,
          teamId: team,
        }),
        (error) => {
          authorized = undefined;
          throw error;
        },
      );
      return authorized;
    },
  });
  // The receiver logs it, and answers Slack with an error.
  app.error(async (error) => {
    throw error;
  });
  return app;
}

function bind(app: App, ears: Hearing, userChanged: (user: unknown) => Promise<void>): void {
  app.command('/belay', ({ body, ack }) =>
    ears.said(readCommand(body), {
      plain: () => ack(),
      card: ({ text, blocks }) => ack({ response_type: 'ephemeral', text, blocks }),
    }),
  );
  app.action(/.*/, ({ body, ack }) => ears.said(readPress(body), { plain: () => ack() }));
  app.shortcut({ type: 'message_action', callback_id: /.*/ }, ({ body, ack }) =>
    ears.said(readShortcut(body), { plain: () => ack() }),
  );
  app.view<ViewSubmitAction>({ type: 'view_submission', callback_id: /.*/ }, ({ body, ack }) =>
    ears.said(readSubmit(body), {
      plain: () => ack(),
      errors: (errors) => ack({ response_action: 'errors', errors }),
    }),
  );
  // The receiver acknowledges events, when all is stored.
  const acks = { plain: async () => undefined };
  app.event('app_mention', ({ body }) => ears.said(readMessage(body), acks));
  app.event('message', ({ body }) => ears.said(readMessage(body), acks));
  app.event('app_home_opened', ({ body }) => ears.said(readHome(body), acks));
  app.event('user_change', ({ body }) => userChanged(readUserChange(body)));
  app.event('member_joined_channel', ({ body }) => ears.joined(readChannelEvent(body)));
  for (const name of ['member_left_channel', 'channel_left', 'group_left'] as const)
    app.event(name, ({ body }) => ears.left(readChannelEvent(body)));
  for (const name of ['channel_archive', 'group_archive'] as const)
    app.event(name, ({ body }) => ears.closed(readChannelEvent(body)));
  for (const name of ['channel_unarchive', 'group_unarchive', 'channel_shared', 'channel_unshared'] as const)
    app.event(name, ({ body }) => ears.changed(readChannelEvent(body)));
}
