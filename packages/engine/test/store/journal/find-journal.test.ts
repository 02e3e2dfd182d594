import { createFaultyFiles, createMemoryFiles } from '@sluice/testkit/disk';
import { describe, expect, test } from 'vitest';
import type { Files } from '../../../src/ports/files.ts';
import { type FoundJournal, journalsIn } from '../../../src/store/journal/find-journal.ts';
import { createJournal } from '../../../src/store/journal/journal.ts';
import { extentOf } from '../bodies.ts';

const folder = '/downloads';

async function addJournal(files: Files, name: string, url: string): Promise<string> {
  const path = files.join(folder, `${name}.sluice-journal`);
  const journal = await createJournal(files, path, { url, fileName: name, createdAtMs: 1, partialIdentity: 'inode-1' });
  await journal.recordExtents(Array.from({ length: 3000 }, (_, index) => extentOf(1, index, index + 1)));
  await journal.close();
  return path;
}

async function find(files: Files, where = folder): Promise<FoundJournal[]> {
  const found: FoundJournal[] = [];
  for await (const journal of journalsIn(files, where)) found.push(journal);
  return found;
}

describe('looking for journals', () => {
  test('finds each with its head, without user names and passwords', async () => {
    const files = createMemoryFiles();
    const a = await addJournal(files, 'a', 'https://ann:secret@example.com/a');
    const b = await addJournal(files, 'b', 'https://example.com/b');
    expect(await find(files)).toEqual([
      { path: a, head: { url: 'https://example.com/a', fileName: 'a', createdAtMs: 1, partialIdentity: 'inode-1' } },
      { path: b, head: { url: 'https://example.com/b', fileName: 'b', createdAtMs: 1, partialIdentity: 'inode-1' } },
    ]);
  });

  test('opens nothing but journals and reads nothing but their heads', async () => {
    const memory = createMemoryFiles();
    for (let index = 0; index < 50; index += 1) await (await memory.create(`${folder}/file-${index}`)).close();
    await addJournal(memory, 'a', 'https://example.com/a');
    const disk = createFaultyFiles(memory);
    await find(disk);
    expect(disk.calls.map((call) => call.kind)).toEqual(['listFolder', 'open', 'facts', 'read', 'close']);
  });

  test('passes over what cannot be read', async () => {
    const memory = createMemoryFiles();
    const broken = await memory.create(`${folder}/broken.sluice-journal`);
    await broken.write(Buffer.from('garbage'), 0);
    await memory.makeFolder(`${folder}/folder.sluice-journal`);
    const path = await addJournal(memory, 'good', 'https://example.com/a');
    expect((await find(memory)).map((journal) => journal.path)).toEqual([path]);
  });

  test.each(['../../etc/x', '../x', 'other.bin', '', '.', '/downloads/good'])(
    'F99 passes over one that says it is of %j, and finds the others',
    async (fileName) => {
      const memory = createMemoryFiles();
      const file = { url: 'https://example.com/a', fileName, createdAtMs: 2, partialIdentity: 'inode-1' };
      await (await createJournal(memory, `${folder}/lying.sluice-journal`, file)).close();
      const path = await addJournal(memory, 'good', 'https://example.com/a');
      expect((await find(memory)).map((journal) => journal.path)).toEqual([path]);
    },
  );

  test('F69 passes over those of another user', async () => {
    const memory = createMemoryFiles();
    memory.giveAway(await addJournal(memory, 'theirs', 'https://example.com/a'), 2000);
    const path = await addJournal(memory, 'ours', 'https://example.com/a');
    expect((await find(memory)).map((journal) => journal.path)).toEqual([path]);
  });

  test('reads a head whose link is longer than a page', async () => {
    const memory = createMemoryFiles();
    const url = `https://example.com/${'x'.repeat(20_000)}`;
    await addJournal(memory, 'long', url);
    expect((await find(memory))[0]?.head.url).toBe(url);
  });

  test('finds none in a folder that is not there', async () => {
    expect(await find(createMemoryFiles(), '/nowhere')).toEqual([]);
  });
});
