import type { Route } from '../../chat/platform.ts';
import type { Store } from '../../store/database.ts';

const patienceMs = 1_000;

/** `GET /healthz`: 200 when the database answers within a second, else 503. */
export function healthRoute(store: Pick<Store, 'ping'>): Route {
  return async (_req, res) => {
    const healthy = await answersInTime(() => store.ping());
    res.writeHead(healthy ? 200 : 503, { 'Content-Type': 'application/json' });
    res.end(JSON.stringify({ status: healthy ? 'ok' : 'unavailable' }));
  };
}

async function answersInTime(ping: () => Promise<void>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  const answered = ping().then(
    () => true,
    () => false,
  );
  const healthy = await Promise.race([answered, tooLate]);
  clearTimeout(timer);
  return healthy;
}
