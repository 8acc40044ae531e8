import { afterAll } from 'vitest';
import { endAll } from './belay-process.ts';

/** Set up anew for each file of tests, as a worker loads what they share only once. */
afterAll(endAll);
