import type { Logger } from 'pino';

/** Work nobody waits for: one at a time for each key. `settled` waits for what is under way. */
export type Background = {
  run(key: string, work: () => Promise<unknown>): void;
  settled(): Promise<void>;
};

export function background(log: Logger): Background {
  const underWay = new Map<string, Promise<unknown>>();
  return {
    run(key, work) {
      if (underWay.has(key)) return;
      const done = work()
        .catch((error: unknown) => log.warn({ err: error, what: key }, 'Teams: a look-up failed'))
        .finally(() => underWay.delete(key));
      underWay.set(key, done);
    },
    async settled() {
      await Promise.all(underWay.values());
    },
  };
}
