import { seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/index.ts';
import { allOf } from '../all-of.ts';

const sizeBytes = 1_000_000;
const seed = 101;
const cutAt = 300_000;

describe('mirrors of a sequence', () => {
  it('are asked when the link fails, in their order', async () => {
    await using origin = await startOrigin();
    origin.serve('/third.bin', { seed, sizeBytes });
    const mirrors = [origin.urlOf('/second.bin'), origin.urlOf('/third.bin')];
    const { bytes, finalUrl } = await download(origin.urlOf('/first.bin'), { request: { mirrors } });
    expect(finalUrl).toBe(mirrors[1]);
    expect(Buffer.compare(bytes, seededBytes(seed, 0, sizeBytes))).toBe(0);
    expect(origin.requests.map(({ path }) => path)).toEqual(['/first.bin', '/second.bin', '/third.bin']);
  });

  it('go on where the link broke off, behind an overlap, whatever their tag says', async () => {
    await using origin = await startOrigin();
    origin.serve('/first.bin', { seed, sizeBytes });
    origin.serve('/second.bin', { seed, sizeBytes, etag: '"of another server"', lastModified: null });
    origin.script('/first.bin', (_request, index) =>
      index === 0 ? { end: { afterBytes: cutAt, how: 'fin' } } : { status: 404 },
    );
    const request = { mirrors: [origin.urlOf('/second.bin')] };
    const stream = await download(origin.urlOf('/first.bin'), { stream: true, request, retryWaitMs: 1 });
    expect(Buffer.compare(await allOf(stream), seededBytes(seed, 0, sizeBytes))).toBe(0);
    expect(origin.requestsOf('/second.bin')[0]?.range).toBe(`bytes=${cutAt - 65_536}-`);
  });

  it('with other bytes are refused, and what is said is what became of the link', async () => {
    await using origin = await startOrigin();
    origin.serve('/first.bin', { seed, sizeBytes });
    origin.serve('/second.bin', { seed: 102, sizeBytes });
    origin.script('/first.bin', (_request, index) =>
      index === 0 ? { end: { afterBytes: cutAt, how: 'fin' } } : { status: 404 },
    );
    const request = { mirrors: [origin.urlOf('/second.bin')] };
    const failed = download(origin.urlOf('/first.bin'), { request, retryWaitMs: 1 });
    await expect(failed).rejects.toMatchObject({ code: 'http-not-found' });
    // Bytes that differ behind a range may be a range that lies: the whole tells, once.
    expect(origin.requestsOf('/second.bin').map(({ range }) => range)).toEqual([`bytes=${cutAt - 65_536}-`, null]);
  });

  it('have their turn again after a wait, the link first', async () => {
    await using origin = await startOrigin();
    origin.serve('/first.bin', { seed, sizeBytes });
    origin.script('/first.bin', (_request, index) => (index === 0 ? { status: 503 } : {}));
    origin.script('/second.bin', { status: 503 });
    const request = { mirrors: [origin.urlOf('/second.bin')] };
    await download(origin.urlOf('/first.bin'), { request, retryWaitMs: 1 });
    expect(origin.requests.map(({ path }) => path)).toEqual(['/first.bin', '/second.bin', '/first.bin']);
  });
});
