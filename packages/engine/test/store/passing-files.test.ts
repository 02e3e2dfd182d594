import { createMemoryFiles, type MemoryFiles } from '@sluice/testkit/disk';
import { describe, expect, test } from 'vitest';
import type { Files } from '../../src/ports/files.ts';
import { deleteAbandoned, passingName } from '../../src/store/passing-files.ts';

async function leave(files: Files): Promise<string> {
  const path = `/downloads/${passingName((await files.owner()) ?? '', await files.process())}`;
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
