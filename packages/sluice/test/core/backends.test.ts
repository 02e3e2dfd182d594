import { join } from 'node:path';
import { seededBytes, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sizeBytes = 700_000;
const seed = 81;

describe.each(['auto', 'socket', 'undici', 'curl'] as const)('the backend %s', (backend) => {
  it('brings the bytes into memory', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const { bytes } = await download(origin.urlOf('/file.bin'), { backend });
    expect(Buffer.compare(bytes, seededBytes(seed, 0, sizeBytes))).toBe(0);
  });

  it('brings them into a file', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const file = join(temporaryFolder(), 'file.bin');
    await download(origin.urlOf('/file.bin'), { file, backend });
    expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
  });

  it('goes on where a sequence broke off', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    origin.script('/file.bin', (_request, index) => (index === 0 ? { end: { afterBytes: 300_000, how: 'fin' } } : {}));
    const { bytes } = await download(origin.urlOf('/file.bin'), { backend, retryWaitMs: 1 });
    expect(Buffer.compare(bytes, seededBytes(seed, 0, sizeBytes))).toBe(0);
    expect(origin.requests[1]?.range).toMatch(/^bytes=\d+-$/);
  });
});

it('a backend that does not exist is a slip', async () => {
  const failed = download('http://127.0.0.1/', JSON.parse('{ "backend": "wget" }') as object);
  await expect(failed).rejects.toMatchObject({ code: 'request-invalid', facts: { name: 'request.backend' } });
});
