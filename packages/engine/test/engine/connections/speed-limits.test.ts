import type { NewDownload } from '@sluice/contract';
import { type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../../src/adapters/records/memory-records.ts';
import { startEngine, type TestEngine } from '../harness.ts';

const mebibyte = 1024 * 1024;
const hugeBytes = 128 * mebibyte;

async function addAt(
  { test, origin }: { readonly test: TestEngine; readonly origin: Origin },
  path: string,
  spec: Partial<NewDownload> & { readonly sizeBytes?: number } = {},
): Promise<string> {
  const { sizeBytes = hugeBytes, ...rest } = spec;
  origin.serve(path, { seed: 200, sizeBytes });
  return test.add(origin.urlOf(path), rest);
}

function sentBytes(origin: Origin, path: string): number {
  return origin.requestsOf(path).reduce((sum, { bodyBytesSent }) => sum + bodyBytesSent, 0);
}

it('shares a limit evenly between downloads, however many connections each has', async () => {
  await using origin = await startOrigin();
  const records = createMemoryRecords();
  // So that the second one opens eight at once.
  records.saveHostLesson({ host: new URL(origin.url).host, level: 8, refusedAbove: null, learnedAtMs: Date.now() });
  const settings = { speedLimitBytesPerSecond: 8 * mebibyte };
  await using test = await startEngine({ ports: { records }, settings });
  const ids = [
    await addAt({ test, origin }, '/one.bin', { maxConnections: 1 }),
    await addAt({ test, origin }, '/many.bin'),
  ];
  await test.until(ids[1] ?? '', ({ connections }) => connections === 8);
  const before = await Promise.all(ids.map((id) => test.view(id)));
  await test.until(ids[0] ?? '', ({ receivedBytes }) => receivedBytes > 6 * mebibyte);
  const after = await Promise.all(ids.map((id) => test.view(id)));
  const [one = 0, many = 0] = after.map(
    ({ receivedBytes }, index) => receivedBytes - (before[index]?.receivedBytes ?? 0),
  );
  // Shares by connection would give it a ninth. How even shares by download are is measured in virtual time (limiter.test.ts).
  expect(one / (one + many)).toBeGreaterThan(0.2);
  expect(one / (one + many)).toBeLessThan(0.8);
});

it('shares the limit of a queue evenly on the wire, and lets other queues be', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const { id: queueId } = await test.engine.saveQueue({ name: 'Slow', speedLimitBytesPerSecond: 16 * mebibyte });
  const paths = ['/a.bin', '/b.bin'] as const;
  for (const path of paths) await addAt({ test, origin }, path, { queueId, maxConnections: 1 });
  // What the system holds of a connection, sent by the server and read by nobody, is a few MiB.
  const startedAtMs = performance.now();
  await origin.waitFor(({ bodyBytesSent }) => bodyBytesSent > 16 * mebibyte);
  const before = paths.map((path) => sentBytes(origin, path));
  await origin.waitFor(({ bodyBytesSent }) => bodyBytesSent > 48 * mebibyte);
  const [left = 0, right = 0] = paths.map((path, index) => sentBytes(origin, path) - (before[index] ?? 0));
  expect(left / (left + right)).toBeGreaterThan(0.2);
  expect(left / (left + right)).toBeLessThan(0.8);
  const allowedBytes = (16 * mebibyte * (performance.now() - startedAtMs)) / 1000;
  expect(origin.bodyBytesSent).toBeLessThan(allowedBytes + 2 * 8 * mebibyte);
  const free = await addAt({ test, origin }, '/free.bin', { sizeBytes: 32 * mebibyte });
  await test.reach(free, 'finished');
  expect(sentBytes(origin, '/a.bin')).toBeLessThan(hugeBytes);
});

/** Under such a limit the first read alone is paid for longer than any test takes. */
const crawling = { speedLimitBytesPerSecond: 10, sizeBytes: mebibyte } as const;

it.each<[string, (test: TestEngine, id: string) => Promise<unknown>]>([
  ['its own limit is lifted', (test, id) => test.engine.setLimits({ ids: [id], speedLimitBytesPerSecond: 0 })],
  [
    'it is paused and goes on without',
    async (test, id) => {
      await test.engine.pause({ ids: [id] });
      await test.engine.setLimits({ ids: [id], speedLimitBytesPerSecond: 0 });
      return test.engine.resume({ ids: [id] });
    },
  ],
])('a download that crawls is set free at once when %s', async (_, free) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const id = await addAt({ test, origin }, '/file.bin', crawling);
  await test.until(id, ({ receivedBytes }) => receivedBytes > 0);
  await free(test, id);
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), 200, mebibyte)).toBeNull();
});

it.each(['the limit of its queue is lifted', 'its queue is removed'])('all go on at once when %s', async (what) => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const { id: queueId } = await test.engine.saveQueue({ name: 'Slow', speedLimitBytesPerSecond: 10 });
  const ids = [];
  for (const path of ['/a.bin', '/b.bin']) {
    ids.push(await addAt({ test, origin }, path, { queueId, sizeBytes: mebibyte }));
  }
  for (const id of ids) await test.until(id, ({ receivedBytes }) => receivedBytes > 0);
  if (what === 'its queue is removed') await test.engine.removeQueue({ id: queueId });
  else await test.engine.saveQueue({ id: queueId, speedLimitBytesPerSecond: 0 });
  for (const id of ids) await test.reach(id, 'finished');
});

it('holds a host to its own limits, and no other', async () => {
  await using limited = await startOrigin();
  await using free = await startOrigin();
  const { host } = new URL(limited.url);
  const settings = { hostLimits: [{ host, maxConnections: 1, speedLimitBytesPerSecond: mebibyte }] };
  await using test = await startEngine({ settings });
  const startedAtMs = performance.now();
  const first = await addAt({ test, origin: limited }, '/0.bin', { sizeBytes: mebibyte });
  const second = await addAt({ test, origin: limited }, '/1.bin', { sizeBytes: mebibyte });
  const other = await addAt({ test, origin: free }, '/2.bin', { sizeBytes: 16 * mebibyte });
  await test.reach(other, 'finished');
  expect((await test.view(second)).state.kind).toBe('queued');
  await test.reach(first, 'finished');
  await test.reach(second, 'finished');
  expect(limited.connections.peak).toBe(1);
  // Two bursts may go ahead of the limit.
  expect(performance.now() - startedAtMs).toBeGreaterThan(1700);
});

it('lets the next download of a host start as soon as its limit is lifted', async () => {
  await using origin = await startOrigin();
  const { host } = new URL(origin.url);
  await using test = await startEngine({
    settings: { hostLimits: [{ host, maxConnections: 1, speedLimitBytesPerSecond: 10 }] },
  });
  const ids = [];
  for (const path of ['/a.bin', '/b.bin']) ids.push(await addAt({ test, origin }, path, { sizeBytes: mebibyte }));
  await test.until(ids[0] ?? '', ({ receivedBytes }) => receivedBytes > 0);
  expect((await test.view(ids[1] ?? '')).state.kind).toBe('queued');
  await test.engine.writeSettings({ hostLimits: [] });
  for (const id of ids) await test.reach(id, 'finished');
});
