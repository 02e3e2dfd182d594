import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { seededSha256, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { startEngine } from '../harness.ts';

const sizeBytes = 3 * 1024 * 1024;

function base64(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64');
}

it('F60 a file is finished when it fits the checksum that the user gave, and says so', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 30, sizeBytes });
  const id = await test.add(origin.urlOf('/file.bin'), { checksum: seededSha256(30, sizeBytes) });
  expect(await test.reach(id, 'finished')).toMatchObject({ verifiedBy: 'sha-256' });
});

it('F60 a file that does not fit is never finished, is kept, and is fetched anew on retry', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 31, sizeBytes, etag: '"same"' });
  const checksum = `sha-256=${seededSha256(32, sizeBytes)}`;
  const id = await test.add(origin.urlOf('/file.bin'), { checksum });
  const failed = await test.until(id, ({ state }) => state.kind === 'failed');
  expect(failed.state).toMatchObject({
    error: { code: 'checksum-mismatch', facts: { from: 'user', algorithm: 'sha-256' } },
  });
  expect(await test.names()).toEqual(['file.bin.sluice', 'file.bin.sluice-journal']);
  origin.change('/file.bin', { seed: 32, sizeBytes, etag: '"same"' });
  await test.engine.retry({ ids: [id] });
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), 32, sizeBytes)).toBeNull();
});

it.each([
  ['Repr-Digest', `sha-256=:${base64(seededSha256(33, sizeBytes))}:`],
  ['Digest', `SHA-256=${base64(seededSha256(33, sizeBytes))}`],
  ['x-amz-checksum-sha256', base64(seededSha256(33, sizeBytes))],
])('verifies by the server’s own %s', async (name, value) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 33, sizeBytes, headers: { [name]: value } });
  const id = await test.add(origin.urlOf('/file.bin'));
  expect(await test.reach(id, 'finished')).toMatchObject({ verifiedBy: 'sha-256' });
});

it('F60 refuses a file that is not what the server says it is', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const wrong = base64(createHash('md5').update('else').digest('hex'));
  origin.serve('/file.bin', { seed: 34, sizeBytes, headers: { 'Content-MD5': wrong } });
  const id = await test.add(origin.urlOf('/file.bin'));
  const { state } = await test.until(id, (view) => view.state.kind === 'failed');
  expect(state).toMatchObject({ error: { code: 'checksum-mismatch', facts: { from: 'server' } } });
});

it('rejects a checksum that is none before anything is fetched', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const { results } = await test.engine.add({ downloads: [{ url: origin.urlOf('/a'), checksum: 'sha-256=abc' }] });
  expect(results).toMatchObject([{ kind: 'rejected', error: { code: 'request-invalid' } }]);
  expect(origin.requests).toEqual([]);
});

it('gives the file the date that the server names', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 35, sizeBytes: 10, lastModified: 'Tue, 02 Jan 2024 03:04:05 GMT' });
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect((await stat(test.path('file.bin'))).mtime.toISOString()).toBe('2024-01-02T03:04:05.000Z');
  expect((await readFile(test.path('file.bin'))).length).toBe(10);
});
