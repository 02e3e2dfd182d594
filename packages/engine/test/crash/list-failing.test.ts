/** The list's own disk fails at the moment at which a finished file is about to get its name. */
import { SluiceError } from '@sluice/contract';
import { createFaultyFiles, createMemoryFiles } from '@sluice/testkit/disk';
import { seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, it } from 'vitest';
import { createMemoryRecords } from '../../src/adapters/records/memory-records.ts';
import type { Records } from '../../src/ports/records.ts';
import { startEngine } from '../engine/harness.ts';
import { folder } from './crash-life.ts';

const target = `${folder}/file.bin`;

interface FailingRecords extends Records {
  failing: 'never' | 'from finishing on' | 'only at finishing' | 'flush';
}

function failingRecords(failing: FailingRecords['failing']): FailingRecords {
  const records = createMemoryRecords();
  let hasFailed = false;
  const self: FailingRecords = {
    ...records,
    failing,
    saveDownloads: (changed) => {
      const isFinishing = changed.some(({ fileIdentity, state }) => fileIdentity !== null && state.kind !== 'finished');
      const isDue = isFinishing || (hasFailed && self.failing === 'from finishing on');
      if (isDue && (self.failing === 'from finishing on' || (self.failing === 'only at finishing' && !hasFailed))) {
        hasFailed = true;
        throw new SluiceError('disk-full', 'no room for the database');
      }
      records.saveDownloads(changed);
    },
    flush: async () => {
      if (self.failing === 'flush') throw new SluiceError('disk-io', 'the log cannot be synced');
    },
  };
  return self;
}

describe.each([
  ['small', 8000],
  ['large', 500_000],
])('a %s file', (_, sizeBytes) => {
  it.each(['from finishing on', 'only at finishing', 'flush'] as const)(
    'F121 is finished once, and never fetched again, where the list fails %s',
    async (failing) => {
      await using origin = await startOrigin();
      origin.serve('/file.bin', { seed: 81, sizeBytes });
      const memory = createMemoryFiles();
      const records = failingRecords(failing);
      const first = memory.asOtherProcess();
      {
        await using test = await startEngine({ folder, ports: { files: createFaultyFiles(first), records } });
        await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
      }
      first.end();
      expect(memory.paths()).toContain(target);
      const sent = origin.bodyBytesSent;
      records.failing = 'never';
      {
        await using test = await startEngine({ folder, ports: { files: memory, records } });
        const [download] = (await test.engine.snapshot({})).downloads;
        await test.reach(download?.id ?? '', 'finished');
        expect((await test.view(download?.id ?? '')).name).toBe('file.bin');
      }
      expect(origin.bodyBytesSent).toBe(sent);
      expect(Buffer.from(seededBytes(81, 0, sizeBytes)).equals(memory.contents(target) ?? new Uint8Array())).toBe(true);
      // Where the list was saved after all, the process that saved it or the next one has cleared up.
      if (failing !== 'flush') expect(memory.paths()).toEqual([target]);
    },
  );
});

it('F121 every surface that shows the list is told at once that it cannot be saved, and again when it can', async () => {
  await using origin = await startOrigin();
  origin.serve('/file.bin', { seed: 81, sizeBytes: 8000 });
  const records = failingRecords('from finishing on');
  await using test = await startEngine({ folder, ports: { files: createMemoryFiles(), records } });
  const told: (string | null)[] = [];
  test.engine.subscribe(({ unsaved }) => {
    if (unsaved !== undefined) told.push(unsaved?.code ?? null);
  });
  await test.reach(await test.add(origin.urlOf('/file.bin')), 'finished');
  expect((await test.engine.snapshot({})).unsaved).toMatchObject({ code: 'disk-full' });
  expect(told).toEqual(['disk-full']);
  records.failing = 'never';
  origin.serve('/other.bin', { seed: 82, sizeBytes: 8000 });
  await test.reach(await test.add(origin.urlOf('/other.bin')), 'finished');
  expect((await test.engine.snapshot({})).unsaved).toBeUndefined();
  expect(told).toEqual(['disk-full', null]);
});
