import { type Activity, CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { z } from 'zod';
import { SendError } from '../../chat/platform.ts';
import type { TeamsConfig } from '../../config.ts';
import { isTrustedServiceUrl } from './service-url.ts';

/** A message to Teams, as far as Belay writes one. */
export type OutgoingActivity = {
  type: 'message';
  summary: string;
  attachments: { contentType: string; content: object }[];
};

const memberSchema = z.object({
  id: z.string(),
  name: z.string().optional(),
  aadObjectId: z.string().optional(),
  objectId: z.string().optional(),
  email: z.string().nullish(),
  userPrincipalName: z.string().nullish(),
  tenantId: z.string().nullish(),
  userRole: z.string().nullish(),
});
export type Member = z.infer<typeof memberSchema>;

const pageSchema = z.object({ members: z.array(memberSchema), continuationToken: z.string().nullish() });
const createdSchema = z.object({ id: z.string() });
const sentSchema = z.object({ id: z.string().optional() });

/** All of the Bot Connector that Belay uses. Each call is made once, and waits at most ten seconds. */
export type Gateway = {
  /** Rejects unless Microsoft signed the request for this bot and this service URL. */
  authenticate(body: unknown, authorization: string): Promise<void>;
  send(serviceUrl: string, conversation: string, activity: OutgoingActivity): Promise<string | undefined>;
  update(serviceUrl: string, conversation: string, id: string, activity: OutgoingActivity): Promise<void>;
  /** The id of the conversation between Belay and this user alone. */
  openPersonal(serviceUrl: string, tenant: string, bot: string, user: string): Promise<string>;
  member(serviceUrl: string, conversation: string, user: string): Promise<Member>;
  /** Everybody in a conversation but bots. */
  members(serviceUrl: string, conversation: string): Promise<Member[]>;
};

const sendTimeout = { timeout: 10_000 };
/** A look-up may stand in the way of an answer, which Teams does not wait for much longer. */
const lookUpTimeout = { timeout: 4_000 };
const mostPages = 20;
/** Beside the SDK's own limits: fetching its token has none. */
const patienceMs = 15_000;

// CloudAdapter takes any object with a type here too; authentication reads what else it needs itself.
const typedSchema = z.object({ type: z.string() });
const anyActivity = z.custom<Activity>((body) => typedSchema.safeParse(body).success);

/** Connects to the Bot Connector; in the sandbox without authentication. */
export function gateway(config: TeamsConfig | 'sandbox'): Gateway {
  const sandbox = config === 'sandbox';
  const appId = sandbox ? '' : config.appId;
  const authentication = new ConfigurationBotFrameworkAuthentication(sandbox ? {} : credentials(config));
  const clientFor = connectorClients(new CloudAdapter(authentication), appId);
  const connect = async (serviceUrl: string) => {
    if (!isTrustedServiceUrl(serviceUrl, sandbox)) throw new SendError('never', 'service_url_not_trusted');
    return (await clientFor(serviceUrl)).conversations;
  };

  return {
    async authenticate(body, authorization) {
      await authentication.authenticateRequest(anyActivity.parse(body), authorization);
    },
    async send(serviceUrl, conversation, activity) {
      const conversations = await connect(serviceUrl);
      const sent = await patiently(conversations.sendToConversation(conversation, activity, sendTimeout));
      return sentSchema.parse(sent).id;
    },
    async update(serviceUrl, conversation, id, activity) {
      const conversations = await connect(serviceUrl);
      await patiently(conversations.updateActivity(conversation, id, activity, sendTimeout));
    },
    async openPersonal(serviceUrl, tenant, bot, user) {
      const conversations = await connect(serviceUrl);
      const parameters = {
        isGroup: false,
        bot: { id: bot, name: '' },
        members: [{ id: user, name: '' }],
        tenantId: tenant,
        channelData: { tenant: { id: tenant } },
      };
      return createdSchema.parse(await patiently(conversations.createConversation(parameters, sendTimeout)))
        .id;
    },
    async member(serviceUrl, conversation, user) {
      const conversations = await connect(serviceUrl);
      const member = await patiently(conversations.getConversationMember(conversation, user, lookUpTimeout));
      return memberSchema.parse(member);
    },
    async members(serviceUrl, conversation) {
      const conversations = await connect(serviceUrl);
      const members: Member[] = [];
      let token = '';
      for (let page = 0; page < mostPages; page += 1) {
        // The SDK's type wants a token for the first page too; an undefined one is left out of the address.
        const first: object = token ? {} : { continuationToken: undefined };
        const options = Object.assign({ ...lookUpTimeout, pageSize: 500, continuationToken: token }, first);
        const answer = pageSchema.parse(
          await patiently(conversations.getConversationPagedMembers(conversation, options)),
        );
        members.push(...answer.members);
        if (!answer.continuationToken) return members;
        token = answer.continuationToken;
      }
      throw new Error(`More than ${mostPages} pages of members.`);
    },
  };
}

async function patiently<T>(call: Promise<T>): Promise<T> {
  const { promise: tooLate, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('No answer in time.')), patienceMs);
  try {
    return await Promise.race([call, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

function credentials(config: TeamsConfig) {
  return {
    MicrosoftAppType: 'SingleTenant',
    MicrosoftAppId: config.appId,
    MicrosoftAppPassword: config.password,
    MicrosoftAppTenantId: config.tenantId,
  };
}

type ConnectorFactory = ReturnType<ConfigurationBotFrameworkAuthentication['createConnectorFactory']>;
type ConnectorClient = Awaited<ReturnType<ConnectorFactory['create']>>;

/**
 * One connector client for each service URL. Its hidden retries are taken out, because a message that may have
 * arrived is the outbox's affair, and so is following redirects, which could lead our token to another host.
 */
function connectorClients(adapter: CloudAdapter, appId: string) {
  const clients = new Map<string, ConnectorClient>();
  return async (serviceUrl: string): Promise<ConnectorClient> => {
    const made = clients.get(serviceUrl);
    if (made) return made;
    const client = await makeConnectorClient(adapter, appId, serviceUrl);
    // biome-ignore lint/complexity/useLiteralKeys: the SDK hides its pipeline; brackets are how TypeScript lets us in
    const { pipeline } = client['client'];
    pipeline.removePolicy({ name: 'defaultRetryPolicy' });
    pipeline.removePolicy({ name: 'redirectPolicy' });
    clients.set(serviceUrl, client);
    return client;
  };
}

async function makeConnectorClient(adapter: CloudAdapter, appId: string, serviceUrl: string) {
  const { promise, resolve } = Promise.withResolvers<ConnectorClient>();
  await adapter.continueConversationAsync(appId, { channelId: 'msteams', serviceUrl }, async (context) => {
    resolve(context.turnState.get<ConnectorClient>(adapter.ConnectorClientKey));
  });
  return promise;
}
