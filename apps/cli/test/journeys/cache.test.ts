/** `sluice cache` as a process, on a cache that a Node program filled with the library. */
import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Cache, type CacheEntry, download } from '@sluice/sluice/source';
import { type Origin, startOrigin } from '@sluice/testkit/origin';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Workplace, workplace } from '../support/sluice.ts';

let origin: Origin;
let place: Workplace;

beforeEach(async () => {
  origin = await startOrigin();
  place = await workplace();
  for (const name of ['a', 'b', 'c']) {
    origin.serve(`/${name}`, { body: name.repeat(2000) });
    await download(origin.urlOf(`/${name}`), { cache: join(place.folder, 'cache') });
  }
});

afterEach(async () => {
  await place[Symbol.asyncDispose]();
  await origin.close();
});

async function run(...words: readonly string[]) {
  const sluice = place.start('cache', ...words);
  const code = await sluice.ended;
  return { code, ...sluice.written };
}

async function entries(): Promise<readonly CacheEntry[]> {
  using cache = await Cache.open(join(place.folder, 'cache'));
  return cache.list();
}

async function names(): Promise<readonly string[]> {
  return (await entries()).map(({ url }) => url.slice(-1));
}

test('list tells what is kept, in rows and in lines', async () => {
  const listed = await run('list', 'cache');
  expect(listed.code).toBe(0);
  expect(listed.out).toMatch(/^[\da-f]{12} +2\.0 KiB {2}used \d{4}-\d\d-\d\d {2}http:.*\/a$/m);
  expect(listed.error).toContain('3 kept, 5.9 KiB together.');
  const lines = (await run('list', 'cache', '--json')).out.trimEnd().split('\n');
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { kind: 'cached', entry: { url: origin.urlOf('/a'), sizeBytes: 2000 } },
    { kind: 'cached' },
    { kind: 'cached' },
    { kind: 'end', exitCode: 0 },
  ]);
});

test('verify ends with 9 when something was changed, and --remove puts it right', async () => {
  expect((await run('verify', 'cache')).code).toBe(0);
  const [first] = await entries();
  await writeFile(first?.path ?? '', 'x'.repeat(2000));
  const verified = await run('verify', 'cache');
  expect(verified.code).toBe(9);
  expect(verified.error).toContain(`damaged: ${first?.url ?? ''}`);
  expect((await run('verify', '--remove', 'cache')).code).toBe(0);
  expect(await names()).toHaveLength(2);
});

test('prune and remove take what is meant and nothing else', async () => {
  expect((await run('prune', 'cache', '--unused-for', '1d')).out).toBe('');
  expect((await run('remove', 'cache', origin.urlOf('/b'))).out).toContain(`removed  ${origin.urlOf('/b')}`);
  expect(await names()).toEqual(['a', 'c']);
  expect((await run('prune', 'cache', '--max-size', '2000')).code).toBe(0);
  expect(await names()).toEqual(['c']);
  expect((await run('remove', '--all', 'cache')).code).toBe(0);
  expect(await names()).toEqual([]);
});

test.each([
  [['list', '.'], 'There is no cache in'],
  [['remove', 'cache'], 'Name the links or keys to remove'],
  [['remove', 'cache', 'http://nowhere/a'], 'The cache has nothing for http://nowhere/a'],
  [['prune', 'cache', '--unused-for', 'long'], 'such as 30d, 12h or 90m'],
  [['prune', 'cache', '--max-size', 'big'], 'takes a size such as'],
])('%j is wrong use: 2, and nothing is changed', async (words, expected) => {
  const refused = await run(...words);
  expect(refused.code).toBe(2);
  expect(refused.error).toContain(expected);
  expect(await names()).toHaveLength(3);
  expect(await readdir(place.folder)).not.toContain('index.sqlite');
});
