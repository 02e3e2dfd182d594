import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { seededBytes, seededSha256, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../temporary-folder.ts';

const folder = join(import.meta.dirname, '../../examples');
const sizeBytes = 1_000_000;
const seed = 51;

/** Runs an example as a person would: plain Node, and the package as it was built. */
async function run(name: string, ...words: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(folder, `${name}.js`), ...words]);
  return stdout;
}

it('to-memory', async () => {
  await using origin = await startOrigin();
  origin.serve('/notes.txt', { body: 'hello there', contentType: 'text/plain' });
  expect(await run('to-memory', origin.urlOf('/notes.txt'))).toBe(
    `200 text/plain: 11 bytes from ${origin.urlOf('/notes.txt')}\nhello there\n`,
  );
});

it('read-json', async () => {
  await using origin = await startOrigin();
  origin.script('/ask', { body: '{"answer":42}', headers: { 'Content-Type': 'application/json' } });
  expect(await run('read-json', origin.urlOf('/ask'))).toBe('{ answer: 42 }\n');
  expect(origin.requests[0]).toMatchObject({ method: 'POST', headers: { accept: 'application/json' } });
  expect(JSON.parse(origin.requests[0]?.body.toString() ?? '')).toEqual({ question: 'how many?' });
});

it('to-file', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes });
  const file = join(temporaryFolder(), 'file.bin');
  const said = await run('to-file', origin.urlOf('/file.bin'), file);
  expect(said).toContain('100 %  1000000 bytes');
  expect(said).toContain(`${file}: 1000000 bytes, of which 0 were there`);
  expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
});

it('verified-file', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes });
  const file = join(temporaryFolder(), 'file.bin');
  const said = await run('verified-file', origin.urlOf('/file.bin'), file, seededSha256(seed, sizeBytes));
  expect(said).toBe(`${file} is what it should be (sha-256)\n`);
  const failed = run('verified-file', origin.urlOf('/file.bin'), `${file}2`, '0'.repeat(64));
  await expect(failed).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('not the right bytes') });
  expect(readdirSync(join(file, '..'))).toEqual(['file.bin']);
});

it('stream-to-hash', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes });
  expect(await run('stream-to-hash', origin.urlOf('/file.bin'))).toBe(`${seededSha256(seed, sizeBytes)}\n`);
});

it('each-chunk', async () => {
  await using origin = await startOrigin();
  origin.serve('/lines', { body: 'a\nb\nc\n'.repeat(1000) });
  expect(await run('each-chunk', origin.urlOf('/lines'))).toBe('3000 lines in 6000 bytes\n');
});

it('part-of-a-file', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes });
  const part = Buffer.from(seededBytes(seed, 5000, 20)).toString('hex');
  expect(await run('part-of-a-file', origin.urlOf('/file.bin'), '5000', '5020')).toBe(`${part}\n`);
});

it('stop-it', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes: 100_000_000, bytesPerSecond: 500_000 });
  const file = join(temporaryFolder(), 'file.bin');
  const said = await run('stop-it', origin.urlOf('/file.bin'), file, '500');
  expect(said).toMatch(/^stopped \(long enough\)\n\d+ bytes are kept for the next time\n$/);
  expect(readdirSync(join(file, '..'))).toEqual(['file.bin.sluice', 'file.bin.sluice-journal']);
});

it('handle-errors', async () => {
  await using origin = await startOrigin();
  origin.script('/gone', { status: 410 });
  origin.script('/cut', { end: { afterBytes: 'no-head', how: 'reset' } });
  expect(await run('handle-errors', origin.urlOf('/gone'))).toBe('the server said 410 (http-gone), text/plain\n');
  expect(await run('handle-errors', origin.urlOf('/cut'))).toBe('the network: worth another try\n');
  expect(await run('handle-errors', 'gopher://example.com/')).toMatch(/^url-unsupported: /);
});

it('many/folder-of-downloads', async () => {
  await using origin = await startOrigin();
  const urls = ['a', 'b', 'c', 'd'].map((name) => origin.urlOf(`/${name}.bin`));
  for (const url of urls.slice(0, 3)) origin.serve(new URL(url).pathname, { seed, sizeBytes });
  const home = temporaryFolder();
  const said = await run('many/folder-of-downloads', home, ...urls);
  expect(said.trim().split('\n').toSorted()).toEqual([
    ...urls.slice(0, 3).map((url) => `done: ${url}`),
    `failed: ${urls[3] ?? ''}`,
  ]);
  expect(readdirSync(home).toSorted()).toEqual(['a.bin', 'b.bin', 'c.bin']);
  expect(await run('many/folder-of-downloads', home, urls[0] ?? '')).toBe(`there: ${join(home, 'a.bin')}\n`);
});
