/** Tests that programs are found by absolute path alone, and never in the current folder. */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { findProgram, programPaths, systemRoot } from '../../../src/adapters/programs/find-program.ts';

test.each<[environment: Record<string, string>, paths: string[]]>([
  [{}, ['C:\\Windows\\System32\\curl.exe']],
  [{ SystemRoot: 'D:\\Win', Path: '.;C:\\tools' }, ['D:\\Win\\System32\\curl.exe', 'C:\\tools\\curl.exe']],
  [
    { SYSTEMROOT: 'Windows', PATH: ';;"C:\\with blank";\\x;C:y;relative' },
    ['C:\\Windows\\System32\\curl.exe', 'C:\\with blank\\curl.exe'],
  ],
  [
    { PATH: '\\\\server\\share;C:\\Windows\\System32' },
    ['C:\\Windows\\System32\\curl.exe', '\\\\server\\share\\curl.exe'],
  ],
])('Windows with %j looks at %j', (environment, paths) => {
  expect(programPaths('curl', { environment, platform: 'win32' })).toEqual(paths);
});

test.each<[path: string, paths: string[]]>([
  ['/usr/bin:/bin', ['/usr/bin/curl', '/bin/curl']],
  ['.:/usr/bin', ['/usr/bin/curl']],
  [':/usr/bin:', ['/usr/bin/curl']],
  ['bin:../x', []],
  ['', []],
])('elsewhere with PATH %j at %j', (path, paths) => {
  expect(programPaths('curl', { environment: { PATH: path }, platform: 'linux' })).toEqual(paths);
});

test('what is there must be a file that may be run', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sluice-programs-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [first, second, third] = [join(folder, '1'), join(folder, '2'), join(folder, '3')];
  await mkdir(join(first, 'curl'), { recursive: true });
  await mkdir(second);
  await mkdir(third);
  await writeFile(join(second, 'curl'), '');
  await writeFile(join(third, 'curl'), '#!/bin/sh\n');
  await chmod(join(second, 'curl'), 0o644);
  await chmod(join(third, 'curl'), 0o755);
  const environment = { PATH: `${first}:${second}:${third}` };
  expect(findProgram('curl', { environment, platform: 'linux' })).toBe(join(third, 'curl'));
  expect(findProgram('curl', { environment: { PATH: `${first}:${second}` }, platform: 'linux' })).toBeNull();
});

test('where Windows lies cannot be said relatively', () => {
  expect([systemRoot({}), systemRoot({ systemroot: 'E:\\W' }), systemRoot({ SystemRoot: '..' })]).toEqual([
    'C:\\Windows',
    'E:\\W',
    'C:\\Windows',
  ]);
});
