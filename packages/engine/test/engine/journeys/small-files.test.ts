/** Small files are saved whole, without a partial on the way: nothing of what holds for large ones may be lost by that. */
import { readFile, writeFile } from 'node:fs/promises';
import { createFaultyFiles, createMemoryFiles, type MemoryFiles, seededChoice } from '@sluice/testkit/disk';
import { createGate, type Origin, seededBytes, startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../../src/adapters/records/memory-records.ts';
import type { DownloadRecord } from '../../../src/download/record.ts';
import type { Files } from '../../../src/ports/files.ts';
import type { Records } from '../../../src/ports/records.ts';
import { startEngine } from '../harness.ts';

const sizeBytes = 10_000;
const folder = '/downloads';

/** Records of a process that is killed with the disk: what it would save afterwards it never saved. */
function recordsUntil(isKilled: () => boolean): Records & { readonly now: () => readonly DownloadRecord[] } {
  const records = createMemoryRecords();
  return {
    ...records,
    saveDownloads: (changed) => {
      if (!isKilled()) records.saveDownloads(changed);
    },
    now: () => records.loadDownloads(),
  };
}

interface Ended {
  readonly records: Records;
  readonly wasKilled: boolean;
}

/** A process that fetches one small file and dies at its call number `at` to the disk, or ends by itself. */
async function live(
  memory: MemoryFiles,
  url: string,
  kill: { at: number; effect: 'nothing' | 'half' },
): Promise<Ended> {
  const process = memory.asOtherProcess();
  const disk = createFaultyFiles(process);
  disk.killAt(kill.at, kill.effect);
  const records = recordsUntil(() => disk.killed);
  {
    await using test = await startEngine({ folder, ports: { files: disk, records } });
    const id = await test.add(url);
    await test.until(id, ({ state }) => state.kind !== 'queued' && state.kind !== 'running');
  }
  process.end();
  const survivors = createMemoryRecords();
  survivors.saveDownloads(records.now());
  return { records: survivors, wasKilled: disk.killed };
}

async function goOn(files: Files, records: Records): Promise<void> {
  await using test = await startEngine({ folder, ports: { files, records } });
  const [download] = (await test.engine.snapshot({})).downloads;
  if (download !== undefined) await test.reach(download.id, 'finished');
}

async function sweep(check: (memory: MemoryFiles, ended: Ended, at: number) => Promise<void>): Promise<number> {
  await using origin = await startOrigin();
  origin.serve('/small.bin', { seed: 5, sizeBytes });
  for (let at = 0; ; at += 1) {
    for (const effect of ['nothing', 'half'] as const) {
      const memory = createMemoryFiles();
      const ended = await live(memory, origin.urlOf('/small.bin'), { at, effect });
      await check(memory, ended, at);
      if (!ended.wasKilled) return at;
    }
  }
}

const whole = Buffer.from(seededBytes(5, 0, sizeBytes));

function isRight(memory: MemoryFiles, name: string): boolean {
  const bytes = memory.contents(`${folder}/${name}`);
  return bytes !== null && whole.equals(bytes);
}

it('F52 a small file whose process is killed at any call to the disk is there once, right, and nothing else is', async () => {
  const calls = await sweep(async (memory, { records }) => {
    await goOn(memory, records);
    expect(memory.paths()).toEqual([`${folder}/small.bin`]);
    expect(isRight(memory, 'small.bin')).toBe(true);
  });
  expect(calls).toBeGreaterThan(6);
}, 60_000);

it('F53 a small file is finished only when a power cut would leave it, and no cut leaves a wrong one', async () => {
  await sweep(async (memory, { records }, at) => {
    const wasFinished = records.loadDownloads().some(({ state }) => state.kind === 'finished');
    memory.crash(seededChoice(at));
    const named = memory.paths().filter((path) => !path.includes('.sluice'));
    for (const path of named) expect(whole.equals(memory.contents(path) ?? new Uint8Array())).toBe(true);
    if (wasFinished) expect(named).toEqual([`${folder}/small.bin`]);
    await goOn(memory, records);
    expect(isRight(memory, 'small.bin')).toBe(true);
  });
}, 60_000);

function serveMany(origin: Origin, count: number): string[] {
  return Array.from({ length: count }, (_, index) => {
    const path = `/${index}/same.bin`;
    origin.serve(path, { seed: index, sizeBytes: sizeBytes + index });
    return origin.urlOf(path);
  });
}

function volatileRecords(): Records {
  return { ...createMemoryRecords(), endsWithProcess: true };
}

it.each([
  ['with a list that is kept', createMemoryRecords],
  ['with a list that ends with the process', volatileRecords],
])('many small files of one name are saved side by side, each once, over few connections, %s', async (_, records) => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { maxRunning: 16 }, ports: { records: records() } });
  const urls = serveMany(origin, 80);
  const { results } = await test.engine.add({ downloads: urls.map((url) => ({ url })) });
  const names = new Set<string>();
  for (const [index, result] of results.entries()) {
    if (result.kind !== 'added') throw new Error('not added');
    const { name } = await test.reach(result.id, 'finished');
    names.add(name);
    expect(await verifySeeded(test.path(name), index, sizeBytes + index)).toBeNull();
  }
  expect(names.size).toBe(urls.length);
  expect(await test.names()).toEqual([...names].sort());
  expect(origin.connections.total).toBeLessThanOrEqual(16);
});

