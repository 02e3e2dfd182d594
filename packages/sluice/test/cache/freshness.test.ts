import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AskedRequest,
  type Freshness,
  judge,
  type Judgement,
  policyOf,
  refreshed,
} from '../../src/cache/freshness.ts';
import { withoutSecrets } from '../../src/cache/secret-headers.ts';

const get: AskedRequest = { method: 'GET', headers: {} };
const post: AskedRequest = { method: 'POST', headers: {} };
const etag = { etag: '"a"' };
const longAgo = new Date(Date.now() - 100 * 86_400_000).toUTCString();

type Headers = Readonly<Record<string, string>>;

function judged(request: AskedRequest, headers: Headers, freshness: Freshness): Judgement | 'not kept' {
  const policy = policyOf(request, headers, freshness);
  if (policy === null) return 'not kept';
  const nowMs = Date.now();
  return judge({ policy, responseHeaders: headers, validatedAtMs: nowMs - 1000 }, request, { freshness, nowMs });
}

describe('by the server’s word', () => {
  test.each<[Judgement | 'not kept', AskedRequest, Headers]>([
    ['use', get, { 'cache-control': 'max-age=60' }],
    ['use', get, { 'cache-control': 'private, max-age=60' }],
    ['use', get, { 'cache-control': 'max-age=60, must-revalidate' }],
    ['use', get, { expires: new Date(Date.now() + 60_000).toUTCString(), date: new Date().toUTCString() }],
    ['ask', get, { ...etag, 'cache-control': 'max-age=60', age: '61' }],
    ['ask', get, { ...etag, expires: '0' }],
    ['ask', get, { ...etag, 'cache-control': 'no-cache' }],
    ['ask', get, etag],
    // A tenth of the time since it was last changed (RFC 9111 section 4.2.2).
    ['use', get, { 'last-modified': longAgo }],
    ['ask', get, { ...etag, vary: '*', 'cache-control': 'max-age=60' }],
    ['not kept', get, { 'cache-control': 'no-store' }],
    ['not kept', get, { 'cache-control': 'max-age=60, no-store' }],
    ['not kept', { ...get, headers: { 'cache-control': 'no-store' } }, { 'cache-control': 'max-age=60' }],
    ['not kept', get, {}],
    ['not kept', post, etag],
    ['use', post, { 'cache-control': 'max-age=60' }],
    ['ask', { ...get, headers: { 'cache-control': 'no-cache' } }, { ...etag, 'cache-control': 'max-age=60' }],
  ])('%s: %j %j', (judgement, request, headers) => {
    expect(judged(request, headers, 'http')).toBe(judgement);
  });
});

describe('by one’s own rule', () => {
  test.each<[Judgement | 'not kept', Freshness, AskedRequest, Headers]>([
    ['use', 'forever', get, {}],
    ['use', 'forever', get, { 'cache-control': 'no-cache' }],
    ['use', 'forever', post, {}],
    ['not kept', 'forever', get, { 'cache-control': 'no-store' }],
    ['use', 2000, get, { 'cache-control': 'max-age=0' }],
    ['ask', 500, get, { ...etag, 'cache-control': 'max-age=60' }],
    ['fetch', 500, get, { 'cache-control': 'max-age=60' }],
    ['fetch', 500, post, etag],
    ['ask', 'validate', get, { 'last-modified': longAgo }],
    ['fetch', 'validate', get, { 'cache-control': 'max-age=60' }],
    ['not kept', 2000, get, { 'cache-control': 'private,no-store' }],
  ])('%s by %s: %j %j', (judgement, freshness, request, headers) => {
    expect(judged(request, headers, freshness)).toBe(judgement);
  });
});

describe('after a 304', () => {
  const stored = { ...etag, 'cache-control': 'max-age=0', 'content-type': 'text/plain', 'content-length': '5' };
  const policy = policyOf(get, stored, 'http') ?? '';
  const before = { policy, responseHeaders: stored, validatedAtMs: 0 };

  test('what it says replaces what was stored, but for what describes the content', () => {
    const after = refreshed(before, get, [
      ['ETag', '"a"'],
      ['Cache-Control', 'max-age=60'],
      ['Content-Length', '0'],
      ['Content-Type', 'text/html'],
    ]);
    expect(after?.responseHeaders).toEqual({ ...stored, 'cache-control': 'max-age=60' });
    if (after === null) throw new Error('not taken');
    const rule = { freshness: 'http', nowMs: Date.now() } as const;
    expect(judge({ ...after, validatedAtMs: Date.now() }, get, rule)).toBe('use');
  });
});

test('no name that tells of a secret is kept', () => {
  const secret = fc.constantFrom(
    'Authorization',
    'cookie',
    'set-cookie',
    'X-Auth-Token',
    'x-api-key',
    'X-Amz-Signature',
  );
  fc.assert(
    fc.property(fc.dictionary(fc.oneof(secret, fc.constantFrom('accept', 'etag', 'x-own')), fc.string()), (headers) => {
      const kept = Object.keys(withoutSecrets(headers));
      expect(kept.toSorted()).toEqual(
        Object.keys(headers)
          .filter((name) => ['accept', 'etag', 'x-own'].includes(name))
          .toSorted(),
      );
    }),
  );
});
