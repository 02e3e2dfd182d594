import { execFileSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createNodeFiles } from '../../../src/adapters/files/node-files.ts';
import { nodeFileSystem } from '../../../src/adapters/files/system.ts';
import { temporaryFolder } from './temporary-folder.ts';

const files = createNodeFiles();

/** What a program prints under a limit of the system's. */
function runLimited(limit: string, program: string): string {
  const command = `ulimit ${limit}; exec "$0" --input-type=module-typescript -e "$1"`;
  return execFileSync('sh', ['-c', command, process.execPath, program], { encoding: 'utf8' });
}

function permissionsOf(path: string): number {
  return statSync(path).mode & 0o777;
}

describe('making a file', () => {
  test('gives one that can be written and read, for others to read by the umask, or for nobody else', async () => {
    const folder = temporaryFolder();
    const before = process.umask(0o022);
    onTestFinished(() => void process.umask(before));
    const open = await files.create(join(folder, 'open'));
    const hidden = await files.create(join(folder, 'hidden'), { private: true });
    await open.write(Buffer.from('hello'), 3);
    await Promise.all([open.close(), hidden.close()]);
    expect(readFileSync(join(folder, 'open')).toString()).toBe('\0\0\0hello');
    expect(permissionsOf(join(folder, 'open'))).toBe(0o644);
    expect(permissionsOf(join(folder, 'hidden'))).toBe(0o600);
  });

  test('F49 never takes the place of anything, a dangling link included', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), 'kept');
    mkdirSync(join(folder, 'folder'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'link'));
    for (const name of ['file', 'folder', 'link']) {
      await expect(files.create(join(folder, name))).rejects.toMatchObject({ code: 'file-exists' });
    }
    expect(readFileSync(join(folder, 'file')).toString()).toBe('kept');
    expect(existsSync(join(folder, 'nowhere'))).toBe(false);
  });

  test.each([
    ['in no folder', 'no/file', 'folder-missing'],
    ['under a file', 'file/child', 'folder-missing'],
    ['with a name too long', 'x'.repeat(256), 'name-invalid'],
  ])('%s says so', async (_, name, code) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    await expect(files.create(`${folder}/${name}`)).rejects.toMatchObject({ code });
  });

  test('takes the longest name there is', async () => {
    const folder = temporaryFolder();
    const name = `${'ü'.repeat(127)}x`;
    await (await files.create(files.join(folder, name))).close();
    expect(await files.listFolder(folder)).toEqual([name]);
  });
});

describe('opening a file', () => {
  test('F49 refuses whatever is not a plain file, without waiting for it and without touching it', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'target'), 'secret');
    symlinkSync(join(folder, 'target'), join(folder, 'link'));
    symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));
    mkdirSync(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const server = createServer().listen(join(folder, 'socket'));
    onTestFinished(() => void server.close());
    await new Promise((resolve) => server.once('listening', resolve));
    for (const name of ['link', 'dangling', 'folder', 'pipe', 'socket']) {
      await expect(files.open(join(folder, name)), name).rejects.toMatchObject({ code: 'file-unsafe' });
      await expect(files.readWhole(join(folder, name), 100), name).rejects.toMatchObject({ code: 'file-unsafe' });
    }
    await expect(files.open('/dev/zero')).rejects.toMatchObject({ code: 'file-unsafe' });
  });

  test('says when it is not there', async () => {
    const folder = temporaryFolder();
    await expect(files.open(join(folder, 'file'))).rejects.toMatchObject({ code: 'file-missing' });
    await expect(files.readWhole(join(folder, 'file'), 10)).rejects.toMatchObject({ code: 'file-missing' });
    await expect(files.open(join(folder, 'no', 'file'))).rejects.toMatchObject({ code: 'folder-missing' });
  });

  test('F57 says that it may pass when there are too many open files', () => {
    const program = `
      import { createNodeFiles } from ${JSON.stringify(join(import.meta.dirname, '../../../src/adapters/files/node-files.ts'))};
      const files = createNodeFiles();
      const opened = [];
      try {
        for (;;) opened.push(await files.open(${JSON.stringify(import.meta.filename)}));
      } catch (error) {
        for (const file of opened) await file.close();
        console.log(error.code, opened.length > 5);
        await (await files.open(${JSON.stringify(import.meta.filename)})).close();
        console.log('and it passed');
      }
    `;
    expect(runLimited('-n 60', program)).toBe('too-many-files true\nand it passed\n');
  });

  test('keeps what it holds', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, '0123456789');
    const file = await files.open(path);
    await file.write(Buffer.from('ab'), 4);
    const into = Buffer.alloc(20);
    expect(await file.read(into, 2)).toBe(8);
    expect(into.toString('latin1', 0, 8)).toBe('23ab6789');
    await file.close();
  });
});

