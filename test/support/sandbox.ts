import { pino } from 'pino';
import { expect } from 'vitest';
import { startPlayground } from '../../src/platforms/teams/playground.ts';
import { startBelay } from './belay-process.ts';
import { launch } from './browser.ts';
import { openPlayground } from './playground.ts';
import { openWire } from './playground-wire.ts';

export type TriedSandbox = Awaited<ReturnType<typeof trySandbox>>;

/** Belay as a process, the Playground in front of it, its page in a browser, and the wire on which the others speak. */
export async function trySandbox() {
  const browser = await launch();
  const belay = await startBelay();
  const log = pino({ level: 'silent' });
  const playground = await startPlayground({ port: 0, belayUrl: `${belay.url}/api/messages`, log });
  const wire = await openWire(playground.url);
  const page = await openPlayground(await browser.page({ width: 1280 }), playground.url);
  return {
    ...{ belay, browser, wire, page },
    /** Belay ends in order. */
    async close() {
      wire.close();
      await playground.stop();
      expect(await belay.stop()).toBe(0);
      await browser.close();
    },
  };
}
