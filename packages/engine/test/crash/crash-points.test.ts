/**
 * Walks the table of crash points: a process is killed, or its power cut, at every call to the disk, and another goes
 * on. `pnpm sweep` visits every call; `npm test` visits each step of the table, and a part of the calls.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type CrashPoint,
  crashPoints,
  createMemoryFiles,
  type MemoryFiles,
  pointOf,
  seededChoice,
} from '@sluice/testkit/disk';
import { type Origin, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Ended, folder, type Form, forms, liveOn, liveUntil } from './crash-life.ts';
import { isSweep, noteTried, seedsFor } from './sweep-scale.ts';

/** Power cuts at one call, each of which leaves something else. */
const seeds = seedsFor({ usual: 1, sweep: 8 });

/** Large enough for a partial, and slow enough that its journal becomes durable on the way. */
const large = { path: '/large/file.bin', seed: 61, sizeBytes: 600 * 1024, bytesPerSecond: 4 * 1024 * 1024 };
const small = { path: '/small/file.bin', seed: 62, sizeBytes: 10_000 };
const sizes = { large, small } as const;
type Size = keyof typeof sizes;

let origin: Origin;
beforeAll(async () => {
  origin = await startOrigin();
  for (const { path, ...body } of [large, small]) origin.serve(path, body);
});
afterAll(() => origin[Symbol.asyncDispose]());

function isRight(memory: MemoryFiles, path: string, size: Size): boolean {
  const { seed, sizeBytes } = sizes[size];
  const bytes = memory.contents(path);
  return bytes !== null && Buffer.from(seededBytes(seed, 0, sizeBytes)).equals(bytes);
}

const target = `${folder}/file.bin`;

interface Walk {
  readonly form: Form;
  readonly size: Size;
  readonly memory: MemoryFiles;
  readonly ended: Ended;
}

/** What the next start comes to: the file under its own name, right, and nothing else; or what was finished stays so. */
async function expectGoesOn({ form, size, memory, ended }: Walk): Promise<void> {
  for (const path of memory.paths().filter((name) => !name.includes('.sluice'))) {
    expect(isRight(memory, path, size), path).toBe(true);
  }
  // Without a list and without a journal nothing is left to go on with: asking again is another download.
  const isOver =
    form !== 'list' && memory.paths().includes(target) && !memory.paths().includes(`${target}.sluice-journal`);
  if (!isOver) await liveOn(form, memory, { url: origin.urlOf(sizes[size].path), records: ended.records });
  else await liveOn(form, memory, { url: origin.urlOf('/other.bin'), records: ended.records }).catch(() => {});
  expect(isRight(memory, target, size)).toBe(true);
  expect(memory.paths()).toEqual([target]);
}

/** Ends a life at call after call. @returns the steps at which one was ended */
async function walk(
  { form, size, stride }: { form: Form; size: Size; stride: number },
  check: (walked: Walk, at: number) => Promise<void>,
): Promise<Set<CrashPoint>> {
  const visited = new Set<CrashPoint>();
  const url = origin.urlOf(sizes[size].path);
  for (let at = 0; ; at += 1) {
    for (const effect of ['nothing', 'half'] as const) {
      const memory = createMemoryFiles();
      const { disk, ...ended } = await liveUntil(form, memory, { url, at, effect });
      const call = disk.calls[at];
      const point = call === undefined ? null : pointOf(call);
      const isDue = point !== null ? !visited.has(point) || at % stride === 0 : at % stride === 0;
      if (isDue || !ended.wasKilled) await check({ form, size, memory, ended }, at);
      if (isDue && ended.wasKilled) noteTried('processes ended');
      if (!ended.wasKilled) return visited;
      if (point !== null) visited.add(point);
      if (effect === 'nothing' && call?.kind !== 'write') break;
    }
  }
}

const stride = isSweep ? 1 : 5;
/** Lives differ in time: what one form has missed, another has met. */
const everVisited = new Set<CrashPoint>();

describe.each(forms)('a download by %s', (form) => {
  describe.each(['large', 'small'] as const)('of a %s file', (size) => {
    it(
      'F119 F120 killed at any step goes on under its own name, and leaves nothing else',
      { timeout: 300_000 },
      async () => {
        for (const point of await walk({ form, size, stride }, (walked) => expectGoesOn(walked)))
          everVisited.add(point);
      },
    );

    it(
      'F119 after a power cut at any step goes on under its own name, and leaves nothing else',
      { timeout: 600_000 },
      async () => {
        await walk({ form, size, stride }, async ({ memory, ended, ...rest }, at) => {
          // The first cut is of the disk as it is; the others need another life like it.
          const choose = seededChoice(at * 1000);
          const records = ended.records.afterPowerCut(choose);
          memory.crash(choose);
          await expectGoesOn({ ...rest, memory, ended: { ...ended, records } });
          for (let seed = 1; seed < seeds; seed += 1) {
            const again = createMemoryFiles();
            const url = origin.urlOf(sizes[rest.size].path);
            const other = await liveUntil(rest.form, again, { url, at, effect: 'nothing' });
            const otherChoice = seededChoice(at * 1000 + seed);
            const left = other.records.afterPowerCut(otherChoice);
            again.crash(otherChoice);
            await expectGoesOn({ ...rest, memory: again, ended: { ...other, records: left } });
          }
        });
      },
    );
  });
});

it('each step of the table was one at which a process died', () => {
  expect(crashPoints.filter((point) => !everVisited.has(point))).toEqual([]);
});

it('ARCHITECTURE has the table of crash points that is walked here', async () => {
  const text = await readFile(join(import.meta.dirname, '../../../../ARCHITECTURE.md'), 'utf8');
  const rows = /\n## Crash points\n([\s\S]*?)(?:\n## |$)/.exec(text)?.[1]?.matchAll(/^\| \d+ \| ([^|]+?) \|/gm) ?? [];
  expect([...rows].map(([, step]) => step)).toEqual([...crashPoints]);
});
