/** Properties and real servers take their time on a busy machine; a test that hangs still ends. */
import { defineConfig } from 'vitest/config';

/** Half of a test's time is waiting for a server or a process: more of them than there are cores fit beside each other. */
const maxWorkers = 3;

export default defineConfig({ test: { testTimeout: 90_000, maxWorkers, include: ['test/**/*.test.ts'] } });
