import { readdir } from 'node:fs/promises';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../src/adapters/memory-records.ts';
import { startEngine } from './harness.ts';

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

it('F58 removing downloads in the middle leaves neither partial nor connection', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { maxRunning: 4 } });
  for (const name of ['a', 'b', 'c', 'd'])
    origin.serve(`/${name}`, { seed: 112, sizeBytes: 2 * mebibyte, bytesPerSecond: mebibyte });
  const ids = await Promise.all(['a', 'b', 'c', 'd'].map((name) => test.add(origin.urlOf(`/${name}`))));
  await Promise.all(ids.map((id) => test.until(id, ({ receivedBytes }) => receivedBytes > 100_000)));
  await test.engine.remove({ ids, deleteFile: true });
  expect((await test.engine.snapshot({})).downloads).toEqual([]);
  expect(await test.names()).toEqual([]);
  await origin.waitFor(({ requests }) => requests.every(({ state }) => state === 'cut'));
});
