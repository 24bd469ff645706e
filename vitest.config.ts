import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['packages/*/src/**/*.test.ts', 'apps/*/src/**/*.test.ts', 'scripts/**/*.test.js'],
    globalSetup: ['scripts/mnist-notice.js'],
    testTimeout: 30_000,
  },
});
