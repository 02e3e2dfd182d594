import * as fs from 'node:fs/promises';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  type PathLike,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createNodeFiles } from '../../../src/adapters/files/node-files.ts';
import type { NodeFileSystem } from '../../../src/adapters/files/system.ts';
import type { Files } from '../../../src/ports/files.ts';
import { errnoError, temporaryFolder } from './temporary-folder.ts';

const busyDelaysMs = [0, 0, 0];

function filesOver(system: Partial<NodeFileSystem>, platform: NodeJS.Platform = 'linux'): Files {
  return createNodeFiles(platform, { system: { ...fs, ...system }, busyDelaysMs });
}

function failing(code: string): () => Promise<never> {
  return () => Promise.reject(errnoError(code));
}

/** Every way a move can go: with hard links, without them, and from another disk. */
const ways: readonly (readonly [string, () => Files])[] = [
  ['with hard links', () => filesOver({})],
  ...['EPERM', 'ENOTSUP', 'ENOSYS', 'EISDIR', 'EMLINK'].map(
    (code) => [`where linking says ${code}`, () => filesOver({ link: failing(code) })] as const,
  ),
  ['from another disk', filesOnTwoDisks],
  ['from another disk to one without hard links', () => filesOnTwoDisks(failing('EPERM'))],
];

/** Names directly in a folder `from` are on one disk, all others on another. */
function filesOnTwoDisks(
  linkWithin: (from: string, to: string) => Promise<void> = (from, to) => fs.link(from, to),
): Files {
  const areApart = (from: string, to: string) => from.includes('/from/') !== to.includes('/from/');
  return filesOver({
    link: async (from, to) => {
      if (areApart(String(from), String(to))) throw errnoError('EXDEV');
      await linkWithin(String(from), String(to));
    },
    rename: async (from, to) => {
      if (areApart(String(from), String(to))) throw errnoError('EXDEV');
      await fs.rename(from, to);
    },
  });
}

interface Place {
  readonly from: string;
  readonly to: string;
  readonly names: () => string[];
}

function place(): Place {
  const folder = temporaryFolder();
  for (const name of ['from', 'to']) mkdirSync(join(folder, name));
  const from = join(folder, 'from', 'file.bin.sluice');
  writeFileSync(from, 'the bytes');
  utimesSync(from, 1_000_000, 1_000_000);
  const names = () =>
    ['from', 'to'].flatMap((name) => readdirSync(join(folder, name)).map((child) => `${name}/${child}`));
  return { from, to: join(folder, 'to', 'file.bin'), names };
}

describe.each(ways)('F51 a move to a new name %s', (_, makeFiles) => {
  test('leaves one file, with its bytes and its date', async () => {
    const { from, to, names } = place();
    await makeFiles().moveNew(from, to);
    expect(names()).toEqual(['to/file.bin']);
    expect(readFileSync(to).toString()).toBe('the bytes');
    expect(statSync(to).mtimeMs).toBe(1_000_000_000);
  });

  test.each([
    ['a file', (to: string) => writeFileSync(to, 'kept')],
    ['an empty file', (to: string) => writeFileSync(to, '')],
    ['a folder', (to: string) => mkdirSync(to)],
    ['a dangling link', (to: string) => symlinkSync('/nowhere', to)],
  ])('F50 never takes the place of %s', async (kind, occupy) => {
    const { from, to, names } = place();
    occupy(to);
    await expect(makeFiles().moveNew(from, to)).rejects.toMatchObject({ code: 'file-exists' });
    expect(names()).toEqual(['from/file.bin.sluice', 'to/file.bin']);
    expect(readFileSync(from).toString()).toBe('the bytes');
    if (kind === 'a file') expect(readFileSync(to).toString()).toBe('kept');
  });

  test('says which end is missing, and leaves nothing behind', async () => {
    const { from, to, names } = place();
    await expect(makeFiles().moveNew(from, `${to}/../no/file.bin`)).rejects.toMatchObject({ code: 'folder-missing' });
    await expect(makeFiles().moveNew(`${from}-no`, to)).rejects.toMatchObject({ code: 'file-missing' });
    expect(names()).toEqual(['from/file.bin.sluice']);
  });
});

