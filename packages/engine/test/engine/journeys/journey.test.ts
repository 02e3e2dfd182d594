import { createHash } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { FollowedList } from '@sluice/contract';
import { createGate, seededSha256, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../../src/adapters/records/memory-records.ts';
import { startEngine, temporaryFolder } from '../harness.ts';

const mebibyte = 1024 * 1024;

it('fetches a file and leaves nothing else in the folder', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 1, sizeBytes: 20 * mebibyte });
  const id = await test.add(origin.urlOf('/file.bin'));
  const view = await test.reach(id, 'finished');
  expect(view).toMatchObject({ name: 'file.bin', sizeBytes: 20 * mebibyte, receivedBytes: 20 * mebibyte });
  expect(await test.names()).toEqual(['file.bin']);
  const sha256 = createHash('sha256')
    .update(await readFile(test.path('file.bin')))
    .digest('hex');
  expect(sha256).toBe(seededSha256(1, 20 * mebibyte));
});

it('sends no request before the download itself', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/small', { seed: 2, sizeBytes: 1000 });
  await test.reach(await test.add(origin.urlOf('/small')), 'finished');
  expect(origin.requests.map(({ method, range }) => ({ method, range }))).toEqual([{ method: 'GET', range: null }]);
});

it('uses several connections where each is slow, and every byte is right', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/slow.bin', { seed: 3, sizeBytes: 8 * mebibyte, bytesPerSecond: 2 * mebibyte });
  const id = await test.add(origin.urlOf('/slow.bin'));
  await test.reach(id, 'finished');
  // The first step of the ramp is always tried; how far it climbs is tested in virtual time.
  expect(origin.connections.peak).toBeGreaterThan(1);
  expect(await verifySeeded(test.path('slow.bin'), 3, 8 * mebibyte)).toBeNull();
});

it('pauses and resumes without fetching twice what it had', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 16 * mebibyte;
  const gate = createGate();
  origin.serve('/file.bin', { seed: 4, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: 6 * mebibyte, until: gate } } : {},
  );
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= 6 * mebibyte);
  await test.engine.pause({ ids: [id] });
  expect((await test.view(id)).state.kind).toBe('paused');
  expect(await test.names()).toEqual(['file.bin.sluice', 'file.bin.sluice-journal']);
  await test.engine.resume({ ids: [id] });
  await test.reach(id, 'finished');
  expect(origin.requests.at(-1)?.range).toBe(`bytes=${6 * mebibyte - 64 * 1024}-${sizeBytes - 1}`);
  expect(await verifySeeded(test.path('file.bin'), 4, sizeBytes)).toBeNull();
});

it('whoever pauses once more waits for the disk as well', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const gate = createGate();
  origin.serve('/file.bin', { seed: 17, sizeBytes: 4_000_000 });
  origin.script('/file.bin', { stall: { afterBytes: 2_000_000, until: gate } });
  const id = await test.add(origin.urlOf('/file.bin'));
  await test.until(id, ({ receivedBytes }) => receivedBytes >= 1_000_000);
  const first = test.engine.pause({ ids: [id] }).then(() => 'first');
  const second = test.engine.pause({ ids: [id] }).then(() => 'second');
  expect(await Promise.race([second, first])).toBe('first');
  await second;
  gate.open();
});

it('takes up after a new start of the engine what the last one had', async () => {
  await using origin = await startOrigin();
  const folder = await temporaryFolder();
  const records = createMemoryRecords();
  const keepOpen = { ...records, close() {} };
  const sizeBytes = 16 * mebibyte;
  const gate = createGate();
  origin.serve('/file.bin', { seed: 5, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: 5 * mebibyte, until: gate } } : {},
  );
  const first = await startEngine({ folder, ports: { records: keepOpen } });
  const id = await first.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await first.until(id, ({ receivedBytes }) => receivedBytes >= 5 * mebibyte);
  await first.engine.close();
  await using second = await startEngine({ folder, ports: { records: keepOpen } });
  await second.reach(id, 'finished');
  expect(origin.requests.at(-1)?.range).toBe(`bytes=${5 * mebibyte - 64 * 1024}-${sizeBytes - 1}`);
  expect(await verifySeeded(second.path('file.bin'), 5, sizeBytes)).toBeNull();
});

