import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ChunkQueue } from '../../src/direct/chunk-queue.ts';
import { createHasher } from '../../src/transfer/checksum/hasher.ts';

const freely = { readBytes: Number.POSITIVE_INFINITY, take: () => null };
const chunkBytes = 100;

async function queueOf(lengthBytes: number | null = null): Promise<ChunkQueue> {
  const queue = new ChunkQueue({ chunkBytes, throttle: freely, hasher: await createHasher('sha-256') });
  queue.lengthBytes = lengthBytes;
  return queue;
}

/** Writes as a backend does: as much as there is space for, and a wait where one is asked for. */
async function feed(queue: ChunkQueue, bytes: Uint8Array, steps: readonly number[]): Promise<void> {
  let at = 0;
  for (let turn = 0; at < bytes.length; turn += 1) {
    const space = queue.space();
    const count = Math.min(space.length, steps[turn % steps.length] ?? 1, bytes.length - at);
    space.set(bytes.subarray(at, at + count));
    at += count;
    await queue.advance(count);
  }
  queue.end();
}

async function drain(queue: ChunkQueue, pauses: readonly boolean[]): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for (let turn = 0; ; turn += 1) {
    if (pauses[turn % pauses.length] === true) await new Promise((resolve) => setImmediate(resolve));
    const chunk = await queue.next();
    if (chunk === null) return Buffer.concat(chunks);
    expect(chunk.length).toBeGreaterThan(0);
    expect(chunk.length).toBeLessThanOrEqual(chunkBytes);
    chunks.push(chunk);
  }
}

describe('the queue', () => {
  it('gives every byte once and in order, in whatever rhythm both sides work', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ maxLength: 1000 }),
        fc.array(fc.integer({ min: 1, max: 150 }), { minLength: 1, maxLength: 5 }),
        fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
        async (bytes, steps, pauses) => {
          const queue = await queueOf();
          const [read] = await Promise.all([drain(queue, pauses), feed(queue, bytes, steps)]);
          expect(Buffer.compare(read, bytes)).toBe(0);
          expect(queue.arrivedBytes).toBe(bytes.length);
        },
      ),
    );
  });

  it('holds the source when two pieces wait, and lets go when one is taken', async () => {
    const queue = await queueOf();
    queue.space();
    const answer = queue.advance(chunkBytes);
    expect(answer).toBeInstanceOf(Promise);
    let isPaused = true;
    void Promise.resolve(answer).then(() => {
      isPaused = false;
    });
    await new Promise((resolve) => setImmediate(resolve));
    expect(isPaused).toBe(true);
    await queue.next();
    expect(await answer).toBe('more');
  });

  it('has enough when all that was promised is there, and leaves no room for more', async () => {
    const queue = await queueOf(30);
    expect(queue.space()).toHaveLength(30);
    expect(queue.advance(10)).toBe('more');
    expect(queue.space()).toHaveLength(20);
    expect(queue.advance(20)).toBe('enough');
    expect(queue.isComplete).toBe(true);
  });

  it('gives what has arrived before it tells of a failure, and the failure to everybody after', async () => {
    const queue = await queueOf();
    queue.space()[0] = 7;
    void queue.advance(1);
    const error = new Error('cut');
    queue.fail(error);
    queue.end();
    expect(await queue.next()).toEqual(Uint8Array.of(7));
    await expect(queue.next()).rejects.toBe(error);
    await expect(queue.next()).rejects.toBe(error);
  });

  it('frees a source that waits when it fails', async () => {
    const queue = await queueOf();
    queue.space();
    const answer = queue.advance(chunkBytes);
    queue.fail(new Error('stopped'));
    expect(await answer).toBe('more');
  });
});
