/** Takes pictures of the window for people to look at: `pnpm --filter @sluice/e2e screens`, into test-results/screens. */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { ProjectOptions } from './fixtures.ts';

const server = { hostKind: 'server' } as const;
const contextOptions = {
  viewport: { width: 1120, height: 700 },
  deviceScaleFactor: 2,
  reducedMotion: 'reduce',
} as const;

export default defineConfig<object, ProjectOptions>({
  testDir: join(import.meta.dirname, 'screens'),
  testMatch: '*.screens.ts',
  outputDir: join(import.meta.dirname, 'test-results/screens-run'),
  workers: 2,
  timeout: 120_000,
  expect: { timeout: 30_000 },
  reporter: [['line']],
  projects: [
    { name: 'light', use: { ...server, contextOptions: { ...contextOptions, colorScheme: 'light' } } },
    { name: 'dark', use: { ...server, contextOptions: { ...contextOptions, colorScheme: 'dark' } } },
  ],
});
