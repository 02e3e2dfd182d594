import { createGate, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createCollectingLog } from '../../collecting-log.ts';
import { startEngine } from '../harness.ts';

const mebibyte = 1024 * 1024;
/** Far beyond any test: what ends in time was not replaced for having stalled. */
const timeouts = { stallTimeoutMs: 3_600_000, idleTimeoutMs: 3_600_000 };

it('the last bytes of a silent connection are fetched by another, which then gives the silent one up', async () => {
  await using origin = await startOrigin();
  const log = createCollectingLog();
  await using test = await startEngine({ timeouts, ports: { log } });
  const never = createGate();
  const sizeBytes = 4 * mebibyte;
  origin.serve('/file.bin', { seed: 60, sizeBytes, bytesPerSecond: 8 * mebibyte });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: mebibyte, until: never } } : {},
  );
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 60, sizeBytes)).toBeNull();
  await origin.waitFor(({ requests }) => requests.some(({ state }) => state === 'cut'));
  // It is raced, or dismissed when this machine is too busy for the ramp to see that a second one helps. Both are said.
  const host = new URL(origin.urlOf('/')).host;
  const said = [...log.of('a silent connection is raced by another'), ...log.of('connections are dismissed')];
  expect(said[0]).toMatchObject({ host });
  expect(origin.requestsOf('/file.bin')[0]).toMatchObject({ state: 'cut' });
});

it('a silent connection keeps its chance when the one that races it is turned away', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ timeouts });
  const gate = createGate();
  const sizeBytes = 4 * mebibyte;
  origin.serve('/file.bin', { seed: 61, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: mebibyte, until: gate } } : { status: 503 },
  );
  const id = await test.add(origin.urlOf('/file.bin'));
  await origin.waitFor(({ requests }) => requests.length >= 2);
  origin.script('/file.bin', null);
  gate.open();
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), 61, sizeBytes)).toBeNull();
});

it('a connection that does not begin is not waited for while others have long begun', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ timeouts });
  const never = createGate();
  const sizeBytes = 8 * mebibyte;
  origin.serve('/file.bin', { seed: 62, sizeBytes, bytesPerSecond: 8 * mebibyte });
  origin.script('/file.bin', (_request, index) => (index === 3 ? { headGate: never } : {}));
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 62, sizeBytes)).toBeNull();
  // The one that never began was given up, if there was a fourth at all.
  await origin.waitFor(({ requests }) => requests.every(({ state }) => state === 'cut' || state === 'answered'));
});

it('a stream goes on into what a connection that does not begin was to fetch', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ timeouts });
  const never = createGate();
  const sizeBytes = 4 * mebibyte;
  origin.serve('/file.bin', { seed: 63, sizeBytes, bytesPerSecond: 8 * mebibyte });
  origin.script('/file.bin', (_request, index) => (index === 0 ? {} : { headGate: never }));
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 63, sizeBytes)).toBeNull();
  // A further one, if there was any, was given up.
  await origin.waitFor(({ requests }) => requests.every(({ state }) => state === 'cut' || state === 'answered'));
});