describe('an open file', () => {
  test('F47 says when its last name is gone, and when another file took its name', async () => {
    const path = join(temporaryFolder(), 'file');
    const file = await files.create(path);
    const first = await file.facts();
    expect(first).toMatchObject({ sizeBytes: 0, linkCount: 1 });
    expect(await files.lookUp(path)).toEqual({ ...first, kind: 'file' });
    rmSync(path);
    expect((await file.facts()).linkCount).toBe(0);
    writeFileSync(path, '');
    expect((await files.lookUp(path))?.identity).not.toBe(first.identity);
    await file.close();
  });

  test('stays the same through renaming, writing and dating', async () => {
    const folder = temporaryFolder();
    const file = await files.create(join(folder, 'a'));
    const { identity } = await file.facts();
    renameSync(join(folder, 'a'), join(folder, 'b'));
    await file.write(Buffer.from('x'), 0);
    await file.setModifiedTime(Date.UTC(2001, 1, 2));
    expect(await files.lookUp(join(folder, 'b'))).toMatchObject({ identity, modifiedAtMs: Date.UTC(2001, 1, 2) });
    await file.close();
  });

  test('grows without filling the hole, beyond 4 GiB, and shrinks', async () => {
    const path = join(temporaryFolder(), 'file');
    const file = await files.create(path);
    const sizeBytes = 5 * 2 ** 30;
    await file.truncate(sizeBytes);
    await file.write(Buffer.from('end'), sizeBytes - 3);
    await file.sync();
    expect(statSync(path).size).toBe(sizeBytes);
    expect(statSync(path).blocks * 512).toBeLessThan(1024 * 1024);
    const into = Buffer.alloc(10);
    expect(await file.read(into, sizeBytes - 5)).toBe(5);
    expect(into.toString('latin1', 0, 5)).toBe('\0\0end');
    await file.truncate(2);
    expect(await file.read(into, 0)).toBe(2);
    await file.close();
  });

  test('F46 says when it may not become as large', () => {
    const path = join(temporaryFolder(), 'file');
    const program = `
      import { createNodeFiles } from ${JSON.stringify(join(import.meta.dirname, '../../../src/adapters/files/node-files.ts'))};
      const file = await createNodeFiles().create(${JSON.stringify(path)});
      await file.write(Buffer.alloc(100_000, 1), 0).catch((error) => console.log(error.code));
      await file.truncate(1e9).catch((error) => console.log(error.code));
    `;
    expect(runLimited('-f 8', program)).toBe('file-too-large\nfile-too-large\n');
  });

  test('takes many writes at once, each at its place', async () => {
    const path = join(temporaryFolder(), 'file');
    const file = await files.create(path);
    const pieces = Array.from({ length: 64 }, (_, index) => Buffer.alloc(10_000, index));
    await Promise.all(pieces.map((piece, index) => file.write(piece, index * 10_000)));
    await file.close();
    expect(readFileSync(path).equals(Buffer.concat(pieces))).toBe(true);
  });

  test('may be closed twice, and is of no use after that', async () => {
    const file = await files.create(join(temporaryFolder(), 'file'));
    await Promise.all([file.close(), file.close()]);
    await expect(file.write(Buffer.from('x'), 0)).rejects.toMatchObject({ code: 'internal' });
  });
});

describe('reading a small file whole', () => {
  test('gives its bytes, and refuses one that is larger than allowed', async () => {
    const path = join(temporaryFolder(), 'file');
    writeFileSync(path, 'hello');
    expect(Buffer.from(await files.readWhole(path, 5)).toString()).toBe('hello');
    await expect(files.readWhole(path, 4)).rejects.toMatchObject({ code: 'file-too-large' });
  });
});

describe('looking up a name', () => {
  test('describes what is there and follows no link', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), 'abc');
    mkdirSync(join(folder, 'folder'));
    symlinkSync(join(folder, 'file'), join(folder, 'link'));
    expect(await files.lookUp(join(folder, 'file'))).toMatchObject({ kind: 'file', sizeBytes: 3 });
    expect(await files.lookUp(join(folder, 'folder'))).toMatchObject({ kind: 'folder' });
    expect(await files.lookUp(join(folder, 'link'))).toMatchObject({ kind: 'other' });
    expect(await files.lookUp(join(folder, 'nothing'))).toBeNull();
    expect(await files.lookUp(join(folder, 'file', 'below'))).toBeNull();
  });
});

