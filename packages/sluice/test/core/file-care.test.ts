/** What is done for a file besides fetching it: a checksum found beside it, a mark of where it came from. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getAttribute } from '@napi-rs/xattr';
import { seededSha256, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download, DownloadManager } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sizeBytes = 5_000_000;
const seed = 93;

async function serve(list: string | null) {
  const origin = await startOrigin();
  origin.serve('/a/file.bin', { seed, sizeBytes });
  if (list !== null) origin.serve('/a/SHA256SUMS', { body: list, contentType: 'text/plain' });
  return origin;
}

describe('a checksum beside the file', () => {
  it('is found when it is asked for, and told', async () => {
    await using origin = await serve(`${seededSha256(seed, sizeBytes)}  file.bin\n`);
    const options = { folder: temporaryFolder(), findChecksum: true };
    expect(await download(origin.urlOf('/a/file.bin'), options)).toMatchObject({ verifiedBy: 'sha-256' });
  });

  it('stops a file that is another', async () => {
    await using origin = await serve(`${seededSha256(seed + 1, sizeBytes)}  file.bin\n`);
    const manager = new DownloadManager(temporaryFolder(), { findChecksum: true });
    const handle = manager.download(origin.urlOf('/a/file.bin'));
    await expect(handle.wait()).rejects.toMatchObject({ code: 'checksum-mismatch', facts: { from: 'beside' } });
  });

  it.each([{ findChecksum: true }, {}])('that is not there is no failure %o', async (options) => {
    await using origin = await serve(null);
    const result = await download(origin.urlOf('/a/file.bin'), { folder: temporaryFolder(), ...options });
    expect(result).toMatchObject({ sizeBytes, verifiedBy: null });
  });

  it('is not looked for unless it is asked for', async () => {
    await using origin = await serve(`${seededSha256(seed, sizeBytes)}  file.bin\n`);
    await download(origin.urlOf('/a/file.bin'), { folder: temporaryFolder() });
    expect(new Set(origin.requests.map(({ path }) => path))).toEqual(new Set(['/a/file.bin']));
  });

  it('does not go with a part, nor without a file', async () => {
    const range = { start: 0, end: 5 };
    const wrong = { code: 'request-invalid', facts: { name: 'findChecksum' } };
    const part = download('http://127.0.0.1:1/', { file: 'x', range, findChecksum: true });
    await expect(part).rejects.toMatchObject(wrong);
    // @ts-expect-error a stream has no file to look after
    await expect(download('http://127.0.0.1:1/', { stream: true, findChecksum: true })).rejects.toMatchObject(wrong);
  });
});

describe('the mark of where a file came from', () => {
  it.each([
    ['a large file', '/a/file.bin', {}],
    ['a part', '/a/file.bin', { range: { start: 10, end: 20 } }],
    ['a small file', '/small.bin', {}],
  ])('is on %s when it is asked for', async (_name, path, options) => {
    await using origin = await serve(null);
    origin.serve('/small.bin', { seed, sizeBytes: 1000 });
    const url = `${origin.urlOf(path)}?token=secret`;
    const spec = { ...options, folder: temporaryFolder(), markOrigin: true };
    const result = await download(url, spec);
    expect(await marked(result.path)).toBe(await canMark(spec.folder));
  });

  it('is not on one for which it was not asked for', async () => {
    await using origin = await serve(null);
    const { path } = await download(origin.urlOf('/a/file.bin'), { folder: temporaryFolder() });
    expect(await marked(path)).toBe(false);
  });
});

/** Some disks have no place for it. */
async function canMark(folder: string): Promise<boolean> {
  if (process.platform === 'win32') return true;
  const { setAttribute } = await import('@napi-rs/xattr');
  const path = join(folder, 'probe');
  await writeFile(path, '');
  return setAttribute(path, 'user.probe', '1').then(
    () => true,
    () => false,
  );
}

async function marked(path: string): Promise<boolean> {
  if (process.platform === 'win32') return (await readFile(`${path}:Zone.Identifier`, 'utf8')).includes('HostUrl=http');
  const name = process.platform === 'darwin' ? 'com.apple.quarantine' : 'user.xdg.origin.url';
  const value = await getAttribute(path, name).catch(() => null);
  if (value === null) return false;
  expect(String(value)).not.toContain('secret');
  return process.platform === 'darwin' || String(value).startsWith('http://127.0.0.1');
}
