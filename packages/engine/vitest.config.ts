/** Properties and real servers take their time on a busy machine; a test that hangs still ends. */
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { testTimeout: 90_000, include: ['test/**/*.test.ts'] } });
