/** Real servers and child processes take their time on a busy machine; a test that hangs still ends. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { testTimeout: 30_000, include: ['test/**/*.test.ts'], globalSetup: ['test/build-library.ts'] },
});
