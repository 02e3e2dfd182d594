import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { type ChangeNotice, download, type DownloadProgress, resumePosition } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sizeBytes = 4_000_000;
const seed = 21;
const cutAt = 1_500_000;
/** What a resume asks for again before the gap, and compares. */
const overlapBytes = 65_536;

/** A file of which a first call got the beginning. */
async function begun(origin: Origin, keepPartial?: false): Promise<string> {
  origin.serve('/file.bin', { seed, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { end: { afterBytes: cutAt, how: 'fin' } } : { status: 410 },
  );
  const file = join(temporaryFolder(), 'file.bin');
  const keep = keepPartial === undefined ? {} : { keepPartial };
  const failed = download(origin.urlOf('/file.bin'), { file, maxAttempts: 1, maxConnections: 1, ...keep });
  await expect(failed).rejects.toMatchObject({ code: 'http-gone' });
  origin.script('/file.bin', null);
  return file;
}

describe('the next call for the same file', () => {
  it('goes on from what is there, and counts from there', async () => {
    await using origin = await startOrigin();
    const file = await begun(origin);
    expect(await resumePosition(file)).toBe(cutAt);
    const told: DownloadProgress[] = [];
    const asked = origin.requests.length;
    const sentBefore = origin.bodyBytesSent;
    const result = await download(origin.urlOf('/file.bin'), { file, onProgress: (progress) => told.push(progress) });
    expect(result.resumedFromBytes).toBe(cutAt);
    expect(origin.requests[asked]?.range).toMatch(new RegExp(`^bytes=${cutAt - overlapBytes}-`));
    expect(origin.bodyBytesSent - sentBefore).toBe(sizeBytes - cutAt + overlapBytes);
    expect(told.at(-1)).toMatchObject({ percent: 100, receivedBytes: sizeBytes, resumedFromBytes: cutAt });
    expect(told.every(({ receivedBytes }) => receivedBytes >= cutAt || receivedBytes === 0)).toBe(true);
    expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
    expect(await resumePosition(file)).toBe(0);
  });

  it('F103 fetches another version into a second partial, and says what that replaced', async () => {
    await using origin = await startOrigin();
    const file = await begun(origin);
    origin.change('/file.bin', { seed: 22 });
    const kinds: string[] = [];
    const onVersionChange = ({ kind }: ChangeNotice) => kinds.push(kind);
    const result = await download(origin.urlOf('/file.bin'), { file, onVersionChange });
    expect(result).toMatchObject({ resumedFromBytes: 0, replacedBytes: cutAt, change: { kind: 'new' } });
    expect(kinds).toEqual(['new']);
    expect(await verifySeeded(file, 22, sizeBytes)).toBeNull();
    expect(await readdir(dirname(file))).toEqual(['file.bin']);
  });

  it('F103 keeps what is there, or fetches the other version beside it, when it is told to', async () => {
    await using origin = await startOrigin();
    const file = await begun(origin);
    origin.change('/file.bin', { seed: 22 });
    const url = origin.urlOf('/file.bin');
    await expect(download(url, { file, onChanged: 'keep' })).rejects.toMatchObject({
      code: 'resource-changed',
      facts: { knownSizeBytes: sizeBytes, seenSizeBytes: sizeBytes },
    });
    expect(await resumePosition(file)).toBe(cutAt);
    const beside = await download(url, { file, onChanged: 'beside' });
    expect(beside.path).toBe(join(dirname(file), 'file (1).bin'));
    expect(await verifySeeded(beside.path, 22, sizeBytes)).toBeNull();
    expect(await resumePosition(file)).toBe(cutAt);
    const wrong = { file, onChanged: 'ask' } as unknown as { file: string };
    await expect(async () => download(url, wrong)).rejects.toMatchObject({ code: 'request-invalid' });
  });

  it('takes nothing up when it is told not to', async () => {
    await using origin = await startOrigin();
    const file = await begun(origin);
    const asked = origin.requests.length;
    const result = await download(origin.urlOf('/file.bin'), { file, resume: false });
    expect(result.resumedFromBytes).toBe(0);
    expect(origin.requests[asked]?.range).toBeNull();
    expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
  });

  it('goes on from another link to the same bytes, and keeps them from a link to others', async () => {
    await using origin = await startOrigin();
    const file = await begun(origin);
    origin.serve('/other.bin', { seed: 99, sizeBytes });
    await expect(download(origin.urlOf('/other.bin'), { file })).rejects.toMatchObject({ code: 'resource-changed' });
    expect(await resumePosition(file)).toBe(cutAt);
    origin.serve('/moved.bin', { seed, sizeBytes });
    const result = await download(origin.urlOf('/moved.bin'), { file });
    expect(result.resumedFromBytes).toBe(cutAt);
    expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
  });

  it('takes up the partial of its link in a folder, too', async () => {
    await using origin = await startOrigin();
    const file = await begun(origin);
    const result = await download(origin.urlOf('/file.bin'), { folder: join(file, '..') });
    expect(result).toMatchObject({ path: file, resumedFromBytes: cutAt });
  });
});

it('leaves nothing after a failure when nothing is to be kept', async () => {
  await using origin = await startOrigin();
  const file = await begun(origin, false);
  expect(await readdir(join(file, '..'))).toEqual([]);
  expect(await resumePosition(file)).toBe(0);
});

it('sets aside what is not its own, whole', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes });
  const folder = temporaryFolder();
  await writeFile(join(folder, 'file.bin.sluice'), 'of another program');
  const file = join(folder, 'file.bin');
  const kept = join(folder, 'file.bin.sluice-kept');
  const result = await download(origin.urlOf('/file.bin'), { file, keepPartial: false });
  expect(result).toMatchObject({ path: file, resumedFromBytes: 0, keptApart: kept });
  expect((await readdir(folder)).toSorted()).toEqual(['file.bin', 'file.bin.sluice-kept']);
  expect(await readFile(kept, 'utf8')).toBe('of another program');
  expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
});

it('tries again by itself, from where it was', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes });
  origin.script('/file.bin', (_request, index) => (index === 0 ? { end: { afterBytes: cutAt, how: 'reset' } } : {}));
  const file = join(temporaryFolder(), 'file.bin');
  await download(origin.urlOf('/file.bin'), { file, retryWaitMs: 1, maxConnections: 1 });
  expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
  expect(origin.requests.length).toBeGreaterThan(1);
});

it('lets one call at a time write a file', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes, bytesPerSecond: 20_000_000 });
  const file = join(temporaryFolder(), 'file.bin');
  const both = await Promise.allSettled(
    [1, 2].map(() => download(origin.urlOf('/file.bin'), { file, maxAttempts: 1, maxConnections: 1 })),
  );
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
});
