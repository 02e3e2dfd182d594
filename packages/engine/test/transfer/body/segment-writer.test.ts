import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SluiceError } from '../../../src/errors.ts';
import { blockBytes } from '../../../src/plan/ranges/extent.ts';
import type { OpenFile } from '../../../src/ports/files.ts';
import { ExtentLedger } from '../../../src/store/extent-ledger.ts';
import { BufferPool } from '../../../src/transfer/body/buffer-pool.ts';
import { SegmentWriter } from '../../../src/transfer/body/segment-writer.ts';
import type { Throttle } from '../../../src/transfer/connections/throttle.ts';

const unlimited: Throttle = { readBytes: Number.POSITIVE_INFINITY, take: () => null };

/** A file in memory; writes finish in their own time, and can be made to fail. */
function memoryFile(
  failAtByte = Number.POSITIVE_INFINITY,
): OpenFile & { readonly bytes: Uint8Array; writtenBytes: number } {
  const bytes = new Uint8Array(8 * blockBytes);
  const unused = () => Promise.reject(new Error('not used here'));
  return {
    path: '/memory',
    bytes,
    writtenBytes: 0,
    async write(chunk, position) {
      const copy = Uint8Array.from(chunk);
      await new Promise((resolve) => setImmediate(resolve));
      if (position + copy.length > failAtByte) throw new SluiceError('disk-full');
      bytes.set(copy, position);
      this.writtenBytes += copy.length;
    },
    read: unused,
    sync: unused,
    truncate: unused,
    facts: unused,
    setModifiedTime: unused,
    lock: async () => 'none' as const,
    close: unused,
  };
}

type Tick = 'before' | 'lent' | 'none';

/**
 * Feeds bytes in reads of the given sizes, as a socket would. A tick of the clock asks for a flush: before a read, or
 * while the space for it is lent.
 * @returns how many bytes the writer asked to stop after
 */
async function feed(
  writer: SegmentWriter,
  source: Uint8Array,
  { reads, ticks = ['none'] }: { readonly reads: readonly number[]; readonly ticks?: readonly Tick[] },
): Promise<number> {
  let offset = 0;
  for (let turn = 0; offset < source.length; turn += 1) {
    const tick = ticks[turn % ticks.length];
    if (tick === 'before') void writer.flushArrived();
    const space = writer.space();
    if (tick === 'lent') void writer.flushArrived();
    const take = Math.min(space.length, reads[turn % reads.length] ?? 1, source.length - offset);
    space.set(source.subarray(offset, offset + take));
    offset += take;
    if ((await writer.advance(take)) === 'enough') break;
  }
  return offset;
}

