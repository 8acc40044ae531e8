import { Resolver } from 'node:dns/promises';

/**
 * The IP addresses of a host, those of IPv4 first. Asks the name servers, not this machine's own list of names. Rejects
 * when there are none, or when `signal` says so.
 */
export async function resolveHost(host: string, signal: AbortSignal): Promise<string[]> {
  const resolver = new Resolver({ timeout: 3_000, tries: 2 });
  const cancel = () => resolver.cancel();
  signal.throwIfAborted();
  signal.addEventListener('abort', cancel, { once: true });
  try {
    const answers = await Promise.allSettled([resolver.resolve4(host), resolver.resolve6(host)]);
    const [first] = answers;
    const ips = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
    if (ips.length === 0 && first.status === 'rejected') throw first.reason;
    return ips;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}
