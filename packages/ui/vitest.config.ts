/** Runs the rules in Node, and the window in a made-up browser; what needs layout is looked at with a real one. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'rules', environment: 'node', include: ['test/**/*.test.ts'] } },
      {
        test: { name: 'window', environment: 'jsdom', include: ['test/**/*.test.tsx'], setupFiles: ['test/setup.ts'] },
      },
    ],
  },
});
