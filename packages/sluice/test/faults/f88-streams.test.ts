import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download, DownloadInterrupt, type StreamResult } from '../../src/index.ts';

const backends = ['socket', 'undici', 'curl'] as const;
const large = { seed: 88, sizeBytes: 50_000_000 };

type Leave = (stream: StreamResult) => unknown;
const ways: readonly (readonly [string, Leave])[] = [
  ['return() before the first next()', (stream) => stream[Symbol.asyncIterator]().return?.()],
  [
    'throw() before the first next()',
    (stream) =>
      stream[Symbol.asyncIterator]()
        .throw?.(new Error('x'))
        .catch(() => {}),
  ],
  ['Readable.from(stream).destroy()', (stream) => Readable.from(stream).destroy()],
  [
    'Readable.from(stream).destroy(error)',
    (stream) =>
      Readable.from(stream)
        .on('error', () => {})
        .destroy(new Error('x')),
  ],
  ['cancel()', (stream) => stream.cancel('enough')],
  ['cancel() twice', (stream) => Promise.all([stream.cancel(), stream.cancel()])],
  ['await using', (stream) => stream[Symbol.asyncDispose]()],
  [
    'leaving the loop',
    async (stream) => {
      for await (const chunk of stream) if (chunk.length > 0) break;
    },
  ],
  [
    'cancel() while a read is under way',
    async (stream) => {
      const iterator = stream[Symbol.asyncIterator]();
      for (let reads = 0; reads < 3; reads += 1) await iterator.next();
      const reading = iterator.next().catch(() => null);
      await stream.cancel();
      await reading;
    },
  ],
];

describe('F88 a stream that is left', () => {
  it.each(ways.flatMap(([way, leave]) => backends.map((backend) => [way, backend, leave] as const)))(
    'F88 closes its connection: %s, %s',
    async (_way, backend, leave) => {
      await using origin = await startOrigin();
      origin.serve('/large', large);
      const stream = await download(origin.urlOf('/large'), { stream: true, backend });
      await leave(stream);
      await origin.waitFor(({ requests }) => requests[0]?.state === 'cut');
    },
  );

  it('F88 closes its connection when it is dropped', async () => {
    if (typeof globalThis.gc !== 'function') return;
    await using origin = await startOrigin();
    origin.serve('/large', large);
    await (async () => void (await download(origin.urlOf('/large'), { stream: true })))();
    globalThis.gc();
    await origin.waitFor(({ requests }) => requests[0]?.state === 'cut');
  });

  it.each(backends.flatMap((backend) => ['unread', 'one', 'return', 'destroyed'].map((how) => [backend, how])))(
    'F88 keeps no process from ending: %s, %s',
    async (backend, how) => {
      await using origin = await startOrigin();
      origin.serve('/large', large);
      const words = [join(import.meta.dirname, 'unread-stream.ts'), origin.urlOf('/large'), backend, how];
      // No deadline of its own: a process that stays makes the test run out of time.
      const { stdout } = await promisify(execFile)(process.execPath, words);
      expect(stdout).toBe('left\n');
    },
    120_000,
  );
});

describe('a stream', () => {
  it('gives pieces in order to a reader that asks for several at once', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { body: 'abcdef' });
    const stream = await download(origin.urlOf('/a'), { stream: true, chunkBytes: 2 });
    const iterator = stream[Symbol.asyncIterator]();
    const steps = await Promise.all(Array.from({ length: 5 }, () => iterator.next()));
    const text = steps.map(({ value }) => (value === undefined ? '' : Buffer.from(value).toString())).join('');
    expect(text).toBe('abcdef');
    expect(steps.at(-1)).toEqual({ done: true, value: undefined });
  });

  it('is at its end after it was cancelled, and says so to a read that was under way', async () => {
    await using origin = await startOrigin();
    origin.serve('/large', large);
    const stream = await download(origin.urlOf('/large'), { stream: true });
    await stream.cancel('enough');
    expect(await stream[Symbol.asyncIterator]().next()).toEqual({ done: true, value: undefined });
    expect(() => stream[Symbol.asyncIterator]()).toThrow('once');
  });

  it('ends with an interrupt when its download is cancelled', async () => {
    await using origin = await startOrigin();
    origin.serve('/large', large);
    const running = download(origin.urlOf('/large'), { stream: true });
    const stream = await running;
    running.cancel('enough');
    const reading = (async () => {
      for await (const _chunk of stream);
    })();
    await expect(reading).rejects.toBeInstanceOf(DownloadInterrupt);
  });
});
