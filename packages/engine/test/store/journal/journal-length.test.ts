import { createFaultyFiles } from '@sluice/testkit/disk';
import { expect, test } from 'vitest';
import { inspectJournal, loadJournal } from '../../../src/store/journal/journal.ts';
import { longestJournalBytes } from '../../../src/store/journal/journal-length.ts';
import { path, stage } from './journal-stage.ts';

const mebibyte = 1024 * 1024;
const partialPath = path.replace(/-journal$/, '');

test.each([
  [0, 4 * mebibyte],
  [24 * mebibyte, 4.375 * mebibyte],
  [1024 * 1024 * mebibyte, 512 * mebibyte],
])('a file of %i bytes needs a journal of %i at most', (fileBytes, journalBytes) => {
  expect(longestJournalBytes(fileBytes)).toBe(journalBytes);
});

test.each([
  ['without a file', null],
  ['beside a small file', 10 * mebibyte],
])('a journal that is too long %s is refused unread', async (_what, fileBytes) => {
  const at = await stage();
  await at.journal.close();
  if (fileBytes !== null) await (await at.memory.create(partialPath)).truncate(fileBytes);
  await (await at.memory.open(path)).truncate(5 * mebibyte);
  const disk = createFaultyFiles(at.memory);
  for (const read of [inspectJournal, loadJournal]) {
    await expect(read(disk, path)).rejects.toMatchObject({ code: 'journal-unreadable' });
  }
  expect(disk.calls.filter(({ kind, path: of }) => kind === 'read' && of === path)).toEqual([]);
});

test('one as long beside a file that can need it is read', async () => {
  const at = await stage();
  await at.journal.close();
  await (await at.memory.create(partialPath)).truncate(200 * mebibyte);
  await (await at.memory.open(path)).truncate(5 * mebibyte);
  expect((await inspectJournal(at.memory, path)).head.fileName).toBe('file.bin');
});
