/** The hosts of Teams' Bot Connector. A message, and with it our token, goes to no other. */
const connectorHosts = new Set([
  'smba.trafficmanager.net',
  'smba.infra.gcc.teams.microsoft.com',
  'smba.infra.gov.teams.microsoft.us',
  'smba.infra.dod.teams.microsoft.us',
]);

const ownMachine = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Whether Belay may speak to this service URL. In the sandbox that is this machine and nothing else. */
export function isTrustedServiceUrl(serviceUrl: string, sandbox: boolean): boolean {
  const url = URL.parse(serviceUrl);
  if (!url || url.username || url.password) return false;
  if (sandbox) return /^https?:$/.test(url.protocol) && ownMachine.has(url.hostname);
  return url.protocol === 'https:' && url.port === '' && connectorHosts.has(url.hostname);
}

/** Under the Playground's address: where it takes what Belay sends. */
export const playgroundPath = '/_connector';

/** Whether it is the Playground's, whose page shows what one person sees alone, and of the client's people nothing. */
export function isPlayground(serviceUrl: string): boolean {
  const url = URL.parse(serviceUrl);
  return url !== null && ownMachine.has(url.hostname) && url.pathname === playgroundPath;
}
