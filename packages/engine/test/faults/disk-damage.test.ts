/** What other programs and failing disks do to a partial, and what a fetch makes of it: on a real disk, in every way. */
import { type FileHandle, open, rename, stat, truncate, utimes, writeFile } from 'node:fs/promises';
import type { NewDownload } from '@sluice/contract';
import { createFaultyFiles } from '@sluice/testkit/disk';
import { createGate, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { startEngine, type TestEngine } from '../engine/harness.ts';

const mebibyte = 1024 * 1024;
const sizeBytes = 8 * mebibyte;
const haltedAt = 6 * mebibyte;
const partial = 'file.bin.sluice';
const seed = 116;

async function edit<T>(path: string, action: (file: FileHandle) => Promise<T>): Promise<T> {
  await using file = await open(path, 'r+');
  return await action(file);
}

function zero(from: number, to: number): (path: string) => Promise<unknown> {
  return (path) => edit(path, (file) => file.write(Buffer.alloc(to - from), 0, to - from, from));
}

async function cutAndGrow(path: string): Promise<void> {
  await truncate(path, 2 * mebibyte);
  await truncate(path, sizeBytes);
}

/** Halts in the middle, with every byte so far proved by a sync, and lets the caller do something then. */
async function fetchWith(
  tamper: (path: string) => Promise<unknown>,
  backend: 'socket' | 'undici' | 'curl' = 'socket',
  spec: Partial<NewDownload> = {},
): Promise<{ readonly sentBytes: number; readonly name: string; readonly fault: string | null }> {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const gate = createGate();
  origin.serve('/file.bin', { seed, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: haltedAt, until: gate } } : {},
  );
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1, request: { backend }, ...spec });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= haltedAt);
  await tamper(test.path(partial));
  gate.open();
  const { name } = await test.reach(id, 'finished');
  const fault = await verifySeeded(test.path(name), seed, sizeBytes);
  return { sentBytes: origin.bodyBytesSent, name, fault: fault === null ? null : JSON.stringify(fault) };
}

describe.each(['socket', 'undici', 'curl'] as const)(
  'F116 by %s, while bytes flow into it the partial is',
  (backend) => {
    it.each<[string, (path: string) => Promise<unknown>, number]>([
      ['cut short', (path) => truncate(path, 2 * mebibyte), 4 * mebibyte],
      ['emptied', (path) => truncate(path, 0), 6 * mebibyte],
      ['cut and grown back', cutAndGrow, 4 * mebibyte],
    ])('%s: only the damage is fetched again', async (_what, tamper, damagedBytes) => {
      const { sentBytes, name, fault } = await fetchWith(tamper, backend);
      expect(fault).toBeNull();
      expect(name).toBe('file.bin');
      expect(sentBytes).toBeLessThanOrEqual(sizeBytes + damagedBytes + 2 * mebibyte);
    });
  },
);

describe.each(['socket', 'undici', 'curl'] as const)(
  'F116 by %s, overwritten without a sign while bytes flow',
  (backend) => {
    it('is found when the file is read back before it gets its name, and only the damage is fetched again', async () => {
      const { sentBytes, fault } = await fetchWith(zero(3 * mebibyte, 3 * mebibyte + 4096), backend, { verify: true });
      expect(fault).toBeNull();
      expect(sentBytes).toBeLessThanOrEqual(sizeBytes + 2 * mebibyte);
    });
  },
);

it('F116 a small file is read back too', async () => {
  await using origin = await startOrigin();
  const disk = createFaultyFiles(createNodeFiles());
  await using test = await startEngine({ ports: { files: disk }, settings: { verifyFiles: true } });
  origin.serve('/small.bin', { seed, sizeBytes: 1000 });
  await test.reach(await test.add(origin.urlOf('/small.bin')), 'finished');
  expect(disk.calls.some(({ kind, path }) => kind === 'read' && path.endsWith('.sluice'))).toBe(true);
});

