import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { Download, download, type DownloadOptions, DownloadManager, swarm } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { wrong } from '../wrong.ts';

const boom = new TypeError('my own');
const large = { seed: 92, sizeBytes: 20_000_000 };
const backends = ['socket', 'undici', 'curl'] as const;

function thrower(): never {
  throw boom;
}

function rejecter(): Promise<never> {
  return Promise.reject(boom);
}

type Throwing = Pick<DownloadOptions, 'onProgress' | 'onSpeed' | 'hooks' | 'onRedirect' | 'onFileName'>;
const callbacks: readonly (readonly [string, Throwing])[] = [
  ['onProgress', { onProgress: thrower }],
  ['onProgress, later', { onProgress: rejecter }],
  ['onSpeed', { onSpeed: thrower }],
  ['onRedirect', { onRedirect: rejecter }],
  ['beforeRequest', { hooks: { beforeRequest: thrower } }],
  ['beforeRequest, later', { hooks: { beforeRequest: rejecter } }],
  ['beforeRedirect', { hooks: { beforeRedirect: rejecter } }],
];

async function redirecting(): Promise<Awaited<ReturnType<typeof startOrigin>>> {
  const origin = await startOrigin();
  origin.serve('/large', large);
  origin.script('/from', { status: 302, headers: { Location: '/large' } });
  return origin;
}

