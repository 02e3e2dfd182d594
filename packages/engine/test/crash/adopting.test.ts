/** A process that dies at any call to the disk while it adopts a partial: nothing is lost, and the next one goes on. */
import { createFaultyFiles, createMemoryFiles, loseAll, type MemoryFiles } from '@sluice/testkit/disk';
import { seededBytes, startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import { startEngine } from '../engine/harness.ts';
import { folder } from './crash-life.ts';
import { isSweep } from './sweep-scale.ts';

/** `pnpm sweep` visits every call; with an odd number calls of both effects are met. */
const stride = isSweep ? 1 : 3;
const sizeBytes = 400_000;
const keptBytes = 300_000;
const kept = `${folder}/file.bin.sluice-kept`;
const whole = seededBytes(135, 0, sizeBytes);

async function stage(): Promise<MemoryFiles> {
  const memory = createMemoryFiles();
  const file = await memory.create(kept);
  await file.write(whole.subarray(0, keptBytes), 0);
  await file.truncate(sizeBytes);
  await file.sync();
  await file.close();
  await memory.syncFolder(folder);
  return memory;
}

it.each(['kill', 'power cut'])('F135 by a %s', async (how) => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed: 135, sizeBytes });
  const download = { url: origin.urlOf('/file.bin') };
  const spec = { folder, name: 'file.bin.sluice-kept', download, start: false };
  for (let at = 0; ; at += stride) {
    const memory = await stage();
    const process = memory.asOtherProcess();
    const disk = createFaultyFiles(process);
    disk.killAt(at, at % 2 === 0 ? 'nothing' : 'half');
    {
      await using test = await startEngine({ folder, ports: { files: disk, records: createMemoryRecords() } });
      await test.engine.adopt(spec).catch(() => {});
    }
    process.end();
    if (how === 'power cut') memory.crash(loseAll);
    // Nothing that was there is gone: it has its old name, or the one of a partial, and the bytes that it had.
    const left = memory.paths().find((path) => path === kept || path === `${folder}/file.bin.sluice`);
    expect(Buffer.from(memory.contents(left ?? '') ?? []).equals(expectedPartial), `at ${at}`).toBe(true);
    await using after = await startEngine({ folder, ports: { files: memory, records: createMemoryRecords() } });
    await after.engine.adopt({ ...spec, name: left?.slice(folder.length + 1) ?? '' });
    const [known] = (await after.engine.snapshot({})).downloads;
    const id = known?.id ?? (await after.add(download.url));
    await after.engine.resume({ ids: [id] });
    await after.reach(id, 'finished');
    expect(Buffer.from(memory.contents(`${folder}/file.bin`) ?? []).equals(Buffer.from(whole)), `at ${at}`).toBe(true);
    expect(memory.paths(), `at ${at}`).toEqual([`${folder}/file.bin`]);
    if (!disk.killed) break;
  }
});

const expectedPartial = Buffer.concat([whole.subarray(0, keptBytes), Buffer.alloc(sizeBytes - keptBytes)]);
