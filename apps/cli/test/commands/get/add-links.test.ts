/** What of a request reaches the engine, and that a link it refuses keeps back all of them. */
import { type Added, type Calls, defaultSettings } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import type { GetRequest } from '../../../src/commands/get/request.ts';
import { addLinks } from '../../../src/commands/get/add-links.ts';

function downloads(...links: readonly string[]): GetRequest['downloads'] {
  return links.map((url) => ({ url, folder: '/in', request: {} }));
}

const request: GetRequest = {
  downloads: downloads('https://a/1', 'https://a/2'),
  maxRunning: null,
  bytesPerSecond: 0,
  usesNetrc: true,
  keepsServerTime: true,
  marksOrigin: false,
  skipsPresent: false,
  retryWaitMs: null,
  waitNetworkMs: null,
  maxAttempts: 6,
  output: 'progress',
  logLevel: null,
};

function engine(results: Added['results']) {
  const seen: { add?: Parameters<Calls['add']>[0]; settings?: Parameters<Calls['writeSettings']>[0] } = {};
  return {
    seen,
    add: (params: Parameters<Calls['add']>[0]) => {
      seen.add = params;
      return Promise.resolve({ results });
    },
    writeSettings: (patch: Parameters<Calls['writeSettings']>[0]) => {
      seen.settings = patch;
      return Promise.resolve(defaultSettings);
    },
  };
}

describe('addLinks', () => {
  test('adds every link paused, with what was asked for', async () => {
    const api = engine([
      { kind: 'added', id: 'x' },
      { kind: 'present', id: 'x' },
    ]);
    expect(await addLinks(api, { ...request, bytesPerSecond: 1000 })).toEqual({ kind: 'added', ids: ['x'] });
    expect(api.seen.add).toEqual({ downloads: request.downloads, start: false });
    expect(api.seen.settings).toEqual({
      speedLimitBytesPerSecond: 1000,
      keepServerTime: true,
      markOrigin: false,
      maxConnectionsPerHost: 16,
    });
  });

  test('more connections than usual are let through', async () => {
    const api = engine([{ kind: 'added', id: 'x' }]);
    await addLinks(api, { ...request, downloads: [{ url: 'https://a/1', folder: '/in', maxConnections: 64 }] });
    expect(api.seen.settings).toMatchObject({ maxConnectionsPerHost: 64 });
  });

  test.each([
    [31, null, undefined],
    [32, null, 16],
    [32, 3, 3],
    [1, 8, 8],
  ])('%d links, %j at the same time asked for: %j', async (links, maxRunning, expected) => {
    const api = engine([{ kind: 'added', id: 'x' }]);
    const many = Array.from({ length: links }, (_, index) => `https://a/${index}`);
    await addLinks(api, { ...request, downloads: downloads(...many), maxRunning });
    expect(api.seen.settings?.maxRunning).toBe(expected);
  });

  test('a login of the .netrc goes to its host alone, and not where another was given', async () => {
    const api = engine([{ kind: 'added', id: 'x' }]);
    const links = downloads('https://a/1', 'https://b/1', 'https://ann@a/2');
    await addLinks(api, { ...request, downloads: links }, 'machine a login bob password sesame');
    const login = { username: 'bob', password: 'sesame' };
    expect(api.seen.add?.downloads.map((download) => download.request)).toEqual([login, {}, {}]);
  });

  test('one refused link keeps back all', async () => {
    const rejection = { kind: 'rejected', url: 'htp://a', error: { code: 'url-unsupported' } } as const;
    const api = engine([{ kind: 'added', id: 'x' }, rejection]);
    expect(await addLinks(api, request)).toEqual({ kind: 'rejected', rejections: [rejection] });
  });
});
