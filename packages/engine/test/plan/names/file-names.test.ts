import { expect, test } from 'vitest';
import { journalName, numberedName, partialName, splitExtension } from '../../../src/plan/names/file-names.ts';

test.each([
  ['file.zip', 'file', '.zip'],
  ['file.tar.gz', 'file', '.tar.gz'],
  ['file.TAR.XZ', 'file', '.TAR.XZ'],
  ['file', 'file', ''],
  ['.profile', '.profile', ''],
  ['.tar.gz', '.tar', '.gz'],
  ['archive.v1.2.zip', 'archive.v1.2', '.zip'],
  ['name.', 'name', '.'],
])('%s splits into %j and %j', (name, stem, extension) => {
  expect(splitExtension(name)).toEqual([stem, extension]);
});

test.each([
  ['file.tar.gz', 1, 'file (1).tar.gz'],
  ['file.zip', 12, 'file (12).zip'],
  ['README', 2, 'README (2)'],
  ['file (1).zip', 1, 'file (1) (1).zip'],
])('%s numbered %i is %s', (name, count, expected) => {
  expect(numberedName(name, count)).toBe(expected);
});

test('the partial and its journal stand beside the file', () => {
  expect(partialName('a.zip')).toBe('a.zip.sluice');
  expect(journalName('a.zip')).toBe('a.zip.sluice-journal');
});
