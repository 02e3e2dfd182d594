/** What of a request reaches the engine, and that a link it refuses keeps back all of them. */
import { type Added, type Calls, defaultSettings } from '@sluice/contract';
import { describe, expect, test } from 'vitest';
import type { GetRequest } from '../../src/arguments/get-request.ts';
import { addLinks } from '../../src/get/add-links.ts';

const request: GetRequest = {
  links: ['https://a/1', 'https://a/2'],
  folder: '/in',
  name: null,
  maxConnections: 0,
  bytesPerSecond: 0,
  headers: {},
  request: {},
  usesNetrc: true,
  retries: 5,
  output: 'progress',
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
    const wishes = { headers: { A: 'b' }, maxConnections: 3, bytesPerSecond: 1000 };
    expect(await addLinks(api, { ...request, ...wishes })).toEqual({ kind: 'added', ids: ['x'] });
    const common = { folder: '/in', headers: { A: 'b' }, maxConnections: 3, request: {} };
    expect(api.seen.add).toEqual({
      downloads: [
        { url: 'https://a/1', ...common },
        { url: 'https://a/2', ...common },
      ],
      start: false,
    });
    expect(api.seen.settings).toEqual({ speedLimitBytesPerSecond: 1000, maxConnectionsPerHost: 16 });
  });

  test('a name goes with the link; more connections than usual are let through', async () => {
    const api = engine([{ kind: 'added', id: 'x' }]);
    await addLinks(api, { ...request, links: ['https://a/1'], name: 'n', maxConnections: 64 });
    expect(api.seen.add?.downloads[0]).toMatchObject({ name: 'n', maxConnections: 64 });
    expect(api.seen.settings).toMatchObject({ maxConnectionsPerHost: 64 });
  });

  test('a login of the .netrc goes to its host alone, and not where another was given', async () => {
    const api = engine([{ kind: 'added', id: 'x' }]);
    const links = ['https://a/1', 'https://b/1', 'https://ann@a/2'];
    await addLinks(api, { ...request, links }, 'machine a login bob password sesame');
    const login = { username: 'bob', password: 'sesame' };
    expect(api.seen.add?.downloads.map((download) => download.request)).toEqual([login, {}, {}]);
  });

  test('one refused link keeps back all', async () => {
    const rejection = { kind: 'rejected', url: 'htp://a', error: { code: 'url-unsupported' } } as const;
    const api = engine([{ kind: 'added', id: 'x' }, rejection]);
    expect(await addLinks(api, request)).toEqual({ kind: 'rejected', rejections: [rejection] });
  });
});