/** A fetch that was stopped in order, with something done to its partial before it goes on. */
async function resumeAfter(tamper: (test: TestEngine) => Promise<unknown>): Promise<{ readonly fetchedBytes: number }> {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const gate = createGate();
  origin.serve('/file.bin', { seed, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: haltedAt, until: gate } } : {},
  );
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= haltedAt);
  await test.engine.pause({ ids: [id] });
  await tamper(test);
  const sentBefore = origin.bodyBytesSent;
  await test.engine.resume({ ids: [id] });
  const { name } = await test.reach(id, 'finished');
  expect(name).toBe('file.bin');
  expect(await verifySeeded(test.path(name), seed, sizeBytes)).toBeNull();
  return { fetchedBytes: origin.bodyBytesSent - sentBefore };
}

describe('F131 while it is stopped the partial is', () => {
  it.each<[string, (path: string) => Promise<unknown>, number]>([
    ['cut and grown back with zeros', cutAndGrow, 4 * mebibyte],
    [
      'cut and grown back, and dated as before',
      async (path) => {
        const { atime, mtime } = await stat(path);
        await cutAndGrow(path);
        await utimes(path, atime, mtime);
      },
      4 * mebibyte,
    ],
    ['overwritten with zeros', zero(3 * mebibyte, 3 * mebibyte + 4096), mebibyte],
  ])('%s: only the damage is fetched again', async (_what, tamper, damagedBytes) => {
    const { fetchedBytes } = await resumeAfter((test) => tamper(test.path(partial)));
    expect(fetchedBytes).toBeLessThanOrEqual(sizeBytes - haltedAt + damagedBytes + mebibyte);
  });
});

describe('F118 a damage of 4 KiB costs one block', () => {
  it.each([0, 100_000, mebibyte - 4096, 3 * mebibyte, haltedAt - 4096])('at byte %i', async (position) => {
    const { fetchedBytes } = await resumeAfter((test) => zero(position, position + 4096)(test.path(partial)));
    expect(fetchedBytes).toBeLessThanOrEqual(sizeBytes - haltedAt + mebibyte + 256 * 1024);
  });
});

it('F130 the second sync of the partial fails: what the first proved is kept', async () => {
  await using origin = await startOrigin();
  const disk = createFaultyFiles(createNodeFiles());
  await using test = await startEngine({ ports: { files: disk } });
  const gate = createGate();
  origin.serve('/file.bin', { seed, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: haltedAt, until: gate } } : {},
  );
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= haltedAt);
  await expect
    .poll(() => disk.calls.some(({ kind, path }) => kind === 'sync' && path.endsWith('.sluice')), { timeout: 20_000 })
    .toBe(true);
  disk.fail({ kind: 'sync', path: /\.sluice$/, error: 'disk-io' });
  gate.open();
  await test.until(id, ({ state }) => state.kind === 'failed' || state.kind === 'waiting');
  disk.heal();
  const sentBefore = origin.bodyBytesSent;
  await test.engine.retry({ ids: [id] });
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), seed, sizeBytes)).toBeNull();
  expect(origin.bodyBytesSent - sentBefore).toBeLessThanOrEqual(sizeBytes - haltedAt + mebibyte);
}, 60_000);

it('F69 what another file was put in the place of the partial at the last moment is not called finished', async () => {
  await using origin = await startOrigin();
  const disk = createFaultyFiles(createNodeFiles());
  await using test = await startEngine({ ports: { files: disk } });
  origin.serve('/file.bin', { seed, sizeBytes: mebibyte });
  const moveNew = disk.moveNew.bind(disk);
  disk.moveNew = async (from, to, identity) => {
    if (from.endsWith('.sluice')) {
      await rename(from, `${from}-away`);
      await writeFile(from, 'forged');
    }
    await moveNew(from, to, identity);
  };
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  const { state } = await test.until(id, ({ state: { kind } }) => kind === 'failed' || kind === 'finished');
  expect(state).toMatchObject({ kind: 'failed', error: { code: 'file-changed' } });
  expect(await test.names()).not.toContain('file.bin');
});
