/** Runs every journey on every host: `server` in Chromium, `desktop` on Electron or its double. */
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';
import type { ProjectOptions } from './fixtures.ts';

const results = join(import.meta.dirname, 'test-results');

export default defineConfig<object, ProjectOptions>({
  testDir: join(import.meta.dirname, 'journeys'),
  outputDir: join(results, 'journeys'),
  fullyParallel: true,
  workers: 4,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  reporter: [['line'], ['json', { outputFile: join(results, 'results.json') }]],
  use: { actionTimeout: 15_000, trace: { mode: 'retain-on-failure', screenshots: false } },
  projects: [
    { name: 'server', use: { hostKind: 'server' }, grepInvert: /@desktop/ },
    { name: 'desktop', use: { hostKind: 'desktop' }, grepInvert: /@server/ },
  ],
});
