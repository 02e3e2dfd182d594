import { createGate, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import { createMemoryRecords } from '../../../src/adapters/records/memory-records.ts';
import { startEngine } from '../harness.ts';

const mebibyte = 1024 * 1024;
const overlapBytes = 64 * 1024;

it('F34 a connection that falls silent is replaced alone, and its bytes are not fetched twice', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ timeouts: { stallTimeoutMs: 300 } });
  const sizeBytes = 12 * mebibyte;
  const never = createGate();
  origin.serve('/file.bin', { seed: 40, sizeBytes, bytesPerSecond: 2 * mebibyte });
  let silentFrom: number | null = null;
  // The first further request for a segment: one that only proves the host asks for less.
  origin.script('/file.bin', ({ asked }) => {
    const lengthBytes = (asked?.end ?? 0) - (asked?.start ?? 0);
    if (asked === null || silentFrom !== null || lengthBytes < mebibyte) return {};
    silentFrom = asked.start;
    return { stall: { afterBytes: 200_000, until: never } };
  });
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 40, sizeBytes)).toBeNull();
  expect(silentFrom).not.toBeNull();
  await origin.waitFor(({ requests }) => requests.some(({ state }) => state === 'cut'));
  // But for the stretch that proves the next answer, no later request begins in what the silent one brought.
  const from = silentFrom ?? 0;
  const starts = origin.requestsOf('/file.bin').map(({ asked }) => asked?.start ?? 0);
  expect(starts.filter((start) => start > from && start < from + 200_000 - overlapBytes)).toEqual([]);
  expect(starts.filter((start) => start === from)).toHaveLength(1);
});

it('F35 a slow connection does not hold up the end: others take over what it has left', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 16 * mebibyte;
  origin.serve('/file.bin', { seed: 41, sizeBytes, bytesPerSecond: 4 * mebibyte });
  origin.script('/file.bin', (_request, index) => (index === 1 ? { bytesPerSecond: 20_000 } : {}));
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 41, sizeBytes)).toBeNull();
  // At its own pace it would have brought its share of the file in minutes.
  const slow = origin.requestsOf('/file.bin')[1];
  expect(slow?.bodyBytesSent).toBeLessThan(mebibyte);
});

it.each(['socket', 'undici', 'curl'] as const)(
  'keeps to the ceiling of a download and of its host, by %s',
  async (backend) => {
    await using origin = await startOrigin();
    const ports = { http: createHttpPort({ backend }) };
    await using test = await startEngine({ settings: { maxConnectionsPerHost: 5 }, ports });
    for (const name of ['/a', '/b', '/c'])
      origin.serve(name, { seed: 42, sizeBytes: 3 * mebibyte, bytesPerSecond: mebibyte });
    const ids = await Promise.all(
      ['/a', '/b', '/c'].map((name) => test.add(origin.urlOf(name), { maxConnections: 3 })),
    );
    const ended = Promise.all(ids.map((id) => test.reach(id, 'finished')));
    let mostTold = 0;
    const stop = test.engine.subscribe(() => {
      void test.engine.snapshot({}).then(({ downloads }) => {
        mostTold = Math.max(
          mostTold,
          downloads.reduce((sum, { connections }) => sum + connections, 0),
        );
      });
    });
    await ended;
    stop();
    expect(mostTold).toBeLessThanOrEqual(5);
    expect(origin.connections.peak).toBeLessThanOrEqual(5);
    for (const name of ['a', 'b', 'c']) expect(await verifySeeded(test.path(name), 42, 3 * mebibyte)).toBeNull();
  },
);

it('a speed limit for all downloads is shared and holds on the wire', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { speedLimitBytesPerSecond: mebibyte } });
  for (const name of ['/a', '/b']) origin.serve(name, { seed: 43, sizeBytes: 8 * mebibyte });
  const startedAtMs = performance.now();
  const ids = await Promise.all(['/a', '/b'].map((name) => test.add(origin.urlOf(name))));
  await origin.waitFor(({ bodyBytesSent }) => bodyBytesSent > 3 * mebibyte);
  await test.until(ids[0] ?? '', ({ receivedBytes }) => receivedBytes > mebibyte);
  const views = await Promise.all(ids.map((id) => test.view(id)));
  const received = views.reduce((sum, view) => sum + view.receivedBytes, 0);
  const allowed = (mebibyte * (performance.now() - startedAtMs)) / 1000;
  // One burst and one read of each connection may be ahead of the limit.
  expect(received).toBeLessThan(allowed + mebibyte);
});

it('F35 a crawling connection is dismissed and does not keep the download at one', async () => {
  await using origin = await startOrigin();
  const records = createMemoryRecords();
  // Eight open at once, so that no measurement of this machine decides how many there are.
  records.saveHostLesson({ host: new URL(origin.url).host, level: 8, refusedAbove: null, learnedAtMs: Date.now() });
  await using test = await startEngine({ ports: { records } });
  const sizeBytes = 12 * mebibyte;
  origin.serve('/file.bin', { seed: 44, sizeBytes, bytesPerSecond: 2 * mebibyte });
  origin.script('/file.bin', (_request, index) => (index === 2 ? { bytesPerSecond: 50_000 } : {}));
  await test.reach(await test.add(origin.urlOf('/file.bin'), { maxConnections: 8 }), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 44, sizeBytes)).toBeNull();
  expect(origin.connections.peak).toBeGreaterThan(3);
  const crawler = origin.requestsOf('/file.bin')[2];
  expect(crawler?.bodyBytesSent).toBeLessThan(sizeBytes / 8);
});
