import { SluiceError } from '@sluice/contract';
import { inTurn, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../../src/adapters/records/memory-records.ts';
import type { Records } from '../../../src/ports/records.ts';
import { startEngine } from '../harness.ts';
import { createSkippingClock } from '../skipping-clock.ts';

/** Records on a disk that is full while a test says so. */
function crampedRecords(isFull: () => boolean): Records {
  const records = createMemoryRecords();
  const refuse = (): void => {
    if (isFull()) throw new SluiceError('disk-full', 'no room for the database');
  };
  return {
    ...records,
    saveDownloads: (saved) => {
      refuse();
      records.saveDownloads(saved);
    },
    saveHostLesson: (lesson) => {
      refuse();
      records.saveHostLesson(lesson);
    },
  };
}

it('F42 goes on where the database has no room, and writes all of it down once there is some', async () => {
  await using origin = await startOrigin();
  const clock = createSkippingClock();
  let isFull = false;
  const records = crampedRecords(() => isFull);
  await using test = await startEngine({ ports: { clock, records }, settings: { maxRunning: 1 } });
  const sizeBytes = 3_000_000;
  for (const path of ['/a.bin', '/b.bin']) origin.serve(path, { seed: 120, sizeBytes });
  origin.script('/b.bin', inTurn({ status: 503 }, {}));
  const { engine } = test;
  const { results } = await engine.add({
    downloads: ['/a.bin', '/b.bin'].map((path) => ({ url: origin.urlOf(path) })),
    start: false,
  });
  const ids = results.flatMap((result) => (result.kind === 'added' ? [result.id] : []));
  await engine.resume({ ids });
  isFull = true;
  await expect(test.add(origin.urlOf('/c.bin'))).rejects.toMatchObject({ code: 'disk-full' });
  await test.reach(ids[0] ?? '', 'finished');
  const { state } = await test.reach(ids[1] ?? '', 'waiting');
  if (state.kind === 'waiting') clock.skip(state.retryAtMs - clock.wallMs() + 1);
  await test.reach(ids[1] ?? '', 'finished');
  for (const name of ['a.bin', 'b.bin']) expect(await verifySeeded(test.path(name), 120, sizeBytes)).toBeNull();
  expect(records.loadDownloads().map((record) => record.state.kind)).not.toContain('finished');
  isFull = false;
  const isKnown = () => records.loadDownloads().every((record) => record.state.kind === 'finished');
  while (!isKnown()) {
    clock.skip(60_000);
    await new Promise((resolve) => setImmediate(resolve));
  }
});

it('F42 stops and goes on as told although that cannot be remembered, and says so', async () => {
  await using origin = await startOrigin();
  let isFull = false;
  await using test = await startEngine({ ports: { records: crampedRecords(() => isFull) } });
  const sizeBytes = 1_000_000;
  origin.serve('/a.bin', { seed: 121, sizeBytes, bytesPerSecond: 1_000_000 });
  const id = await test.add(origin.urlOf('/a.bin'));
  await test.until(id, ({ receivedBytes }) => receivedBytes > 100_000);
  isFull = true;
  await expect(test.engine.pause({ ids: [id] })).rejects.toMatchObject({ code: 'disk-full' });
  expect(await test.view(id)).toMatchObject({ state: { kind: 'paused' }, connections: 0 });
  await origin.waitFor(({ connections }) => connections.open === 0);
  await expect(test.engine.resume({ ids: [id] })).rejects.toMatchObject({ code: 'disk-full' });
  const { name } = await test.reach(id, 'finished');
  expect(await verifySeeded(test.path(name), 121, sizeBytes)).toBeNull();
});
