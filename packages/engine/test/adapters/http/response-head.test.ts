import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SluiceError } from '../../../src/errors.ts';
import { headLimits, parseResponseHead } from '../../../src/adapters/http/socket/response-head.ts';

const token = fc.stringMatching(/^[!#$%&'*+\-.^_`|~0-9A-Za-z]{1,20}$/);
const value = fc.stringMatching(/^([!-~\u0080-\u00ff]([\t -~\u0080-\u00ff]{0,30}[!-~\u0080-\u00ff])?)?$/);

function malformed(text: string): boolean {
  try {
    parseResponseHead(text);
    return false;
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'http-malformed') return true;
    throw error;
  }
}

test('reads back every well-formed head', () => {
  const field = fc.record({
    name: token,
    value,
    before: fc.stringMatching(/^[ \t]{0,3}$/),
    after: fc.stringMatching(/^[ \t]{0,3}$/),
  });
  fc.assert(
    fc.property(fc.integer({ min: 100, max: 999 }), fc.array(field, { maxLength: 20 }), (status, fields) => {
      const lines = fields.map((one) => `${one.name}:${one.before}${one.value}${one.after}`);
      const head = parseResponseHead([`HTTP/1.1 ${status} Some reason`, ...lines].join('\r\n'));
      expect(head).toEqual({
        isVersion11: true,
        status,
        headers: fields.map((one) => [one.name.toLowerCase(), one.value]),
      });
    }),
  );
});

test('whatever comes, it is a head or malformed, and no field holds a line end or a NUL', () => {
  const alphabet = fc.constantFrom(
    '\r',
    '\n',
    '\0',
    ' ',
    '\t',
    ':',
    ',',
    'a',
    'HTTP/1.1 ',
    '200',
    'OK',
    '\r\n',
    'Content-Length',
    '5',
    '\u00ff',
  );
  const text = fc.array(alphabet, { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      fc.oneof(
        text,
        text.map((rest) => `HTTP/1.1 200 OK\r\n${rest}`),
      ),
      (head) => {
        if (malformed(head)) return;
        for (const [name, content] of parseResponseHead(head).headers)
          expect(`${name}${content}`).not.toMatch(/[\r\n\0]/);
      },
    ),
    { numRuns: 500 },
  );
});

describe('status lines', () => {
  test.each(['HTTP/1.1 200 OK', 'HTTP/1.1 200', 'HTTP/1.1 200 ', 'HTTP/1.0 404 Not Found', 'HTTP/1.1 299 caf\u00e9'])(
    'accepts %j',
    (line) => expect(parseResponseHead(line).status).toBeGreaterThan(199),
  );
  test.each([
    '',
    'HTTP/1.1',
    'HTTP/2 200 OK',
    'HTTP/1.1  200 OK',
    'HTTP/1.1 20 OK',
    'HTTP/1.1 2000 OK',
    'HTTP/1.1 099 No',
    'ICY 200 OK',
    'http/1.1 200 OK',
    ' HTTP/1.1 200 OK',
    'HTTP/1.1 200OK',
  ])('refuses %j', (line) => expect(malformed(line)).toBe(true));
});

test('a folded field becomes one value with a space (RFC 9112 section 5.2)', () => {
  const head = parseResponseHead('HTTP/1.1 200 OK\r\nX-Long: one\r\n two\r\n\t  three \r\nY: z');
  expect(head.headers).toEqual([
    ['x-long', 'one two three'],
    ['y', 'z'],
  ]);
  expect(malformed('HTTP/1.1 200 OK\r\n folded: first')).toBe(true);
});

test('bounds', () => {
  const fields = (count: number): string =>
    Array.from({ length: count }, (_unused, index) => `x-${index}: y`).join('\r\n');
  expect(malformed(`HTTP/1.1 200 OK\r\n${fields(headLimits.fields)}`)).toBe(false);
  expect(malformed(`HTTP/1.1 200 OK\r\n${fields(headLimits.fields + 1)}`)).toBe(true);
  expect(malformed(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(headLimits.lineBytes)}`)).toBe(true);
  expect(malformed(`HTTP/1.1 200 OK\r\nx: y\r\n${` ${'y'.repeat(50_000)}\r\n`.repeat(2)}z: 1`)).toBe(true);
});
