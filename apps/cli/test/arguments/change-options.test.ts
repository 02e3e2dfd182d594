/** What `sluice set` makes of its words. */
import { expect, test } from 'vitest';
import { readChanges } from '../../src/arguments/change-options.ts';

test.each([
  [{ retries: '4' }, { maxAttempts: 5 }],
  [{ retries: 'forever' }, { maxAttempts: 0 }],
  [{ retries: 'settings' }, { maxAttempts: null }],
  [
    { connections: '3', maxDownloadLimit: '1K', priority: 'high' as const },
    { maxConnections: 3, speedLimitBytesPerSecond: 1024, priority: 'high' },
  ],
])('%j', (words, value) => {
  expect(readChanges(words)).toEqual({ kind: 'ok', value });
});

test.each([
  [{}, { kind: 'nothing-to-set' }],
  [{ retries: 'often' }, { kind: 'retries', text: 'often' }],
])('%j is a usage error', (words, usageError) => {
  expect(readChanges(words)).toMatchObject({ kind: 'usage-error', usageError });
});
