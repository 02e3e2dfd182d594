import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeResponse } from '../../../src/plan/response/judge-response.ts';
import { head, resource } from '../resources.ts';

const first = { range: null, known: null };
const resume = { range: { start: 1000, end: null }, known: resource() };

describe('416', () => {
  test('F21 at the end, with Content-Range', () => {
    expect(judgeResponse(resume, head(416, { 'content-range': 'bytes */1000' }))).toEqual({
      kind: 'nothing-left',
      totalBytes: 1000,
    });
  });

  test.each([null, 'garbage', 'bytes 0-99/1000', 'bytes */*'])('F21 at the end, with Content-Range %j', (value) => {
    expect(judgeResponse(resume, head(416, { 'content-range': value }))).toEqual({
      kind: 'nothing-left',
      totalBytes: null,
    });
  });

  test('F22 the resource shrank', () => {
    expect(judgeResponse(resume, head(416, { 'content-range': 'bytes */400' }))).toEqual({
      kind: 'nothing-left',
      totalBytes: 400,
    });
  });

  test('F59 for the first byte of an empty file', () => {
    const empty = { range: { start: 0, end: null }, known: null };
    expect(judgeResponse(empty, head(416, { 'content-range': 'bytes */0' }))).toEqual({
      kind: 'nothing-left',
      totalBytes: 0,
    });
  });

  test('for bytes that exist is a refusal', () => {
    expect(judgeResponse(resume, head(416, { 'content-range': 'bytes */2000' }))).toMatchObject({
      kind: 'refused',
      code: 'range-not-satisfiable',
    });
  });

  test('without a range asked is a failure', () => {
    expect(judgeResponse(first, head(416))).toMatchObject({ kind: 'failed', code: 'range-not-satisfiable' });
  });
});

test.each([
  [202, 'http-unavailable'],
  [204, 'http-not-found'],
  [205, 'http-not-found'],
  [226, 'http-malformed'],
  [304, 'http-malformed'],
  [400, 'http-client-error'],
  [401, 'http-unauthorized'],
  [403, 'http-forbidden'],
  [404, 'http-not-found'],
  [407, 'proxy-auth-required'],
  [408, 'http-unavailable'],
  [410, 'http-gone'],
  [418, 'http-client-error'],
  [425, 'http-unavailable'],
  [429, 'http-too-many-requests'],
  [451, 'http-forbidden'],
  [500, 'http-server-error'],
  [502, 'http-server-error'],
  [503, 'http-unavailable'],
  [504, 'http-server-error'],
  [599, 'http-server-error'],
  [999, 'http-malformed'],
])('F25 status %i is %s, and its body is never the file', (status, code) => {
  const failed = { kind: 'failed', code, facts: { status }, retryAfterMs: null };
  expect(judgeResponse(resume, head(status, {}, 1000))).toEqual(failed);
  expect(judgeResponse(first, head(status, {}, 1000))).toEqual(failed);
});

describe('F23 Retry-After', () => {
  test.each([
    [503, '30', 30_000],
    [429, 'Wed, 03 Jan 2024 00:02:00 GMT', 120_000],
    [429, '1000000000', 3_600_000],
    [503, 'garbage', null],
    [202, '5', 5000],
    [500, '7', 7000],
  ])('%i with %s waits %s ms', (status, value, retryAfterMs) => {
    expect(judgeResponse(first, head(status, { 'retry-after': value }))).toMatchObject({
      kind: 'failed',
      retryAfterMs,
    });
  });
});

describe('redirects', () => {
  test.each([300, 301, 302, 303, 307, 308])('%i with a Location', (status) => {
    expect(judgeResponse(resume, head(status, { location: '/x' }))).toEqual({
      kind: 'redirect',
      location: '/x',
      status,
    });
  });

  test.each([300, 301, 302, 303, 307, 308])('%i without one is malformed', (status) => {
    expect(judgeResponse(resume, head(status))).toMatchObject({ kind: 'failed', code: 'http-malformed' });
  });

  test('two different Locations are none', () => {
    const response = head(302, { location: '/x' });
    const doubled = { ...response, headers: [...response.headers, ['location', '/y'] as const] };
    expect(judgeResponse(first, doubled)).toMatchObject({ kind: 'failed', code: 'http-malformed' });
  });
});

test('F25 only 200, 201, 203 and 206 ever yield bytes', () => {
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 999 }), fc.boolean(), fc.boolean(), (status, isRange, isKnown) => {
      const asked = { range: isRange ? { start: 0, end: null } : null, known: isKnown ? resource() : null };
      const verdict = judgeResponse(asked, head(status, { 'content-range': 'bytes 0-999/1000' }, 1000));
      const yields = verdict.kind === 'whole' || verdict.kind === 'part';
      expect(yields).toBe([200, 201, 203, 206].includes(status));
    }),
    { numRuns: 2000 },
  );
});
