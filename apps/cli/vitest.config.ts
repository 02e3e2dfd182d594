/** Tests of a command start processes: a busy machine may take its time over each. */
import { defineConfig } from 'vitest/config';

/** Most of a journey's time is waiting for a process: more of them than there are cores fit beside each other. */
const maxWorkers = 4;

export default defineConfig({
  test: { testTimeout: 60_000, hookTimeout: 60_000, maxWorkers, globalSetup: ['test/support/build-command.ts'] },
});
