import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Answer,
  createGate,
  type Gate,
  type Origin,
  type OriginRequest,
  startOrigin,
  verifySeeded,
} from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { DownloadInterrupt, DownloadManager } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sizeBytes = 500_000;
const seed = 41;

function serve(origin: Origin, name: string, gate?: Gate): string {
  origin.serve(`/${name}`, { seed, sizeBytes });
  if (gate !== undefined) origin.script(`/${name}`, { stall: { afterBytes: 1000, until: gate } });
  return origin.urlOf(`/${name}`);
}

/** Breaks off, and then is gone. */
function brokenOff(_request: OriginRequest, index: number): Answer {
  return index === 0 ? { end: { afterBytes: 1000, how: 'fin' } } : { status: 410 };
}

describe('one download', () => {
  it('is under way at once, and ends in the folder under the name of its link', async () => {
    await using origin = await startOrigin();
    const folder = temporaryFolder();
    await using manager = new DownloadManager(folder);
    const handle = manager.download(serve(origin, 'a.bin'));
    expect(handle).toMatchObject({ kind: 'download', isRunning: true, isCanceled: false, error: null });
    expect(handle).toMatchObject({ url: origin.urlOf('/a.bin'), destination: join(folder, 'a.bin') });
    expect(await handle.wait()).toMatchObject({ path: join(folder, 'a.bin'), sizeBytes });
    expect(handle).toMatchObject({ isRunning: false, isFinished: true });
    expect(await verifySeeded(join(folder, 'a.bin'), seed, sizeBytes)).toBeNull();
  });

  it('takes a name of the caller’s, but none that leads elsewhere', async () => {
    await using origin = await startOrigin();
    const folder = temporaryFolder();
    await using manager = new DownloadManager(folder);
    await manager.download(serve(origin, 'a.bin'), 'mine.bin').wait();
    expect(readdirSync(folder)).toEqual(['mine.bin']);
    for (const name of ['../x', 'a/b', '..', '']) {
      expect(() => manager.download(origin.urlOf('/a.bin'), name)).toThrow(
        expect.objectContaining({ code: 'name-invalid' }),
      );
    }
  });

  it('is the running one when its name is asked for again', async () => {
    await using origin = await startOrigin();
    const gate = createGate();
    await using manager = new DownloadManager(temporaryFolder());
    const url = serve(origin, 'a.bin', gate);
    const first = manager.download(url);
    expect(manager.download(url)).toBe(first);
    expect(manager.download(serve(origin, 'b.bin'), 'a.bin')).toBe(first);
    gate.open();
    await first.wait();
    expect(origin.requestsOf('/b.bin')).toHaveLength(0);
  });

  it('is present when the file is there, and no server is asked', async () => {
    await using origin = await startOrigin();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'a.bin'), 'there');
    await using manager = new DownloadManager(folder);
    const present = manager.download(serve(origin, 'a.bin'));
    expect(present).toMatchObject({ kind: 'present', destination: join(folder, 'a.bin'), isRunning: false });
    expect(await present.wait()).toMatchObject({ path: join(folder, 'a.bin'), sizeBytes: 5 });
    expect(origin.requests).toHaveLength(0);
    await manager.download(origin.urlOf('/a.bin'), 'a.bin', { overwrite: true }).wait();
    expect(await verifySeeded(join(folder, 'a.bin'), seed, sizeBytes)).toBeNull();
  });

  it('waits for start when it is told to', async () => {
    await using origin = await startOrigin();
    await using manager = new DownloadManager(temporaryFolder());
    const handle = manager.download(serve(origin, 'a.bin'), undefined, { start: false });
    expect(handle.isRunning).toBe(false);
    await expect(handle.wait()).rejects.toMatchObject({ code: 'request-invalid' });
    expect(origin.requests).toHaveLength(0);
    await handle.start().wait();
    expect(handle.isFinished).toBe(true);
  });

  it('tells of progress to whoever listens at the time, and of its end', async () => {
    await using origin = await startOrigin();
    const gate = createGate();
    await using manager = new DownloadManager(temporaryFolder());
    const first = Promise.withResolvers<void>();
    const ended: string[] = [];
    const handle = manager.download(serve(origin, 'a.bin', gate), undefined, { onProgress: () => first.resolve() });
    if (handle.kind === 'present') throw new Error('the folder was empty');
    handle.onFinished = (one) => ended.push(one.destination);
    await first.promise;
    let last = -1;
    handle.onProgress = ({ percent }) => {
      last = percent ?? -1;
    };
    gate.open();
    await handle.wait();
    expect(last).toBe(100);
    expect(handle.progress?.receivedBytes).toBe(sizeBytes);
    expect(ended).toEqual([handle.destination]);
  });
});

