import { execFileSync } from 'node:child_process';
import { open, rm } from 'node:fs/promises';
import { createGate, seededBytes, seededSha256, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { blockBytes } from '../../../src/plan/ranges/extent.ts';
import { startEngine, type TestEngine } from '../harness.ts';

const sizeBytes = 4 * blockBytes;
const etag = '"1"';

/** Like a disk that loses a bit: nothing about the file says that it was written to. */
async function rot(path: string, position: number): Promise<void> {
  const times = `${path}.times`;
  execFileSync('touch', ['-r', path, times]);
  const file = await open(path, 'r+');
  await file.write(Buffer.from([0xee, 0xee]), 0, 2, position);
  await file.close();
  execFileSync('touch', ['-r', times, path]);
  await rm(times);
}

async function failVerification(test: TestEngine, id: string): Promise<void> {
  const { state } = await test.until(id, (view) => view.state.kind === 'failed' || view.state.kind === 'finished');
  expect(state).toMatchObject({ kind: 'failed', error: { code: 'checksum-mismatch' } });
  // What is fetched again gathers in a second partial, and one of two that are wrong is enough.
  const names = (await test.names()).map((name) => name.replace('.new', ''));
  expect(names).toEqual(['file.bin.sluice', 'file.bin.sluice-journal']);
}

function withOneWrongByte(seed: number): Uint8Array {
  const bytes = seededBytes(seed, 0, sizeBytes);
  bytes[blockBytes + 5] = (bytes[blockBytes + 5] ?? 0) ^ 1;
  return bytes;
}

it('fetches again only the block that the disk has spoiled, without being asked', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const gate = createGate();
  const stalledAt = 3 * blockBytes;
  origin.serve('/file.bin', { seed: 70, sizeBytes, etag });
  origin.script('/file.bin', (_, index) => (index === 0 ? { stall: { afterBytes: stalledAt, until: gate } } : {}));
  const spec = { maxConnections: 1, checksum: seededSha256(70, sizeBytes) };
  const id = await test.add(origin.urlOf('/file.bin'), spec);
  await test.until(id, ({ receivedBytes }) => receivedBytes >= stalledAt);
  await test.engine.pause({ ids: [id] });
  await rot(test.path('file.bin.sluice'), blockBytes + 7);
  await test.engine.resume({ ids: [id] });
  expect(await test.reach(id, 'finished')).toMatchObject({ verifiedBy: 'sha-256' });
  expect(await verifySeeded(test.path('file.bin'), 70, sizeBytes)).toBeNull();
  expect(origin.requestsOf('/file.bin').map(({ asked }) => asked)).toEqual([
    null,
    { start: stalledAt - 64 * 1024, end: sizeBytes },
    { start: blockBytes - 64 * 1024, end: 2 * blockBytes },
  ]);
});

describe('what the wire or the server has spoiled', () => {
  it('is not finished, and is fetched anew when someone asks for that', async () => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    origin.serve('/file.bin', { seed: 71, sizeBytes, etag });
    const wrong = withOneWrongByte(71);
    origin.script('/file.bin', (_, index) => (index === 0 ? { resource: { body: wrong, etag } } : {}));
    const spec = { maxConnections: 1, checksum: seededSha256(71, sizeBytes) };
    const id = await test.add(origin.urlOf('/file.bin'), spec);
    await failVerification(test, id);
    expect(origin.requestsOf('/file.bin')).toHaveLength(1);
    await test.engine.retry({ ids: [id] });
    await test.reach(id, 'finished');
    expect(await verifySeeded(test.path('file.bin'), 71, sizeBytes)).toBeNull();
  });

  it('is fetched anew by another process that finds it whole and wrong', async () => {
    await using origin = await startOrigin();
    origin.serve('/file.bin', { seed: 72, sizeBytes, etag });
    const wrong = withOneWrongByte(72);
    origin.script('/file.bin', (_, index) => (index === 0 ? { resource: { body: wrong, etag } } : {}));
    const spec = { maxConnections: 1, checksum: seededSha256(72, sizeBytes) };
    await using first = await startEngine();
    await failVerification(first, await first.add(origin.urlOf('/file.bin'), spec));
    await first.engine.close();
    await using second = await startEngine({ folder: first.folder });
    await second.reach(await second.add(origin.urlOf('/file.bin'), spec), 'finished');
    expect(await verifySeeded(first.path('file.bin'), 72, sizeBytes)).toBeNull();
  });

  it('fails again when it is wrong again, fetched once each time', async () => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    origin.serve('/file.bin', { seed: 73, sizeBytes, etag });
    const spec = { maxConnections: 1, checksum: seededSha256(74, sizeBytes) };
    const id = await test.add(origin.urlOf('/file.bin'), spec);
    await failVerification(test, id);
    await test.engine.retry({ ids: [id] });
    await origin.waitFor(({ requestsOf }) => requestsOf('/file.bin').length === 2);
    await failVerification(test, id);
    expect(origin.requestsOf('/file.bin')).toHaveLength(2);
  });
});

it('fetches nothing again when it was the published checksum that was wrong', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { findChecksums: true } });
  origin.serve('/file.bin', { seed: 75, sizeBytes, etag });
  origin.serve('/file.bin.sha256', { body: seededSha256(76, sizeBytes) });
  const id = await test.add(origin.urlOf('/file.bin'));
  await failVerification(test, id);
  const requests = origin.requestsOf('/file.bin').length;
  origin.serve('/file.bin.sha256', { body: seededSha256(75, sizeBytes) });
  await test.engine.retry({ ids: [id] });
  expect(await test.reach(id, 'finished')).toMatchObject({ verifiedFrom: 'beside' });
  expect(origin.requestsOf('/file.bin')).toHaveLength(requests);
});
