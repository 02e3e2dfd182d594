import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { loadConfig } from '../../src/config/load-config.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sluice-config-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, text);
  return path;
}

async function failure(loading: Promise<unknown>): Promise<SluiceError> {
  const error: unknown = await loading.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof SluiceError)) throw new Error('it was taken');
  return error;
}

const expected = { download: { maxAttempts: 3, headers: { 'x-a': 'b' } }, bulk: { strategy: 'lenient', pauseMs: 0.5 } };

describe('the same in every way to write it', () => {
  test.each([
    ['c.json', JSON.stringify(expected)],
    ['c.yaml', 'download:\n  maxAttempts: 3\n  headers: { x-a: b }\nbulk:\n  strategy: lenient\n  pauseMs: 0.5\n'],
    ['c.YML', 'download: {maxAttempts: 3, headers: {x-a: b}}\nbulk: {strategy: lenient, pauseMs: 0.5}\n'],
    ['c.toml', '[download]\nmaxAttempts = 3\nheaders = { x-a = "b" }\n[bulk]\nstrategy = "lenient"\npauseMs = 0.5\n'],
  ])('%s', async (name, text) => {
    expect(await loadConfig(await file(name, text), {})).toEqual(expected);
  });

  test('an object, nothing, and an empty file', async () => {
    expect(await loadConfig({ cache: { folder: '/c', freshness: 60_000 } }, {})).toEqual({
      cache: { folder: '/c', freshness: 60_000 },
    });
    expect(await loadConfig(undefined, {})).toEqual({});
    expect(await loadConfig(await file('empty.yaml', ''), {})).toEqual({});
  });
});

describe('the environment', () => {
  test('wins, and brings text, numbers, truths and names with values', async () => {
    const environment = {
      SLUICE_DOWNLOAD_MAX_ATTEMPTS: '9',
      SLUICE_DOWNLOAD_USER_AGENT: '42',
      SLUICE_DOWNLOAD_HEADERS: '{"x-c":"d"}',
      SLUICE_BULK_SKIP_PRESENT: 'false',
      SLUICE_CACHE_FRESHNESS: 'forever',
      SLUICE_MANAGER_FOLDER: '',
      SLUICE_LOG_LEVEL: 'debug',
    };
    expect(await loadConfig({ download: { maxAttempts: 3, timeoutMs: 5 } }, environment)).toEqual({
      download: { maxAttempts: 9, timeoutMs: 5, userAgent: '42', headers: { 'x-c': 'd' } },
      bulk: { skipPresent: false },
      cache: { freshness: 'forever' },
    });
  });

  test('may name the file', async () => {
    const path = await file('c.json', '{"bulk":{"concurrency":7}}');
    expect(await loadConfig(undefined, { SLUICE_CONFIG: path })).toEqual({ bulk: { concurrency: 7 } });
  });
});

describe('what is wrong is named, with how to put it right', () => {
  test.each<[string, string, string]>([
    [
      'download: { maxAtempts: 3 }',
      'download.maxAtempts',
      'there is no key download.maxAtempts: did you mean maxAttempts?',
    ],
    ['downloads: {}', 'downloads', 'there is no key downloads: did you mean download?'],
    ['queue: {}', 'queue', 'there is no key queue: there are download, bulk, cache and manager'],
    ['bulk: { pauseMs: fast }', 'bulk.pauseMs', 'bulk.pauseMs must be a number'],
    ['bulk: { pauseMs: -1 }', 'bulk.pauseMs', 'bulk.pauseMs must be 0 or more'],
    ['bulk: { concurrency: 1.5 }', 'bulk.concurrency', 'bulk.concurrency must be a whole number'],
    ['bulk: { strategy: gentle }', 'bulk.strategy', 'bulk.strategy must be default, lenient or backOff'],
    ['bulk: { home: "" }', 'bulk.home', 'bulk.home must not be empty'],
    ['bulk: { skipPresent: "yes" }', 'bulk.skipPresent', 'bulk.skipPresent must be true or false'],
    ['bulk: 3', 'bulk', 'bulk must be a section with keys of its own'],
    ['download: { maxConnections: 65 }', 'download.maxConnections', 'download.maxConnections must be 64 or less'],
    ['download: { headers: { a: 1 } }', 'download.headers.a', 'download.headers.a must be a text'],
    ['cache: { freshness: old }', 'cache.freshness', 'cache.freshness must be http, validate or forever, or a number'],
    ['[1]', '', 'the whole must be a section with keys of its own'],
  ])('%s', async (text, name, sentence) => {
    const path = await file('c.yaml', text);
    const error = await failure(loadConfig(path, {}));
    expect(error).toMatchObject({ code: 'request-invalid', facts: { name }, message: `${path}: ${sentence}` });
  });

  test('all of it at once, and the variable where that is to blame', async () => {
    const path = await file('c.json', '{"bulk":{"pauseMs":"x"}}');
    const error = await failure(loadConfig(path, { SLUICE_BULK_CONCURRENCY: 'many' }));
    expect(error.message.split('\n').toSorted()).toEqual(
      [
        `${path}: bulk.pauseMs must be a number`,
        'the variable SLUICE_BULK_CONCURRENCY: bulk.concurrency must be a number',
      ].toSorted(),
    );
  });

  test.each([
    ['c.json', '{', 'request-invalid'],
    ['c.yaml', 'a: [', 'request-invalid'],
    ['c.toml', 'a = ', 'request-invalid'],
    ['c.ini', '', 'request-invalid'],
  ])('%s that cannot be read', async (name, text, code) => {
    const path = await file(name, text);
    const error = await failure(loadConfig(path, {}));
    expect(error.code).toBe(code);
    expect(error.message).toContain(path);
  });

  test('a file that is not there', async () => {
    expect(await failure(loadConfig(join(folder, 'none.json'), {}))).toMatchObject({ code: 'file-missing' });
  });
});
