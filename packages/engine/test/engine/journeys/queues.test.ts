import { join } from 'node:path';
import type { NewDownload, QueueView } from '@sluice/contract';
import { createGate, type Gate, type Origin, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { openRecords } from '../../../src/adapters/records/sqlite-records.ts';
import { startEngine, temporaryFolder, type TestEngine } from '../harness.ts';
import { createSkippingClock, type SkippingClock } from '../skipping-clock.ts';

const sizeBytes = 300_000;
const stalledAtBytes = 100_000;
const minuteMs = 60_000;

/** `/0.bin` and so on, each of which stops half-way until the gate opens. */
function serveStalled(origin: Origin, count: number): Gate {
  const gate = createGate();
  for (let index = 0; index < count; index += 1) {
    origin.serve(`/${String(index)}.bin`, { seed: 300 + index, sizeBytes });
    origin.script(`/${String(index)}.bin`, () => ({ stall: { afterBytes: stalledAtBytes, until: gate } }));
  }
  return gate;
}

async function addAll(test: TestEngine, origin: Origin, specs: readonly Partial<NewDownload>[]): Promise<string[]> {
  const downloads = specs.map((spec, index) => ({
    url: origin.urlOf(`/${String(index)}.bin`),
    maxConnections: 1,
    ...spec,
  }));
  const { results } = await test.engine.add({ downloads });
  return results.map((result) => {
    if (result.kind !== 'added') throw new Error(`not added: ${JSON.stringify(result)}`);
    return result.id;
  });
}

async function kinds(test: TestEngine): Promise<string[]> {
  return (await test.engine.snapshot({})).downloads.map(({ state }) => state.kind);
}

async function expectWhole(test: TestEngine, ids: readonly string[]): Promise<void> {
  for (const [index, id] of ids.entries()) {
    const { name } = await test.reach(id, 'finished');
    expect(await verifySeeded(test.path(name), 300 + index, sizeBytes)).toBeNull();
  }
}

/** A window that begins and ends so many minutes from now. */
function windowAround(clock: SkippingClock, fromMinutes: number, untilMinutes: number) {
  const from = clock.localTime(clock.wallMs() + fromMinutes * minuteMs);
  const until = clock.localTime(clock.wallMs() + untilMinutes * minuteMs);
  return { days: [from.day], fromMinute: from.minute, untilMinute: until.minute };
}

it('runs no more of a queue than it allows, while others fill the rest', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { maxRunning: 3 } });
  const gate = serveStalled(origin, 5);
  const { id: queueId } = await test.engine.saveQueue({ name: 'Slow', maxRunning: 1 });
  const ids = await addAll(test, origin, [{ queueId }, { queueId }, { queueId }, {}, {}]);
  for (const index of [0, 3, 4]) await test.reach(ids[index] ?? '', 'running');
  expect(await kinds(test)).toEqual(['running', 'queued', 'queued', 'running', 'running']);
  gate.open();
  await expectWhole(test, ids);
});

it('starts by priority, then by position, and stops nothing for a higher priority', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { maxRunning: 1 } });
  const gate = serveStalled(origin, 4);
  const ids = await addAll(test, origin, [{}, { priority: 'low' }, {}, { priority: 'high' }]);
  await test.reach(ids[3] ?? '', 'running');
  await test.engine.setPriority({ ids: [ids[2] ?? ''], priority: 'high' });
  expect(await kinds(test)).toEqual(['queued', 'queued', 'queued', 'running']);
  gate.open();
  await expectWhole(test, ids);
  expect(origin.requests.map(({ path }) => path)).toEqual(['/3.bin', '/2.bin', '/0.bin', '/1.bin']);
});

it('puts what runs back into a queue that is paused, with every byte kept, and goes on from there', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const gate = serveStalled(origin, 1);
  const { id: queueId } = await test.engine.saveQueue({ name: 'Night' });
  const [id = ''] = await addAll(test, origin, [{ queueId }]);
  await test.until(id, ({ receivedBytes }) => receivedBytes >= stalledAtBytes);
  await test.engine.saveQueue({ id: queueId, isPaused: true });
  expect(await test.reach(id, 'queued')).toMatchObject({ receivedBytes: stalledAtBytes });
  await origin.waitFor(({ connections }) => connections.open === 0);
  gate.open();
  await test.engine.saveQueue({ id: queueId, isPaused: false });
  await expectWhole(test, [id]);
  expect(origin.requests.at(-1)?.asked?.start).toBe(stalledAtBytes - 64 * 1024);
});

