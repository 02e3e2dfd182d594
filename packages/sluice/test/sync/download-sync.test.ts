import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createGate, seededBytes, startOrigin } from '@sluice/testkit/origin';
import { describe, expect, test } from 'vitest';
import { downloadSync, swarmSync } from '../../src/index.ts';
import { temporaryFolder } from '../temporary-folder.ts';

const sizeBytes = 500_000;
const source = join(import.meta.dirname, '../../src/index.ts');

/** The server lives in this thread, which a synchronous call would hold: a script of its own does the calling. */
async function script(body: string, ...words: readonly string[]): Promise<unknown> {
  const text = `import { downloadSync, swarmSync, DownloadInterrupt, SluiceError } from ${JSON.stringify(source)};
    import { createHash } from 'node:crypto';
    const words = process.argv.slice(1);
    const hash = (bytes) => createHash('sha256').update(bytes).digest('hex');
    const attempt = (act) => { try { return act(); } catch (error) { return error; } };
    const run = () => { ${body} };
    process.stdout.write(JSON.stringify(run()));`;
  const options = ['--input-type=module-typescript', '-e', text, ...words];
  const { stdout } = await promisify(execFile)(process.execPath, options);
  return JSON.parse(stdout);
}

test('memory, with its helpers, and the thread does stand still meanwhile', async () => {
  await using origin = await startOrigin();
  origin.serve('/a', { body: '{"answer":42}', contentType: 'application/json' });
  const said = await script(
    `let ticked = false;
     setTimeout(() => { ticked = true; }, 0).unref();
     const result = downloadSync(words[0]);
     return [result.kind, result.status, result.json(), result.text().length, ticked];`,
    origin.urlOf('/a'),
  );
  expect(said).toEqual(['memory', 200, { answer: 42 }, 13, false]);
});

test('a file, again and again through the same thread, and the process ends by itself', async () => {
  await using origin = await startOrigin();
  origin.serve('/a', { seed: 1, sizeBytes });
  const folder = temporaryFolder();
  const said = await script(
    `return ['one', 'two'].map((name) => downloadSync(new URL(words[0]), { file: words[1] + '/' + name }).sizeBytes);`,
    origin.urlOf('/a'),
    folder,
  );
  expect(said).toEqual([sizeBytes, sizeBytes]);
  expect(Buffer.compare(await readFile(join(folder, 'two')), seededBytes(1, 0, sizeBytes))).toBe(0);
});

test('requests arrive as they were described', async () => {
  await using origin = await startOrigin();
  origin.serve('/a', { body: 'ok' });
  await script(
    `downloadSync({ url: new URL(words[0]), query: new URLSearchParams('q=1'), headers: new Headers({ 'X-Own': '2' }), json: { a: 1 } });
     return null;`,
    origin.urlOf('/a'),
  );
  expect(origin.requests[0]).toMatchObject({ method: 'POST', query: 'q=1', headers: { 'x-own': '2' } });
  expect(origin.requests[0]?.body.toString()).toBe('{"a":1}');
});

test('errors are those of the asynchronous call', async () => {
  await using origin = await startOrigin();
  origin.script('/slow', { headGate: createGate() });
  const said = await script(
    `const gone = attempt(() => downloadSync(words[0]));
     const slow = attempt(() => downloadSync(words[1], { timeoutMs: 200 }));
     return [gone instanceof SluiceError, gone.code, gone.response.status, slow.code];`,
    origin.urlOf('/none'),
    origin.urlOf('/slow'),
  );
  expect(said).toEqual([true, 'http-not-found', 404, 'timeout']);
});

test('by way of a cache', async () => {
  await using origin = await startOrigin();
  origin.serve('/a', { seed: 1, sizeBytes, headers: { 'Cache-Control': 'max-age=60' } });
  const said = await script(
    `return [1, 2].map(() => downloadSync(words[0], { cache: words[1] }).cacheUse);`,
    origin.urlOf('/a'),
    temporaryFolder(),
  );
  expect(said).toEqual(['fetched', 'fresh']);
});

test('many, in the order of their items', async () => {
  await using origin = await startOrigin();
  origin.serve('/a', { seed: 1, sizeBytes });
  const said = await script(
    `const bundles = swarmSync([words[0], { request: words[1], path: 'own' }], { requestStrategy: { concurrency: 1 }, downloadStrategy: { home: words[2] } });
     return bundles.map(({ item, outcome, bytes, error }) => [typeof item, outcome, bytes, error?.code ?? null]);`,
    origin.urlOf('/a'),
    origin.urlOf('/none'),
    temporaryFolder(),
  );
  expect(said).toEqual([
    ['string', 'downloaded', sizeBytes, null],
    ['object', 'failed', 0, 'http-not-found'],
  ]);
});

describe('what would have to be called is refused by name', () => {
  test.each<[string, object]>([
    ['onProgress', { onProgress: () => {} }],
    ['signal', { signal: new AbortController().signal }],
    ['onChunk', { onChunk: () => {} }],
    ['stream', { stream: true }],
    ['pathOf', { downloadStrategy: { pathOf: () => 'x' } }],
  ])('%s', (name, options) => {
    const expected = expect.objectContaining({ code: 'request-invalid', facts: { name } });
    const act = () =>
      name === 'pathOf' ? swarmSync(['http://127.0.0.1:1/'], options) : downloadSync('http://127.0.0.1:1/', options);
    expect(act).toThrow(expected);
  });

  test('a FormData', () => {
    const act = () => downloadSync({ url: 'http://127.0.0.1:1/', multipart: new FormData() });
    expect(act).toThrow(expect.objectContaining({ facts: { name: 'multipart' } }));
  });

  test('types: no function and no signal', () => {
    // @ts-expect-error nobody could be told while the thread waits
    const wrong = () => downloadSync('http://a.test/', { onProgress: () => {} });
    expect(wrong).toThrow('onProgress');
  });
});
