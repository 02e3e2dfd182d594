/** Downloads that are taken off the list while other commands reach for them: what is gone stays gone, and nothing else goes. */
import { createGate, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { createFaultyFiles, type FaultyFiles } from '@sluice/testkit/disk';
import { describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../../../src/adapters/records/memory-records.ts';
import { createNodeFiles } from '../../../src/adapters/files/node-files.ts';
import { startEngine, type TestEngine } from '../harness.ts';

const mebibyte = 1024 * 1024;
const sizeBytes = 2 * mebibyte;

/** Settles once the disk has been asked for this. */
async function asked(disk: FaultyFiles, kind: 'delete' | 'close'): Promise<void> {
  const isPartial = (path: string): boolean => path.endsWith('.sluice');
  while (!disk.calls.some((call) => call.kind === kind && isPartial(call.path))) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

type Command = (test: TestEngine, id: string) => Promise<unknown>;

const reaching: readonly { readonly of: string; readonly command: Command }[] = [
  { of: 'resume', command: async (test, id) => test.engine.resume({ ids: [id] }) },
  { of: 'retry', command: async (test, id) => test.engine.retry({ ids: [id] }) },
  { of: 'resumeAll', command: async (test) => test.engine.resumeAll({}) },
  { of: 'a new login', command: async (test, id) => test.engine.changeRequest({ id, request: { username: 'ann' } }) },
];

describe.each([true, false])('while a download is removed, its file too: %s', (deleteFile) => {
  it.each(reaching)('$of does not bring it back', async ({ command }) => {
    await using origin = await startOrigin();
    const disk = createFaultyFiles(createNodeFiles());
    const records = createMemoryRecords();
    await using test = await startEngine({ ports: { files: disk, records } });
    origin.serve('/file.bin', { seed: 120, sizeBytes });
    // No answer ends by itself: what ends one is the removal.
    origin.script('/file.bin', { stall: { afterBytes: 200_000, until: createGate() } });
    const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
    await test.until(id, ({ receivedBytes }) => receivedBytes > 100_000);
    const gate = createGate();
    // The run ends, or the partial goes, only once the other command has come.
    const kind = deleteFile ? 'delete' : 'close';
    disk.fail({ kind, path: /\.sluice$/, error: null, until: gate.opened });
    const removing = test.engine.remove({ ids: [id], deleteFile });
    await asked(disk, kind);
    const reached = command(test, id).catch(() => {});
    await new Promise((resolve) => setImmediate(resolve));
    gate.open();
    await Promise.all([removing, reached]);
    expect((await test.engine.snapshot({})).downloads).toEqual([]);
    expect(records.loadDownloads()).toEqual([]);
    await origin.waitFor(({ requests }) => requests.every(({ state }) => state === 'cut'));
    await test.engine.close();
    expect(await test.names()).toEqual(deleteFile ? [] : ['file.bin.sluice', 'file.bin.sluice-journal']);
  });
});

it.each([true, false])(
  'a download that is added again after its removal gets its name again, its file gone: %s',
  async (deleteFile) => {
    await using origin = await startOrigin();
    await using test = await startEngine();
    origin.serve('/file.bin', { seed: 120, sizeBytes, bytesPerSecond: 8 * mebibyte });
    const id = await test.add(origin.urlOf('/file.bin'));
    await test.until(id, ({ receivedBytes }) => receivedBytes > 100_000);
    await test.engine.remove({ ids: [id], deleteFile });
    const { name } = await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
    expect(name).toBe('file.bin');
  },
);

it('a resume that comes while a cancelled partial is deleted begins anew', async () => {
  await using origin = await startOrigin();
  const disk = createFaultyFiles(createNodeFiles());
  await using test = await startEngine({ ports: { files: disk } });
  origin.serve('/file.bin', { seed: 120, sizeBytes, bytesPerSecond: 8 * mebibyte });
  const id = await test.add(origin.urlOf('/file.bin'));
  await test.until(id, ({ receivedBytes }) => receivedBytes > 100_000);
  const gate = createGate();
  disk.fail({ kind: 'delete', path: /\.sluice$/, error: null, until: gate.opened });
  const cancelling = test.engine.cancel({ ids: [id] });
  await asked(disk, 'delete');
  await test.engine.resume({ ids: [id] });
  gate.open();
  await cancelling;
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('file.bin'), 120, sizeBytes)).toBeNull();
  expect(await test.names()).toEqual(['file.bin']);
});
