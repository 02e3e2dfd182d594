import { expect, test } from 'vitest';
import { failureLines, lastLine, notesOf, suiteLine } from '../../scripts/lib/summary.mjs';

test('a suite is one line', () => {
  expect(suiteLine('engine', { passed: 612, failed: 0, skipped: 0 }, 12_340)).toBe(
    'ok    engine      612 passed (12.3 s)',
  );
  expect(suiteLine('e2e', { passed: 8, failed: 2, skipped: 1 }, 900)).toBe(
    'FAIL  e2e         8 passed, 2 failed, 1 skipped (0.9 s)',
  );
});

test('the last line adds up', () => {
  expect(lastLine({ passed: 612, failed: 0, skipped: 3 })).toBe('612 passed, 0 failed, 3 skipped');
  expect(lastLine({ passed: 612, failed: 0, skipped: 0 })).toBe('612 passed, 0 failed');
});

test('what a suite marks as a note is kept, once', () => {
  const output =
    'note: Electron is the double\r\n  note: Electron is the double\nnoted\n\u001B[2mnote: nginx 1.22\u001B[22m\n';
  expect(notesOf(output)).toEqual(['note: Electron is the double', 'note: nginx 1.22']);
});

test('what failed is listed suite by suite, with the first lines of why', () => {
  const reason = `\u001B[31mError: no\u001B[39m\n\n${'    at a.ts\n'.repeat(20)}`;
  const failing = [
    { name: 'check', failed: [] },
    { name: 'engine', failed: [{ name: 'active.test.ts: F35 connections', reason }] },
  ];
  const places = Array.from({ length: 5 }, () => '      at a.ts');
  expect(failureLines(failing)).toEqual([
    '  check',
    '  engine',
    '    active.test.ts: F35 connections',
    '      Error: no',
    ...places,
  ]);
});
