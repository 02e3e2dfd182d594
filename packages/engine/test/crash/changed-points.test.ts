/**
 * F103: a process is killed at every call to the disk while a second partial is made, filled, named, and takes the place of
 * the first. No byte of the first is lost before, and another process goes on to one file and nothing else.
 */
import { createFaultyFiles, createMemoryFiles, type FaultyFiles, type MemoryFiles } from '@sluice/testkit/disk';
import { createGate, type Origin, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHttpPort } from '../../src/adapters/http/index.ts';
import { createSystemClock } from '../../src/adapters/system-clock.ts';
import { Direct } from '../../src/direct/direct.ts';
import type { FileSpec } from '../../src/direct/spec.ts';
import { SluiceError } from '../../src/errors.ts';
import type { Files } from '../../src/ports/files.ts';
import { silentLog } from '../../src/ports/log.ts';
import { fileSpec, folder } from './crash-life.ts';
import { isSweep, noteTried } from './sweep-scale.ts';

const sizeBytes = 300 * 1024;
const half = sizeBytes / 2;
const target = `${folder}/file.bin`;
const [seedA, seedB] = [103, 104];
const partOfA = Buffer.from(seededBytes(seedA, 0, half));
const wholeB = Buffer.from(seededBytes(seedB, 0, sizeBytes));

let origin: Origin;
beforeAll(async () => {
  origin = await startOrigin();
});
afterAll(() => origin[Symbol.asyncDispose]());

async function fetchTo(files: Files, spec: FileSpec, stopAt = Number.POSITIVE_INFINITY): Promise<void> {
  const records = { loadHostLessons: () => [], saveHostLesson: () => {} };
  const ports = { http: createHttpPort(), files, clock: createSystemClock(), log: silentLog, records };
  const direct = new Direct(ports, { platform: 'linux', random: () => 0 });
  const stopping = new AbortController();
  const onProgress: FileSpec['onProgress'] = ({ receivedBytes }) => {
    if (receivedBytes >= stopAt) stopping.abort(new SluiceError('aborted'));
  };
  try {
    await direct.fetchFile({ ...spec, onProgress }, stopping.signal);
  } finally {
    await direct.close();
  }
}

/** A disk on which a process that has ended left half of version A; the server has version B now. */
async function halfOfA(path: string): Promise<MemoryFiles> {
  const gate = createGate();
  origin.serve(path, { seed: seedA, sizeBytes });
  origin.script(path, () => ({ stall: { afterBytes: half, until: gate } }));
  const memory = createMemoryFiles();
  const first = memory.asOtherProcess();
  await fetchTo(first, fileSpec(origin.urlOf(path)), half).catch(() => {});
  first.end();
  origin.script(path, null);
  origin.change(path, { seed: seedB });
  return memory;
}

function isSafe(memory: MemoryFiles): boolean {
  const finished = memory.contents(target);
  if (finished !== null) return wholeB.equals(finished);
  const old = memory.contents(`${target}.sluice`);
  return old !== null && partOfA.equals(Buffer.from(old).subarray(0, half));
}

for (const whenTaken of ['refuse', 'number'] as const) {
  it(`F103 killed at any call to the disk (${whenTaken})`, { timeout: 240_000 }, async () => {
    let wasKilled = true;
    let visited = 0;
    for (let at = 0; wasKilled; at += isSweep ? 1 : 3) {
      const path = `/${whenTaken}-${String(at)}/file.bin`;
      const memory = await halfOfA(path);
      const spec = { ...fileSpec(origin.urlOf(path)), whenTaken };
      const dying = memory.asOtherProcess();
      const disk: FaultyFiles = createFaultyFiles(dying);
      disk.killAt(at);
      await fetchTo(disk, spec).catch((error: unknown) => {
        if (!disk.killed) throw error;
      });
      dying.end();
      wasKilled = disk.killed;
      visited += 1;
      noteTried('processes ended');
      const call = disk.calls[at];
      const where = `call ${String(at)}: ${call?.kind ?? 'none'} ${call?.path ?? ''}`;
      expect(isSafe(memory), where).toBe(true);
      // A claim that names no process yet counts as held for some seconds, whatever is claimed.
      if (call?.kind === 'write' && call.path.includes('.sluice-claim-')) continue;
      const isOver = memory.paths().length === 1 && memory.paths()[0] === target;
      if (!isOver) await fetchTo(memory, spec);
      expect(memory.paths(), where).toEqual([target]);
      expect(wholeB.equals(memory.contents(target) ?? Buffer.alloc(0)), where).toBe(true);
    }
    expect(visited).toBeGreaterThan(10);
  });
}
