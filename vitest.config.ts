import { defineConfig } from 'vitest/config';

/**
 * A busy machine can stall an engine or a browser for seconds: what spans processes gets a second try, and the report
 * marks it. Unit tests get none.
 */
const retry = 1;
const timeouts = { testTimeout: 60_000, hookTimeout: 120_000 };

/** Unit tests first, then tests on shared engines, then those over the built bundle; two files at a time. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{src,packages,demo,test,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.{live,e2e}.test.ts', '**/node_modules/**'],
          ...timeouts,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'live',
          include: ['{src,packages,demo,test}/**/*.live.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['test/support/live-setup.ts'],
          retry,
          ...timeouts,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['{src,demo,test}/**/*.e2e.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['test/support/build-setup.ts'],
          retry,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
