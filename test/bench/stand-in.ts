/**
 * Slack's Web API, Teams' Bot Connector and Microsoft's signing keys as far as the bench needs them: all is taken and
 * answered at once. Its argument is the public key, as JSON.
 */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';

const [key = '{}'] = process.argv.slice(2);

const anna = {
  id: 'U_ANNA',
  team_id: 'T1',
  name: 'anna',
  real_name: 'Anna de Vries',
  tz: 'Europe/Amsterdam',
  locale: 'nl-NL',
  is_admin: true,
  profile: { real_name: 'Anna de Vries', display_name: 'Anna de Vries' },
};

let messages = 0;
let confirmations = 0;
let origin = '';

function slack(method: string, body: string): object {
  const channel = new URLSearchParams(body).get('channel') ?? 'C';
  switch (method) {
    case 'auth.test':
      return { team_id: 'T1', url: 'https://ons.slack.com/', user_id: 'U_BELAY', bot_id: 'B_BELAY' };
    case 'users.info':
      return { user: anna };
    case 'conversations.info':
      return { channel: { id: channel, name: 'bench', is_channel: true, is_member: true, num_members: 2 } };
    case 'conversations.members':
      return { members: ['U_ANNA', 'U_BELAY'], response_metadata: { next_cursor: '' } };
    case 'chat.postEphemeral':
      confirmations += 1;
      return { message_ts: `1795298400.${messages}` };
    default:
      return { channel, ts: `1795298400.${messages}` };
  }
}

/** What stands at a path; undefined: nothing does. */
function answerTo(path: string, body: string): object | undefined {
  messages += 1;
  if (path.startsWith('/slack/')) return { ok: true, ...slack(path.slice('/slack/'.length), body) };
  if (path.startsWith('/connector/')) return { id: `${messages}` };
  if (path.endsWith('/openidconfiguration')) return { jwks_uri: `${origin}/keys` };
  if (path === '/keys') return { keys: [JSON.parse(key)] };
  return path === '/confirmations' ? { confirmations } : undefined;
}

const server = createServer(async (req, res) => {
  const answer = answerTo((req.url ?? '/').replace(/\?.*/, ''), await text(req));
  res.writeHead(answer ? 200 : 404, { 'content-type': 'application/json; charset=utf-8' });
  res.end(JSON.stringify(answer ?? {}));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('There is no port.');
  origin = `http://127.0.0.1:${address.port}`;
  process.stdout.write(`listens on ${origin}\n`);
});
