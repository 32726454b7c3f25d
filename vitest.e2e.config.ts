import { defineConfig } from 'vitest/config';

/** The end-to-end tests: one editor at a time, as a machine with two cores has enough to do with one. */
export default defineConfig({
  test: {
    globalSetup: ['test/e2e/setup.ts'],
    include: ['test/e2e/**/*.test.ts'],
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 300_000,
  },
});
