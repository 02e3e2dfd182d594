/** The desktop's tests: its rules in this process, and the built app on the double, two Chromiums at a time. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: { include: ['test/**/*.test.ts'], maxWorkers: 2 },
});
