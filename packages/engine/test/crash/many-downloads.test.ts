/** Kills a process, or cuts its power, while many downloads start and finish, and has another go on with its list. */
import { createMemoryFiles, createFaultyFiles, seededChoice } from '@sluice/testkit/disk';
import { type Origin, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startEngine } from '../engine/harness.ts';
import { CrashRecords, folder } from './crash-life.ts';
import { noteTried, seedsFor } from './sweep-scale.ts';

const lives = seedsFor({ usual: 4, sweep: 60 });
const count = 30;

let origin: Origin;
beforeAll(async () => {
  origin = await startOrigin();
  for (let index = 0; index < count; index += 1)
    origin.serve(`/${index}.bin`, { seed: index, sizeBytes: sizeOf(index) });
});
afterAll(() => origin[Symbol.asyncDispose]());

/** One in three has a partial and a journal, the others are saved whole. */
function sizeOf(index: number): number {
  return index % 3 === 0 ? 300_000 + index : 5000 + index;
}

interface Left {
  readonly memory: ReturnType<typeof createMemoryFiles>;
  readonly records: CrashRecords;
}

/** @param random where of all calls it dies */
async function dieAmong(random: number): Promise<Left> {
  const memory = createMemoryFiles();
  const process = memory.asOtherProcess();
  const disk = createFaultyFiles(process);
  disk.killAt(random);
  const records = new CrashRecords();
  {
    const ports = { files: disk, records: records.open(() => disk.killed) };
    await using test = await startEngine({ folder, ports, settings: { maxRunning: 8 } });
    const downloads = Array.from({ length: count }, (_, index) => ({ url: origin.urlOf(`/${index}.bin`) }));
    const { results } = await test.engine.add({ downloads });
    for (const result of results) {
      if (result.kind !== 'added') throw new Error('not added');
      await test.until(result.id, ({ state }) => disk.killed || state.kind === 'finished');
      if (disk.killed) break;
    }
  }
  process.end();
  return { memory, records };
}

async function expectGoesOn({ memory, records }: Left): Promise<void> {
  {
    const ports = { files: memory, records: records.open(() => false) };
    await using test = await startEngine({ folder, ports, settings: { maxRunning: 8 } });
    for (const { id } of (await test.engine.snapshot({})).downloads) await test.reach(id, 'finished');
    for (const { name } of (await test.engine.snapshot({})).downloads) expect(name).toMatch(/^\d+\.bin$/);
  }
  const known = records.now().map(({ fileName }) => `${folder}/${fileName}`);
  expect(memory.paths()).toEqual([...known].sort());
  for (const path of memory.paths()) {
    const index = Number(/(\d+)\.bin$/.exec(path)?.[1]);
    const whole = Buffer.from(seededBytes(index, 0, sizeOf(index)));
    expect(whole.equals(memory.contents(path) ?? new Uint8Array()), path).toBe(true);
  }
}

const seeds = Array.from({ length: lives }, (_, index) => index + 1);

it.each(seeds)(
  'F119 a kill while many start and finish leaves no second name and no leftover (seed %d)',
  async (seed) => {
    await expectGoesOn(await dieAmong(20 + seededChoice(seed)(400)));
    noteTried('kills');
  },
  60_000,
);

it.each(seeds)(
  'F119 a power cut while many start and finish leaves no second name and no leftover (seed %d)',
  async (seed) => {
    const choose = seededChoice(seed + 7000);
    const { memory, records } = await dieAmong(20 + choose(400));
    const left = records.afterPowerCut(choose);
    memory.crash(choose);
    await expectGoesOn({ memory, records: left });
    noteTried('power cuts');
  },
  60_000,
);
