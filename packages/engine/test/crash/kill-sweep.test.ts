/**
 * Kills an engine at the system calls by which it changes the disk, then lets another go on: the list still knows
 * the download, and the file is right. A few points on every run; `pnpm sweep` visits each one.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { startOrigin, verifySeeded } from '@sluice/testkit/origin';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../engine/harness.ts';
import { finishedName, idOf, runChild } from './engine-child.ts';
import { isSweep, noteTried } from './sweep-scale.ts';
import { changingCalls, type KillPoint, runUntilCall } from './system-calls.ts';

/** Without the full sweep: calls of one kind up to this one, doubling. */
const lastSampled = 2;
const sizeBytes = 768 * 1024;
const seed = 52;

/** @returns whether the engine lived to make the call */
async function killAndGoOn(point: KillPoint): Promise<boolean> {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed, sizeBytes, bytesPerSecond: 4 * 1024 * 1024 });
  const folder = await temporaryFolder();
  try {
    const spec = { folder, url: origin.urlOf('/file.bin'), fileName: 'file.bin' };
    const first = await runUntilCall(spec, point);
    const second = await runChild(spec);
    expect(await verifySeeded(join(folder, finishedName(second)), seed, sizeBytes)).toBeNull();
    // What the first has told of was on record before.
    if (idOf(first) !== null) expect(idOf(second)).toBe(idOf(first));
    noteTried('kills', first.endedItself ? 0 : 1);
    return !first.endedItself;
  } finally {
    await rm(folder, { recursive: true });
  }
}

function ordinalAfter(ordinal: number): number {
  return isSweep ? ordinal + 1 : ordinal * 2;
}

describe.each(['bytes', 'list'] as const)('F52 an engine that dies as it changes its durable %s', (memory) => {
  test.each(changingCalls[memory])('at a call of %s', { timeout: 600_000 }, async (call) => {
    expect(await killAndGoOn({ memory, call, ordinal: 1 })).toBe(true);
    for (let ordinal = 2; isSweep || ordinal <= lastSampled; ordinal = ordinalAfter(ordinal)) {
      if (!(await killAndGoOn({ memory, call, ordinal }))) return;
    }
  });
});
