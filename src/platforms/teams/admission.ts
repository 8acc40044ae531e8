import type { TeamsConfig } from '../../config.ts';
import { type Activity, tenantOf } from './parse.ts';
import { isTrustedServiceUrl } from './service-url.ts';

/** What an authentic activity may still be refused for; undefined when it may come in. */
export function refusal(
  config: TeamsConfig | 'sandbox',
  activity: Activity,
): 'service url' | 'channel' | 'tenant' | undefined {
  const sandbox = config === 'sandbox';
  const tenant = tenantOf(activity);
  if (!isTrustedServiceUrl(activity.serviceUrl, sandbox)) return 'service url';
  if (sandbox) return tenant === undefined ? 'tenant' : undefined;
  if (activity.channelId !== 'msteams') return 'channel';
  return tenant?.toLowerCase() === config.tenantId.toLowerCase() ? undefined : 'tenant';
}
