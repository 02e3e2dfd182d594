import { once } from 'node:events';
import { createServer } from 'node:net';
import { createGate, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { download, DownloadInterrupt, isNetworkError, SluiceError } from '../../src/index.ts';
import { allOf } from '../all-of.ts';
import { temporaryFolder } from '../temporary-folder.ts';

function wrapped(code: string, depth: number): Error {
  const inner = Object.assign(new Error('inner'), { code });
  let error: Error = inner;
  for (let level = 0; level < depth; level += 1) error = new Error(`level ${level}`, { cause: error });
  return error;
}

describe('isNetworkError', () => {
  it.each<[string, unknown, boolean]>([
    ['a reset', new SluiceError('connection-reset'), true],
    ['a silence', new SluiceError('stalled'), true],
    ['a time-out', new SluiceError('timeout'), true],
    ['a name nobody knows', new SluiceError('dns-not-found'), true],
    ['a network that is away', new SluiceError('unreachable'), true],
    ['a body cut short', new SluiceError('body-short'), true],
    ['a 404', new SluiceError('http-not-found'), false],
    ['a 503', new SluiceError('http-unavailable'), false],
    ['a full disk', new SluiceError('disk-full'), false],
    ['a certificate', new SluiceError('tls-certificate'), false],
    ['an interruption', new DownloadInterrupt(), false],
    ['an interruption because of a reset', new DownloadInterrupt(wrapped('ECONNRESET', 0)), false],
    ['Node’s own', wrapped('ECONNREFUSED', 0), true],
    ['the resolver’s', wrapped('EAI_AGAIN', 0), true],
    ['undici’s', wrapped('UND_ERR_SOCKET', 0), true],
    ['one wrapped three times', wrapped('ETIMEDOUT', 3), true],
    ['one in an internal error', new SluiceError('internal', 'x', { cause: wrapped('EPIPE', 1) }), true],
    ['one of several addresses', new AggregateError([wrapped('EHOSTUNREACH', 0)], 'all failed'), true],
    ['fetch’s', new TypeError('fetch failed', { cause: wrapped('UND_ERR_CONNECT_TIMEOUT', 0) }), true],
    ['AbortSignal.timeout’s', new DOMException('late', 'TimeoutError'), true],
    ['a missing file', wrapped('ENOENT', 1), false],
    ['no error', 'ECONNRESET', false],
    ['nothing', undefined, false],
  ])('%s', (_what, error, expected) => {
    expect(isNetworkError(error)).toBe(expected);
  });

  it('ends on a chain that bites its own tail', () => {
    const error = new Error('a');
    error.cause = error;
    expect(isNetworkError(error)).toBe(false);
  });
});

describe('an answer that is a failure', () => {
  it.each(['memory', 'folder', 'stream'] as const)('carries status and headers (%s)', async (to) => {
    await using origin = await startOrigin();
    origin.script('/x', { status: 403, headers: { 'X-Why': 'no' } });
    const options = { memory: {}, folder: { folder: temporaryFolder() }, stream: { stream: true as const } }[to];
    const error: unknown = await download(origin.urlOf('/x'), options).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(SluiceError);
    expect(error).toMatchObject({
      code: 'http-forbidden',
      facts: { status: 403 },
      response: { status: 403, headers: { 'x-why': 'no' } },
    });
    expect(isNetworkError(error)).toBe(false);
  });
});

it('a refused connection is the network’s', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  server.close();
  await once(server, 'close');
  const error: unknown = await download(`http://127.0.0.1:${port}/`, { maxAttempts: 1 }).catch(
    (reason: unknown) => reason,
  );
  expect(error).toMatchObject({ code: 'connect-refused', response: null });
  expect(isNetworkError(error)).toBe(true);
});

describe('stopping', () => {
  async function stalled() {
    const origin = await startOrigin();
    const gate = createGate();
    origin.serve('/file.bin', { seed: 1, sizeBytes: 1_000_000 });
    origin.script('/file.bin', { stall: { afterBytes: 1000, until: gate } });
    return origin;
  }

  it.each(['memory', 'folder', 'onChunk'] as const)('by a signal: a DownloadInterrupt (%s)', async (to) => {
    await using origin = await stalled();
    const controller = new AbortController();
    const to3 = { memory: {}, folder: { folder: temporaryFolder() }, onChunk: { onChunk: () => {} } }[to];
    const running = download(origin.urlOf('/file.bin'), { ...to3, signal: controller.signal });
    await origin.waitFor(() => origin.bodyBytesSent >= 1000);
    const reason = new Error('closing time');
    controller.abort(reason);
    const error: unknown = await running.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DownloadInterrupt);
    expect(error).toMatchObject({ code: 'aborted', cause: reason, name: 'DownloadInterrupt' });
    await origin.waitFor(() => origin.connections.open === 0);
  });

  it('by cancel, with a reason', async () => {
    await using origin = await stalled();
    const running = download(origin.urlOf('/file.bin'));
    await origin.waitFor(() => origin.bodyBytesSent >= 1000);
    running.cancel('enough');
    await expect(running).rejects.toMatchObject({ name: 'DownloadInterrupt', cause: 'enough' });
  });

  it('before it began: nothing is asked', async () => {
    await using origin = await stalled();
    const running = download(origin.urlOf('/file.bin'), { signal: AbortSignal.abort() });
    await expect(running).rejects.toBeInstanceOf(DownloadInterrupt);
    expect(origin.requests).toHaveLength(0);
  });

  it('while it is being streamed', async () => {
    await using origin = await stalled();
    const controller = new AbortController();
    const stream = await download(origin.urlOf('/file.bin'), { stream: true, signal: controller.signal });
    const reading = allOf(stream);
    await origin.waitFor(() => origin.bodyBytesSent >= 1000);
    controller.abort();
    await expect(reading).rejects.toBeInstanceOf(DownloadInterrupt);
    await origin.waitFor(() => origin.connections.open === 0);
  });

  it('while it waits to try again', async () => {
    await using origin = await startOrigin();
    origin.script('/file.bin', { status: 503, headers: { 'Retry-After': '3000' } });
    const running = download(origin.urlOf('/file.bin'));
    await origin.waitFor(() => origin.requests[0]?.state === 'answered');
    running.cancel();
    await expect(running).rejects.toBeInstanceOf(DownloadInterrupt);
  });

  it('by the time: `timeout`, which is the network’s', async () => {
    await using origin = await stalled();
    const error: unknown = await download(origin.urlOf('/file.bin'), { timeoutMs: 50 }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'timeout', facts: { timeoutMs: 50 } });
    expect(isNetworkError(error)).toBe(true);
  });

  it('by a silence: `stalled`', async () => {
    await using origin = await stalled();
    const failed = download(origin.urlOf('/file.bin'), { idleTimeoutMs: 100, maxAttempts: 1 });
    await expect(failed).rejects.toMatchObject({ code: 'stalled' });
  });
});
