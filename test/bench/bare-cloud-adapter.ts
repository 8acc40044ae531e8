/** Teams' own SDK on Node's HTTP server and nothing else: it answers an invoke. Its arguments are an app's credentials. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { json } from 'node:stream/consumers';
import { ActivityHandler, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';

const [app, password, tenant] = process.argv.slice(2);
const adapter = new CloudAdapter(
  new ConfigurationBotFrameworkAuthentication(
    app && password && tenant
      ? {
          MicrosoftAppType: 'SingleTenant',
          MicrosoftAppId: app,
          MicrosoftAppPassword: password,
          MicrosoftAppTenantId: tenant,
        }
      : {},
  ),
);

class Bot extends ActivityHandler {
  override async onAdaptiveCardInvoke() {
    return { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: { text: '✓' } };
  }
}
const bot = new Bot();

const bodySchema = z.record(z.string(), z.unknown());

async function hear(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const body = bodySchema.parse(await json(req));
  await adapter.process(
    Object.assign(req, { body, method: 'POST' }),
    Object.assign(res, shim(res)),
    (context) => bot.run(context),
  );
}

/** What the adapter wants of a response, beside what Node's own has. */
function shim(res: ServerResponse) {
  return {
    status: (code: number) => {
      res.statusCode = code;
    },
    header: (name: string, value: string) => res.setHeader(name, value),
    send: (body: unknown) => {
      res.setHeader('content-type', 'application/json; charset=utf-8');
      res.write(JSON.stringify(body));
    },
  };
}

const server = createServer((req, res) => {
  // Whoever asked has hung up.
  hear(req, res).catch(() => res.destroy());
}).listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('There is no port.');
  process.stdout.write(`listens on http://127.0.0.1:${address.port}\n`);
});
