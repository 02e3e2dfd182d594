import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startOrigin } from '@sluice/testkit/origin';
import { describe, expect, test } from 'vitest';
import { download, DownloadManager, loadDefaults, swarm } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

describe('what a configuration says is what the calls do', () => {
  test('download, by way of the cache', async () => {
    await using origin = await startOrigin();
    origin.serve('/a', { body: 'hello', headers: { 'Cache-Control': 'no-cache' } });
    const folder = temporaryFolder();
    const path = join(folder, 'sluice.yaml');
    await writeFile(
      path,
      `download: { userAgent: own/1, headers: { X-Own: yes }, chunkBytes: 3, maxConnections: 2 }
cache: { folder: ${join(folder, 'cache')}, freshness: forever }`.replace('yes', '"1"'),
    );
    const defaults = await loadDefaults(path, {});
    const { cache } = defaults;
    if (cache === undefined) throw new Error('no cache');
    const url = origin.urlOf('/a');
    expect((await download(url, { ...defaults.download, cache })).cacheUse).toBe('fetched');
    expect((await download(url, { ...defaults.download, cache })).cacheUse).toBe('fresh');
    expect(origin.requests).toHaveLength(1);
    expect(origin.requests[0]?.headers).toMatchObject({ 'user-agent': 'own/1', 'x-own': '1' });
    const sizes: number[] = [];
    for await (const { length } of await download(url, { ...defaults.download, ...defaults.pieces, stream: true })) {
      sizes.push(length);
    }
    expect(Math.max(...sizes)).toBe(3);
    const file = join(folder, 'a');
    expect(await download(url, { ...defaults.download, ...defaults.file, file })).toMatchObject({ sizeBytes: 5 });
  });

  test('many at once, by a strategy with numbers of one’s own', async () => {
    await using origin = await startOrigin();
    origin.script('/none', { status: 503 });
    const home = temporaryFolder();
    const environment = { SLUICE_BULK_MAX_ATTEMPTS: '1' };
    const config = {
      bulk: { strategy: 'lenient', home },
      download: { headers: { 'X-Own': '1' }, backend: 'undici' },
    } as const;
    const { bulk } = await loadDefaults(config, environment);
    expect(bulk.backend).toBe('undici');
    expect(bulk.requestStrategy).toMatchObject({ concurrency: 2, pauseMs: 250, maxAttempts: 1 });
    const [bundle] = await swarm([origin.urlOf('/none')], bulk);
    expect(bundle).toMatchObject({ outcome: 'failed', status: 503, attempts: 1 });
    expect(bundle?.path?.startsWith(home)).toBe(true);
    expect(origin.requests[0]?.headers['x-own']).toBe('1');
  });

  test('a folder kept within a size', async () => {
    await using origin = await startOrigin();
    for (const seed of [1, 2, 3]) origin.serve(`/${seed}`, { seed, sizeBytes: 1000 });
    const defaults = await loadDefaults(
      { manager: { folder: temporaryFolder(), concurrency: 1, limitBytes: 1500, limitMinFiles: 1 } },
      {},
    );
    await using manager = new DownloadManager(defaults.folder, defaults.manager);
    for (const seed of [1, 2, 3]) await manager.download(origin.urlOf(`/${seed}`)).wait();
    const left = await readdir(defaults.folder);
    expect(left).toEqual(['3']);
  });

  test('authorities that cannot be read are told by the key', async () => {
    await expect(loadDefaults({ download: { caFile: '/nowhere/at/all' } }, {})).rejects.toMatchObject({
      code: 'request-invalid',
      facts: { name: 'download.caFile' },
    });
  });
});
