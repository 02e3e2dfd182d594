/** Whole files on a real disk: one by one, and many at once on their own thread, which must not tell the difference. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createNodeFiles, type NodeFilesOptions } from '../../../src/adapters/files/node-files.ts';
import type { Files, FileToStage, StagedFile } from '../../../src/ports/files.ts';
import { temporaryFolder } from './temporary-folder.ts';

function stage(
  files: Files,
  path: string,
  spec: string | ({ readonly words: string } & Partial<Pick<FileToStage, 'origin' | 'name'>>),
): Promise<StagedFile> {
  const { words, ...extras } = typeof spec === 'string' ? { words: spec } : spec;
  const bytes = new TextEncoder().encode(words);
  const staged = files.stage?.({ path, bytes, modifiedAtMs: 1_600_000_000_000, origin: null, name: null, ...extras });
  if (staged === undefined) throw new Error('this disk holds nothing');
  return staged;
}

/** Many at once have made it worth a thread, and that has started. */
async function threaded(options: NodeFilesOptions = {}): Promise<Files> {
  const opened: string[] = [];
  const open: typeof fs.open = (path, ...rest) => {
    opened.push(String(path));
    return fs.open(path, ...rest);
  };
  const files = createNodeFiles(options.attributeLibrary === undefined ? process.platform : 'linux', {
    ...options,
    system: { ...fs, open },
  });
  const folder = temporaryFolder();
  for (let round = 0; ; round += 1) {
    const paths = Array.from({ length: 8 }, (_, index) => join(folder, `${round}-${index}`));
    await Promise.all(paths.map((path) => stage(files, path, 'warm')));
    // The thread has calls of its own.
    if (!paths.some((path) => opened.includes(path))) return files;
  }
}

describe.each([
  ['one by one', async () => createNodeFiles()],
  ['on the thread', () => threaded()],
])('whole files, %s', (_, makeFiles) => {
  test('are written, dated and known by what they are, and get a name of their own', async () => {
    const files = await makeFiles();
    const folder = temporaryFolder();
    const staged = await stage(files, join(folder, '.staged'), 'all of it');
    expect(readdirSync(folder)).toEqual(['.staged']);
    await staged.giveName(join(folder, 'name'), join(folder, 'name.sluice'));
    expect(readdirSync(folder)).toEqual(['name']);
    expect(readFileSync(join(folder, 'name'), 'utf8')).toBe('all of it');
    expect(statSync(join(folder, 'name')).mtimeMs).toBe(1_600_000_000_000);
    expect((await files.lookUp(join(folder, 'name')))?.identity).toBe(staged.identity);
  });

  test('never take a name that is taken, nor one beside a partial, and may try another', async () => {
    const files = await makeFiles();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'taken'), 'kept');
    writeFileSync(join(folder, 'begun.sluice'), 'kept');
    const staged = await stage(files, join(folder, '.staged'), 'new');
    for (const name of ['taken', 'begun']) {
      const given = staged.giveName(join(folder, name), join(folder, `${name}.sluice`));
      await expect(given).rejects.toMatchObject({ code: 'file-exists' });
    }
    expect(existsSync(join(folder, 'begun'))).toBe(false);
    await staged.giveName(join(folder, 'free'), join(folder, 'free.sluice'));
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('kept');
    expect(readdirSync(folder).sort()).toEqual(['begun.sluice', 'free', 'taken']);
  });

  test('make their folder where there is none, and leave nothing when dropped or in the way of another', async () => {
    const files = await makeFiles();
    const folder = join(temporaryFolder(), 'not', 'there');
    const staged = await stage(files, join(folder, '.staged'), 'x');
    await staged.drop();
    expect(readdirSync(folder)).toEqual([]);
    writeFileSync(join(folder, '.staged'), 'another');
    await expect(stage(files, join(folder, '.staged'), 'x')).rejects.toMatchObject({ code: 'file-exists' });
    expect(readFileSync(join(folder, '.staged'), 'utf8')).toBe('another');
  });

  test('say what is wrong with their folder', async () => {
    const files = await makeFiles();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const code: unknown = expect.stringMatching(/^(?:folder-missing|file-exists)$/);
    await expect(stage(files, join(folder, 'file', 'x'), 'x')).rejects.toMatchObject({ code });
  });

  test('many at once are all there', async () => {
    const files = await makeFiles();
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'sub'));
    await Promise.all(
      Array.from({ length: 60 }, async (_unused, index) => {
        const staged = await stage(files, join(folder, `.staged-${index}`), `file ${index}`);
        await staged.giveName(join(folder, index % 2 === 0 ? 'sub' : '', `${index}`), join(folder, 'no'));
      }),
    );
    for (let index = 0; index < 60; index += 1) {
      expect(readFileSync(join(folder, index % 2 === 0 ? 'sub' : '', `${index}`), 'utf8')).toBe(`file ${index}`);
    }
    expect(readdirSync(folder).length).toBe(31);
  });
});

