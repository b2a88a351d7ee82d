import swc from 'unplugin-swc';
import { defineConfig } from 'vitest/config';

const shared = {
  isolate: false,
  pool: 'forks' as const,
  // Many specs wait for timers, sockets and child processes more than for the processor.
  maxWorkers: 3,
  globalSetup: ['test/support/global-setup.ts'],
  testTimeout: 30_000,
  hookTimeout: 60_000,
};

/**
 * Three suites. `unit` needs nothing but Node. `integration` needs Dovecot, Postfix, PostgreSQL and Redis from
 * the system and `browser` needs Chromium: both say what they skip where these are absent.
 */
export default defineConfig({
  plugins: [swc.vite({ module: { type: 'es6' } })],
  test: {
    projects: [
      { extends: true, test: { ...shared, name: 'unit', include: ['src/**/*.spec.ts', 'test/unit/**/*.spec.ts'] } },
      { extends: true, test: { ...shared, name: 'integration', include: ['test/integration/**/*.spec.ts'], testTimeout: 600_000, hookTimeout: 120_000, fileParallelism: false } },
      { extends: true, test: { ...shared, name: 'browser', include: ['test/browser/**/*.spec.ts'], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false } },
    ],
  },
});
