import { describe, expect, it } from 'vitest';
import type { OpenFile } from '../../../src/ports/files.ts';
import { ExtentLedger } from '../../../src/store/extent-ledger.ts';
import { BufferPool } from '../../../src/transfer/body/buffer-pool.ts';
import { SegmentBoard } from '../../../src/transfer/connections/segment-board.ts';
import { SegmentWriter } from '../../../src/transfer/body/segment-writer.ts';

const mebibyte = 1024 * 1024;
function unused(): Promise<never> {
  return Promise.reject(new Error('not used here'));
}

const partial: OpenFile = {
  path: '/memory',
  write: async () => {},
  read: unused,
  sync: unused,
  truncate: unused,
  facts: unused,
  setModifiedTime: unused,
  lock: async () => 'none' as const,
  close: unused,
};

function writerOf(start: number, end: number): SegmentWriter {
  const throttle = { readBytes: Number.POSITIVE_INFINITY, take: () => null };
  return new SegmentWriter({ start, end, partial, ledger: new ExtentLedger([]), pool: new BufferPool(), throttle });
}

/** Lets a writer receive bytes, as a connection would. */
async function receive(writer: SegmentWriter, sizeBytes: number): Promise<void> {
  for (let left = sizeBytes; left > 0;) {
    const take = Math.min(left, writer.space().length);
    await writer.advance(take);
    left -= take;
  }
}

describe('SegmentBoard', () => {
  it('gives out idle segments first and then half of the one that would end last', () => {
    const board = new SegmentBoard([
      { start: 0, end: 4 * mebibyte },
      { start: 10 * mebibyte, end: 90 * mebibyte },
    ]);
    const first = board.next();
    if (first === null) throw new Error('nothing to do');
    board.assign(first, writerOf(first.position, first.end));
    const second = board.next();
    if (second === null) throw new Error('nothing to do');
    expect([first.position, second.position]).toEqual([0, 10 * mebibyte]);
    const large = writerOf(second.position, second.end);
    board.assign(second, large);
    const third = board.next();
    expect(third).toMatchObject({ position: 50 * mebibyte, end: 90 * mebibyte, writer: null });
    expect(large.end).toBe(50 * mebibyte);
  });

  it('gives what a refused connection should have fetched back to the one whose body flows towards it', async () => {
    const board = new SegmentBoard([{ start: 0, end: 8 * mebibyte }]);
    const segment = board.next();
    if (segment === null) throw new Error('nothing to do');
    const writer = writerOf(0, 8 * mebibyte);
    board.assign(segment, writer);
    const refuse = () => {
      const half = board.next();
      if (half === null) throw new Error('nothing to do');
      board.assign(half, writerOf(half.position, half.end));
      return () => board.release(half, false);
    };
    refuse()();
    expect(writer.end).toBe(8 * mebibyte);
    // One that has reached its end has let its body go: the rest stays for another.
    const release = refuse();
    await receive(writer, writer.end);
    release();
    expect(writer.end).toBe(4 * mebibyte);
    expect(board.next()).toMatchObject({ position: 4 * mebibyte, end: 8 * mebibyte });
  });

  it('keeps the rest of a segment whose connection failed, and drops it once it is done', async () => {
    const board = new SegmentBoard([{ start: 0, end: mebibyte }]);
    const segment = board.next();
    if (segment === null) throw new Error('nothing to do');
    const writer = writerOf(0, mebibyte);
    board.assign(segment, writer);
    await receive(writer, 1000);
    board.release(segment, false);
    expect(board.next()).toMatchObject({ position: 1000, end: mebibyte });
    const rest = writerOf(1000, mebibyte);
    board.assign(segment, rest);
    await receive(rest, mebibyte - 1000);
    board.release(segment, false);
    expect(board.isDone).toBe(true);
  });

  it('shows the whole file: what is done, and what is being fetched', () => {
    const board = new SegmentBoard([{ start: 2000, end: 9000 }]);
    expect(board.snapshot([{ start: 0, end: 2000 }])).toEqual([
      { start: 0, end: 2000, position: 2000, active: false },
      { start: 2000, end: 9000, position: 2000, active: false },
    ]);
  });
});
