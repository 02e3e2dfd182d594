import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  headerTokens,
  headerValue,
  headerValues,
  maxRetryAfterMs,
  parseRetryAfter,
} from '../../../src/plan/response/headers.ts';

describe('single fields', () => {
  test('names compare without case, values lose their outer space only', () => {
    expect(headerValue([['ETag', ' \t"a b" ']], 'etag')).toBe('"a b"');
    expect(headerValue([['x', '\u00a0a']], 'x')).toBe('\u00a0a');
  });

  test('a field sent twice counts when both agree, and as not sent when they differ', () => {
    const agreeing = [
      ['etag', '"a"'],
      ['etag', '"a"'],
    ] as const;
    expect(headerValue(agreeing, 'etag')).toBe('"a"');
    expect(headerValue([...agreeing, ['etag', '"b"']], 'etag')).toBeNull();
    expect(headerValues([...agreeing, ['etag', '"b"']], 'etag')).toEqual(['"a"', '"a"', '"b"']);
  });

  test('absent and empty are the same', () => {
    expect(headerValue([], 'etag')).toBeNull();
    expect(headerValue([['etag', '  ']], 'etag')).toBeNull();
  });

  test('lists run over lines', () => {
    expect(
      headerTokens(
        [
          ['accept-ranges', 'Bytes , ,items'],
          ['accept-ranges', 'x'],
        ],
        'accept-ranges',
      ),
    ).toEqual(['bytes', 'items', 'x']);
  });
});

describe('F23 Retry-After', () => {
  const nowMs = Date.UTC(2026, 0, 1);

  test.each([
    ['120', 120_000],
    ['0', 0],
    [' 5 ', 5000],
    ['1000000000', maxRetryAfterMs],
    ['9'.repeat(400), maxRetryAfterMs],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Thursday, 01-Jan-26 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['Fri, 01 Jan 2100 00:00:00 GMT', maxRetryAfterMs],
  ])('%s', (value, delayMs) => {
    expect(parseRetryAfter(value, nowMs)).toBe(delayMs);
  });

  test.each(['', 'soon', '-5', '1.5', '1e9', '5 seconds', '2026-01-01', 'NaN', '0x10'])(
    'garbage %j asks for nothing',
    (value) => {
      expect(parseRetryAfter(value, nowMs)).toBeNull();
    },
  );

  test('is never longer than an hour, never negative and always safe for a timer', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.nat().map(String), fc.bigInt().map(String)), fc.integer(), (value, now) => {
        const delayMs = parseRetryAfter(value, now);
        if (delayMs === null) return;
        expect(delayMs).toBeGreaterThanOrEqual(0);
        expect(delayMs).toBeLessThanOrEqual(3_600_000);
      }),
    );
  });
});
