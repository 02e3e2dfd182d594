import { open } from 'node:fs/promises';
import { createGate, type OriginRequest, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { startEngine } from '../harness.ts';

const mebibyte = 1024 * 1024;

describe('F59 bytes far beyond what 32 bits count land where they belong', () => {
  it.each([
    ['2^31', 2 ** 31],
    ['2^32', 2 ** 32],
  ])('%s', async (_what, at) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    // The second connection begins in the middle of what the first has left.
    const sizeBytes = at * 2 + mebibyte;
    const never = createGate();
    origin.serve('/file.bin', { seed: 130, sizeBytes, bytesPerSecond: 2 * mebibyte });
    origin.script('/file.bin', ({ asked }) => (asked === null ? {} : { stall: { afterBytes: 200_000, until: never } }));
    const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 2 });
    // A short one before it has the host prove its ranges.
    const isPart = ({ asked }: OriginRequest): boolean => (asked?.start ?? 0) > at / 2;
    await origin.waitFor(({ requests }) => (requests.find(isPart)?.bodyBytesSent ?? 0) >= 200_000);
    const from = origin.requests.find(isPart)?.asked?.start ?? 0;
    expect(from).toBeGreaterThan(at * 0.9);
    await test.until(id, ({ connections }) => connections > 0);
    await waitForSegment(test.engine, id, from + 200_000);
    await test.engine.pause({ ids: [id] });
    await using partial = await open(test.path('file.bin.sluice'));
    const actual = new Uint8Array(200_000);
    await partial.read(actual, 0, actual.length, from);
    expect(Buffer.compare(actual, seededBytes(130, from, actual.length))).toBe(0);
    // What was fetched there is known again after a pause.
    await test.engine.resume({ ids: [id] });
    const { receivedBytes } = await test.reach(id, 'running');
    expect(receivedBytes).toBeGreaterThanOrEqual(200_000);
    await test.engine.cancel({ ids: [id] });
  });
});

type Looks = Pick<Awaited<ReturnType<typeof startEngine>>['engine'], 'details' | 'subscribe'>;

async function waitForSegment(engine: Looks, id: string, position: number): Promise<void> {
  const reached = Promise.withResolvers<void>();
  const check = () =>
    engine.details({ id }).then(({ segments }) => {
      if (segments.some((segment) => segment.position === position)) reached.resolve();
    }, reached.reject);
  const stop = engine.subscribe(() => void check());
  await reached.promise.finally(stop);
}

it.each(['9007199254740993', '99999999999999999999'])(
  'F59 a length of %s, which no number holds, is refused',
  async (length) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    origin.serve('/file.bin', { seed: 131, sizeBytes: 1000 });
    origin.script('/file.bin', { headers: { 'Content-Length': length } });
    const id = await test.add(origin.urlOf('/file.bin'));
    const { state } = await test.until(id, ({ state: { kind } }) => kind === 'waiting' || kind === 'failed');
    expect(state).toMatchObject({ error: { code: 'http-malformed' } });
    expect(await test.names()).toEqual([]);
  },
);