describe('F51 a move that was cut off', () => {
  test('between its two names is finished by the next one', async () => {
    const { from, to, names } = place();
    linkSync(from, to);
    await filesOver({}).moveNew(from, to);
    expect(names()).toEqual(['to/file.bin']);
    expect(readFileSync(to).toString()).toBe('the bytes');
  });

  test('because the old name will not go leaves only the old name', async () => {
    const { from, to, names } = place();
    const unlink: NodeFileSystem['unlink'] = (path) => (path === from ? failing('EACCES')() : fs.unlink(path));
    await expect(filesOver({ unlink }).moveNew(from, to)).rejects.toMatchObject({ code: 'file-access-denied' });
    expect(names()).toEqual(['from/file.bin.sluice']);
  });

  test('because the disk is full leaves no copy behind', async () => {
    const { from, to, names } = place();
    const copyFile: NodeFileSystem['copyFile'] = async (source, target) => {
      await fs.copyFile(source, target);
      throw errnoError('ENOSPC');
    };
    const files = filesOver({ copyFile, link: failing('EXDEV') });
    await expect(files.moveNew(from, to)).rejects.toMatchObject({ code: 'disk-full' });
    expect(names()).toEqual(['from/file.bin.sluice']);
  });

  test('because the copy will not sync keeps the original', async () => {
    const { from, to, names } = place();
    const open: NodeFileSystem['open'] = async (...parameters) => {
      const handle = await fs.open(...parameters);
      handle.sync = failing('EIO');
      return handle;
    };
    const files = filesOver({ open, link: failing('EXDEV') });
    await expect(files.moveNew(from, to)).rejects.toMatchObject({ code: 'disk-io' });
    expect(names()).toEqual(['from/file.bin.sluice']);
  });

  test('by somebody who took the reserved name keeps both files', async () => {
    const { from, to, names } = place();
    const rename: NodeFileSystem['rename'] = async () => {
      await fs.unlink(to);
      await fs.writeFile(to, 'theirs');
      throw errnoError('EACCES');
    };
    const files = filesOver({ link: failing('EPERM'), rename });
    await expect(files.moveNew(from, to)).rejects.toMatchObject({ code: 'file-access-denied' });
    expect(names()).toEqual(['from/file.bin.sluice', 'to/file.bin']);
    expect(readFileSync(to).toString()).toBe('theirs');
  });
});

describe('a name that differs only in case on a disk that ignores case', () => {
  test('is changed, and the file stays', async () => {
    const { from, names } = place();
    const to = from.replace('file.bin', 'File.bin');
    // Such a disk finds the file under either name and refuses to link it to itself.
    const same = (path: unknown) => (path === to && !existsSync(to) ? from : String(path));
    const files = filesOver({
      link: failing('EEXIST'),
      lstat: ((path: string, options: object) => fs.lstat(same(path), options)) as NodeFileSystem['lstat'],
    });
    await files.moveNew(from, to);
    expect(names()).toEqual(['from/File.bin.sluice']);
  });
});

describe('F51 what another program holds', () => {
  function busyFor(times: number, code: string): { files: Files; tries: () => number } {
    let count = 0;
    const link: NodeFileSystem['link'] = async (from, to) => {
      count += 1;
      if (count <= times) throw errnoError(code);
      await fs.link(from, to);
    };
    return { files: filesOver({ link }, 'win32'), tries: () => count };
  }

  test.each(['EBUSY', 'EPERM', 'EACCES'])('for a moment (%s on Windows) is tried again', async (code) => {
    const { from, to, names } = place();
    const { files, tries } = busyFor(2, code);
    await files.moveNew(from, to);
    expect(names()).toEqual(['to/file.bin']);
    expect(tries()).toBe(3);
  });

  test('for good is an error that may pass, and nothing moved', async () => {
    const { from, to, names } = place();
    await expect(busyFor(100, 'EBUSY').files.moveNew(from, to)).rejects.toMatchObject({ code: 'file-busy' });
    expect(names()).toEqual(['from/file.bin.sluice']);
  });

  test('elsewhere EPERM is final and asked once', async () => {
    const { from } = place();
    let tries = 0;
    const unlink: NodeFileSystem['unlink'] = () => {
      tries += 1;
      return failing('EPERM')();
    };
    await expect(filesOver({ unlink }).delete(from)).rejects.toMatchObject({ code: 'file-access-denied' });
    expect(tries).toBe(1);
  });
});