describe('on the thread', () => {
  test('whole files get their name at once where it is free, and may be given another where it is not', async () => {
    const files = await threaded();
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'taken'), 'kept');
    writeFileSync(join(folder, 'begun.sluice'), 'kept');
    const holdAs = (name: string): Promise<StagedFile> =>
      stage(files, join(folder, `.staged-${name}`), {
        words: name,
        name: { path: join(folder, name), beside: join(folder, `${name}.sluice`) },
      });
    const staged = await Promise.all(['free', 'taken', 'begun'].map(holdAs));
    expect(staged.map(({ isNamed }) => isNamed)).toEqual([true, false, false]);
    expect(readFileSync(join(folder, 'free'), 'utf8')).toBe('free');
    expect(readFileSync(join(folder, 'taken'), 'utf8')).toBe('kept');
    expect((await files.lookUp(join(folder, 'free')))?.identity).toBe(staged[0]?.identity);
    for (const [index, name] of ['0', '1', '2'].entries()) {
      if (staged[index]?.isNamed === false) await staged[index].giveName(join(folder, name), join(folder, 'no'));
    }
    expect(readdirSync(folder).sort()).toEqual(['1', '2', 'begun.sluice', 'free', 'taken']);
  });

  test('a name at once is no name where its folder cannot be held to it', async () => {
    const files = await threaded();
    const folder = temporaryFolder();
    const name = { path: join(folder, 'not', 'there'), beside: join(folder, 'no') };
    const staged = await stage(files, join(folder, '.staged'), { words: 'x', name });
    expect(staged.isNamed).toBe(false);
    await staged.giveName(join(folder, 'x'), join(folder, 'no'));
    expect(readdirSync(folder)).toEqual(['x']);
  });

  test('whole files are marked by the library that the thread was told of, before they have a name', async () => {
    const folder = temporaryFolder();
    const files = await threaded({ attributeLibrary: libraryIn(folder) });
    const staged = await stage(files, join(folder, '.staged'), { words: 'x', origin });
    expect(staged.isMarked).toBe(true);
    expect(readFileSync(join(folder, 'marks'), 'utf8').trim().split('\n')).toEqual([
      `${join(folder, '.staged')} user.xdg.origin.url https://a.test/f`,
      `${join(folder, '.staged')} user.xdg.referrer.url https://a.test/`,
    ]);
    expect((await stage(files, join(folder, '.unmarked'), 'x')).isMarked).toBe(false);
  });

  test.each([
    ['fails', (folder: string) => libraryIn(folder, 'throw new Error()')],
    ['is not there', (folder: string) => join(folder, 'missing.cjs')],
  ])('a file is held unmarked where the library %s', async (_, libraryOf) => {
    const folder = temporaryFolder();
    const files = await threaded({ attributeLibrary: libraryOf(folder) });
    const staged = await stage(files, join(folder, '.staged'), { words: 'x', origin });
    expect(staged.isMarked).toBe(false);
    expect(readFileSync(join(folder, '.staged'), 'utf8')).toBe('x');
  });
});

const origin = { url: 'https://a.test/f', referrer: 'https://a.test/' };

/** A module that writes down what it is asked to set. */
function libraryIn(
  folder: string,
  work = `require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'marks'))}, [path, name, value].join(' ') + '\\n')`,
): string {
  const path = join(folder, 'library.cjs');
  writeFileSync(path, `exports.setAttributeSync = (path, name, value) => { ${work} };`);
  return path;
}
