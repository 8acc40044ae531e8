import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/support/postgres-setup.ts'],
    // Whole processes mostly wait for each other, so that two workers are worth it on two cores.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    projects: [
      { extends: true, test: { name: 'e2e', include: ['test/e2e/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'within',
          include: ['test/**/*.test.ts'],
          exclude: ['test/e2e/**'],
          // One worker runs many files: to load all of Belay anew for each of them took a third of the time.
          isolate: false,
        },
      },
    ],
  },
});
