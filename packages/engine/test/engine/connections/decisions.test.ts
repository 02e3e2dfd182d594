/** The debug lines of a run: every decision about connections, hosts and backends is there with its figures. */
import { inTurn, startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createHttpPort } from '../../../src/adapters/http/index.ts';
import { createCollectingLog } from '../../collecting-log.ts';
import { startEngine } from '../harness.ts';

const mebibyte = 1024 * 1024;

it('tells each change of the ramp and each split, and the backend once for a host', async () => {
  await using origin = await startOrigin();
  const log = createCollectingLog();
  await using test = await startEngine({ ports: { log, http: createHttpPort({ log }) } });
  origin.serve('/file.bin', { seed: 7, sizeBytes: 6 * mebibyte, bytesPerSecond: 2 * mebibyte });
  const url = origin.urlOf('/file.bin');
  await test.reach(await test.add(url), 'finished');
  const { host } = new URL(url);
  expect(log.of('a backend is chosen')).toEqual([{ backend: 'socket', host, scheme: 'http' }]);
  const [first] = log.of('the ramp changed');
  expect(first).toMatchObject({ host, phase: 'measuring', wantedBefore: 1, wanted: 1, baselineLevel: null, open: 1 });
  const raised = log.of('the ramp changed').find(({ wanted, wantedBefore }) => Number(wanted) > Number(wantedBefore));
  expect(raised).toMatchObject({ phase: 'opening', baselineLevel: 1 });
  expect(Number(raised?.['baselineBytesPerSecond'])).toBeGreaterThan(0);
  const [split] = log.of('a connection gets a segment of its own');
  expect(split).toMatchObject({ host, open: 1 });
  expect(Number(split?.['end'])).toBeGreaterThan(Number(split?.['start']));
});

it('tells a cooldown with its length', async () => {
  await using origin = await startOrigin();
  const log = createCollectingLog();
  await using test = await startEngine({ ports: { log } });
  origin.serve('/file.bin', { seed: 8, sizeBytes: mebibyte });
  origin.script('/file.bin', inTurn({ status: 503, headers: { 'Retry-After': '1' } }, {}));
  const url = origin.urlOf('/file.bin');
  await test.reach(await test.add(url), 'finished');
  const [cooldown] = log.of('a host is in a cooldown');
  expect(cooldown).toMatchObject({ host: new URL(url).host });
  expect(Number(cooldown?.['forMs'])).toBeGreaterThan(0);
});

it.each([
  ['another file', 9, 'a mirror is of no help'],
  ['the same file', 8, 'a mirror leads to the same file'],
])('tells the verdict on a mirror with %s', async (_what, seed, message) => {
  await using origin = await startOrigin();
  await using other = await startOrigin();
  const log = createCollectingLog();
  await using test = await startEngine({ ports: { log } });
  const file = { sizeBytes: 4 * mebibyte, bytesPerSecond: mebibyte };
  origin.serve('/file.bin', { ...file, seed: 8 });
  other.serve('/file.bin', { ...file, seed });
  const mirrors = [other.urlOf('/file.bin')];
  await test.reach(await test.add(origin.urlOf('/file.bin'), { request: { mirrors } }), 'finished');
  expect(log.of(message)).toMatchObject([{ host: new URL(other.urlOf('/')).host }]);
});
