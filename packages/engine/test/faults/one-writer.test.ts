/** Two processes over one partial that cannot ask after each other: containers, or machines that share a folder. */
import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DownloadPatch } from '@sluice/contract';
import { createMemoryFiles } from '@sluice/testkit/disk';
import { createGate, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createNodeFiles } from '../../src/adapters/files/node-files.ts';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import type { Files } from '../../src/ports/files.ts';
import { inspectJournal } from '../../src/store/journal/journal.ts';
import type { ProcessRecord } from '../../src/plan/process/process-record.ts';
import { encodeLine, type JournalRecord, seedOf } from '../../src/store/journal/journal-format.ts';
import { startEngine } from '../engine/harness.ts';

const mebibyte = 1024 * 1024;
const sizeBytes = 8 * mebibyte;
const haltedAt = 4 * mebibyte;
const script = join(import.meta.dirname, '../engine/child.ts');

/** Whether this system lets a process be put into namespaces of its own: Linux, as root. */
function mayUnshare(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  try {
    execFileSync('unshare', ['--pid', '--fork', '--ipc', 'true'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

interface Child {
  until(holds: (change: DownloadPatch) => boolean): Promise<void>;
  kill(): Promise<void>;
}

/** An engine in a process of its own, in a pid namespace of its own; the network stays, or it could fetch nothing. */
function startApart(folder: string, url: string): Child {
  const words = ['--pid', '--fork', '--kill-child', process.execPath, script, folder, url, '1'];
  const child: ChildProcess = spawn('unshare', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  async function kill(): Promise<void> {
    child.kill('SIGKILL');
    await exited;
  }
  onTestFinished(kill);
  if (child.stdout === null) throw new Error('the child has no output');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    kill,
    until: async (holds) => {
      for (;;) {
        const line = await lines.next();
        if (line.done === true) throw new Error('the other process ended');
        const change: DownloadPatch = JSON.parse(line.value);
        if (holds(change)) return;
      }
    },
  };
}

/** As from another network namespace: no name is answered to. */
const deaf: Files = { ...createNodeFiles(), isOwnerAlive: async () => false };

/** A killed process is gone a moment after its parent. */
function isFree(path: string): boolean {
  return spawnSync('flock', ['-n', path, 'true']).status === 0;
}

async function journalText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch(() => '');
}

describe('F68 a process in another container', () => {
  it.skipIf(!mayUnshare())(
    'keeps its partial while it lives, although the file changes: the second takes another name (needs root)',
    async () => {
      await using origin = await startOrigin();
      await using own = await startEngine({ ports: { files: deaf } });
      origin.serve('/file.bin', { seed: 1, sizeBytes });
      const gate = createGate();
      origin.script('/file.bin', (_request, index) =>
        index === 0 ? { stall: { afterBytes: haltedAt, until: gate } } : {},
      );
      const other = startApart(own.folder, origin.urlOf('/file.bin'));
      await other.until(({ receivedBytes = 0 }) => receivedBytes >= haltedAt);
      const journal = own.path('file.bin.sluice-journal');
      await expect.poll(() => journalText(journal), { timeout: 20_000 }).toContain('"isLocked":true');
      const { ino } = await stat(own.path('file.bin.sluice'));
      origin.change('/file.bin', { seed: 2, sizeBytes });
      const id = await own.add(origin.urlOf('/file.bin'));
      const { name } = await own.reach(id, 'finished');
      expect(name).toBe('file (1).bin');
      expect(await verifySeeded(own.path(name), 2, sizeBytes)).toBeNull();
      expect((await stat(own.path('file.bin.sluice'))).ino).toBe(ino);
      gate.open();
      await other.until(({ state }) => state?.kind === 'finished');
      expect(await verifySeeded(own.path('file.bin'), 1, sizeBytes)).toBeNull();
    },
    90_000,
  );

  it.skipIf(!mayUnshare())(
    'that was killed leaves a partial that goes on, since its lock is free (needs root)',
    async () => {
      await using origin = await startOrigin();
      await using own = await startEngine({ ports: { files: deaf } });
      origin.serve('/file.bin', { seed: 1, sizeBytes });
      origin.script('/file.bin', (_request, index) =>
        index === 0 ? { stall: { afterBytes: haltedAt, until: createGate() } } : {},
      );
      const other = startApart(own.folder, origin.urlOf('/file.bin'));
      await other.until(({ receivedBytes = 0 }) => receivedBytes >= haltedAt);
      const journal = own.path('file.bin.sluice-journal');
      await expect.poll(() => journalText(journal), { timeout: 20_000 }).toContain('"isLocked":true');
      await other.kill();
      await expect.poll(() => isFree(own.path('file.bin.sluice')), { timeout: 20_000 }).toBe(true);
      const { name } = await own.reach(await own.add(origin.urlOf('/file.bin')), 'finished');
      expect(name).toBe('file.bin');
      expect(await verifySeeded(own.path(name), 1, sizeBytes)).toBeNull();
    },
    90_000,
  );
});

/** Another machine's process, as a journal names it. */
const elsewhere = { machine: 'another', boot: 'another', namespace: 'pid:[1]', pid: 7, started: '1' };

/** A partial of which a process on the other side says that it has it. */
async function fetchWhileOwned(
  process: ProcessRecord,
): Promise<{ readonly state: string; readonly name: string; readonly names: readonly string[] }> {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/file.bin', { seed: 1, sizeBytes });
  origin.script('/file.bin', (_request, index) =>
    index === 0 ? { stall: { afterBytes: haltedAt, until: createGate() } } : {},
  );
  const id = await test.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= haltedAt);
  await test.engine.remove({ ids: [id], deleteFile: false });
  const journal = test.path('file.bin.sluice-journal');
  const text = await readFile(journal);
  const seedOfAll = seedOf(text.subarray(0, text.indexOf(0x0a)));
  const owner: JournalRecord = { kind: 'owner', owner: `sluice-${'0'.repeat(32)}`, process, isLocked: true };
  await writeFile(journal, Buffer.concat([text, encodeLine(owner, seedOfAll)]));
  const { name, state } = await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect(await verifySeeded(test.path(name), 1, sizeBytes)).toBeNull();
  return { state: state.kind, name, names: await test.names() };
}

describe('F68 an owner that', () => {
  it('ran on this very kernel in another namespace and had the lock is gone when the lock is free', async () => {
    const ours = await createNodeFiles().process();
    expect(ours).not.toBeNull();
    if (ours === null) return;
    expect(await fetchWhileOwned({ ...ours, namespace: 'pid:[1]', pid: 7 })).toMatchObject({ name: 'file.bin' });
  });

  it('ran on another kernel is gone where the disk is a local one', async () => {
    expect(await fetchWhileOwned(elsewhere)).toMatchObject({ name: 'file.bin' });
  });

  it('says nothing that can be asked after keeps its file', async () => {
    const { name, names } = await fetchWhileOwned({ ...elsewhere, boot: null, machine: null });
    expect(name).toBe('file (1).bin');
    expect(names).toContain('file.bin.sluice');
  });
});

describe('F68 on the disk in memory', () => {
  it.each(['with locks', 'without locks'])('a process apart keeps its partial, %s', async (how) => {
    await using origin = await startOrigin();
    const memory = createMemoryFiles({ hasLocks: how === 'with locks' });
    const other = memory.asOtherProcess('apart');
    const gate = createGate();
    origin.serve('/file.bin', { seed: 3, sizeBytes });
    origin.script('/file.bin', (_request, index) =>
      index === 0 ? { stall: { afterBytes: haltedAt, until: gate } } : {},
    );
    const records = createMemoryRecords();
    await using first = await startEngine({ folder: '/downloads', ports: { files: other, records } });
    const firstId = await first.add(origin.urlOf('/file.bin'), { maxConnections: 1 });
    await first.until(firstId, ({ receivedBytes }) => receivedBytes >= haltedAt);
    expect((await inspectJournal(memory, '/downloads/file.bin.sluice-journal')).isInUse).toBe(true);
    await using second = await startEngine({ folder: '/downloads', ports: { files: memory } });
    const { name } = await second.reach(await second.add(origin.urlOf('/file.bin')), 'finished');
    expect(name).toBe('file (1).bin');
    gate.open();
    expect(await first.reach(firstId, 'finished')).toMatchObject({ name: 'file.bin' });
    expect(memory.paths()).toEqual(['/downloads/file (1).bin', '/downloads/file.bin']);
  });
});
