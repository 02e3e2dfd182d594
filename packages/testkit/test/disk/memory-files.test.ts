import { describe, expect, test } from 'vitest';
import { createMemoryFiles, keepAll, loseAll, type MemoryFiles, seededChoice } from '../../src/disk/index.ts';

const path = '/downloads/file';

function text(files: MemoryFiles, at = path): string | null {
  const bytes = files.contents(at);
  return bytes === null ? null : Buffer.from(bytes).toString('latin1');
}

async function makeFile(files: MemoryFiles, content: string, at = path): Promise<void> {
  const file = await files.create(at);
  await file.write(Buffer.from(content), 0);
  await file.sync();
  await file.close();
}

describe('as a disk', () => {
  test('it keeps bytes, sizes, holes and dates', async () => {
    const files = createMemoryFiles();
    const file = await files.create(path);
    await file.write(Buffer.from('abc'), 10_000);
    await file.truncate(10_002);
    await file.setModifiedTime(5);
    const into = Buffer.alloc(10);
    expect(await file.read(into, 9_999)).toBe(3);
    expect(into.toString('latin1', 0, 3)).toBe('\0ab');
    await file.truncate(20_000_000_000_000);
    expect(await file.read(into, 10_000)).toBe(10);
    expect(into.toString('latin1')).toBe('ab\0\0\0\0\0\0\0\0');
    expect(await file.facts()).toMatchObject({ sizeBytes: 20_000_000_000_000, linkCount: 1 });
  });

  test('it refuses what a disk refuses', async () => {
    const files = createMemoryFiles();
    await makeFile(files, 'x');
    await expect(files.create(path)).rejects.toMatchObject({ code: 'file-exists' });
    await expect(files.create('/no/file')).rejects.toMatchObject({ code: 'folder-missing' });
    await expect(files.open('/downloads/no')).rejects.toMatchObject({ code: 'file-missing' });
    await expect(files.open('/downloads')).rejects.toMatchObject({ code: 'file-unsafe' });
    await expect(files.readWhole(path, 0)).rejects.toMatchObject({ code: 'file-too-large' });
    await makeFile(files, 'y', '/downloads/other');
    await expect(files.moveNew(path, '/downloads/other')).rejects.toMatchObject({ code: 'file-exists' });
    expect(() => files.join('/downloads', '../x')).toThrow(expect.objectContaining({ code: 'name-invalid' }));
  });

  test('moving keeps the file itself, deleting takes its name', async () => {
    const files = createMemoryFiles();
    const file = await files.create(path);
    const { identity } = await file.facts();
    await files.moveNew(path, '/downloads/new');
    expect(await files.lookUp('/downloads/new')).toMatchObject({ identity, kind: 'file', linkCount: 1 });
    await files.delete('/downloads/new');
    expect(await file.facts()).toMatchObject({ linkCount: 0 });
    await files.delete('/downloads/new');
    expect(files.paths()).toEqual([]);
  });

  test('it lists folders', async () => {
    const files = createMemoryFiles();
    await files.makeFolder('/downloads/a/b');
    await makeFile(files, '', '/downloads/a/file');
    expect(await files.listFolder('/downloads/a')).toEqual(['b', 'file']);
    expect(await files.listFolder('/')).toEqual(['downloads']);
  });

  test('it can be full', async () => {
    const files = createMemoryFiles({ capacityBytes: 8192 });
    const file = await files.create(path);
    await file.truncate(1_000_000);
    await file.write(Buffer.alloc(4096, 1), 0);
    await expect(file.write(Buffer.alloc(4097, 2), 4096)).rejects.toMatchObject({ code: 'disk-full' });
    await file.write(Buffer.alloc(4096, 2), 0);
    expect(await files.freeBytes('/downloads')).toBe(4096);
    files.setCapacity(16_384);
    await file.write(Buffer.alloc(4097, 2), 4096);
    await files.delete(path);
    expect(await files.freeBytes('/downloads')).toBe(16_384);
  });
});

describe('a power cut', () => {
  test('leaves what was synced, in folders that were synced', async () => {
    const files = createMemoryFiles();
    await makeFile(files, 'synced');
    await files.syncFolder('/downloads');
    await makeFile(files, 'nameless', '/downloads/other');
    files.crash(loseAll);
    expect(text(files)).toBe('synced');
    expect(files.contents('/downloads/other')).toBeNull();
  });

  test('may keep or lose any write that was not synced, and tear it', async () => {
    const outcomes = new Set<string>();
    for (let seed = 0; seed < 200; seed += 1) {
      const files = createMemoryFiles();
      await makeFile(files, '-'.repeat(1536));
      await files.syncFolder('/downloads');
      const file = await files.open(path);
      await file.write(Buffer.from('A'), 0);
      await file.write(Buffer.concat([Buffer.alloc(512, 'b'), Buffer.alloc(512, 'c')]), 512);
      files.crash(seededChoice(seed));
      const found = text(files) ?? '';
      outcomes.add(found.charAt(0) + found.charAt(600) + found.charAt(1100));
    }
    expect([...outcomes].sort()).toEqual(['---', '--c', '-b-', '-bc', 'A--', 'A-c', 'Ab-', 'Abc']);
  });

  test('can leave a size without its bytes', async () => {
    const found = new Set<string | null>();
    for (let seed = 0; seed < 100; seed += 1) {
      const files = createMemoryFiles();
      await makeFile(files, '');
      await files.syncFolder('/downloads');
      await (await files.open(path)).write(Buffer.from('data'), 0);
      files.crash(seededChoice(seed));
      found.add(text(files));
    }
    expect(found).toEqual(new Set(['', 'data', '\0\0\0\0']));
  });

  test('can leave a name whose file was never synced, empty', async () => {
    const files = createMemoryFiles();
    const file = await files.create('/downloads/new');
    await file.write(Buffer.from('new'), 0);
    await makeFile(files, 'old');
    await files.replace('/downloads/new', path);
    await files.syncFolder('/downloads');
    files.crash(loseAll);
    expect(text(files)).toBe('');
  });

  test('between the two steps of a move leaves both names', async () => {
    const files = createMemoryFiles();
    await makeFile(files, 'bytes');
    await files.syncFolder('/downloads');
    await files.moveNew(path, '/downloads/new');
    files.crash(() => 1);
    expect(files.paths()).toEqual([path, '/downloads/new']);
    await files.moveNew(path, '/downloads/new');
    expect(files.paths()).toEqual(['/downloads/new']);
  });

  test('ends every open file', async () => {
    const files = createMemoryFiles();
    const file = await files.create(path);
    await file.sync();
    await files.syncFolder('/downloads');
    files.crash(keepAll);
    await expect(file.write(Buffer.from('x'), 0)).rejects.toMatchObject({ code: 'disk-io' });
    await (await files.open(path)).write(Buffer.from('x'), 0);
  });
});

describe('a sync that fails', () => {
  test('loses its bytes for good, though they can still be read and the next sync succeeds', async () => {
    const files = createMemoryFiles();
    await makeFile(files, 'old');
    await files.syncFolder('/downloads');
    const file = await files.open(path);
    await file.write(Buffer.from('new'), 0);
    files.loseNextSync(path);
    await expect(file.sync()).rejects.toMatchObject({ code: 'disk-io' });
    await file.sync();
    expect(text(files)).toBe('new');
    files.crash(keepAll);
    expect(text(files)).toBe('old');
  });
});
