import { defineConfig } from 'vitest/config';

/**
 * A busy machine can stall an engine or a browser for seconds: what spans processes gets a second try, and the report
 * marks it. Unit tests get none.
 */
const retry = 1;
const timeouts = { testTimeout: 120_000, hookTimeout: 180_000 };

/**
 * One queue for all, longest kinds first, since projects go by their names: those over the built bundle, those on shared
 * engines, then unit tests, so that no core waits at the end.
 */
const workers = 2;

/** A process takes many files and reads our modules once, which is most of what a small file costs. */
const shared = { isolate: false } as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'e2e',
          include: ['{src,demo,test}/**/*.e2e.test.ts'],
          exclude: ['**/node_modules/**'],
          globalSetup: ['test/support/build-setup.ts'],
          retry,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          maxWorkers: workers,
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
          ...shared,
          maxWorkers: workers,
        },
      },
      {
        test: {
          name: 'unit',
          include: ['{src,packages,demo,test,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.{live,e2e}.test.ts', '**/node_modules/**'],
          ...timeouts,
          ...shared,
          maxWorkers: workers,
        },
      },
    ],
  },
});