it('adopts a partial by its link when the list is gone', async () => {
  await using origin = await startOrigin();
  const folder = await temporaryFolder();
  const sizeBytes = 8 * mebibyte;
  const gate = createGate();
  origin.serve('/file.bin', { seed: 6, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: 3 * mebibyte, until: gate } } : {},
  );
  const first = await startEngine({ folder });
  const id = await first.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await first.until(id, ({ receivedBytes }) => receivedBytes >= 3 * mebibyte);
  await first.engine.close();
  await using second = await startEngine({ folder });
  const again = await second.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await second.reach(again, 'finished');
  expect(origin.requests.at(-1)?.range).toBe(`bytes=${3 * mebibyte - 64 * 1024}-${sizeBytes - 1}`);
  expect(await second.names()).toEqual(['file.bin']);
});

it('leaves the partial of a link alone when a form is sent to it', async () => {
  await using origin = await startOrigin();
  const folder = await temporaryFolder();
  origin.serve('/file.bin', { seed: 6, sizeBytes: 8 * mebibyte });
  origin.script('/file.bin', ({ method }) =>
    method === 'POST' ? { body: 'the answer' } : { stall: { afterBytes: 3 * mebibyte, until: createGate() } },
  );
  const first = await startEngine({ folder });
  const id = await first.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await first.until(id, ({ receivedBytes }) => receivedBytes >= 3 * mebibyte);
  await first.engine.close();
  await using second = await startEngine({ folder });
  const form = await second.add(origin.urlOf('/file.bin'), { request: { method: 'POST', body: 'a=1' } });
  await second.reach(form, 'finished');
  expect(await readFile(second.path('file (1).bin'), 'utf8')).toBe('the answer');
  expect(await second.names()).toEqual(['file (1).bin', 'file.bin.sluice', 'file.bin.sluice-journal']);
});

it('F01 a server without ranges starts again from byte 0 and the file is whole', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 4 * mebibyte;
  origin.serve('/file.bin', { seed: 7, sizeBytes, ranges: false });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { end: { afterBytes: 2 * mebibyte, how: 'reset' } } : {},
  );
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 7, sizeBytes)).toBeNull();
});

it.each([{ etag: undefined }, { etag: null }])(
  'F02 F03 F103 a resource that changed while paused is not mixed ($etag)',
  async (traits) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    const sizeBytes = 8 * mebibyte;
    const gate = createGate();
    const etag = traits.etag === null ? { etag: null } : {};
    origin.serve('/file.bin', { seed: 8, sizeBytes, ...etag });
    origin.script('/file.bin', (_request, index) =>
      index === 0 ? { stall: { afterBytes: 3 * mebibyte, until: gate } } : {},
    );
    const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
    await test.until(id, ({ receivedBytes }) => receivedBytes >= 3 * mebibyte);
    await test.engine.pause({ ids: [id] });
    origin.change('/file.bin', { seed: 9, sizeBytes, ...etag });
    await test.engine.resume({ ids: [id] });
    await test.replaceChanged(id);
    await test.reach(id, 'finished');
    expect(await verifySeeded(test.path('file.bin'), 9, sizeBytes)).toBeNull();
    expect(await test.names()).toEqual(['file.bin']);
  },
);

it('F24 a server that refuses further connections costs nothing', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 6 * mebibyte;
  origin.serve('/file.bin', { seed: 10, sizeBytes, bytesPerSecond: 4 * mebibyte });
  origin.script('/file.bin', (request) => (request.concurrent <= 2 ? {} : { status: 503 }));
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 10, sizeBytes)).toBeNull();
});

it('F33 a connection reset every so often still comes to the end', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 5 * mebibyte;
  origin.serve('/file.bin', { seed: 11, sizeBytes });
  origin.script('/file.bin', { end: { afterBytes: 700_000, how: 'reset' } });
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path('file.bin'), 11, sizeBytes)).toBeNull();
});

it('F16 a chunked body of unknown length is finished at its last chunk', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 2 * mebibyte;
  origin.serve('/stream', { seed: 12, sizeBytes });
  origin.script('/stream', { framing: 'chunked' });
  const view = await test.reach(await test.add(origin.urlOf('/stream')), 'finished');
  expect(view.sizeBytes).toBe(sizeBytes);
  expect(await verifySeeded(test.path('stream'), 12, sizeBytes)).toBeNull();
});

it('F50 a file that is there already is left alone', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 13, sizeBytes: 1000 });
  await writeFile(test.path('file.bin'), 'mine');
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await test.names()).toEqual(['file (1).bin', 'file.bin']);
  expect(await readFile(test.path('file.bin'), 'utf8')).toBe('mine');
});

