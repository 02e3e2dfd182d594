import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createFaultyFiles, createMemoryFiles, type Fault, loseAll, seededChoice } from '@sluice/testkit/disk';
import { createGate, inTurn, seededBytes, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../../../src/adapters/records/memory-records.ts';
import { createNodeFiles } from '../../../src/adapters/files/node-files.ts';
import { startEngine } from '../harness.ts';
import { createSmallDisk } from '../small-disk.ts';

const mebibyte = 1024 * 1024;

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

it('F40 a file that cannot fit is stopped before its body, and says how much is missing', async () => {
  await using origin = await startOrigin();
  using disk = createSmallDisk(4 * mebibyte);
  await using test = await startEngine({ folder: disk.folder, ports: { files: disk.files } });
  const sizeBytes = 6 * mebibyte;
  const gate = createGate();
  origin.serve('/file.bin', { seed: 100, sizeBytes });
  origin.script('/file.bin', inTurn({ stall: { afterBytes: 1, until: gate } }));
  const id = await test.add(origin.urlOf('/file.bin'));
  const { state } = await test.reach(id, 'waiting');
  expect(state).toMatchObject({ error: { code: 'disk-full', facts: { neededBytes: sizeBytes } } });
  const missing = state.kind === 'waiting' ? Number(state.error.facts?.['missingBytes']) : 0;
  expect(missing).toBeGreaterThanOrEqual(2 * mebibyte);
  expect(missing).toBeLessThan(3 * mebibyte);
  expect(await disk.names()).toEqual([]);
});

it.each([
  ['of known length', {}],
  ['of unknown length', { framing: 'chunked' }],
] as const)(
  'F41 F42 a disk that others fill while a file %s is written keeps what it holds, and the file comes once there is room',
  async (_what, answer) => {
    await using origin = await startOrigin();
    using disk = createSmallDisk(6 * mebibyte);
    await using test = await startEngine({ folder: disk.folder, ports: { files: disk.files } });
    const sizeBytes = 4 * mebibyte;
    const gate = createGate();
    origin.serve('/file.bin', { seed: 101, sizeBytes });
    origin.script('/file.bin', inTurn({ ...answer, stall: { afterBytes: mebibyte, until: gate } }, answer));
    const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
    await test.until(id, ({ receivedBytes }) => receivedBytes >= mebibyte);
    // To the last byte, as far as that can be: neither the partial nor its journal finds room.
    await disk.fill(3 * mebibyte + 512 * 1024);
    gate.open();
    const full = await test.reach(id, 'waiting');
    expect(full.state).toMatchObject({ error: { code: 'disk-full' } });
    expect(await disk.names()).toEqual(['file.bin.sluice', 'file.bin.sluice-journal']);
    await disk.fill(0);
    const sentBefore = origin.bodyBytesSent;
    await test.engine.retry({ ids: [id] });
    await test.reach(id, 'finished');
    expect(sha256(await disk.read('file.bin'))).toBe(sha256(seededBytes(101, 0, sizeBytes)));
    expect(origin.bodyBytesSent - sentBefore).toBeLessThan(sizeBytes);
  },
);

const partial = /\.sluice$/;
const journal = /\.sluice-journal$/;

describe('a disk that fails once: nothing is finished before its bytes are safe', () => {
  it.each<[string, Fault, string]>([
    ['F42 no room for the head of the journal', { kind: 'write', path: journal, error: 'disk-full' }, 'disk-full'],
    ['F42 no room for the journal', { kind: 'write', path: journal, nth: 2, error: 'disk-full' }, 'disk-full'],
    ['F44 a write fails', { kind: 'write', path: partial, nth: 2, error: 'disk-io' }, 'disk-io'],
    ['F44 half a write fails', { kind: 'write', path: partial, nth: 2, error: 'disk-io', effect: 'half' }, 'disk-io'],
    ['F44 a sync fails', { kind: 'sync', path: partial, error: 'disk-io' }, 'disk-io'],
    ['F44 the sync of the journal fails', { kind: 'sync', path: journal, error: 'disk-io' }, 'disk-io'],
    [
      'F45 the folder takes no file',
      { kind: 'create', path: partial, error: 'file-access-denied' },
      'file-access-denied',
    ],
    ['F46 the file would be too large', { kind: 'truncate', path: partial, error: 'file-too-large' }, 'file-too-large'],
    ['F51 the file cannot get its name', { kind: 'moveNew', error: 'file-busy' }, 'file-busy'],
    ['F51 the folder takes no name', { kind: 'moveNew', error: 'file-access-denied' }, 'file-access-denied'],
    ['F57 too many files are open', { kind: 'create', path: partial, error: 'file-busy' }, 'file-busy'],
  ])('%s', async (_what, fault, code) => {
    await using origin = await startOrigin();
    const files = createFaultyFiles(createNodeFiles());
    await using test = await startEngine({ ports: { files } });
    const sizeBytes = 5 * mebibyte;
    origin.serve('/file.bin', { seed: 102, sizeBytes });
    files.fail(fault);
    const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
    const { state } = await test.until(id, ({ state: { kind } }) => kind !== 'running' && kind !== 'queued');
    expect(state).toMatchObject({ error: { code } });
    expect(await test.names()).not.toContain('file.bin');
    files.heal();
    await test.engine.retry({ ids: [id] });
    await test.reach(id, 'finished');
    expect(await verifySeeded(test.path('file.bin'), 102, sizeBytes)).toBeNull();
    expect(await test.names()).toEqual(['file.bin']);
  });
});

it('F45 a folder that cannot be made is named, and another one can be chosen', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 103, sizeBytes: 1000 });
  await writeFile(test.path('in-the-way'), '');
  const id = await test.add(origin.urlOf('/file.bin'), { folder: test.path('in-the-way/below') });
  const { state } = await test.until(id, ({ state: { kind } }) => kind === 'failed');
  expect(state).toMatchObject({ error: { code: expect.stringMatching(/^(folder-missing|file-exists|file-unsafe)$/) } });
  await test.reach(await test.add(origin.urlOf('/file.bin?again'), { folder: test.path('elsewhere') }), 'finished');
});