it('runs a queue within its hours alone, and tells when they begin and end', async () => {
  await using origin = await startOrigin();
  const clock = createSkippingClock();
  await using test = await startEngine({ ports: { clock } });
  const gate = serveStalled(origin, 1);
  const told: QueueView[] = [];
  test.engine.subscribe(({ queues = [] }) => told.push(...queues.filter(({ name }) => name === 'Night')));
  const { id: queueId, ...queue } = await test.engine.saveQueue({
    name: 'Night',
    schedule: [windowAround(clock, 30, 60)],
  });
  expect(queue.isOpen).toBe(false);
  const [id = ''] = await addAll(test, origin, [{ queueId }]);
  expect(await kinds(test)).toEqual(['queued']);
  clock.skip((queue.changesAtMs ?? 0) - clock.wallMs());
  await test.until(id, ({ receivedBytes }) => receivedBytes >= stalledAtBytes);
  clock.skip(30 * minuteMs);
  expect(await test.reach(id, 'queued')).toMatchObject({ receivedBytes: stalledAtBytes });
  expect(told.map(({ isOpen }) => isOpen)).toEqual([false, true, false]);
  gate.open();
  await test.engine.saveQueue({ id: queueId, schedule: [] });
  await expectWhole(test, [id]);
});

it('starts within its hours also when they began while the machine slept', async () => {
  await using origin = await startOrigin();
  const clock = createSkippingClock();
  await using test = await startEngine({ ports: { clock } });
  serveStalled(origin, 1).open();
  const night = await test.engine.saveQueue({ name: 'Night', schedule: [windowAround(clock, 6 * 60, 12 * 60)] });
  const ids = await addAll(test, origin, [{ queueId: night.id }]);
  expect(await kinds(test)).toEqual(['queued']);
  // While a machine sleeps its wall clock goes on, and timers stand still.
  clock.jumpWall(8 * 60 * minuteMs);
  clock.skip(minuteMs);
  await expectWhole(test, ids);
});

it('moves what runs without stopping it, unless its new queue is closed', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const gate = serveStalled(origin, 1);
  const [id = ''] = await addAll(test, origin, [{}]);
  await test.until(id, ({ receivedBytes }) => receivedBytes >= stalledAtBytes);
  const open = await test.engine.saveQueue({ name: 'Open' });
  const closed = await test.engine.saveQueue({ name: 'Closed', isPaused: true });
  await test.engine.setQueue({ ids: [id], queueId: open.id });
  expect(await test.view(id)).toMatchObject({ queueId: open.id, state: { kind: 'running' } });
  await test.engine.setQueue({ ids: [id], queueId: closed.id });
  await test.reach(id, 'queued');
  gate.open();
  await test.engine.removeQueue({ id: closed.id });
  expect(await test.view(id)).toMatchObject({ queueId: 'main' });
  await expectWhole(test, [id]);
  expect(origin.requests).toHaveLength(2);
});

it('remembers queues, and who is in them, from one start to the next', async () => {
  await using origin = await startOrigin();
  serveStalled(origin, 1);
  const folder = await temporaryFolder();
  const database = join(folder, 'records.db');
  const schedule = [{ days: [1, 2], fromMinute: 22 * 60, untilMinute: 6 * 60 }];
  let queue: QueueView;
  {
    await using test = await startEngine({ folder, ports: { records: openRecords(database) } });
    queue = await test.engine.saveQueue({ name: 'Night', maxRunning: 2, isPaused: true, schedule });
    await test.engine.saveQueue({ id: 'main', maxRunning: 3 });
    await addAll(test, origin, [{ queueId: queue.id, priority: 'high' }]);
  }
  await using test = await startEngine({ folder, ports: { records: openRecords(database) } });
  const { queues, downloads } = await test.engine.snapshot({});
  expect(queues).toMatchObject([
    { id: 'main', name: 'Main', maxRunning: 3, schedule: [] },
    { id: queue.id, name: 'Night', maxRunning: 2, isPaused: true, schedule },
  ]);
  expect(downloads).toMatchObject([{ queueId: queue.id, priority: 'high', state: { kind: 'queued' } }]);
});

