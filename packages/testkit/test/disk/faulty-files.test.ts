import { SluiceError } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import { createFaultyFiles, createMemoryFiles, type FaultyFiles, type MemoryFiles } from '../../src/disk/index.ts';

const path = '/downloads/file';

function disks(): { memory: MemoryFiles; disk: FaultyFiles } {
  const memory = createMemoryFiles();
  return { memory, disk: createFaultyFiles(memory) };
}

function text(memory: MemoryFiles): string {
  return Buffer.from(memory.contents(path) ?? []).toString();
}

describe('faults', () => {
  test('meet the call they are for, counted from when they were set', async () => {
    const { memory, disk } = disks();
    const file = await disk.create(path);
    await file.write(Buffer.from('1'), 0);
    disk.fail({ kind: 'write', path: /file$/, nth: 2, times: 2, error: 'disk-full' });
    disk.fail({ kind: 'write', path: /other$/, error: 'disk-io' });
    const outcomes: string[] = [];
    for (const digit of ['2', '3', '4', '5']) {
      await file.write(Buffer.from(digit), Number(digit) - 1).then(
        () => outcomes.push('done'),
        (error: unknown) => outcomes.push(error instanceof SluiceError ? error.code : 'other'),
      );
    }
    expect(outcomes).toEqual(['done', 'disk-full', 'disk-full', 'done']);
    expect(text(memory)).toBe('12\0\x005');
  });

  test.each([
    ['nothing', ''],
    ['half', 'ab'],
    ['all', 'abcd'],
  ] as const)('may have done %s of a write before', async (effect, left) => {
    const { memory, disk } = disks();
    const file = await disk.create(path);
    disk.fail({ kind: 'write', error: 'disk-io', effect });
    await expect(file.write(Buffer.from('abcd'), 0)).rejects.toMatchObject({ code: 'disk-io' });
    expect(text(memory)).toBe(left);
  });

  test('can hold a call up, and let it through', async () => {
    const { memory, disk } = disks();
    const file = await disk.create(path);
    const gate = Promise.withResolvers<void>();
    disk.fail({ kind: 'write', error: null, until: gate.promise });
    const write = file.write(Buffer.from('x'), 0);
    await file.sync();
    expect(text(memory)).toBe('');
    gate.resolve();
    await write;
    expect(text(memory)).toBe('x');
  });

  test('can be taken back', async () => {
    const { disk } = disks();
    disk.fail({ error: 'disk-io', times: Number.POSITIVE_INFINITY });
    await expect(disk.create(path)).rejects.toMatchObject({ code: 'disk-io' });
    disk.heal();
    await disk.create(path);
  });
});

describe('a kill', () => {
  test('ends everything from its call on, and cuts that write in the middle', async () => {
    const { memory, disk } = disks();
    const file = await disk.create(path);
    await file.write(Buffer.from('ab'), 0);
    disk.killAt(disk.calls.length, 'half');
    await expect(file.write(Buffer.from('cdef'), 2)).rejects.toMatchObject({ code: 'aborted' });
    await expect(file.write(Buffer.from('gh'), 6)).rejects.toMatchObject({ code: 'aborted' });
    await expect(disk.delete(path)).rejects.toMatchObject({ code: 'aborted' });
    expect(disk.killed).toBe(true);
    expect(text(memory)).toBe('abcd');
  });

  test('that no call has met yet has not happened', async () => {
    const { disk } = disks();
    disk.killAt(5);
    await disk.create(path);
    expect(disk.killed).toBe(false);
  });
});

test('every call is remembered, in order', async () => {
  const { disk } = disks();
  const file = await disk.create(path);
  await file.write(Buffer.from('x'), 0);
  await file.sync();
  await file.close();
  await disk.syncFolder('/downloads');
  expect(disk.calls).toEqual([
    { kind: 'create', path },
    { kind: 'write', path },
    { kind: 'sync', path },
    { kind: 'close', path },
    { kind: 'syncFolder', path: '/downloads' },
  ]);
});
