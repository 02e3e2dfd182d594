import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { seededBytes, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download, SluiceError } from '../../src/index.ts';
import { allOf } from '../all-of.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sizeBytes = 3_000_000;
const seed = 7;

describe('memory', () => {
  it('gives all bytes, and the head of the answer', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const result = await download(origin.urlOf('/file.bin'));
    expect(Buffer.compare(result.bytes, seededBytes(seed, 0, sizeBytes))).toBe(0);
    expect(result).toMatchObject({ kind: 'memory', status: 200, sizeBytes, finalUrl: origin.urlOf('/file.bin') });
    expect(result.headers['content-length']).toBe(String(sizeBytes));
  });

  it('reads text in the charset of the answer, and JSON', async () => {
    await using origin = await startOrigin();
    origin.serve('/old', { body: Buffer.from('caf\u00e9', 'latin1'), contentType: 'text/plain; charset=iso-8859-1' });
    origin.serve('/data', { body: '{"a":[1,2]}', contentType: 'application/json' });
    expect((await download(origin.urlOf('/old'))).text()).toBe('café');
    expect((await download(origin.urlOf('/data'))).json()).toEqual({ a: [1, 2] });
  });

  it('is empty for an empty resource', async () => {
    await using origin = await startOrigin();
    origin.serve('/empty', { body: '' });
    expect((await download(origin.urlOf('/empty'))).bytes).toHaveLength(0);
  });

  it.each(['chunked', 'close'] as const)('takes a %s body, whose length nobody knew', async (framing) => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    origin.script('/file.bin', { framing });
    const result = await download(origin.urlOf('/file.bin'));
    expect(Buffer.compare(result.bytes, seededBytes(seed, 0, sizeBytes))).toBe(0);
  });

  it('decodes what nobody asked to be encoded', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.txt', { seed, sizeBytes, contentType: 'text/plain' });
    origin.script('/file.txt', { gzip: true });
    const result = await download(origin.urlOf('/file.txt'));
    expect(Buffer.compare(result.bytes, seededBytes(seed, 0, sizeBytes))).toBe(0);
  });

  it.each([undefined, 'chunked'] as const)('refuses more than maxBytes (%s)', async (framing) => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    origin.script('/file.bin', framing === undefined ? {} : { framing });
    const refused = download(origin.urlOf('/file.bin'), { maxBytes: 1000 });
    await expect(refused).rejects.toMatchObject({ code: 'file-too-large', facts: { maxBytes: 1000 } });
    await origin.waitFor(() => origin.connections.open === 0);
  });
});

describe('file', () => {
  it('is at exactly that path when it resolves, and nothing beside it', async () => {
    await using origin = await startOrigin();
    origin.serve('/other-name.bin', { seed, sizeBytes });
    const folder = temporaryFolder();
    const file = join(folder, 'new', '.hidden name');
    const result = await download(origin.urlOf('/other-name.bin'), { file });
    expect(result).toMatchObject({ kind: 'file', path: file, sizeBytes, resumedFromBytes: 0 });
    expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
    expect(await readdir(join(folder, 'new'))).toEqual(['.hidden name']);
  });

  it('is never written over, and no server is asked, unless that is wanted', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const file = join(temporaryFolder(), 'file.bin');
    await writeFile(file, 'mine');
    await expect(download(origin.urlOf('/file.bin'), { file })).rejects.toMatchObject({ code: 'file-exists' });
    expect(origin.requests).toHaveLength(0);
    expect(await readFile(file, 'utf8')).toBe('mine');
    await download(origin.urlOf('/file.bin'), { file, overwrite: true });
    expect(await verifySeeded(file, seed, sizeBytes)).toBeNull();
  });

  it('stays as it was when what should replace it fails', async () => {
    await using origin = await startOrigin();
    origin.script('/file.bin', { status: 404 });
    const file = join(temporaryFolder(), 'file.bin');
    await writeFile(file, 'mine');
    const failed = download(origin.urlOf('/file.bin'), { file, overwrite: true });
    await expect(failed).rejects.toMatchObject({ code: 'http-not-found' });
    expect(await readFile(file, 'utf8')).toBe('mine');
  });
});

