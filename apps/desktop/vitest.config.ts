/** The desktop's tests: its rules in this process, and the built app on the double, one Chromium at a time. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/**/*.test.ts'], fileParallelism: false },
});