it('with a list that ends with the process, small files go beside what has their name', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine({ settings: { maxRunning: 16 }, ports: { records: volatileRecords() } });
  const names = Array.from({ length: 40 }, (_, index) => `${index}.bin`);
  for (const [index, name] of names.entries()) {
    origin.serve(`/${name}`, { seed: index, sizeBytes });
    if (index % 2 === 0) await writeFile(test.path(name), 'kept');
  }
  const { results } = await test.engine.add({ downloads: names.map((name) => ({ url: origin.urlOf(`/${name}`) })) });
  for (const [index, result] of results.entries()) {
    if (result.kind !== 'added') throw new Error('not added');
    const { name, state } = await test.reach(result.id, 'finished');
    expect({ name, kind: state.kind }).toEqual({
      name: index % 2 === 0 ? `${index} (1).bin` : `${index}.bin`,
      kind: 'finished',
    });
    expect(await verifySeeded(test.path(name), index, sizeBytes)).toBeNull();
    if (index % 2 === 0) expect(await readFile(test.path(`${index}.bin`), 'utf8')).toBe('kept');
  }
  expect(await test.names()).toHaveLength(60);
});

it('the list is told of a name only where it seems free, however many of them are taken', async () => {
  await using origin = await startOrigin();
  const records = createMemoryRecords();
  const told: (string | null)[] = [];
  await using test = await startEngine({
    ports: {
      records: {
        ...records,
        saveDownloads: (changed) => {
          told.push(...changed.map(({ fileName }) => fileName));
          records.saveDownloads(changed);
        },
      },
    },
  });
  await Promise.all([...Array(20).keys()].map((number) => writeFile(test.path(nameOf(number)), 'taken')));
  origin.serve('/file.bin', { seed: 48, sizeBytes });
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect([...new Set(told)]).toEqual([null, nameOf(0), nameOf(20)]);
  expect(await verifySeeded(test.path(nameOf(20)), 48, sizeBytes)).toBeNull();
});

function nameOf(number: number): string {
  return number === 0 ? 'file.bin' : `file (${number}).bin`;
}

it('a file that was whole under another link is not what a new link leads to', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed: 49, sizeBytes });
  const records = createMemoryRecords();
  await using before = await startEngine({ ports: { records } });
  const id = await before.add(origin.urlOf('/old.bin'));
  await before.until(id, ({ state }) => state.kind === 'failed');
  await writeFile(before.path('file.bin'), 'of the old link');
  const identity = (await before.ports.files.lookUp(before.path('file.bin')))?.identity ?? null;
  // As a crash leaves it between giving the file its name and saying so.
  const named = { fileName: 'file.bin', fileIdentity: identity, state: { kind: 'paused' } } as const;
  const restored = createMemoryRecords();
  restored.saveDownloads(records.loadDownloads().map((record) => ({ ...record, ...named })));
  await using test = await startEngine({ folder: before.folder, ports: { records: restored } });
  await test.engine.changeRequest({ id, url: origin.urlOf('/file.bin') });
  await test.engine.resume({ ids: [id] });
  const { name } = await test.reach(id, 'finished');
  expect(await verifySeeded(test.path(name), 49, sizeBytes)).toBeNull();
});

it('a small file never takes the place of one that is there, and carries the server’s date', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  origin.serve('/a.txt', { body: 'new', lastModified: 'Tue, 01 Feb 2022 10:00:00 GMT' });
  const first = await test.reach(await test.add(origin.urlOf('/a.txt')), 'finished');
  const second = await test.reach(await test.add(origin.urlOf('/a.txt')), 'finished');
  expect([first.name, second.name]).toEqual(['a.txt', 'a (1).txt']);
  expect(await readFile(test.path('a.txt'), 'utf8')).toBe('new');
});

it('a small file that is paused on its way keeps what has come, and asks for the rest alone', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const gate = createGate();
  origin.serve('/slow.bin', { seed: 8, sizeBytes });
  origin.script('/slow.bin', (_, index) => (index === 0 ? { stall: { afterBytes: 4000, until: gate } } : {}));
  const id = await test.add(origin.urlOf('/slow.bin'));
  await test.until(id, ({ connections }) => connections === 1);
  await gate.reached;
  await test.engine.pause({ ids: [id] });
  await test.engine.resume({ ids: [id] });
  await test.reach(id, 'finished');
  gate.open();
  expect(await verifySeeded(test.path('slow.bin'), 8, sizeBytes)).toBeNull();
  expect(await test.names()).toEqual(['slow.bin']);
});

it('a small file that takes its time goes on in a partial', async () => {
  await using origin = await startOrigin();
  await using test = await startEngine();
  const gate = createGate();
  origin.serve('/slow.bin', { seed: 9, sizeBytes });
  origin.script('/slow.bin', { stall: { afterBytes: 4000, until: gate } });
  const id = await test.add(origin.urlOf('/slow.bin'));
  await test.until(id, ({ receivedBytes }) => receivedBytes === 4000);
  const names = (await test.names()).filter((name) => !name.startsWith('.sluice-begin-'));
  expect(names).toEqual(['slow.bin.sluice', 'slow.bin.sluice-journal']);
  gate.open();
  await test.reach(id, 'finished');
  expect(await verifySeeded(test.path('slow.bin'), 9, sizeBytes)).toBeNull();
});

it('a file that only waits for the disk keeps no other from being fetched', async () => {
  await using origin = await startOrigin();
  const disk = createFaultyFiles(createMemoryFiles());
  await using test = await startEngine({ folder, ports: { files: disk }, settings: { maxRunning: 1 } });
  for (const name of ['/first.bin', '/second.bin']) origin.serve(name, { seed: 5, sizeBytes });
  const gate = createGate();
  disk.fail({ kind: 'sync', error: null, until: gate.pass() });
  const first = await test.add(origin.urlOf('/first.bin'));
  await test.until(first, ({ state }) => state.kind === 'running' && state.phase === 'finishing');
  await test.reach(await test.add(origin.urlOf('/second.bin')), 'finished');
  expect((await test.view(first)).state.kind).toBe('running');
  gate.open();
  await test.reach(first, 'finished');
});
