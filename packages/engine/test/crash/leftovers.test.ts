/** What is found of an earlier process that no kill of today's release leaves: partials without a journal, probes, drafts. */
import { createMemoryFiles, type MemoryFiles } from '@sluice/testkit/disk';
import { createGate, type Origin, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { createJournal } from '../../src/store/journal/journal.ts';
import { startEngine } from '../engine/harness.ts';
import { CrashRecords, folder, forms, liveOn } from './crash-life.ts';

const target = `${folder}/file.bin`;
const sizeBytes = 600_000;

let origin: Origin;
let url: string;
beforeAll(async () => {
  origin = await startOrigin();
  origin.serve('/file.bin', { seed: 71, sizeBytes });
  origin.serve('/small/file.bin', { seed: 72, sizeBytes: 5000 });
  url = origin.urlOf('/file.bin');
});
afterAll(() => origin[Symbol.asyncDispose]());

async function put(memory: MemoryFiles, path: string, bytes: Uint8Array | number): Promise<void> {
  const file = await memory.create(path);
  if (typeof bytes === 'number') await file.truncate(bytes);
  else await file.write(bytes, 0);
  await file.close();
}

function expectWhole(memory: MemoryFiles): void {
  expect(Buffer.from(seededBytes(71, 0, sizeBytes)).equals(memory.contents(target) ?? new Uint8Array())).toBe(true);
}

describe.each(forms)('by %s', (form) => {
  it.each([
    ['an empty partial', 0, null],
    ['a partial of full size without a byte', sizeBytes, null],
    ['such a partial and an empty journal', sizeBytes, new Uint8Array()],
    ['an empty partial and a zeroed journal', 0, new Uint8Array(300)],
    ['a zeroed journal alone', null, new Uint8Array(300)],
  ])('F120 %s, left by an earlier release, gives its name back', async (_, partial, journal) => {
    const memory = createMemoryFiles();
    if (partial !== null) await put(memory, `${target}.sluice`, partial);
    if (journal !== null) await put(memory, `${target}.sluice-journal`, journal);
    await liveOn(form, memory, { url, records: new CrashRecords() });
    expectWhole(memory);
    expect(memory.paths()).toEqual([target]);
  });

  it.each(['deleted', 'emptied', 'zeroed'] as const)(
    'F135 with its journal %s while it was stopped, a partial is kept apart, whatever it holds',
    async (how) => {
      const memory = createMemoryFiles();
      const records = await stopHalfway(memory);
      const before = memory.contents(`${target}.sluice`);
      const journal = memory.contents(`${target}.sluice-journal`);
      await memory.delete(`${target}.sluice-journal`);
      if (how !== 'deleted')
        await put(memory, `${target}.sluice-journal`, new Uint8Array(how === 'zeroed' ? (journal?.length ?? 0) : 0));
      await liveOn(form, memory, { url, records });
      expectWhole(memory);
      expect(memory.paths()).toEqual([target, `${target}.sluice-kept`]);
      expect(memory.contents(`${target}.sluice-kept`)).toEqual(before);
      if (form === 'list') expect(records.now()[0]?.keptApart).toBe(`${target}.sluice-kept`);
    },
  );
});

/** Ended in order with half of the file on disk. */
async function stopHalfway(memory: MemoryFiles): Promise<CrashRecords> {
  const gate = createGate();
  origin.script('/file.bin', { stall: { afterBytes: sizeBytes / 2, until: gate } });
  const process = memory.asOtherProcess();
  const records = new CrashRecords();
  {
    const ports = { files: process, records: records.open(() => false) };
    await using test = await startEngine({ folder, ports });
    const id = await test.add(url, { maxConnections: 1 });
    await test.until(id, ({ receivedBytes }) => receivedBytes >= sizeBytes / 2);
  }
  process.end();
  origin.script('/file.bin', {});
  gate.open();
  return records.afterKill();
}

it('F135 a small file that is saved whole keeps its name as well where a partial without a journal was', async () => {
  const memory = createMemoryFiles();
  await put(memory, `${target}.sluice`, new Uint8Array(100).fill(7));
  const records = new CrashRecords();
  await liveOn('list', memory, { url: origin.urlOf('/small/file.bin'), records });
  expect(memory.paths()).toEqual([target, `${target}.sluice-kept`]);
  expect(records.now()[0]?.keptApart).toBe(`${target}.sluice-kept`);
});

it('F135 a file that another living process is making keeps its name', async () => {
  const memory = createMemoryFiles();
  const other = memory.asOtherProcess();
  const { placeBeginning } = await import('../../src/store/beginnings.ts');
  const beginning = await placeBeginning(other, folder, 'file.bin');
  await put(memory, `${target}.sluice`, 0);
  await using test = await startEngine({ folder, ports: { files: memory, records: createMemoryRecords() } });
  expect((await test.reach(await test.add(url), 'finished')).name).toBe('file (1).bin');
  expect(memory.paths()).toContain(`${target}.sluice`);
  await beginning?.end();
});

it('F126 what dead processes left half made in a folder goes with the next download into it, and nothing else does', async () => {
  const memory = createMemoryFiles();
  const dead = memory.asOtherProcess();
  const alive = memory.asOtherProcess();
  const nameOf = async (files: typeof dead): Promise<string> =>
    Buffer.from((await files.owner()) ?? '').toString('base64url');
  const ofAlive = `${folder}/.sluice-try-${await nameOf(alive)}.1`;
  const left = [
    `${folder}/.sluice-try-${await nameOf(dead)}.1`,
    `${folder}/.sluice-try-0123456789abcdef`,
    `${folder}/.sluice-whole-${await nameOf(dead)}.2`,
    `${folder}/.sluice-new-0123456789abcdef`,
    `${folder}/.sluice-now-0123456789abcdef`,
  ];
  for (const path of [...left, ofAlive, `${folder}/.sluice-try`, `${folder}/mine.sluice-try-0123456789abcdef`])
    await put(memory, path, 0);
  await put(memory, `${folder}/.sluice-claim-0123456789abcdef`, Buffer.from((await dead.owner()) ?? ''));
  await put(memory, `${folder}/.sluice-claim-fedcba9876543210`, Buffer.from((await alive.owner()) ?? ''));
  dead.end();
  memory.passTime(10_000);
  await liveOn('get', memory, { url, records: new CrashRecords() });
  expect(memory.paths()).toEqual(
    [
      `${folder}/.sluice-claim-fedcba9876543210`,
      ofAlive,
      `${folder}/.sluice-try`,
      target,
      `${folder}/mine.sluice-try-0123456789abcdef`,
    ].sort(),
  );
});

it('F126 a link that is left out for its file has the stale journal beside that file cleared away, and no other', async () => {
  const memory = createMemoryFiles();
  await put(memory, target, seededBytes(71, 0, sizeBytes));
  const partialIdentity = (await memory.lookUp(target))?.identity ?? '';
  // As a process leaves it that is killed between giving the file its name and deleting the journal.
  const dead = memory.asOtherProcess();
  const head = { url, fileName: 'file.bin', createdAtMs: 1, partialIdentity };
  await createJournal(dead, `${target}.sluice-journal`, head);
  dead.end();
  await put(memory, `${folder}/other.bin.sluice-journal`, new Uint8Array(10));
  await using test = await startEngine({ folder, ports: { files: memory, records: createMemoryRecords() } });
  const id = await test.add(url, { skipIfPresent: true });
  await test.until(id, ({ state }) => state.kind === 'failed');
  expect(memory.paths()).toEqual([target, `${folder}/other.bin.sluice-journal`]);
});

it('F135 what is kept apart is deleted where that is asked for, and nothing else is', async () => {
  const memory = createMemoryFiles();
  const others = [
    `${folder}/file.bin`,
    `${folder}/.sluice-kept`,
    `${folder}/x.sluice-kept-old`,
    `${folder}/x.sluice-keptX`,
  ];
  for (const path of [...others, `${target}.sluice-kept`, `${target}.sluice-kept-2`])
    await put(memory, path, new Uint8Array(10));
  await memory.makeFolder(`${folder}/folder.sluice-kept`);
  await using test = await startEngine({ folder, ports: { files: memory, records: createMemoryRecords() } });
  const { results } = await test.engine.adopt({ folder, deleteKept: true });
  expect(results.filter(({ kind }) => kind === 'deleted').map(({ fileName }) => fileName)).toEqual([
    'file.bin.sluice-kept',
    'file.bin.sluice-kept-2',
  ]);
  expect(memory.paths()).toEqual(expect.arrayContaining(others));
  expect(memory.paths()).not.toContain(`${target}.sluice-kept`);
});

it('F135 adopting a folder names what is kept apart in it, and puts none of it on the list', async () => {
  const memory = createMemoryFiles();
  await put(memory, `${target}.sluice-kept`, new Uint8Array(10));
  await put(memory, `${target}.sluice-kept-2`, new Uint8Array(10));
  await using test = await startEngine({ folder, ports: { files: memory, records: createMemoryRecords() } });
  const { results } = await test.engine.adopt({ folder });
  expect(results.map(({ kind, fileName }) => [kind, fileName])).toEqual([
    ['rejected', 'file.bin.sluice-kept'],
    ['rejected', 'file.bin.sluice-kept-2'],
  ]);
});
