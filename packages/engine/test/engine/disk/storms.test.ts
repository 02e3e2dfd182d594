import { readdir } from 'node:fs/promises';
import { createGate, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../../src/adapters/records/memory-records.ts';
import { startEngine, type TestEngine } from '../harness.ts';

const mebibyte = 1024 * 1024;

/** What this process holds open, by what it is; kept-alive connections end with their engine. */
async function openFiles(): Promise<number> {
  return process.platform === 'linux' ? (await readdir('/proc/self/fd')).length : 0;
}

function sockets(): number {
  return process.getActiveResourcesInfo().filter((kind) => /TCPSocket|TLSSocket/.test(kind)).length;
}

/** What a process opens once and keeps is no leak. */
async function warmUp(): Promise<void> {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 109, sizeBytes: 1000 });
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
}

it('F58 storms of commands in any order leave no lost update, no socket and no file open, and the file right', async () => {
  await warmUp();
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom('pause', 'resume', 'cancel', 'retry', 'breathe'), { minLength: 5, maxLength: 25 }),
      async (commands) => {
        const before = { files: await openFiles(), sockets: sockets() };
        {
          await using origin = await startOrigin();
          await using test = await startEngine();
          const sizeBytes = 2 * mebibyte;
          origin.serve('/file.bin', { seed: 110, sizeBytes, bytesPerSecond: 4 * mebibyte });
          const id = await test.add(origin.urlOf('/file.bin'));
          const pending: Promise<unknown>[] = [];
          for (const command of commands) {
            if (command === 'breathe') await Promise.race([origin.waitFor(() => true), ...pending]);
            else pending.push(test.engine[command]({ ids: [id] }));
          }
          await Promise.all(pending);
          await test.engine.retry({ ids: [id] });
          const { name } = await test.reach(id, 'finished');
          expect(await verifySeeded(test.path(name), 110, sizeBytes)).toBeNull();
          expect(await test.names()).toEqual([name]);
          await test.engine.close();
          await origin.waitFor(({ connections }) => connections.open === 0);
        }
        expect({ files: await openFiles(), sockets: sockets() }).toEqual(before);
      },
    ),
    { numRuns: 8 },
  );
});

it('F58 an engine that ends in the middle of many writes has all of it on disk, and nothing open', async () => {
  await warmUp();
  const before = { files: await openFiles(), sockets: sockets() };
  {
    await using origin = await startOrigin();
    const records = { ...createMemoryRecords(), close() {} };
    await using test = await startEngine({ ports: { records }, settings: { maxRunning: 8 } });
    const names = Array.from({ length: 8 }, (_unused, index) => `file-${index}.bin`);
    const sizeBytes = 4 * mebibyte;
    for (const name of names) origin.serve(`/${name}`, { seed: 111, sizeBytes, bytesPerSecond: 2 * mebibyte });
    const ids = await Promise.all(names.map((name) => test.add(origin.urlOf(`/${name}`))));
    await Promise.all(ids.map((id) => test.until(id, ({ receivedBytes }) => receivedBytes > 300_000)));
    await test.engine.close();
    await origin.waitFor(({ connections }) => connections.open === 0);
    const sentBefore = origin.bodyBytesSent;
    await using next = await startEngine({ folder: test.folder, ports: { records } });
    await Promise.all(ids.map((id) => next.reach(id, 'finished')));
    for (const name of names) expect(await verifySeeded(next.path(name), 111, sizeBytes)).toBeNull();
    expect(sentBefore).toBeGreaterThan(8 * 300_000);
    expect(await next.names()).toEqual(names);
    await next.engine.close();
    await origin.waitFor(({ connections }) => connections.open === 0);
  }
  expect({ files: await openFiles(), sockets: sockets() }).toEqual(before);
});

const files = ['/a.bin', '/b.bin', '/c.bin', '/d.bin'];

/** What people and schedules may do to several downloads and queues at once. */
const storm: Readonly<Record<string, (storm: { test: TestEngine; id: string; queueId: string }) => Promise<unknown>>> =
  {
    pause: ({ test, id }) => test.engine.pause({ ids: [id] }),
    resume: ({ test, id }) => test.engine.resume({ ids: [id] }),
    cancel: ({ test, id }) => test.engine.cancel({ ids: [id] }),
    pauseAll: ({ test }) => test.engine.pauseAll({}),
    resumeAll: ({ test }) => test.engine.resumeAll({}),
    move: ({ test, id, queueId }) => test.engine.setQueue({ ids: [id], queueId }),
    moveBack: ({ test, id }) => test.engine.setQueue({ ids: [id], queueId: 'main' }),
    prefer: ({ test, id }) => test.engine.setPriority({ ids: [id], priority: 'high' }),
    closeQueue: ({ test, queueId }) => test.engine.saveQueue({ id: queueId, isPaused: true }),
    openQueue: ({ test, queueId }) => test.engine.saveQueue({ id: queueId, isPaused: false }),
    closeMain: ({ test }) => test.engine.saveQueue({ id: 'main', isPaused: true }),
    openMain: ({ test }) => test.engine.saveQueue({ id: 'main', isPaused: false }),
    slowQueue: ({ test, queueId }) => test.engine.saveQueue({ id: queueId, speedLimitBytesPerSecond: 1000 }),
    narrowQueue: ({ test, queueId }) => test.engine.saveQueue({ id: queueId, maxRunning: 1 }),
    slowOne: ({ test, id }) => test.engine.setLimits({ ids: [id], speedLimitBytesPerSecond: 1000 }),
    slowAll: ({ test }) => test.engine.writeSettings({ speedLimitBytesPerSecond: 10_000 }),
    freeAll: ({ test }) => test.engine.writeSettings({ speedLimitBytesPerSecond: 0 }),
    breathe: () => new Promise((resolve) => setImmediate(resolve)),
  };

