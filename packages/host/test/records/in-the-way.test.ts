import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { silentLog } from '@sluice/engine';
import { expect, it } from 'vitest';
import { openWithRecovery } from '../../src/records/open-with-recovery.ts';
import { tempFolder } from '../temp-folder.ts';

function never(): never {
  throw new Error('not opened');
}

it('F128 a folder in the place of the database is said as what it is, and stays', async () => {
  const folder = await tempFolder();
  mkdirSync(join(folder, 'sluice.db'));
  const error = caught(() => openWithRecovery(folder, silentLog, never));
  expect(error).toMatchObject({ code: 'database-unreadable', facts: { is: 'folder', of: 'list' } });
});

it('F128 a database of a newer release stays, and is said as such', async () => {
  const folder = await tempFolder();
  writeFileSync(join(folder, 'sluice.db'), 'newer');
  const newer = new SluiceError('database-unreadable', 'written by a newer release', {
    facts: { version: 9, newestKnown: 4 },
  });
  const error = caught(() =>
    openWithRecovery(folder, silentLog, () => {
      throw newer;
    }),
  );
  expect(error).toBe(newer);
});

it('F122 an empty file in the place of the database is a list that was lost, also without a copy of it', async () => {
  const folder = await tempFolder();
  writeFileSync(join(folder, 'sluice.db'), '');
  const { notices } = openWithRecovery(folder, silentLog, () => 'opened');
  expect(notices).toEqual([{ kind: 'database-recovered', setAsidePaths: [], restoredFromBackup: false }]);
});

it('F122 a first start has nothing to tell of', async () => {
  const { notices } = openWithRecovery(await tempFolder(), silentLog, () => 'opened');
  expect(notices).toEqual([]);
});

function caught(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