describe('replacing a file', () => {
  test('takes its place whole', async () => {
    const { from, to, names } = place();
    writeFileSync(to, 'old');
    await filesOver({}).replace(from, to);
    expect(names()).toEqual(['to/file.bin']);
    expect(readFileSync(to).toString()).toBe('the bytes');
  });

  test('works across disks', async () => {
    const { from, to, names } = place();
    writeFileSync(to, 'old');
    await filesOnTwoDisks().replace(from, to);
    expect(names()).toEqual(['to/file.bin']);
    expect(readFileSync(to).toString()).toBe('the bytes');
  });

  test('that fails leaves the old one', async () => {
    const { from, to, names } = place();
    writeFileSync(to, 'old');
    await expect(filesOver({ rename: failing('EIO') }).replace(from, to)).rejects.toMatchObject({ code: 'disk-io' });
    expect(names()).toEqual(['from/file.bin.sluice', 'to/file.bin']);
    expect(readFileSync(to).toString()).toBe('old');
  });
});

describe('F117 a disk that calls one folder two disks', () => {
  function beside(): Place {
    const there = place();
    return { ...there, to: join(there.from, '..', 'file.bin') };
  }

  test('gives the name without a copy where a rename will do', async () => {
    const { from, to, names } = beside();
    let copies = 0;
    const copyFile: NodeFileSystem['copyFile'] = () => {
      copies += 1;
      return Promise.reject(errnoError('EXDEV'));
    };
    await filesOver({ link: failing('EXDEV'), copyFile }).moveNew(from, to);
    expect(names()).toEqual(['from/file.bin']);
    expect(copies).toBe(0);
  });

  test.each(['within one folder', 'from another folder'])(
    'fails %s when it refuses every way, and leaves nothing behind',
    async (where) => {
      const { from, to, names } = where === 'within one folder' ? beside() : place();
      let copies = 0;
      const copyFile: NodeFileSystem['copyFile'] = (...parameters) => {
        copies += 1;
        return fs.copyFile(...parameters);
      };
      const files = filesOver({ link: failing('EXDEV'), rename: failing('EXDEV'), copyFile });
      await expect(files.moveNew(from, to)).rejects.toMatchObject({ code: 'disk-io', facts: { errno: 'EXDEV' } });
      expect(copies).toBe(where === 'within one folder' ? 0 : 1);
      expect(names()).toEqual(['from/file.bin.sluice']);
    },
  );

  test('replaces a file with one copy at most', async () => {
    const { from, to, names } = place();
    const files = filesOver({ rename: failing('EXDEV') });
    await expect(files.replace(from, to)).rejects.toMatchObject({ facts: { errno: 'EXDEV' } });
    expect(names()).toEqual(['from/file.bin.sluice']);
  });
});

describe.each(ways)('F69 another file is put under the old name, %s', (_, makeFiles) => {
  test('it does not get the new one', async () => {
    const { from, to, names } = place();
    const { identity } = (await makeFiles().lookUp(from)) ?? { identity: '' };
    renameSync(from, `${from}-away`);
    writeFileSync(from, 'forged');
    await expect(makeFiles().moveNew(from, to, identity)).rejects.toMatchObject({ code: 'file-changed' });
    expect(names()).toEqual(['from/file.bin.sluice', 'from/file.bin.sluice-away']);
    expect(readFileSync(from).toString()).toBe('forged');
  });
});

test.each(['link', 'rename'] as const)(
  'F69 one that is put there at the moment of the %s loses the new name again',
  async (call) => {
    const { from, to, names } = place();
    const identity = (await createNodeFiles().lookUp(from))?.identity ?? '';
    async function swapped(source: PathLike, target: PathLike): Promise<void> {
      if (!existsSync(`${from}-away`)) {
        renameSync(from, `${from}-away`);
        writeFileSync(from, 'forged');
      }
      await fs[call](source, target);
    }
    const files = filesOver(call === 'link' ? { link: swapped } : { link: failing('EPERM'), rename: swapped });
    await expect(files.moveNew(from, to, identity)).rejects.toMatchObject({ code: 'file-changed' });
    expect(names()).toEqual(['from/file.bin.sluice', 'from/file.bin.sluice-away']);
    expect(readFileSync(from).toString()).toBe('forged');
  },
);
