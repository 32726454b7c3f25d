import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/unit/**/*.test.ts',
      'test/cases/**/*.test.ts',
      'test/attacks/**/*.test.ts',
      'test/faults/**/*.test.ts',
    ],
    testTimeout: 20_000,
    // The pages' tests install a browser where there is none.
    hookTimeout: 600_000,
  },
});
