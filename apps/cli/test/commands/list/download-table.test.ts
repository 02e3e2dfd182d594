/** Rows of the list: columns that stand under one another, and names that cannot steer the terminal. */
import stringWidth from 'string-width';
import { expect, test } from 'vitest';
import { downloadTable } from '../../../src/commands/list/download-table.ts';
import { view } from '../../report/views.ts';

const plain = { colour: false, unicode: true };
const downloads = [
  view({
    id: '3f2a9c1b-0000',
    name: 'debian.iso',
    state: { kind: 'running', phase: 'transferring' },
    sizeBytes: 1000,
    receivedBytes: 420,
    speedBytesPerSecond: 2048,
    remainingMs: 12_000,
  }),
  view({
    id: '77777777-0000',
    name: 'b',
    state: { kind: 'failed', error: { code: 'http-gone' } },
    sizeBytes: null,
    receivedBytes: 5,
    speedBytesPerSecond: 0,
    remainingMs: null,
  }),
];

test('a row a download, under titles', () => {
  expect(downloadTable(downloads, { idLength: 8, style: plain, columns: null })).toEqual([
    'ID        STATE    DONE    SIZE      SPEED  LEFT  NAME',
    '3f2a9c1b  running   42%  1000 B  2.0 KiB/s  0:12  debian.iso',
    '77777777  failed    5 B                           b (The file has been taken down for good)',
  ]);
});

test('no titles over nothing', () => {
  expect(downloadTable([], { idLength: 8, style: plain, columns: null })).toEqual([]);
});

test.each([70, 80, 100])('at %d columns no row wraps', (columns) => {
  const wide = view({ name: `${'長い名前'.repeat(30)}.iso` });
  for (const row of downloadTable([...downloads, wide], { idLength: 8, style: plain, columns })) {
    expect(stringWidth(row)).toBeLessThan(columns);
  }
});

test('a name cannot steer the terminal', () => {
  const rows = downloadTable([view({ name: 'a\u001B[2J\nb' })], { idLength: 8, style: plain, columns: null });
  expect(rows.at(-1)).toMatch(/a\uFFFDb$/u);
});
