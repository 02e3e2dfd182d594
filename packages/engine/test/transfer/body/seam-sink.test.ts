/** Where two streams meet: the one that goes on is compared with what the other has left on disk. */
import { expect, it } from 'vitest';
import type { OpenFile } from '../../../src/ports/files.ts';
import { ExtentLedger } from '../../../src/store/extent-ledger.ts';
import { BufferPool } from '../../../src/transfer/body/buffer-pool.ts';
import { SeamSink } from '../../../src/transfer/body/seam-sink.ts';
import { SegmentWriter } from '../../../src/transfer/body/segment-writer.ts';

const body = new Uint8Array(100_000).map((_byte, index) => index * 7 + (index >> 8));
const cutAt = 40_000;

function stage(options: { readonly behind?: Uint8Array; readonly until?: number; readonly takesBack?: boolean } = {}) {
  const disk = new Uint8Array(body.length);
  disk.set(options.behind ?? body.subarray(cutAt), cutAt);
  const partial = {
    write: async (bytes: Uint8Array, position: number) => disk.set(bytes, position),
    read: async (into: Uint8Array, position: number) => {
      into.set(disk.subarray(position, position + into.length));
      return into.length;
    },
  } as unknown as OpenFile;
  const ledger = new ExtentLedger(options.behind === null ? [] : [{ start: cutAt, end: body.length, crc32: 0 }]);
  const throttle = { readBytes: 65_536, take: () => null };
  const writer = new SegmentWriter({ start: 0, end: cutAt, partial, ledger, pool: new BufferPool(), throttle });
  let reached = 0;
  const sink = new SeamSink(writer, {
    partial,
    covered: () => ledger.covered(),
    until: options.until ?? Number.POSITIVE_INFINITY,
    takeBack: () => {
      if (options.takesBack === true && writer.end === cutAt) writer.growTo(60_000);
    },
    onReached: () => {
      reached += 1;
    },
  });
  return { disk, sink, writer, reached: () => reached };
}

async function pour(sink: SeamSink, readBytes: number): Promise<number> {
  for (let at = 0; at < body.length;) {
    const space = sink.space();
    const count = Math.min(space.length, readBytes, body.length - at);
    space.set(body.subarray(at, at + count));
    at += count;
    if ((await sink.advance(count)) === 'enough') return at;
  }
  return body.length;
}

it.each([999, 16_384, 65_536])(
  'F67 compares 16 KiB behind the cut, in reads of %i, and writes none of it',
  async (reads) => {
    const { disk, sink, writer, reached } = stage();
    expect(await pour(sink, reads)).toBeGreaterThanOrEqual(cutAt + 16_384);
    await writer.finish();
    expect(reached()).toBe(1);
    expect(disk).toEqual(body);
  },
);

it.each([999, 16_384, 65_536])('F67 ends with range-mismatch where the bytes differ, in reads of %i', async (reads) => {
  const { disk, sink } = stage({ behind: body.subarray(0, body.length - cutAt) });
  await expect(pour(sink, reads)).rejects.toMatchObject({ code: 'range-mismatch' });
  expect(disk.subarray(cutAt)).toEqual(body.subarray(0, body.length - cutAt));
});

it('leaves at the cut where the stream itself ends there', async () => {
  const { sink, reached } = stage({ until: cutAt, behind: body.subarray(0, body.length - cutAt) });
  expect(await pour(sink, 1000)).toBeLessThanOrEqual(cutAt + 1000);
  expect(reached()).toBe(0);
});

it('F71 goes on into what was taken back', async () => {
  const { disk, sink, writer } = stage({ takesBack: true });
  await pour(sink, 1000);
  await writer.finish();
  expect(writer.position).toBe(60_000);
  expect(disk).toEqual(body);
});