it('F58 storms over several queues leave nothing running, waiting or open, and all files right', async () => {
  await warmUp();
  const step = fc.record({ command: fc.constantFrom(...Object.keys(storm)), pick: fc.nat(files.length - 1) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), async (steps) => {
      const before = { files: await openFiles(), sockets: sockets() };
      {
        await using origin = await startOrigin();
        await using test = await startEngine({ settings: { maxRunning: 3 } });
        const sizeBytes = mebibyte;
        for (const path of files) origin.serve(path, { seed: 113, sizeBytes, bytesPerSecond: 4 * mebibyte });
        const { id: queueId } = await test.engine.saveQueue({ name: 'Night' });
        const ids = await Promise.all(files.map((path) => test.add(origin.urlOf(path), { queueId })));
        await test.until(ids[0] ?? '', ({ state }) => state.kind === 'running');
        const pending: Promise<unknown>[] = [];
        for (const { command, pick } of steps) {
          const done = storm[command]?.({ test, id: ids[pick] ?? '', queueId });
          if (command === 'breathe') await done;
          else pending.push(done ?? Promise.reject(new Error(command)));
        }
        await Promise.all(pending);
        await test.engine.removeQueue({ id: queueId });
        await test.engine.saveQueue({ id: 'main', isPaused: false });
        await test.engine.setLimits({ ids, speedLimitBytesPerSecond: 0 });
        await test.engine.writeSettings({ speedLimitBytesPerSecond: 0 });
        await test.engine.resume({ ids });
        for (const id of ids) {
          const { name } = await test.reach(id, 'finished');
          expect(await verifySeeded(test.path(name), 113, sizeBytes)).toBeNull();
        }
        expect(await test.names()).toEqual(files.map((path) => path.slice(1)));
        await test.engine.close();
        await origin.waitFor(({ connections }) => connections.open === 0);
      }
      expect({ files: await openFiles(), sockets: sockets() }).toEqual(before);
    }),
    { numRuns: 8 },
  );
});

it('F58 an engine that ends while its queues close and open ends at once, with every byte it had', async () => {
  await using origin = await startOrigin();
  const records = { ...createMemoryRecords(), close() {} };
  await using test = await startEngine({ ports: { records }, settings: { maxRunning: 4 } });
  const sizeBytes = 2 * mebibyte;
  for (const path of files) origin.serve(path, { seed: 114, sizeBytes, bytesPerSecond: 2 * mebibyte });
  const { id: queueId } = await test.engine.saveQueue({ name: 'Night', speedLimitBytesPerSecond: 100_000 });
  const ids = await Promise.all(files.map((path) => test.add(origin.urlOf(path), { queueId })));
  for (const id of ids) await test.until(id, ({ receivedBytes }) => receivedBytes > 0);
  for (const isPaused of [true, false, true]) void test.engine.saveQueue({ id: queueId, isPaused });
  await test.engine.close();
  await origin.waitFor(({ connections }) => connections.open === 0);
  await using next = await startEngine({ folder: test.folder, ports: { records } });
  for (const id of ids) expect(await next.view(id)).toMatchObject({ queueId, state: { kind: 'queued' } });
  await next.engine.saveQueue({ id: queueId, isPaused: false, speedLimitBytesPerSecond: 0 });
  for (const id of ids) await next.reach(id, 'finished');
  for (const path of files) expect(await verifySeeded(next.path(path.slice(1)), 114, sizeBytes)).toBeNull();
});

it('F58 removing downloads in the middle leaves neither partial nor connection', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { maxRunning: 4 } });
  for (const name of ['a', 'b', 'c', 'd']) {
    origin.serve(`/${name}`, { seed: 112, sizeBytes: 2 * mebibyte });
    // No answer ends by itself: what ends one is the removal.
    origin.script(`/${name}`, { stall: { afterBytes: 200_000, until: createGate() } });
  }
  const ids = await Promise.all(
    ['a', 'b', 'c', 'd'].map((name) => test.add(origin.urlOf(`/${name}`), { maxConnections: 1 })),
  );
  await Promise.all(ids.map((id) => test.until(id, ({ receivedBytes }) => receivedBytes > 100_000)));
  await test.engine.remove({ ids, deleteFile: true });
  expect((await test.engine.snapshot({})).downloads).toEqual([]);
  expect(await test.names()).toEqual([]);
  await origin.waitFor(({ requests }) => requests.every(({ state }) => state === 'cut'));
});
