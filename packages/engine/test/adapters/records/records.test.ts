/** What every store of records keeps to. */
import { join } from 'node:path';
import { defaultSettings, mainQueue, type Settings } from '@sluice/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createMemoryRecords } from '../../../src/adapters/records/memory-records.ts';
import { openRecords } from '../../../src/adapters/records/sqlite-records.ts';
import type { DownloadRecord } from '../../../src/download/record.ts';
import type { Records } from '../../../src/ports/records.ts';
import { splitSecrets } from '../../../src/download/secrets.ts';
import { recordArbitrary, recordOf } from './records-of.ts';
import { temporaryFolder } from '../files/temporary-folder.ts';

interface Store {
  open(): Records;
  /** Ends and starts again, where that keeps anything. */
  reopen(records: Records): Records;
}

function memoryStore(): Store {
  return { open: createMemoryRecords, reopen: (records) => records };
}

function sqliteStore(): Store {
  const path = join(temporaryFolder(), 'sluice.db');
  return {
    open: () => openRecords(path),
    reopen: (records) => {
      records.close();
      return openRecords(path);
    },
  };
}

const someSettings: Settings = { ...defaultSettings, maxRunning: 9, theme: 'dark', downloadFolder: '/elsewhere' };

/** A store may forget the secrets of what is finished; the list never hands it any. */
function keptOf(record: DownloadRecord): DownloadRecord {
  return record.state.kind === 'finished' ? splitSecrets(record).open : record;
}

describe.each([
  ['in memory', memoryStore],
  ['in SQLite', sqliteStore],
])('records %s', (_, makeStore) => {
  test('start empty, with the settings a new user has', () => {
    const records = makeStore().open();
    expect(records.loadDownloads()).toEqual([]);
    expect(records.loadSettings()).toEqual(defaultSettings);
    records.close();
  });

  test('give back the newest of each download, in order of position, whatever was saved and deleted', () => {
    const step = fc.oneof(
      fc.array(recordArbitrary, { maxLength: 4 }).map((saved) => ({ saved, deleted: [] as string[] })),
      fc
        .array(fc.stringMatching(/^[a-e]$/), { maxLength: 2 })
        .map((deleted) => ({ saved: [] as DownloadRecord[], deleted })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        const store = makeStore();
        let records = store.open();
        const table = new Map<string, DownloadRecord>();
        for (const { saved, deleted } of steps) {
          records.saveDownloads(saved.map(keptOf));
          for (const record of saved) table.set(record.id, keptOf(record));
          records.deleteDownloads(deleted);
          for (const id of deleted) table.delete(id);
        }
        records = store.reopen(records);
        const loaded = records.loadDownloads();
        expect(new Map(loaded.map((record) => [record.id, record]))).toEqual(table);
        expect(loaded.map((record) => record.position)).toEqual(
          [...table.values()].map((record) => record.position).sort((left, right) => left - right),
        );
        records.close();
      }),
      { numRuns: 30 },
    );
  });

  test('keep settings', () => {
    const store = makeStore();
    const records = store.open();
    records.saveSettings(defaultSettings);
    records.saveSettings(someSettings);
    const again = store.reopen(records);
    expect(again.loadSettings()).toEqual(someSettings);
    again.close();
  });

  test('keep queues in their order, and forget those that are gone', () => {
    const store = makeStore();
    let records = store.open();
    expect(records.loadQueues()).toEqual([]);
    const schedule = [{ days: [5, 6], fromMinute: 0, untilMinute: 1440 }];
    const [night, slow] = [
      { ...mainQueue, id: 'night', name: 'Night', schedule },
      { ...mainQueue, id: 'slow', name: 'Slow', isPaused: true, speedLimitBytesPerSecond: 5 },
    ];
    records.saveQueues([mainQueue, slow, night]);
    records = store.reopen(records);
    expect(records.loadQueues()).toEqual([mainQueue, slow, night]);
    records.saveQueues([night, mainQueue]);
    records = store.reopen(records);
    expect(records.loadQueues()).toEqual([night, mainQueue]);
    records.close();
  });

  test('are not changed through what was saved or loaded', () => {
    const records = makeStore().open();
    const saved = recordOf('a', { headers: { accept: 'x' } });
    records.saveDownloads([saved]);
    saved.headers['accept'] = 'y';
    for (const loaded of records.loadDownloads()) loaded.headers['accept'] = 'z';
    expect(records.loadDownloads()[0]?.headers).toEqual({ accept: 'x' });
    records.close();
  });

  test('may be closed twice', () => {
    const records = makeStore().open();
    records.close();
    expect(() => records.close()).not.toThrow();
  });
});
