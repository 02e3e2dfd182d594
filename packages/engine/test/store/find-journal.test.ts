import { createFaultyFiles, createMemoryFiles } from '@sluice/testkit/disk';
import { describe, expect, test } from 'vitest';
import type { Files } from '../../src/ports/files.ts';
import { findJournal, journalsIn } from '../../src/store/find-journal.ts';
import { createJournal } from '../../src/store/journal.ts';
import { extentOf } from './bodies.ts';

const folder = '/downloads';

async function addJournal(files: Files, name: string, head: { url: string; createdAtMs?: number }): Promise<string> {
  const path = files.join(folder, `${name}.sluice-journal`);
  const journal = await createJournal(files, path, {
    url: head.url,
    fileName: name,
    createdAtMs: head.createdAtMs ?? 1,
    partialIdentity: 'inode-1',
  });
  await journal.recordExtents(Array.from({ length: 3000 }, (_, index) => extentOf(1, index, index + 1)));
  await journal.close();
  return path;
}

describe('findJournal', () => {
  test('finds the newest partial of a link, user name and password aside', async () => {
    const files = createMemoryFiles();
    await addJournal(files, 'other', { url: 'https://example.com/other' });
    await addJournal(files, 'old', { url: 'https://example.com/a', createdAtMs: 5 });
    const newest = await addJournal(files, 'new', { url: 'https://ann:secret@example.com/a', createdAtMs: 9 });
    expect(await findJournal(files, folder, 'https://bob:pw@example.com/a')).toBe(newest);
    expect(await findJournal(files, folder, 'https://example.com/a?b')).toBeNull();
  });

  test('opens nothing but journals and reads nothing but their heads', async () => {
    const memory = createMemoryFiles();
    for (let index = 0; index < 50; index += 1) await (await memory.create(`${folder}/file-${index}`)).close();
    await addJournal(memory, 'a', { url: 'https://example.com/a' });
    const disk = createFaultyFiles(memory);
    await findJournal(disk, folder, 'https://example.com/a');
    expect(disk.calls.map((call) => call.kind)).toEqual(['listFolder', 'open', 'read', 'close']);
  });

  test('passes over what cannot be read', async () => {
    const memory = createMemoryFiles();
    const broken = await memory.create(`${folder}/broken.sluice-journal`);
    await broken.write(Buffer.from('garbage'), 0);
    await memory.makeFolder(`${folder}/folder.sluice-journal`);
    const path = await addJournal(memory, 'good', { url: 'https://example.com/a' });
    expect(await findJournal(memory, folder, 'https://example.com/a')).toBe(path);
  });

  test('reads a head whose link is longer than a page', async () => {
    const memory = createMemoryFiles();
    const url = `https://example.com/${'x'.repeat(20_000)}`;
    const path = await addJournal(memory, 'long', { url });
    expect(await findJournal(memory, folder, url)).toBe(path);
  });

  test('a folder that is not there holds no journals', async () => {
    const found: unknown[] = [];
    for await (const journal of journalsIn(createMemoryFiles(), '/nowhere')) found.push(journal);
    expect(found).toEqual([]);
  });
});