it('refuses queues that are not there, names that are taken, and to do without the main queue', async () => {
  await using test = await startEngine();
  const { results } = await test.engine.add({ downloads: [{ url: 'http://host/file', queueId: 'gone' }] });
  expect(results).toMatchObject([{ kind: 'rejected', error: { code: 'queue-unknown', facts: { queue: 'gone' } } }]);
  await expect(test.engine.saveQueue({ id: 'gone', name: 'Gone' })).rejects.toMatchObject({ code: 'queue-unknown' });
  await expect(test.engine.removeQueue({ id: 'gone' })).rejects.toMatchObject({ code: 'queue-unknown' });
  await expect(test.engine.removeQueue({ id: 'main' })).rejects.toMatchObject({ code: 'request-invalid' });
  await expect(test.engine.saveQueue({ name: ' main ' })).rejects.toMatchObject({ code: 'queue-name-taken' });
  await expect(test.engine.saveQueue({ maxRunning: 2 })).rejects.toThrow();
  await test.engine.saveQueue({ id: 'main', name: 'MAIN' });
  expect((await test.engine.snapshot({})).queues).toMatchObject([{ id: 'main', name: 'MAIN' }]);
});

it('gives a download up after as many attempts as it may make', async () => {
  await using origin = await startOrigin();
  const clock = createSkippingClock();
  await using test = await startEngine({ ports: { clock }, settings: { maxAttempts: 2, retryWaitMs: 60_000 } });
  origin.serve('/0.bin', { seed: 300, sizeBytes });
  origin.script('/0.bin', () => ({ status: 500 }));
  const [id = ''] = await addAll(test, origin, [{ maxAttempts: 3 }]);
  for (const attempt of [1, 2]) {
    const { state } = await test.until(id, (view) => view.state.kind === 'waiting' && view.state.attempt === attempt);
    if (state.kind === 'waiting') clock.skip(state.retryAtMs - clock.wallMs() + 1);
  }
  const { state } = await test.until(id, (view) => view.state.kind === 'failed');
  expect(state).toMatchObject({ error: { code: 'http-server-error' } });
  expect(origin.requests).toHaveLength(3);
});

it('gives up by the number that was set later', async () => {
  await using origin = await startOrigin();
  const clock = createSkippingClock();
  await using test = await startEngine({ ports: { clock }, settings: { maxAttempts: 9, retryWaitMs: 60_000 } });
  origin.serve('/0.bin', { seed: 300, sizeBytes });
  origin.script('/0.bin', () => ({ status: 500 }));
  const [id = ''] = await addAll(test, origin, [{}]);
  const waiting = await test.until(id, (view) => view.state.kind === 'waiting');
  expect(waiting.maxAttempts).toBeNull();
  await test.engine.setLimits({ ids: [id], maxAttempts: 2 });
  expect(await test.view(id)).toMatchObject({ state: { kind: 'waiting' }, maxAttempts: 2, maxConnections: 1 });
  if (waiting.state.kind === 'waiting') clock.skip(waiting.state.retryAtMs - clock.wallMs() + 1);
  await test.until(id, (view) => view.state.kind === 'failed');
  await test.engine.setLimits({ ids: [id], maxAttempts: null });
  expect((await test.view(id)).maxAttempts).toBeNull();
});

it('waits for a head as long as the download says, whatever the settings say', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { headTimeoutMs: 600_000 } });
  origin.serve('/0.bin', { seed: 300, sizeBytes });
  origin.script('/0.bin', () => ({ headGate: createGate() }));
  const [id = ''] = await addAll(test, origin, [{ request: { timeouts: { headTimeoutMs: 100 } } }]);
  expect(await test.reach(id, 'waiting')).toMatchObject({ state: { error: { code: 'stalled' } } });
});
