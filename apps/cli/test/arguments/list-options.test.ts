/** The small readers of typed words: rates, headers, numbers, ports. */
import { describe, expect, test } from 'vitest';
import { parseHeaders } from '../../src/arguments/parse-headers.ts';
import { parseRate } from '../../src/arguments/parse-rate.ts';
import { readServeRequest } from '../../src/commands/serve/request.ts';
import { parseWholeNumber } from '../../src/arguments/whole-number.ts';

describe('parseRate', () => {
  test.each([
    ['0', 0],
    ['500', 500],
    ['500K', 512_000],
    ['500k', 512_000],
    ['2M', 2_097_152],
    ['1.5M', 1_572_864],
    ['1GiB', 1_073_741_824],
    ['1MB', 1_000_000],
    ['2MiB/s', 2_097_152],
    [' 10 kB ', 10_000],
    ['0.1', 1],
  ])('%s is %d bytes per second', (text, expected) => {
    expect(parseRate(text)).toBe(expected);
  });

  test.each(['', 'fast', '-1', '1.', '.5', '1e3', '5X', '1 2', '99999999999G', 'NaN', 'Infinity'])(
    '%s is no rate',
    (text) => {
      expect(parseRate(text)).toBeNull();
    },
  );
});

describe('parseHeaders', () => {
  test('joins a name given twice as its kind is joined', () => {
    expect(parseHeaders(['Accept: a', 'accept: b', 'Cookie: x=1', 'COOKIE: y=2'])).toEqual({
      kind: 'headers',
      headers: { Accept: 'a, b', Cookie: 'x=1; y=2' },
    });
  });

  test('keeps colons in the value and drops the space around it', () => {
    expect(parseHeaders(['Referer:  https://a/b  ', 'X-Empty:'])).toEqual({
      kind: 'headers',
      headers: { Referer: 'https://a/b', 'X-Empty': '' },
    });
  });

  test.each(['', ':', ': x', 'no colon', 'bad name: x', 'naïve: x', 'a: b\nc: d', 'a: \0'])(
    '%j is no header',
    (text) => {
      expect(parseHeaders([text])).toEqual({ kind: 'usage-error', text });
    },
  );
});

describe('parseWholeNumber', () => {
  test.each([
    ['0', 0],
    ['007', 7],
    ['65535', 65_535],
  ])('%s', (text, expected) => {
    expect(parseWholeNumber(text, [0, 65_535])).toBe(expected);
  });

  test.each(['', '-1', '+1', '1.0', '1e3', '0x10', ' 1', '65536', '٣', '9'.repeat(400)])('not %s', (text) => {
    expect(parseWholeNumber(text, [0, 65_535])).toBeNull();
  });
});

describe('readServeRequest', () => {
  test('makes folders absolute and leaves the rest to the host', () => {
    expect(readServeRequest({ port: '0', folder: 'in', ui: '/ui' }, '/work')).toEqual({
      kind: 'ok',
      value: { port: 0, folder: '/work/in', dataFolder: undefined, uiFolder: '/ui', output: 'progress' },
    });
    expect(readServeRequest({}, '/work')).toMatchObject({ kind: 'ok', value: { port: undefined } });
  });

  test.each(['65536', '-1', 'http', ''])('refuses the port %j', (port) => {
    expect(readServeRequest({ port }, '/work')).toEqual({
      kind: 'usage-error',
      usageError: { kind: 'port', text: port },
    });
  });
});
