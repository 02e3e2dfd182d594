/** What a person reads when Sluice cannot start: plain words, the folder, the next step. */
import { SluiceError, type ErrorCode } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { noticeDetail, startFailure } from '../../src/main/text.ts';

describe('a failed start', () => {
  test.for<[ErrorCode, RegExp]>([
    ['host-busy', /Another Sluice is using \/data/],
    ['database-unreadable', /cannot be read/],
    ['file-access-denied', /may not write to \/data/],
    ['folder-missing', /cannot be made/],
    ['disk-full', /is full/],
  ])('%s', ([code, words]) => {
    const said = startFailure(new SluiceError(code, 'for the log'), '/data');
    expect(said).toMatch(words);
    expect(said).not.toMatch(/for the log|Error|undefined/);
  });

  test('that nobody foresaw says what it was', () => {
    expect(startFailure(new Error('it broke'), '/data')).toContain('it broke');
    expect(startFailure('odd', '/data')).toContain('internal');
  });

  test('says what became of an unreadable list', () => {
    const recovered = (setAsidePaths: string[], restoredFromBackup: boolean): string =>
      noticeDetail({ kind: 'database-recovered', setAsidePaths, restoredFromBackup });
    expect(recovered([], true)).toMatch(/was gone, so its last good backup is in use\. Your files are untouched\.$/);
    expect(recovered(['/data/old.db'], false)).toContain('/data/old.db');
  });
});
