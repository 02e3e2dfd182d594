import { expect, test } from 'vitest';
import { stopDeadlines } from '../src/index.ts';

test('each layer may take less time than the one around it', () => {
  const { processMs, commandMs, hostMs, webServerMs } = stopDeadlines;
  expect([webServerMs, hostMs, commandMs, processMs]).toEqual([1000, 1900, 1950, 2000]);
});
