import { createMemoryFiles, type MemoryFiles } from '@sluice/testkit/disk';
import { describe, expect, test } from 'vitest';
import type { Files } from '../../src/ports/files.ts';
import { deleteAbandoned, stagedName } from '../../src/store/staged-files.ts';
import { signOfBytes, signOfFile } from '../../src/store/staged-sign.ts';

async function leave(files: Files): Promise<string> {
  const path = `/downloads/${stagedName((await files.owner()) ?? '', await files.process())}`;
  await (await files.create(path)).close();
  return path;
}

async function clear(memory: MemoryFiles): Promise<readonly string[]> {
  await deleteAbandoned(memory, '/downloads', await memory.listFolder('/downloads'));
  return memory.paths();
}

describe('a file without a name of its own', () => {
  test.each(['here', 'apart'] as const)('F68 stays while its process lives, %s', async (where) => {
    const memory = createMemoryFiles();
    const path = await leave(memory.asOtherProcess(where));
    expect(await clear(memory)).toEqual([path]);
  });

  test('goes once its process is gone, and stays while that is this one', async () => {
    const memory = createMemoryFiles();
    const other = memory.asOtherProcess();
    await leave(other);
    const own = await leave(memory);
    other.end();
    expect(await clear(memory)).toEqual([own]);
  });

  test("stays where it is another user's", async () => {
    const memory = createMemoryFiles();
    const other = memory.asOtherProcess();
    const path = await leave(other);
    other.end();
    memory.giveAway(path, 2000);
    expect(await clear(memory)).toEqual([path]);
  });
});

const bytes = Buffer.from('what a process was about to save');

async function put(files: Files, path: string, content: Uint8Array): Promise<void> {
  const file = await files.create(path);
  if (content.length > 0) await file.write(content, 0);
  await file.close();
}

/** @param content of what lies under the name that a process, gone since, gave to those bytes */
async function leaveSigned(content: Uint8Array, sign: string | null, purpose: 'whole' | 'probe' = 'whole') {
  const memory = createMemoryFiles();
  const other = memory.asOtherProcess();
  const name = stagedName((await other.owner()) ?? '', await other.process(), { sign, purpose });
  expect(name.length).toBeLessThan(255);
  await put(other, `/downloads/${name}`, content);
  other.end();
  return { memory, path: `/downloads/${name}` };
}

describe('a name that tells which file it is', () => {
  test.each([
    ['whole', bytes],
    ['cut off', bytes.subarray(0, 11)],
    ['cut off in its first bytes', bytes.subarray(0, 3)],
    ['zeroed by a power cut', new Uint8Array(bytes.length)],
    ['empty', new Uint8Array()],
  ])('goes %s', async (_, content) => {
    const { memory } = await leaveSigned(content, signOfBytes(bytes));
    expect(await clear(memory)).toEqual([]);
  });

  test.each([
    ['of the same length', Buffer.from(bytes).fill('x', 20)],
    ['that is longer', Buffer.concat([bytes, bytes])],
    ['that is shorter', Buffer.from('mine')],
  ])('another file %s, put there by another program, stays', async (_, content) => {
    const { memory, path } = await leaveSigned(content, signOfBytes(bytes));
    expect(await clear(memory)).toEqual([path]);
  });

  test('by its identity: the file goes, another in its place stays', async () => {
    const memory = createMemoryFiles();
    const other = memory.asOtherProcess();
    const file = await other.create('/downloads/growing');
    await file.write(bytes, 0);
    const sign = signOfFile((await file.facts()).identity);
    await file.close();
    const [name, swapped] = [1, 2].map(() => stagedName('gone', null, { sign }));
    await other.moveNew('/downloads/growing', `/downloads/${name}`);
    await put(other, `/downloads/${swapped}`, bytes);
    other.end();
    expect(await clear(memory)).toEqual([`/downloads/${swapped}`]);
  });

  test('a probe holds nothing: one with bytes is no probe', async () => {
    const { memory, path } = await leaveSigned(bytes, null, 'probe');
    expect(await clear(memory)).toEqual([path]);
  });

  test('a sign of a kind that a later release adds keeps its file', async () => {
    const { memory, path } = await leaveSigned(bytes, 'z+1');
    expect(await clear(memory)).toEqual([path]);
  });

  test('names of earlier releases are recognised', async () => {
    const { memory } = await leaveSigned(bytes, null);
    expect(await clear(memory)).toEqual([]);
  });
});
