/**
 * Ends a partial's life at every call to the disk, by kill and by power cut, and holds what is found afterwards
 * to what was promised before: no claimed byte is wrong, no promised byte is missing.
 */
import {
  createFaultyFiles,
  createMemoryFiles,
  type FaultyFiles,
  loseAll,
  type MemoryFiles,
  seededChoice,
} from '@sluice/testkit/disk';
import { describe, expect, test } from 'vitest';
import type { ByteRange } from '../../src/plan/ranges/range.ts';
import { subtract } from '../../src/plan/ranges/ranges.ts';
import { noteTried, seedsFor } from '../crash/sweep-scale.ts';
import { bodyBytes } from './bodies.ts';
import { type Found, live, liveOn, newPromises, partialPath, type Promises, resumePartial } from './partial-life.ts';

/** Each seed is another life, ended at each of its calls. `pnpm sweep` looks at many more. */
const lives = seedsFor({ usual: 4, sweep: 40 });
const seeds = Array.from({ length: lives }, (_, index) => index + 1);
const steps = 50;

interface Kill {
  readonly at: number;
  readonly effect: 'nothing' | 'half';
}

/** @returns whether the life was cut short, rather than ending before its time */
async function cutShort(memory: MemoryFiles, kill: Kill, life: (disk: FaultyFiles) => Promise<void>): Promise<boolean> {
  const disk = createFaultyFiles(memory);
  disk.killAt(kill.at, kill.effect);
  try {
    await life(disk);
  } catch (error) {
    if (!disk.killed) throw error;
  }
  // A new process starts later than a claim could take to be written.
  memory.passTime(10_000);
  return disk.killed;
}

function expectRight(memory: MemoryFiles, found: Found, promises: Promises): void {
  expect(promises.versions).toContain(found.version);
  const bytes = memory.contents(partialPath) ?? new Uint8Array();
  for (const { start, end } of found.extents) {
    const isRight = Buffer.from(bytes.subarray(start, end)).equals(bodyBytes(found.version, start, end));
    expect(isRight, `[${start}, ${end}) of version ${found.version}`).toBe(true);
  }
}

function expectKept(promised: readonly ByteRange[], found: Found, promises: Promises): void {
  if (promises.versions.length > 1) return;
  expect(subtract(promised, found.extents)).toEqual([]);
}

async function sweep(
  seed: number,
  check: (memory: MemoryFiles, promises: Promises, at: number) => Promise<void>,
): Promise<number> {
  for (let at = 0; ; at += 1) {
    for (const effect of ['nothing', 'half'] as const) {
      const memory = createMemoryFiles();
      const promises = newPromises();
      const killed = await cutShort(memory, { at, effect }, (disk) =>
        live({ disk, memory, choose: seededChoice(seed) }, promises, steps),
      );
      await check(memory, promises, at);
      if (killed) noteTried('lives ended');
      if (!killed) return at;
    }
  }
}

/** After a cut in the middle of a change either version may be there, and none of its bytes was promised. */
function afterCut(promises: Promises, found: Found): Promises {
  const proved = promises.versions.length > 1 ? [] : promises.proved;
  return { begun: true, lasting: promises.lasting, versions: [found.version], proved, recorded: [...proved] };
}

describe.each(seeds)('a life (seed %i) that ends at any call', { timeout: 60_000 }, (seed) => {
  test('F52 by kill: everything recorded is there and right', async () => {
    const calls = await sweep(seed, async (memory, promises) => {
      const found = await resumePartial(memory);
      if (found === null) return expect(promises.begun).toBe(false);
      expectRight(memory, found, promises);
      expectKept(promises.recorded, found, promises);
    });
    expect(calls).toBeGreaterThan(60);
  });

  test('F53 by power cut: everything proved is there and right, and still so after another cut', async () => {
    await sweep(seed, async (memory, promises, at) => {
      memory.crash(seededChoice(seed * 1000 + at));
      const found = await resumePartial(memory);
      if (found === null) return expect(promises.lasting).toBe(false);
      expectRight(memory, found, promises);
      expectKept(promises.proved, found, promises);
      memory.crash(loseAll);
      const again = await resumePartial(memory);
      if (again === null) return expect(promises.lasting).toBe(false);
      expectRight(memory, again, promises);
      expectKept(promises.proved, again, promises);
    });
  });

  test('and goes on, to be cut again at any call: the same holds', async () => {
    await sweep(seed, async (memory, promises, at) => {
      const choose = seededChoice(seed * 7919 + at);
      memory.crash(choose);
      const found = await resumePartial(memory);
      if (found === null) return;
      const later = afterCut(promises, found);
      await cutShort(memory, { at: choose(80), effect: 'half' }, (disk) => liveOn({ disk, memory, choose }, later, 20));
      memory.crash(choose);
      const again = await resumePartial(memory);
      if (again === null) return expect(later.lasting).toBe(false);
      expectRight(memory, again, later);
      expectKept(later.proved, again, later);
    });
  });
});
