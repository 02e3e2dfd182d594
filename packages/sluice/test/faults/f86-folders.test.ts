import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { startOrigin } from '@sluice/testkit/origin';
import { expect, it } from 'vitest';
import { download, DownloadManager, swarm } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const names = ['a', 'b', 'c', 'd', 'e'];
const backends = ['socket', 'undici'] as const;
type Form = (urls: readonly string[], folder: string, backend: (typeof backends)[number]) => Promise<unknown>;

const forms: readonly (readonly [string, Form])[] = [
  ['file', (urls, folder, backend) => all(urls, (url, name) => download(url, { file: join(folder, name), backend }))],
  ['folder', (urls, folder, backend) => all(urls, (url, name) => download(url, { folder, name, backend }))],
  [
    'a part of a file',
    (urls, folder, backend) =>
      all(urls, (url, name) => download(url, { file: join(folder, name), range: { start: 0, end: 100 }, backend })),
  ],
  [
    'swarm',
    async (urls, folder, backend) => {
      const specs = urls.map((request, index) => ({ request, path: names[index] ?? '' }));
      const bundles = await swarm(specs, {
        backend,
        downloadStrategy: { home: folder },
        requestStrategy: { concurrency: 5 },
      });
      for (const { error } of bundles) if (error !== null) throw error;
    },
  ],
  [
    'a manager',
    async (urls, folder, backend) => {
      const manager = new DownloadManager(folder, { concurrency: 5, backend });
      urls.forEach((url, index) => manager.download(url, names[index]));
      await manager.wait();
    },
  ],
];

function all<Result>(urls: readonly string[], one: (url: string, name: string) => Promise<Result>): Promise<Result[]> {
  return Promise.all(urls.map((url, index) => one(url, names[index] ?? '')));
}

it.each(forms.flatMap(([name, form]) => backends.map((backend) => [name, backend, form] as const)))(
  'F86 five links into one folder that does not exist yet all arrive: %s, %s',
  async (_name, backend, form) => {
    await using origin = await startOrigin();
    for (const name of names) origin.serve(`/${name}`, { seed: 1, sizeBytes: 2000 });
    const urls = names.map((name) => origin.urlOf(`/${name}`));
    for (let round = 0; round < 8; round += 1) {
      const folder = join(temporaryFolder(), 'not', 'there', 'yet');
      await form(urls, folder, backend);
      expect((await readdir(folder)).toSorted()).toEqual(names);
    }
  },
  60_000,
);
