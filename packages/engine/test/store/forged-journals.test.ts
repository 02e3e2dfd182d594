/** Journals that this program did not write, or that lost some of what it wrote: read in bounded time, and never believed unproved. */
import { truncate, writeFile } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { createFaultyFiles, createMemoryFiles } from '@sluice/testkit/disk';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { SluiceError } from '../../src/errors.ts';
import type { Extent } from '../../src/plan/ranges/extent.ts';
import { inspectJournal, loadJournal } from '../../src/store/journal/journal.ts';
import { newHeadLine } from '../../src/store/journal/journal-content.ts';
import { encodeLine, type JournalRecord, seedOf } from '../../src/store/journal/journal-format.ts';
import { recoverExtents } from '../../src/store/recover.ts';
import { startEngine } from '../engine/harness.ts';
import { head, path } from './journal/journal-stage.ts';

const partialPath = path.replace(/-journal$/, '');
const sizeBytes = 200_000;
/** No block is like another. */
const bytes = Buffer.alloc(sizeBytes);
for (let index = 0; index < sizeBytes; index += 4) bytes.writeUInt32LE(index, index);

/** Puts a journal beside a partial. @returns what a run would believe of it, or the code of the error, and how much was read */
async function believed(journal: Uint8Array) {
  const memory = createMemoryFiles();
  const partial = await memory.create(partialPath);
  await partial.write(bytes, 0);
  await partial.close();
  const file = await memory.create(path);
  await file.write(journal, 0);
  await file.close();
  const disk = createFaultyFiles(memory);
  const open = await disk.open(partialPath);
  let readBytes = 0;
  const counted = {
    ...open,
    path: open.path,
    facts: () => open.facts(),
    read: async (into: Uint8Array, position: number) => {
      readBytes += into.length;
      return open.read(into, position);
    },
  };
  try {
    const loaded = await loadJournal(disk, path);
    const extents = await recoverExtents(counted, loaded);
    await loaded.journal.close();
    return { code: null, extents, readBytes };
  } catch (error) {
    if (!(error instanceof SluiceError)) throw error;
    return { code: error.code, extents: [], readBytes };
  } finally {
    await open.close();
  }
}

/** Each extent lies in the file, and has the CRC of what is there. */
function expectProved(extents: readonly Extent[]): void {
  for (const { start, end, crc32: crc } of extents) {
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeLessThanOrEqual(sizeBytes);
    expect(crc).toBe(crc32(bytes.subarray(start, end)));
  }
}

function lines(records: readonly (JournalRecord | Record<string, unknown>)[]): Buffer {
  const first = encodeLine(newHeadLine(head, null), 0);
  const seed = seedOf(first);
  return Buffer.concat([first, ...records.map((record) => encodeLine(record as JournalRecord, seed))]);
}

function truthful(start: number, end: number): number[] {
  return [start, end, crc32(bytes.subarray(start, end))];
}

/** As written by a run that was killed: nothing is synced. */
const honest = lines([
  { kind: 'extents', sequence: 1, extents: [...truthful(0, 50_000), ...truthful(60_000, 90_000)] },
  { kind: 'extents', sequence: 2, extents: truthful(90_000, 120_000) },
]);

describe('a forged journal', () => {
  test('that is honest is believed', async () => {
    expect((await believed(honest)).extents).toHaveLength(3);
  });

  test('of any bytes is refused, or believed of what is proved', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (random) => {
        expect((await believed(random)).code).toBe('journal-unreadable');
      }),
      { numRuns: 60 },
    );
  });

  test('cut off, or with bytes changed, moved or added, claims nothing that is not on the disk', async () => {
    const place = fc.nat(honest.length);
    const change = fc.record({
      at: place,
      cut: fc.nat(80),
      insert: fc.uint8Array({ maxLength: 40 }),
      tail: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), async (changes) => {
        let journal: Buffer = honest;
        for (const { at, cut, insert, tail } of changes) {
          const rest = tail ? [] : [journal.subarray(at + cut)];
          journal = Buffer.concat([journal.subarray(0, at), insert, ...rest]);
        }
        expectProved((await believed(journal)).extents);
      }),
      { numRuns: 80 },
    );
  });

  test('whose lines are whole and whose numbers are hostile claims nothing that is not on the disk', async () => {
    const number = fc.oneof(
      fc.integer({ min: -10, max: sizeBytes + 10 }),
      fc.constantFrom(-1, 0.5, 2 ** 31, 2 ** 32, 2 ** 53, 1e300, Number.MAX_SAFE_INTEGER, null, '7'),
    );
    const record = fc.oneof(
      fc.record({ kind: fc.constant('extents'), sequence: number, extents: fc.array(number, { maxLength: 9 }) }),
      fc.record({
        kind: fc.constant('extents'),
        sequence: fc.nat(3),
        extents: fc.tuple(fc.nat(sizeBytes), fc.nat(sizeBytes), number),
      }),
      fc.record({ kind: fc.constant('lost'), ranges: fc.array(number, { maxLength: 4 }) }),
      fc.record({ kind: fc.constant('rest'), sizeBytes: number, modifiedAtMs: number }),
      fc.record({ kind: fc.constant('seen'), sizeBytes: number, modifiedAtMs: number, allocatedBytes: number }),
      fc.record({ kind: fc.string(), sequence: number }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 6 }), async (records) => {
        expectProved((await believed(lines(records))).extents);
      }),
      { numRuns: 80 },
    );
  });

  test('with very many overlapping claims costs a few readings of the file', async () => {
    // Each begins elsewhere and reaches to the end: read one by one they would be two gigabytes.
    const extents = Array.from({ length: 20_000 }, (_, index) => [index, sizeBytes, 1]).flat();
    const found = await believed(lines([{ kind: 'extents', sequence: 1, extents }]));
    expect(found.extents).toEqual([]);
    expect(found.readBytes).toBeLessThan(32 * 1024 * 1024);
  });

  test('may hide honest claims among hostile ones, and loses them rather than the run its time', async () => {
    const hostile = Array.from({ length: 500 }, (_, index) => [1 + index, sizeBytes, 1]).flat();
    const found = await believed(
      lines([{ kind: 'extents', sequence: 1, extents: [...truthful(0, 1000), ...hostile] }]),
    );
    expectProved(found.extents);
    expect(found.readBytes).toBeLessThan(32 * 1024 * 1024);
  });

  test('longer than its file can need is refused unread on a real disk, and keeps its name alone', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed: 8, sizeBytes });
    await using engine = await startEngine();
    const real = engine.path('file.bin.sluice-journal');
    await writeFile(real, honest);
    // Sparse: it takes no room, and reading it would take all memory.
    await truncate(real, 64 * 1024 * 1024 * 1024);
    const files = createNodeFiles();
    for (const read of [inspectJournal, loadJournal]) {
      await expect(read(files, real)).rejects.toMatchObject({ code: 'journal-unreadable' });
    }
    await engine.reach(await engine.add(origin.urlOf('/file.bin')), 'finished');
    expect(await verifySeeded(engine.path('file.bin'), 8, sizeBytes)).toBeNull();
  });
});
