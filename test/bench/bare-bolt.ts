/** Slack's own framework and nothing else: it acknowledges a press. Its argument is the receiver. */
import { App, ExpressReceiver, HTTPReceiver, LogLevel } from '@slack/bolt';
import { secret as signingSecret } from './votes.ts';

const Receiver = process.argv[2] === 'express' ? ExpressReceiver : HTTPReceiver;
const logLevel = LogLevel.ERROR;
const app = new App({
  receiver: new Receiver({ signingSecret, logLevel }),
  logLevel,
  authorize: async () => ({ botToken: 'xoxb-bench', botId: 'B1', botUserId: 'U1' }),
});
app.action(/.*/, ({ ack }) => ack());
const server = await app.start({ port: 0, host: '127.0.0.1' });
const address = server?.address();
if (!address || typeof address === 'string') throw new Error('There is no port.');
process.stdout.write(`listens on http://127.0.0.1:${address.port}\n`);
