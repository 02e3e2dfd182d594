import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download, DownloadManager, resumePosition, swarm } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const seed = 70;
const sizeBytes = 3_000_000;
const whole = Buffer.from(seededBytes(seed, 0, sizeBytes));
const backends = ['socket', 'undici', 'curl'] as const;

/** A file of which an earlier call has fetched a part. */
async function begun(origin: Awaited<ReturnType<typeof startOrigin>>, file: string): Promise<number> {
  origin.serve('/file.bin', { seed, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { end: { afterBytes: 1_000_000, how: 'reset' } } : index === 1 ? { status: 410 } : {},
  );
  await expect(download(origin.urlOf('/file.bin'), { file, retryWaitMs: 0 })).rejects.toBeDefined();
  return resumePosition(file);
}

const shapes: readonly (readonly [string, (from: string) => object])[] = [
  ['an object', (value) => ({ Range: value })],
  ['lower case', (value) => ({ range: value })],
  ['shouting', (value) => ({ RANGE: value })],
  ['a Headers', (value) => new Headers({ range: value })],
  ['a Map', (value) => new Map([['rAnGe', value]])],
  ['pairs', (value) => [['Range', value]]],
  ['a list', (value) => ({ Range: [value] })],
];

describe('F70 a Range header for a file', () => {
  it.each(backends)(
    'F70 after resumePosition goes on with the earlier call, and the file is whole: %s',
    async (backend) => {
      await using origin = await startOrigin();
      const file = join(temporaryFolder(), 'file.bin');
      const position = await begun(origin, file);
      expect(position).toBeGreaterThan(0);
      const headers = { Range: `bytes=${position}-` };
      const result = await download(origin.urlOf('/file.bin'), { file, headers, backend });
      expect(result.resumedFromBytes).toBeGreaterThan(0);
      expect(Buffer.compare(await readFile(file), whole)).toBe(0);
    },
  );

  it.each(shapes)('F70 is refused before any request where nothing was begun: %s', async (_shape, headersOf) => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const folder = temporaryFolder();
    const headers = headersOf('bytes = 1000-') as Record<string, string>;
    const url = origin.urlOf('/file.bin');
    const refused = { code: 'request-invalid', facts: { name: 'headers.range' } };
    await expect(download(url, { file: join(folder, 'a'), headers })).rejects.toMatchObject(refused);
    await expect(download({ url, headers }, { file: join(folder, 'a') })).rejects.toMatchObject(refused);
    await expect(download(url, { folder, headers })).rejects.toMatchObject(refused);
    await expect(new DownloadManager(folder, { headers }).download(url).wait()).rejects.toMatchObject(refused);
    await expect(swarm([url], { headers, downloadStrategy: { home: folder } })).rejects.toMatchObject(refused);
    const [bundle] = await swarm([{ url, headers }], { downloadStrategy: { home: folder } });
    expect(bundle).toMatchObject({ outcome: 'failed', error: refused });
    expect(origin.requests).toEqual([]);
  });

  it.each(['bytes=1000-1999', 'bytes=-500', 'bytes=0-1,5-6', 'items=1-', 'bytes=', 'bytes=5-2', 'bytes=1e3-'])(
    'F70 in another shape is refused: %s',
    async (range) => {
      await using origin = await startOrigin();
      const file = join(temporaryFolder(), 'file.bin');
      await begun(origin, file);
      const before = origin.requests.length;
      const failed = download(origin.urlOf('/file.bin'), { file, headers: { Range: range } });
      await expect(failed).rejects.toMatchObject({ code: 'request-invalid', facts: { name: 'headers.range' } });
      expect(origin.requests).toHaveLength(before);
    },
  );

  it('F70 never replaces a file by its own tail', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const file = join(temporaryFolder(), 'file.bin');
    await writeFile(file, whole.subarray(0, 1000));
    const url = origin.urlOf('/file.bin');
    const asHeader = download(url, { file, overwrite: true, headers: { Range: 'bytes=1000-' } });
    await expect(asHeader).rejects.toMatchObject({ code: 'request-invalid' });
    const asOption = download(url, { file, overwrite: true, range: { start: 1000 } });
    await expect(asOption).rejects.toMatchObject({ code: 'request-invalid', facts: { name: 'range' } });
    expect(await readFile(file)).toHaveLength(1000);
    expect(origin.requests).toEqual([]);
  });

  it('F70 from the first byte to the last is the whole', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const file = join(temporaryFolder(), 'file.bin');
    await download(origin.urlOf('/file.bin'), { file, headers: { range: 'bytes=0-' } });
    expect(Buffer.compare(await readFile(file), whole)).toBe(0);
  });

  it('F70 as the option is refused while an earlier call has begun the file', async () => {
    await using origin = await startOrigin();
    const file = join(temporaryFolder(), 'file.bin');
    const start = await begun(origin, file);
    const failed = download(origin.urlOf('/file.bin'), { file, range: { start } });
    await expect(failed).rejects.toMatchObject({ code: 'request-invalid', facts: { name: 'range' } });
    expect(await resumePosition(file)).toBe(start);
  });
});

it('F70 a hook may not set the fields that Sluice owns', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes: 10 });
  for (const name of ['Range', 'if-range', 'Accept-Encoding', 'host', 'Content-Length', 'transfer-encoding']) {
    const failed = download(origin.urlOf('/file.bin'), { hooks: { beforeRequest: () => ({ [name]: 'x' }) } });
    await expect(failed).rejects.toMatchObject({
      code: 'request-invalid',
      facts: { name: `headers.${name.toLowerCase()}` },
    });
    if (name !== 'Range') {
      const given = download(origin.urlOf('/file.bin'), { headers: { [name]: 'x' } });
      await expect(given).rejects.toMatchObject({ code: 'request-invalid' });
    }
  }
  expect(origin.requests).toEqual([]);
});