describe('folder', () => {
  it('takes the name that the server gives, and numbers it where it is taken', async () => {
    await using origin = await startOrigin();
    origin.serve('/get', { seed, sizeBytes, contentDisposition: 'attachment; filename="report.pdf"' });
    const folder = temporaryFolder();
    const first = await download(origin.urlOf('/get'), { folder });
    const second = await download(origin.urlOf('/get'), { folder });
    expect([first.path, second.path]).toEqual([join(folder, 'report.pdf'), join(folder, 'report (1).pdf')]);
  });

  it('takes a name of the caller’s', async () => {
    await using origin = await startOrigin();
    origin.serve('/get', { seed, sizeBytes });
    const folder = temporaryFolder();
    expect((await download(origin.urlOf('/get'), { folder, name: 'mine.bin' })).path).toBe(join(folder, 'mine.bin'));
  });
});

describe('stream', () => {
  it('resolves with the head, and gives the bytes in order as they are asked for', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const result = await download(origin.urlOf('/file.bin'), { stream: true });
    expect(result).toMatchObject({ status: 200, totalBytes: sizeBytes });
    expect(Buffer.compare(await allOf(result), seededBytes(seed, 0, sizeBytes))).toBe(0);
  });

  it('ends the connection when its reader leaves', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes: 500_000_000 });
    const result = await download(origin.urlOf('/file.bin'), { stream: true });
    for await (const chunk of result) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
    await origin.waitFor(() => origin.connections.open === 0);
  });

  it('can be read once', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const result = await download(origin.urlOf('/file.bin'), { stream: true });
    await allOf(result);
    await expect(allOf(result)).rejects.toMatchObject({ code: 'request-invalid' });
  });
});

describe('each piece to a function', () => {
  it('waits for its promise before the next', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes });
    const chunks: Uint8Array[] = [];
    let busy = 0;
    const result = await download(origin.urlOf('/file.bin'), {
      onChunk: async (chunk) => {
        busy += 1;
        expect(busy).toBe(1);
        await new Promise((resolve) => setImmediate(resolve));
        chunks.push(chunk);
        busy -= 1;
      },
    });
    expect(result).toMatchObject({ kind: 'chunks', sizeBytes });
    expect(Buffer.compare(Buffer.concat(chunks), seededBytes(seed, 0, sizeBytes))).toBe(0);
  });

  it('ends the download with the function’s error', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed, sizeBytes: 500_000_000 });
    const failed = download(origin.urlOf('/file.bin'), {
      onChunk: () => {
        throw new RangeError('enough');
      },
    });
    await expect(failed).rejects.toThrow('enough');
    await origin.waitFor(() => origin.connections.open === 0);
  });
});

describe('wrong use is told before any request', () => {
  it.each<[string, object, string]>([
    ['two destinations', { file: '/x', stream: true }, 'stream'],
    ['two destinations', { file: '/x', onChunk: () => {} }, 'onChunk'],
    ['two destinations', { file: '/x', folder: '/y' }, 'folder'],
    ['an unknown option', { timeout: 5 }, 'timeout'],
    ['a time that is none', { timeoutMs: -1 }, 'timeoutMs'],
    ['a range that ends before it begins', { range: { start: 5, end: 5 } }, 'range'],
    ['overwrite without a file', { overwrite: true }, 'overwrite'],
    ['chunkBytes without pieces', { chunkBytes: 5 }, 'chunkBytes'],
    ['an option of the request that is none', { request: { ipFamily: 'ipv7' } }, 'request.ipFamily'],
    ['a checksum that is none', { checksum: 'sha256=00' }, 'checksum'],
    ['a checksum that is none, for a file', { file: '/x', checksum: 'sha256=00' }, 'checksum'],
    ['a header that cannot be sent', { headers: { 'a b': 'c' } }, 'headers'],
    ['a header of two lines', { headers: { a: 'b\r\nc: d' } }, 'headers'],
  ])('%s: %o', async (_what, options, name) => {
    await using origin = await startOrigin();
    const error: unknown = await download(origin.urlOf('/x'), options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SluiceError);
    expect(error).toMatchObject({ code: 'request-invalid', facts: { name } });
    expect(origin.requests).toHaveLength(0);
  });

  it('a link that is none', async () => {
    await expect(download('htps://example.com/')).rejects.toMatchObject({ code: 'url-unsupported' });
    await expect(download('example.com')).rejects.toMatchObject({ code: 'url-invalid' });
  });
});