describe('SegmentWriter', () => {
  it('puts every byte at its place, whatever the reads, and vouches for exactly those', async () => {
    const cases = fc.record({
      start: fc.integer({ min: 0, max: 3 * blockBytes }),
      length: fc.integer({ min: 1, max: 3 * blockBytes }),
      beyond: fc.integer({ min: 0, max: 5000 }),
      reads: fc.array(fc.integer({ min: 1, max: 700_000 }), { minLength: 1, maxLength: 5 }),
      ticks: fc.array(fc.constantFrom<Tick[]>('before', 'lent', 'none'), { minLength: 1, maxLength: 7 }),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ start, length, beyond, reads, ticks }) => {
        const partial = memoryFile();
        const ledger = new ExtentLedger([]);
        const pool = new BufferPool();
        const options = { start, end: start + length, partial, ledger, pool, throttle: unlimited };
        const writer = new SegmentWriter(options);
        const source = new Uint8Array(length + beyond).map((_byte, index) => (start + index) * 31);
        await feed(writer, source, { reads: reads.map((size) => Math.max(size, 20_000)), ticks });
        await writer.finish();
        expect(writer.position).toBe(start + length);
        expect(ledger.covered()).toEqual([{ start, end: start + length }]);
        expect(partial.writtenBytes).toBe(length);
        expect(pool.lentBytes).toBe(0);
        for (const extent of ledger.all()) {
          expect(Math.floor(extent.start / blockBytes)).toBe(Math.floor((extent.end - 1) / blockBytes));
          expect(crc32(partial.bytes.subarray(extent.start, extent.end))).toBe(extent.crc32);
          expect(crc32(source.subarray(extent.start - start, extent.end - start))).toBe(extent.crc32);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('stops at an end that was moved in front of what it would have fetched', async () => {
    const partial = memoryFile();
    const ledger = new ExtentLedger([]);
    const writer = new SegmentWriter({
      start: 0,
      end: 10_000,
      partial,
      ledger,
      pool: new BufferPool(),
      throttle: unlimited,
    });
    await feed(writer, new Uint8Array(3000), { reads: [1000] });
    writer.shrinkTo(4500);
    expect(await feed(writer, new Uint8Array(5000), { reads: [1000] })).toBe(2000);
    await writer.finish();
    expect(ledger.covered()).toEqual([{ start: 0, end: 4500 }]);
    expect(() => writer.shrinkTo(4000)).toThrow(RangeError);
  });

  it('F41 after a failed write vouches for nothing of it and fails with its error', async () => {
    const partial = memoryFile(1024 * 1024);
    const ledger = new ExtentLedger([]);
    const options = { start: 0, end: 4 * blockBytes, partial, ledger, pool: new BufferPool(), throttle: unlimited };
    const writer = new SegmentWriter(options);
    await expect(feed(writer, new Uint8Array(4 * blockBytes), { reads: [200_000] })).rejects.toMatchObject({
      code: 'disk-full',
    });
    await expect(writer.finish()).rejects.toMatchObject({ code: 'disk-full' });
    expect(ledger.coveredBytes).toBeLessThanOrEqual(1024 * 1024);
  });

  it('writes nothing more after a failed write, so that no extent claims what is missing', async () => {
    const file = memoryFile();
    let writes = 0;
    const partial: OpenFile = {
      ...file,
      write: async (bytes, position) => {
        writes += 1;
        if (writes > 1) return file.write(bytes, position);
        await new Promise((resolve) => setImmediate(resolve));
        throw new SluiceError('disk-io');
      },
    };
    const ledger = new ExtentLedger([]);
    const pool = new BufferPool();
    const writer = new SegmentWriter({ start: 0, end: blockBytes, partial, ledger, pool, throttle: unlimited });
    await expect(feed(writer, new Uint8Array(blockBytes), { reads: [10_000] })).rejects.toMatchObject({
      code: 'disk-io',
    });
    await expect(writer.finish()).rejects.toMatchObject({ code: 'disk-io' });
    expect(ledger.coveredBytes).toBe(0);
    expect(writes).toBe(1);
    expect(pool.lentBytes).toBe(0);
  });

  it('vouches for bytes that have arrived although the buffer is not full', async () => {
    const ledger = new ExtentLedger([]);
    const options = { start: 5, end: 1000, partial: memoryFile(), ledger, pool: new BufferPool(), throttle: unlimited };
    const writer = new SegmentWriter(options);
    await feed(writer, new Uint8Array(100), { reads: [50] });
    void writer.flushArrived();
    await feed(writer, new Uint8Array(7), { reads: [7] });
    await writer.finish();
    expect(ledger.covered()).toEqual([{ start: 5, end: 112 }]);
  });

  it('asks for larger buffers on a fast connection, and for smaller ones when it became slow', async () => {
    const wantedBytes: number[] = [];
    const pool = new (class extends BufferPool {
      override take(sizeBytes: number): Uint8Array {
        wantedBytes.push(sizeBytes);
        return super.take(sizeBytes);
      }
    })();
    const ledger = new ExtentLedger([]);
    const end = 8 * blockBytes;
    const writer = new SegmentWriter({ start: 0, end, partial: memoryFile(), ledger, pool, throttle: unlimited });
    await feed(writer, new Uint8Array(2 * blockBytes), { reads: [blockBytes] });
    await feed(writer, new Uint8Array(60_000), { reads: [10_000], ticks: ['before'] });
    expect(wantedBytes).toEqual([16, 64, 256, 1024, 1024, 256, 64].map((size) => size * 1024));
    await writer.finish();
    expect(pool.lentBytes).toBe(0);
    expect(ledger.coveredBytes).toBe(2 * blockBytes + 60_000);
  });
});
