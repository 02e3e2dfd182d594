import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Origin, createGate, inTurn, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, test } from 'vitest';
import { DownloadInterrupt, each, one, swarm, writeEmptyFile } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sizeBytes = 100_000;

function serve(origin: Origin, ...names: readonly string[]): string[] {
  for (const [seed, name] of names.entries()) origin.serve(`/${name}`, { seed, sizeBytes });
  return names.map((name) => origin.urlOf(`/${name}`));
}

test('swarm brings everything, in the order in which it was asked for', async () => {
  await using origin = await startOrigin();
  const home = temporaryFolder();
  const urls = [...serve(origin, 'a', 'b', 'c'), origin.urlOf('/none')];
  const bundles = await swarm(urls, { downloadStrategy: { home, layout: { host: false } } });
  expect(bundles.map(({ item, outcome, status, bytes }) => [item, outcome, status, bytes])).toEqual([
    [urls[0], 'downloaded', 200, sizeBytes],
    [urls[1], 'downloaded', 200, sizeBytes],
    [urls[2], 'downloaded', 200, sizeBytes],
    [urls[3], 'failed', 404, 0],
  ]);
  expect(bundles[3]?.error).toMatchObject({ code: 'http-not-found' });
  expect(new Uint8Array(await readFile(join(home, 'b')))).toEqual(seededBytes(1, 0, sizeBytes));
});

test('each hands them out as they finish, with the caller’s own objects', async () => {
  await using origin = await startOrigin();
  const gate = createGate();
  const [slow, quick] = serve(origin, 'slow', 'quick');
  origin.script('/slow', { headGate: gate });
  const books = [
    { title: 'Slow', url: slow ?? '' },
    { title: 'Quick', url: quick ?? '' },
  ];
  const home = temporaryFolder();
  const titles: string[] = [];
  const options = {
    urlOf: ({ title, url }: { title: string; url: string }) => ({ request: url, path: `${title}.txt` }),
    downloadStrategy: { home },
  };
  for await (const { item, path } of each(books, options)) {
    titles.push(item.title);
    expect(path).toBe(join(home, `${item.title}.txt`));
    gate.open();
  }
  expect(titles).toEqual(['Quick', 'Slow']);
});

test('never more at once than the strategy says', async () => {
  await using origin = await startOrigin();
  const names = Array.from({ length: 12 }, (_unused, index) => `f${index}`);
  const downloadStrategy = { home: temporaryFolder() };
  await swarm(serve(origin, ...names), { requestStrategy: { concurrency: 3 }, downloadStrategy });
  expect(origin.connections.peak).toBeLessThanOrEqual(3);
});

test('a try goes on from what the last one left', async () => {
  await using origin = await startOrigin();
  const [url = ''] = serve(origin, 'a');
  origin.script('/a', inTurn({ end: { afterBytes: 60_000, how: 'fin' } }, { status: 500 }, { status: 500 }, {}));
  const home = temporaryFolder();
  const bundle = await one(url, {
    requestStrategy: { waitMs: () => 1 },
    downloadStrategy: { home, pathOf: () => 'a' },
  });
  expect(bundle).toMatchObject({ outcome: 'downloaded', status: 206, bytes: sizeBytes });
  expect(bundle.attempts).toBeGreaterThan(1);
  expect(new Uint8Array(await readFile(join(home, 'a')))).toEqual(seededBytes(0, 0, sizeBytes));
});

describe('what is there', () => {
  test('is left alone, or replaced once the new one is whole', async () => {
    await using origin = await startOrigin();
    const [url = ''] = serve(origin, 'a');
    const home = temporaryFolder();
    await writeFile(join(home, 'a'), 'old');
    const pathOf = () => 'a';
    expect(await one(url, { downloadStrategy: { home, pathOf } })).toMatchObject({
      outcome: 'present',
      bytes: 3,
      attempts: 0,
    });
    expect(origin.requests).toHaveLength(0);
    const replaced = await one(url, { downloadStrategy: { home, pathOf, skipPresent: false } });
    expect(replaced).toMatchObject({ outcome: 'downloaded', bytes: sizeBytes });
    expect(new Uint8Array(await readFile(join(home, 'a')))).toEqual(seededBytes(0, 0, sizeBytes));
  });

  test('an empty file marks what failed', async () => {
    await using origin = await startOrigin();
    const home = temporaryFolder();
    const downloadStrategy = { home, onFailure: writeEmptyFile };
    const first = await one(origin.urlOf('/x/none'), { downloadStrategy });
    expect(first).toMatchObject({ outcome: 'failed', status: 404 });
    expect(await readFile(first.path ?? '', 'utf8')).toBe('');
    expect(await one(origin.urlOf('/x/none'), { downloadStrategy })).toMatchObject({ outcome: 'present', bytes: 0 });
  });
});

test('requests carry what their description says', async () => {
  await using origin = await startOrigin();
  serve(origin, 'form');
  const request = { url: origin.urlOf('/form'), query: { q: 1 }, form: { a: 'b' } };
  const bundle = await one(
    { request, path: 'answer' },
    { headers: { 'X-Own': '1' }, downloadStrategy: { home: temporaryFolder() } },
  );
  expect(bundle.outcome).toBe('downloaded');
  expect(origin.requests[0]).toMatchObject({ method: 'POST', query: 'q=1', headers: { 'x-own': '1' } });
  expect(origin.requests[0]?.body.toString()).toBe('a=b');
});

describe('stopping', () => {
  test('a signal stops all of them and the generator throws', async () => {
    await using origin = await startOrigin();
    const urls = serve(origin, 'a', 'b');
    for (const name of ['a', 'b']) origin.script(`/${name}`, { headGate: createGate() });
    const stopping = new AbortController();
    const swarming = swarm(urls, { signal: stopping.signal, downloadStrategy: { home: temporaryFolder() } });
    await origin.waitFor(({ requests }) => requests.length === 2);
    stopping.abort(new Error('enough'));
    await expect(swarming).rejects.toThrow(DownloadInterrupt);
    await expect(swarming).rejects.toMatchObject({ code: 'aborted', cause: { message: 'enough' } });
    await origin.waitFor(({ connections }) => connections.open === 0);
  });

  test('leaving the loop ends what is under way', async () => {
    await using origin = await startOrigin();
    const urls = serve(origin, 'a', 'b', 'c');
    for (const name of ['b', 'c']) origin.script(`/${name}`, { stall: { afterBytes: 10, until: createGate() } });
    const downloadStrategy = { home: temporaryFolder() };
    for await (const { outcome } of each(urls, { downloadStrategy })) {
      expect(outcome).toBe('downloaded');
      break;
    }
    await origin.waitFor(({ requests }) => requests.slice(1).every(({ state }) => state === 'cut'));
  });
});

test('rules that make no sense are refused before anything is asked', async () => {
  await expect(swarm(['http://127.0.0.1:1/'], { requestStrategy: { concurrency: 0 } })).rejects.toMatchObject({
    code: 'request-invalid',
    facts: { name: 'concurrency' },
  });
});

test('types: items of one’s own need urlOf, and come back as they are', async () => {
  // @ts-expect-error a number is no link, so urlOf is missing
  const wrong = () => swarm([1, 2]);
  const right = () => swarm([1, 2], { urlOf: (number) => `http://a.test/${number}` });
  const typed = async (): Promise<readonly number[]> => (await right()).map(({ item }) => item);
  expect([wrong, typed]).toHaveLength(2);
});