describe('F92 what a function of the program’s own throws', () => {
  it.each(callbacks.flatMap(([name, options]) => backends.map((backend) => [name, backend, options] as const)))(
    'F92 comes out as it is, and stops the download: %s, %s',
    async (_name, backend, options) => {
      await using origin = await redirecting();
      const file = join(temporaryFolder(), 'large');
      const url = origin.urlOf('/from');
      await expect(download(url, { ...options, backend })).rejects.toBe(boom);
      await expect(download(url, { ...options, backend, file, keepPartial: false })).rejects.toBe(boom);
      await expect(download(url, { ...options, backend, onChunk: () => {} })).rejects.toBe(boom);
      await origin.waitFor(({ requests }) => requests.every(({ state }) => state !== 'answering'));
    },
    30_000,
  );

  it.each(backends)('F92 in onChunk comes out as it is: %s', async (backend) => {
    await using origin = await redirecting();
    for (const onChunk of [thrower, rejecter]) {
      await expect(download(origin.urlOf('/large'), { onChunk, backend })).rejects.toBe(boom);
    }
    // Not every program throws errors.
    const thrown: unknown = 'a text';
    const onChunk = (): Promise<never> => Promise.reject(thrown);
    const notAnError = download(origin.urlOf('/large'), { backend, onChunk });
    await expect(notAnError).rejects.toBe('a text');
  });

  it('F92 in beforeRetry and onRetry ends the tries', async () => {
    await using origin = await startOrigin();
    origin.script('/x', { status: 503 });
    for (const options of [{ hooks: { beforeRetry: rejecter } }, { onRetry: thrower }]) {
      await expect(download(origin.urlOf('/x'), options)).rejects.toBe(boom);
      await expect(download(origin.urlOf('/x'), { ...options, file: join(temporaryFolder(), 'x') })).rejects.toBe(boom);
    }
    expect(origin.requests).toHaveLength(4);
  });

  it('F92 once all bytes are there comes out, and the file stays whole', async () => {
    await using origin = await startOrigin();
    origin.serve('/small', { body: 'x' });
    const folder = temporaryFolder();
    const file = join(folder, 'small');
    // The report at the end comes after the file has its name; on a slow disk an earlier one comes before.
    const onProgress = async (): Promise<void> => (existsSync(file) ? rejecter() : undefined);
    await expect(download(origin.urlOf('/small'), { file, onProgress })).rejects.toBe(boom);
    expect(await readdir(folder)).toEqual(['small']);
    await expect(download(origin.urlOf('/small'), { folder, onFileName: rejecter })).rejects.toBe(boom);
  });

  it('F92 leaves a handle whose file is whole finished, and comes out of wait', async () => {
    await using origin = await startOrigin();
    origin.serve('/small', { body: 'x' });
    const folder = temporaryFolder();
    const manager = new DownloadManager(folder);
    for (const [name, options] of [
      ['a', { onFinished: thrower }],
      ['b', { onFinished: rejecter }],
      ['c', { onProgress: rejecter }],
    ] as const) {
      const handle = manager.download(origin.urlOf('/small'), name, options);
      await expect(handle.wait()).rejects.toBe(boom);
      expect(handle).toMatchObject({ isFinished: true, error: null, isCanceled: false });
      expect(await handle.wait({ raise: false })).toMatchObject({ path: join(folder, name) });
    }
    await expect(manager.wait()).rejects.toBe(boom);
    await manager.wait();
    const limit = { registerFile: rejecter, removeOld: () => {} };
    const limited = new DownloadManager(folder, { limit }).download(origin.urlOf('/small'), 'd');
    await expect(limited.wait()).rejects.toBe(boom);
    expect(limited.isFinished).toBe(true);
  });

  it('F92 while bytes are on their way leaves a handle failed, with the thrown as the cause', async () => {
    await using origin = await startOrigin();
    origin.serve('/large', { ...large, bytesPerSecond: 1_000_000 });
    const folder = temporaryFolder();
    const handle = new Download(origin.urlOf('/large'), join(folder, 'a'), { onProgress: thrower, keepPartial: false });
    await expect(handle.start().wait()).rejects.toBe(boom);
    expect(handle).toMatchObject({ isFinished: false, isCanceled: false, error: { code: 'aborted', cause: boom } });
    expect(await readdir(folder)).toEqual([]);
  });

  it('F92 in the rules of a round is in the bundle; what is whole is not marked failed', async () => {
    await using origin = await startOrigin();
    origin.serve('/small', { body: 'x' });
    origin.script('/none', { status: 503 });
    const home = temporaryFolder();
    const url = origin.urlOf('/small');
    const [whole] = await swarm([url], { downloadStrategy: { home, onSuccess: thrower } });
    expect(whole).toMatchObject({ outcome: 'downloaded', error: boom });
    expect(existsSync(whole?.path ?? '')).toBe(true);
    const rules = [{ isSuccess: thrower }, { shouldRetry: thrower }, { waitMs: thrower }];
    for (const requestStrategy of rules) {
      const [bundle] = await swarm([origin.urlOf('/none')], { requestStrategy, downloadStrategy: { home } });
      expect(bundle).toMatchObject({ outcome: 'failed', error: boom, attempts: 1 });
    }
    const [named] = await swarm([url], { downloadStrategy: { home, pathOf: thrower } });
    expect(named).toMatchObject({ outcome: 'failed', error: boom });
    const [hooked] = await swarm([url], {
      hooks: { beforeRequest: thrower },
      requestStrategy: { shouldRetry: () => true, waitMs: () => 0 },
      downloadStrategy: { home: temporaryFolder() },
    });
    expect(hooked).toMatchObject({ outcome: 'failed', error: boom, attempts: 1 });
    const failed = swarm([url], { downloadStrategy: { home: temporaryFolder() }, onProgress: rejecter });
    await expect(failed).rejects.toBe(boom);
  });

  it('F92 a function that never settles is left when the download is stopped', async () => {
    await using origin = await startOrigin();
    origin.serve('/large', large);
    const never = (): Promise<never> => new Promise(() => {});
    for (const options of [{ onChunk: never }, { onProgress: never }, { hooks: { beforeRequest: never } }]) {
      const running = download(origin.urlOf('/large'), options as DownloadOptions);
      running.cancel('enough');
      await expect(running).rejects.toMatchObject({ code: 'aborted' });
      await expect(download(origin.urlOf('/large'), wrong({ ...options, timeoutMs: 50 }))).rejects.toMatchObject({
        code: 'timeout',
      });
    }
  });
});
