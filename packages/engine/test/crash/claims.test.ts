/** What is claimed of a partial: soon enough that a kill costs little, and never more than a look at the disk confirms. */
import { createMemoryFiles, loseAll } from '@sluice/testkit/disk';
import { createGate, startOrigin } from '@sluice/testkit/origin';
import { createFakeClock } from '@sluice/testkit/clock';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { inspectJournal } from '../../src/store/journal/journal.ts';
import { createWorkingFile } from '../../src/transfer/file/create-working-file.ts';
import { BufferPool } from '../../src/transfer/body/buffer-pool.ts';
import { keepCheckpoints } from '../../src/transfer/file/checkpoints.ts';
import { NameClaims } from '../../src/transfer/file/name-claims.ts';
import { SegmentBoard } from '../../src/transfer/connections/segment-board.ts';
import { SegmentWriter } from '../../src/transfer/body/segment-writer.ts';
import { resourceOf } from '../store/bodies.ts';
import { startEngine } from '../engine/harness.ts';

const folder = '/downloads';
const target = `${folder}/file.bin`;

it.each([100, 1000, 20_000])(
  'F123 a kill loses at most 50 ms of each of 16 connections that bring %d bytes a millisecond',
  async (bytesPerMs) => {
    const files = createMemoryFiles();
    const clock = createFakeClock();
    const connections = 16;
    const partBytes = 16 * 1024 * 1024;
    const { working } = await createWorkingFile(files, new NameClaims(false), {
      downloadId: '1',
      url: 'https://example.com/file.bin',
      folder,
      wantedName: 'file.bin',
      resource: resourceOf(1, connections * partBytes),
      createdAtMs: 1,
      whenTaken: 'number',
    });
    const ranges = Array.from({ length: connections }, (_, index) => ({
      start: index * partBytes,
      end: (index + 1) * partBytes,
    }));
    const board = new SegmentBoard(ranges);
    const pool = new BufferPool();
    const throttle = { readBytes: Number.POSITIVE_INFINITY, take: () => null };
    const writers = ranges.map(({ start, end }) => {
      const writer = new SegmentWriter({
        start,
        end,
        partial: working.partial,
        ledger: working.ledger,
        pool,
        throttle,
      });
      const segment = board.at(start);
      if (segment === null) throw new Error('no segment');
      board.assign(segment, writer);
      return writer;
    });
    await keepCheckpoints(
      { working, board, clock },
      async () => {
        for (let ms = 1; ms <= 700; ms += 1) {
          for (const writer of writers) {
            for (let left = bytesPerMs; left > 0;) {
              const count = Math.min(left, writer.space().length);
              await writer.advance(count);
              left -= count;
            }
          }
          await clock.advance(1);
          if (ms < 100 || ms % 13 !== 0) continue;
          const journal = await inspectJournal(files, `${target}.sluice-journal`);
          const claimed = [...journal.trusted, ...journal.doubtful];
          for (const writer of writers) {
            const ends = claimed
              .filter(({ start }) => start >= writer.start && start < writer.end)
              .map(({ end }) => end);
            expect(writer.position - Math.max(writer.start, ...ends)).toBeLessThanOrEqual(50 * bytesPerMs);
          }
        }
      },
      new AbortController().signal,
    );
    for (const writer of writers) await writer.finish();
    await working.close();
  },
  60_000,
);

it('F129 a preview after a power cut counts what is there, not what was claimed, and changes nothing', async () => {
  await using origin = await startOrigin();
  const sizeBytes = 2_000_000;
  const gate = createGate();
  origin.serve('/file.bin', { seed: 91, sizeBytes });
  origin.script('/file.bin', { stall: { afterBytes: sizeBytes / 2, until: gate } });
  const memory = createMemoryFiles();
  const process = memory.asOtherProcess();
  {
    await using test = await startEngine({ folder, ports: { files: process, records: createMemoryRecords() } });
    const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
    await test.until(id, ({ receivedBytes }) => receivedBytes >= sizeBytes / 2);
  }
  process.end();
  gate.open();
  origin.script('/file.bin', {});
  // Bytes that a power cut took although they were claimed: the disk holds zeros in their place.
  const partial = await memory.open(`${target}.sluice`);
  await partial.write(new Uint8Array(300_000), 0);
  await partial.sync();
  await partial.close();
  memory.crash(loseAll);
  const before = memory.paths().map((path) => memory.contents(path));
  await using test = await startEngine({ folder, ports: { files: memory, records: createMemoryRecords() } });
  const preview = await test.engine.preview({ download: { url: origin.urlOf('/file.bin') } });
  expect(preview.receivedBytes).toBeLessThanOrEqual(sizeBytes / 2 - 300_000);
  expect(memory.paths().map((path) => memory.contents(path))).toEqual(before);
  const id = await test.add(origin.urlOf('/file.bin'));
  await test.reach(id, 'finished');
});