describe('deleting', () => {
  test('takes one name away, never what a link points at, and does not mind that it is gone', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    symlinkSync(join(folder, 'file'), join(folder, 'link'));
    linkSync(join(folder, 'file'), join(folder, 'second'));
    for (const name of ['link', 'second', 'second', 'nothing']) await files.delete(join(folder, name));
    expect(await files.listFolder(folder)).toEqual(['file']);
  });

  test('leaves folders alone', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'folder'));
    await expect(files.delete(join(folder, 'folder'))).rejects.toMatchObject({ code: expect.stringMatching(/^file-/) });
    expect(existsSync(join(folder, 'folder'))).toBe(true);
  });
});

describe('folders', () => {
  test('are made with their parents, and a file in the way is named', async () => {
    const folder = temporaryFolder();
    await files.makeFolder(join(folder, 'a/b/c'));
    await files.makeFolder(join(folder, 'a/b/c'));
    expect(statSync(join(folder, 'a/b/c')).isDirectory()).toBe(true);
    writeFileSync(join(folder, 'file'), '');
    await expect(files.makeFolder(join(folder, 'file'))).rejects.toMatchObject({ code: 'file-exists' });
    await expect(files.makeFolder(join(folder, 'file/below'))).rejects.toMatchObject({ code: 'folder-missing' });
  });

  test('are refused in the end where the system says of every one that its parent is missing', async () => {
    const folder = temporaryFolder();
    let asked = 0;
    const system = {
      ...nodeFileSystem,
      mkdir: () => {
        asked += 1;
        return Promise.reject(Object.assign(new Error('no'), { code: 'ENOENT' }));
      },
    };
    const stubborn = createNodeFiles('linux', { system });
    await expect(stubborn.makeFolder(join(folder, 'a/b'))).rejects.toMatchObject({ code: 'folder-missing' });
    // Each level is tried again a few times: it may be another process that removes folders as fast as they are made.
    expect(asked).toBe(5);
  });

  test('many at once find each other’s', async () => {
    const folder = join(temporaryFolder(), 'a/b/c/d');
    await Promise.all(Array.from({ length: 20 }, () => files.makeFolder(folder)));
    expect(statSync(folder).isDirectory()).toBe(true);
  });

  test('can be synced and listed; one that is missing says so', async () => {
    const folder = temporaryFolder();
    await files.syncFolder(folder);
    await expect(files.syncFolder(join(folder, 'no'))).rejects.toMatchObject({ code: 'folder-missing' });
    await expect(files.listFolder(join(folder, 'no'))).rejects.toMatchObject({ code: 'folder-missing' });
    await expect(files.freeBytes(join(folder, 'no'))).rejects.toMatchObject({ code: 'folder-missing' });
    expect(await files.freeBytes(folder)).toBeGreaterThan(0);
  });

  test('F45 are writable when a file can be made there, and are left as they were', async () => {
    const folder = temporaryFolder();
    expect(await files.isWritableFolder(folder)).toBe(true);
    expect(await files.listFolder(folder)).toEqual([]);
    writeFileSync(join(folder, 'file'), '');
    for (const path of [join(folder, 'no'), join(folder, 'file'), '/proc', '/sys']) {
      expect(await files.isWritableFolder(path), path).toBe(false);
    }
  });
});

describe('joining a folder and a name', () => {
  const windows = createNodeFiles('win32');

  test('gives a direct child', () => {
    expect(files.join('/downloads', 'a b.bin')).toBe('/downloads/a b.bin');
    expect(files.join('/downloads/', 'a\\b')).toBe('/downloads/a\\b');
    expect(files.join('/', 'a')).toBe('/a');
    expect(windows.join('C:\\downloads', 'a.bin')).toBe('C:\\downloads\\a.bin');
  });

  test.each(['', '.', '..', 'a/b', '../a', '/a', 'a\0b'])('refuses %j', (name) => {
    expect(() => files.join('/downloads', name)).toThrow(expect.objectContaining({ code: 'name-invalid' }));
    expect(() => windows.join('C:\\downloads', name)).toThrow(expect.objectContaining({ code: 'name-invalid' }));
  });

  test.each(['a\\b', '..\\a', 'C:a', 'a:stream', 'C:\\a'])('refuses %j on Windows', (name) => {
    expect(() => windows.join('C:\\downloads', name)).toThrow(expect.objectContaining({ code: 'name-invalid' }));
  });

  test('refuses a folder that is not absolute', () => {
    expect(() => files.join('downloads', 'a')).toThrow(expect.objectContaining({ code: 'request-invalid' }));
  });
});