it.each([
  ['loses all that was not synced', loseAll],
  ['loses some of it', seededChoice(1)],
  ['loses other parts of it', seededChoice(2)],
])('F53 a power cut that %s: the next start goes on with what is sound', async (_what, choose) => {
  await using origin = await startOrigin();
  const files = createMemoryFiles();
  const records = { ...createMemoryRecords(), close() {} };
  const sizeBytes = 6 * mebibyte;
  origin.serve('/file.bin', { seed: 104, sizeBytes, bytesPerSecond: mebibyte });
  const first = await startEngine({ folder: '/downloads', ports: { files, records } });
  const id = await first.add(origin.urlOf('/file.bin'));
  await first.until(id, ({ receivedBytes }) => receivedBytes > 3 * mebibyte);
  files.crash(choose);
  await first.engine.close();
  origin.change('/file.bin', { seed: 104, sizeBytes, bytesPerSecond: 100 * mebibyte });
  await using second = await startEngine({ folder: '/downloads', ports: { files, records } });
  await second.engine.retry({ ids: [id] });
  const { name } = await second.reach(id, 'finished');
  const stored = files.contents(`/downloads/${name}`);
  expect(stored === null ? null : sha256(stored)).toBe(sha256(seededBytes(104, 0, sizeBytes)));
});

it('F53 a power cut in the first moments leaves a partial that the next start knows for its own', async () => {
  await using origin = await startOrigin();
  const memory = createMemoryFiles();
  const files = createFaultyFiles(memory);
  const records = { ...createMemoryRecords(), close() {} };
  const sizeBytes = 2 * mebibyte;
  origin.serve('/file.bin', { seed: 105, sizeBytes });
  origin.script('/file.bin', inTurn({ stall: { afterBytes: 1000, until: createGate() } }, {}));
  const first = await startEngine({ folder: '/downloads', ports: { files, records } });
  const id = await first.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await expect.poll(() => files.calls.filter(({ kind }) => kind === 'syncFolder').length).toBe(1);
  memory.crash(loseAll);
  await first.engine.close();
  await using second = await startEngine({ folder: '/downloads', ports: { files: memory, records } });
  await second.engine.retry({ ids: [id] });
  expect(await second.reach(id, 'finished')).toMatchObject({ name: 'file.bin' });
  expect(memory.paths()).toEqual(['/downloads/file.bin']);
});