describe('a download that fails', () => {
  it('raises when it is awaited, keeps its error, leaves nothing, and may be started again', async () => {
    await using origin = await startOrigin();
    const folder = temporaryFolder();
    const url = serve(origin, 'a.bin');
    origin.script('/a.bin', brokenOff);
    await using manager = new DownloadManager(folder, { maxAttempts: 1 });
    const handle = manager.download(url);
    expect(await handle.wait({ raise: false })).toBeNull();
    expect(handle.error).toMatchObject({ code: 'http-gone' });
    expect(() => handle.raiseIfError()).toThrow(expect.objectContaining({ code: 'http-gone' }));
    await expect(handle.wait()).rejects.toBe(handle.error);
    expect(readdirSync(folder)).toEqual([]);
    origin.script('/a.bin', null);
    await handle.start().wait();
    expect(handle.error).toBeNull();
    expect(readdirSync(folder)).toEqual(['a.bin']);
  });

  it('leaves its partial when that is to be kept, and the next one goes on from it', async () => {
    await using origin = await startOrigin();
    const folder = temporaryFolder();
    const url = serve(origin, 'a.bin');
    origin.script('/a.bin', brokenOff);
    await using manager = new DownloadManager(folder, { maxAttempts: 1, keepPartial: true });
    await manager.download(url).wait({ raise: false });
    expect(readdirSync(folder)).toEqual(['a.bin.sluice', 'a.bin.sluice-journal']);
    origin.script('/a.bin', null);
    expect(await manager.download(url).wait()).toMatchObject({ resumedFromBytes: 1000 });
  });
});

describe('cancelling', () => {
  it('ends all or some, with nothing left of them', async () => {
    await using origin = await startOrigin();
    const gate = createGate();
    const folder = temporaryFolder();
    await using manager = new DownloadManager(folder);
    const [a, b] = ['a.bin', 'b.bin'].map((name) => manager.download(serve(origin, name, gate)));
    await origin.waitFor(() => origin.bodyBytesSent >= 2000);
    expect(manager.cancel((handle) => handle.destination.endsWith('a.bin'))).toEqual([a]);
    await a?.wait({ raise: false });
    expect(a?.isCanceled).toBe(true);
    expect(a?.error).toBeInstanceOf(DownloadInterrupt);
    expect(b?.isRunning).toBe(true);
    expect(manager.cancel()).toEqual([b]);
    await expect(manager.wait()).rejects.toBeInstanceOf(DownloadInterrupt);
    expect(readdirSync(folder)).toEqual([]);
    await origin.waitFor(() => origin.connections.open === 0);
  });

  it('reaches those that wait for their turn', async () => {
    await using origin = await startOrigin();
    const gate = createGate();
    await using manager = new DownloadManager(temporaryFolder(), { concurrency: 1 });
    const running = manager.download(serve(origin, 'a.bin', gate));
    const waiting = manager.download(serve(origin, 'b.bin'));
    const last = manager.download(serve(origin, 'c.bin'));
    waiting.cancel();
    expect(await waiting.wait({ raise: false })).toBeNull();
    expect(waiting.isCanceled).toBe(true);
    gate.open();
    await Promise.all([running.wait(), last.wait()]);
    expect(origin.requestsOf('/b.bin')).toHaveLength(0);
  });

  it('comes with disposing', async () => {
    await using origin = await startOrigin();
    const folder = temporaryFolder();
    {
      await using manager = new DownloadManager(folder);
      manager.download(serve(origin, 'a.bin', createGate()));
      await origin.waitFor(() => origin.bodyBytesSent >= 1000);
    }
    expect(readdirSync(folder)).toEqual([]);
  });
});

it('runs no more at a time than it may', async () => {
  await using origin = await startOrigin();
  const gate = createGate();
  await using manager = new DownloadManager(temporaryFolder(), { concurrency: 2, maxConnections: 1 });
  const names = ['a', 'b', 'c', 'd', 'e'];
  for (const name of names) manager.download(serve(origin, name, gate));
  await origin.waitFor(() => origin.bodyBytesSent >= 2000);
  expect(origin.requests).toHaveLength(2);
  gate.open();
  await manager.wait();
  expect(origin.requests).toHaveLength(names.length);
  expect(origin.connections.peak).toBeLessThanOrEqual(2);
});

it('waits for all, then raises what the first failure was', async () => {
  await using origin = await startOrigin();
  const folder = temporaryFolder();
  await using manager = new DownloadManager(folder);
  manager.download(origin.urlOf('/missing'));
  manager.download(serve(origin, 'a.bin'));
  await expect(manager.wait()).rejects.toMatchObject({ code: 'http-not-found' });
  expect(readdirSync(folder)).toEqual(['a.bin']);
  await expect(manager.wait()).resolves.toBeUndefined();
});

it('tells its limit of each finished file', async () => {
  await using origin = await startOrigin();
  const told: string[] = [];
  const folder = temporaryFolder();
  const limit = { registerFile: (path: string) => told.push(path), removeOld: () => told.push('removeOld') };
  await using manager = new DownloadManager(folder, { limit });
  await manager.download(serve(origin, 'a.bin')).wait();
  await manager.download(origin.urlOf('/missing')).wait({ raise: false });
  expect(told).toEqual([join(folder, 'a.bin'), 'removeOld']);
});