it('F59 fetches an empty file and a file of one byte', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/empty', { seed: 14, sizeBytes: 0 });
  origin.serve('/one', { seed: 14, sizeBytes: 1 });
  await test.reach(await test.add(origin.urlOf('/empty')), 'finished');
  await test.reach(await test.add(origin.urlOf('/one')), 'finished');
  expect((await readFile(test.path('empty'))).length).toBe(0);
  expect((await readFile(test.path('one'))).length).toBe(1);
});

it('F25 an error page is never written, and the download says why it stopped', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const id = await test.add(origin.urlOf('/missing'));
  const { state } = await test.until(id, ({ state: now }) => now.kind === 'failed');
  expect(state).toMatchObject({ kind: 'failed', error: { code: 'http-not-found' } });
  expect(await test.names()).toEqual([]);
});

it('cancels: the partial is gone, the entry stays and can start again', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const gate = createGate();
  origin.serve('/file.bin', { seed: 15, sizeBytes: 2 * mebibyte });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: mebibyte, until: gate } } : {},
  );
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= mebibyte);
  await test.engine.cancel({ ids: [id] });
  expect(await test.names()).toEqual([]);
  expect((await test.view(id)).state.kind).toBe('cancelled');
  await test.engine.retry({ ids: [id] });
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), 15, 2 * mebibyte)).toBeNull();
});

it('F56 removing with the file deletes only the file it made', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/a.bin', { seed: 16, sizeBytes: 1000 });
  origin.serve('/b.bin', { seed: 17, sizeBytes: 1000 });
  const [a, b] = [await test.add(origin.urlOf('/a.bin')), await test.add(origin.urlOf('/b.bin'))];
  await test.reach(a, 'finished');
  await test.reach(b, 'finished');
  // Somebody replaces b by a file of their own.
  await writeFile(test.path('b.new'), 'theirs');
  const { rename } = await import('node:fs/promises');
  await rename(test.path('b.new'), test.path('b.bin'));
  await test.engine.remove({ ids: [a, b], deleteFile: true });
  expect(await test.names()).toEqual(['b.bin']);
  expect((await test.engine.snapshot({})).downloads).toEqual([]);
});

it('F14 a body compressed although identity was asked is stored as the file it stands for', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = 3 * mebibyte;
  origin.serve('/file.bin', { seed: 18, sizeBytes });
  origin.script('/file.bin', { gzip: true });
  const view = await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(view).toMatchObject({ sizeBytes, resumable: false });
  expect(await verifySeeded(test.path('file.bin'), 18, sizeBytes)).toBeNull();
});

it('F14 a compressed body that is cut off is not finished', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const sizeBytes = mebibyte;
  origin.serve('/file.bin', { seed: 19, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { gzip: true, framing: 'close', end: { afterBytes: 300_000, how: 'fin' } } : { gzip: true },
  );
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  // The first, the plain one that follows, and perhaps a range by which the host proves itself.
  expect(origin.requests.length).toBe(2);
  expect(await verifySeeded(test.path('file.bin'), 19, sizeBytes)).toBeNull();
});

it('F15 a .tar.gz said to be gzip-encoded keeps its encoded bytes', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/code.tar.gz', { seed: 20, sizeBytes: 50_000, headers: { 'Content-Encoding': 'gzip' } });
  await test.reach(await test.add(origin.urlOf('/code.tar.gz')), 'finished');
  expect(await verifySeeded(test.path('code.tar.gz'), 20, 50_000)).toBeNull();
});

it('F105 a paused download is told to have no speed, although its run ends later', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/slow.bin', { seed: 5, sizeBytes: 64 * mebibyte, bytesPerSecond: 4 * mebibyte });
  const list = new FollowedList();
  list.takeSnapshot(await test.engine.snapshot({}));
  const told = new EventEmitter();
  const stop = test.engine.subscribe((delta) => {
    list.takeDelta(delta);
    told.emit('delta');
  });
  const id = await test.add(origin.urlOf('/slow.bin'));
  while ((list.downloads.get(id)?.speedBytesPerSecond ?? 0) === 0) await once(told, 'delta');
  await test.engine.pause({ ids: [id] });
  // What is told of the second one is told after all that was to be told of the first.
  const { results } = await test.engine.add({ downloads: [{ url: origin.urlOf('/other') }], start: false });
  const other = results[0]?.kind === 'added' ? results[0].id : '';
  while (!list.downloads.has(other)) await once(told, 'delta');
  expect(list.downloads.get(id)).toMatchObject({ state: { kind: 'paused' }, speedBytesPerSecond: 0, connections: 0 });
  stop();
});
