import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/postgres-setup.ts'],
    // Whole processes mostly wait for each other, so that two workers are worth it on two cores.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // One worker runs many files: to load all of Belay anew for each of them took a third of the time.
    isolate: false,
    setupFiles: ['test/support/each-file.ts'],
  },
});
