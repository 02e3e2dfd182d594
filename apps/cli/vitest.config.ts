/** Tests of a command start processes: a busy machine may take its time over each. */
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { testTimeout: 60_000, hookTimeout: 60_000 } });
