/** Tests that a browser cannot have files put outside the download folder. */
import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { confineFolders, isInside } from '../../src/web/confine-folders.ts';
import { fakeEngine } from '../fake-engine.ts';
import { tempFolder } from '../temp-folder.ts';

test('inside means below, links and dots resolved', async () => {
  const folder = await tempFolder();
  const root = join(folder, 'root');
  await mkdir(join(root, 'sub'), { recursive: true });
  await symlink(folder, join(root, 'out'));
  const table: [path: string, inside: boolean][] = [
    [root, true],
    [join(root, 'sub'), true],
    [join(root, 'not', 'yet', 'there'), true],
    [`${root}/sub/../..`, false],
    [`${root}-beside`, false],
    [folder, false],
    [join(root, 'out'), false],
    [join(root, 'out', 'new'), false],
    [join(root, '..data'), true],
    ['sub', false],
    ['', false],
    ['/', false],
  ];
  for (const [path, inside] of table) expect([path, await isInside(root, path)]).toEqual([path, inside]);
});

test('F63: downloads outside are refused one by one, in their places', async () => {
  const root = await tempFolder();
  const engine = fakeEngine();
  const api = confineFolders(engine.api, root);
  const { results } = await api.add({
    downloads: [
      { url: 'http://h.test/1', folder: '/etc' },
      { url: 'http://h.test/2' },
      { url: 'http://h.test/3', folder: `${root}/../up` },
      { url: 'http://h.test/4', folder: join(root, 'sub') },
    ],
  });
  expect(results).toMatchObject([
    { kind: 'rejected', url: 'http://h.test/1', error: { code: 'file-access-denied', facts: { path: '/etc' } } },
    { kind: 'added', id: 'new-0' },
    { kind: 'rejected', url: 'http://h.test/3' },
    { kind: 'added', id: 'new-1' },
  ]);
  expect(engine.asked).toMatchObject([
    { params: { downloads: [{ url: 'http://h.test/2' }, { url: 'http://h.test/4' }] } },
  ]);
});

test('F63: neither does a setting lead outside, nor a question tell what is there', async () => {
  const root = await tempFolder();
  const engine = fakeEngine();
  const api = confineFolders(engine.api, root);
  await expect(api.writeSettings({ downloadFolder: '/etc' })).rejects.toMatchObject({ code: 'file-access-denied' });
  expect(await api.folderInfo({ folder: '/etc' })).toEqual({ folder: '/etc', freeBytes: null, writable: false });
  expect(engine.asked).toEqual([]);
  await api.writeSettings({ downloadFolder: root });
  await api.writeSettings({ theme: 'dark' });
  await api.writeSettings({ downloadFolder: '' });
  await api.folderInfo({ folder: '' });
  expect(engine.asked.map(({ method }) => method)).toEqual([
    'writeSettings',
    'writeSettings',
    'writeSettings',
    'folderInfo',
  ]);
});

test('F63: partials outside are not taken over', async () => {
  const root = await tempFolder();
  const engine = fakeEngine();
  const api = confineFolders(engine.api, root);
  await expect(api.adopt({ folder: '/etc' })).rejects.toMatchObject({ code: 'file-access-denied' });
  // The engine itself is asked only inside, where this one knows no such command.
  await expect(api.adopt({ folder: join(root, 'sub') })).rejects.toMatchObject({ code: 'unsupported' });
});

test('no key of a browser gets the logins of the list', async () => {
  const root = await tempFolder();
  const engine = fakeEngine();
  await confineFolders(engine.api, root).exportList({ ids: ['a'], withSecrets: true });
  expect(engine.asked).toMatchObject([{ params: { ids: ['a'], withSecrets: false } }]);
});
