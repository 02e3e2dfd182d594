/** Tests the bounds of the log file. */
import { mkdir, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BoundedFile } from '../../src/log/bounded-file.ts';
import { tempFolder } from '../temp-folder.ts';

test('keeps every file below its bound and only so many', async () => {
  const folder = await tempFolder();
  const path = join(folder, 'x.log');
  const file = new BoundedFile(path, { maxBytes: 100, keep: 2 });
  for (let line = 0; line < 60; line += 1) file.write(`line ${String(line).padStart(4, '0')}\n`);
  file.close();
  expect((await readdir(folder)).toSorted()).toEqual(['x.log', 'x.log.1', 'x.log.2']);
  const sizes = await Promise.all(['', '.1', '.2'].map(async (age) => (await stat(path + age)).size));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
  const kept = (await Promise.all(['.2', '.1', ''].map((age) => readFile(path + age, 'utf8')))).join('');
  expect(kept.trimEnd().split('\n')).toEqual(
    Array.from(
      { length: kept.split('\n').length - 1 },
      (_line, index, all = kept.split('\n').length - 1) => `line ${String(60 - all + index).padStart(4, '0')}`,
    ),
  );
});

test('goes on where an earlier process stopped, privately', async () => {
  const path = join(await tempFolder(), 'x.log');
  for (const line of ['one\n', 'two\n']) {
    const file = new BoundedFile(path, { maxBytes: 100, keep: 1 });
    file.write(line);
    file.close();
  }
  expect(await readFile(path, 'utf8')).toBe('one\ntwo\n');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('never throws, and writes again once it can', async () => {
  const folder = join(await tempFolder(), 'later');
  const file = new BoundedFile(join(folder, 'x.log'), { maxBytes: 100, keep: 1 });
  file.write('lost\n');
  await mkdir(folder);
  file.write('kept\n');
  file.close();
  expect(await readFile(join(folder, 'x.log'), 'utf8')).toBe('kept\n');
});
