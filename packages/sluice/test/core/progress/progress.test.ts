import { createGate, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download, type DownloadProgress } from '../../../src/index.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const sizeBytes = 2_000_000;
const seed = 31;

describe('progress', () => {
  it.each(['memory', 'folder'] as const)('to %s ends at 100 percent and all bytes', async (to) => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const told: DownloadProgress[] = [];
    const onProgress = (progress: DownloadProgress) => told.push(progress);
    const options = to === 'memory' ? { onProgress } : { onProgress, folder: temporaryFolder() };
    await download(origin.urlOf('/file.bin'), options);
    expect(told.at(-1)).toMatchObject({
      receivedBytes: sizeBytes,
      totalBytes: sizeBytes,
      percent: 100,
      remainingMs: 0,
    });
    const counts = told.map(({ receivedBytes }) => receivedBytes);
    expect(counts).toEqual(counts.toSorted((left, right) => left - right));
  });

  it('reckons with a hint while the server tells no size, and with the truth in the end', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const gate = createGate();
    origin.script('/file.bin', { framing: 'chunked', stall: { afterBytes: 1_000_000, until: gate } });
    const half = Promise.withResolvers<DownloadProgress>();
    const running = download(origin.urlOf('/file.bin'), {
      totalSize: 4_000_000,
      onProgress: (progress) => {
        if (progress.receivedBytes === 1_000_000) half.resolve(progress);
      },
    });
    expect(await half.promise).toMatchObject({ totalBytes: 4_000_000, percent: 25 });
    gate.open();
    await running;
    expect(running.progress).toMatchObject({ totalBytes: sizeBytes, percent: 100 });
  });

  it('has no percentage without a size', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const gate = createGate();
    origin.script('/file.bin', { framing: 'chunked', stall: { afterBytes: 1000, until: gate } });
    const first = Promise.withResolvers<DownloadProgress>();
    const running = download(origin.urlOf('/file.bin'), { onProgress: first.resolve });
    expect(await first.promise).toMatchObject({ totalBytes: null, percent: null });
    gate.open();
    await running;
  });

  it('is awaited: a slow listener is never called twice at a time, and the download waits for the last call', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes: 600_000, bytesPerSecond: 1_000_000 });
    let busy = 0;
    let calls = 0;
    await download(origin.urlOf('/file.bin'), {
      onProgress: async () => {
        busy += 1;
        expect(busy).toBe(1);
        for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve));
        busy -= 1;
        calls += 1;
      },
    });
    expect(busy).toBe(0);
    expect(calls).toBeGreaterThan(1);
  });

  it('can be given another listener on the way, and none', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const gate = createGate();
    origin.script('/file.bin', { stall: { afterBytes: 1000, until: gate } });
    const first = Promise.withResolvers<void>();
    const second = Promise.withResolvers<void>();
    const calls: string[] = [];
    const running = download(origin.urlOf('/file.bin'), {
      onProgress: () => {
        calls.push('first');
        first.resolve();
      },
    });
    await first.promise;
    running.onProgress = () => {
      calls.push('second');
      second.resolve();
    };
    await second.promise;
    running.onProgress = null;
    gate.open();
    await running;
    expect(calls.lastIndexOf('first')).toBeLessThan(calls.indexOf('second'));
    expect(running.progress?.percent).toBe(100);
  });

  it('tells the speed', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes: 600_000, bytesPerSecond: 1_500_000 });
    const speeds: number[] = [];
    await download(origin.urlOf('/file.bin'), { onSpeed: (bytesPerSecond) => speeds.push(bytesPerSecond) });
    expect(Math.max(...speeds)).toBeGreaterThan(0);
  });

  it('ends the download with the error of a listener', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes: 500_000_000 });
    const failed = download(origin.urlOf('/file.bin'), {
      onProgress: () => {
        throw new RangeError('mine');
      },
    });
    await expect(failed).rejects.toThrow('mine');
    await origin.waitFor(() => origin.connections.open === 0);
  });
});
