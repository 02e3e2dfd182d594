/** Tests that refusals cannot flood the log. */
import { silentLog } from '@sluice/engine';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { RefusalLog } from '../../src/web/refusal-log.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('F96 refusals: the first is told at once, then one line a minute with their number, then none', () => {
  const lines: unknown[] = [];
  const log = new RefusalLog({ ...silentLog, warn: (_message, fields) => lines.push(fields) });
  for (let count = 0; count < 500; count += 1) log.note({ reason: 'no', host: 'h'.repeat(5000) });
  expect(lines).toMatchObject([{ count: 1, reason: 'no', host: 'h'.repeat(100) }]);
  vi.advanceTimersByTime(60_000);
  expect(lines).toMatchObject([{ count: 1 }, { count: 499 }]);
  vi.advanceTimersByTime(600_000);
  expect(lines).toHaveLength(2);
  log.note({ reason: 'again' });
  log.note({ reason: 'again' });
  log.stop();
  expect(lines.slice(2)).toMatchObject([{ count: 1 }, { count: 1, reason: 'again' }]);
});
