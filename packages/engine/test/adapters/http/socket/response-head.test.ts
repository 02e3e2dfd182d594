import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SluiceError } from '../../../../src/errors.ts';
import { findHeadEnd, headLimits, parseResponseHead } from '../../../../src/adapters/http/socket/response-head.ts';

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
  test.each([
    'HTTP/1.1 200 OK',
    'HTTP/1.1 200',
    'HTTP/1.1 200 ',
    'HTTP/1.0 404 Not Found',
    'HTTP/1.1 299 caf\u00e9',
    'http/1.1 200 ok',
    'Http/1.1 200',
    'HTTP/1.1  200 OK',
    'HTTP/1.1\t200\tOK',
  ])('accepts %j', (line) => expect(parseResponseHead(line).status).toBeGreaterThan(199));
  test.each([
    '',
    'HTTP/1.1',
    'HTTP/2 200 OK',
    'HTTP/1.1 20 OK',
    'HTTP/1.1 2000 OK',
    'HTTP/1.1 099 No',
    'ICY 200 OK',
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
  expect(parseResponseHead('HTTP/1.1 200 OK\r\n folded: first\r\nY: z').headers).toEqual([['y', 'z']]);
});

describe('F76 a line that is not a field', () => {
  test.each([
    'nonsense',
    'X',
    ': value',
    'Bad Name: x',
    '=====',
    '\u00fc: x',
    'HTTP/1.1 200 OK',
    'PHP Warning in x.php',
  ])('is passed over, and with it what is folded to it: %j', (line) => {
    const lines = ['HTTP/1.1 200 OK', 'ETag: "a"', line, ' folded', 'Content-Length: 5'];
    expect(parseResponseHead(lines.join('\r\n'))).toEqual({
      isVersion11: true,
      status: 200,
      headers: [
        ['etag', '"a"'],
        ['content-length', '5'],
      ],
    });
  });

  test.each([
    'Content-Length 5',
    'Content Length: 5',
    'Content-Length : 5',
    'Content-Length\t: 5',
    ': Content-Length: 5',
    'transfer-encoding',
    'Transfer-Encoding = chunked',
    'Transfer-Encoding :chunked',
    'Content-Encoding gzip',
    'Content-Range bytes 0-4/10',
    'chunked',
    'nonsense\r\n Content-Length: 5',
    'nonsense\r\n\tchunked',
  ])('is malformed where it may be about length or encoding: %j', (line) => {
    expect(malformed(`HTTP/1.1 200 OK\r\n${line}\r\nETag: "a"`)).toBe(true);
  });

  test('a blank before the colon does not belong to a name', () => {
    expect(parseResponseHead('HTTP/1.1 200 OK\r\nETag : "a"').headers).toEqual([['etag', '"a"']]);
  });
});

describe('F77 lines that end in LF alone', () => {
  test('are lines like any other, and are reported', () => {
    const headers = [
      ['etag', '"a"'],
      ['content-length', '5'],
    ];
    expect(parseResponseHead('HTTP/1.1 200 OK\nETag: "a"\nContent-Length: 5')).toEqual({
      isVersion11: true,
      status: 200,
      headers,
      hasBareLineFeeds: true,
    });
    expect(parseResponseHead('HTTP/1.1 200 OK\r\nETag: "a"\nContent-Length: 5')).toMatchObject({
      headers,
      hasBareLineFeeds: true,
    });
    expect(parseResponseHead('HTTP/1.1 200 OK\r\nETag: "a"\r\nContent-Length: 5')).not.toHaveProperty(
      'hasBareLineFeeds',
    );
  });

  test('a bare CR is none', () => {
    expect(malformed('HTTP/1.1 200 OK\rETag: "a"')).toBe(true);
    expect(malformed('HTTP/1.1 200 OK\nETag: "a"\r\r\nX: y')).toBe(true);
  });

  test.each([
    ['a\r\n\r\nb', 1, 5],
    ['a\n\nb', 1, 3],
    ['a\n\r\nb', 1, 4],
    ['a\r\n\nb', 1, 4],
  ])('an empty line ends the head: %j', (text, textEnd, headEnd) => {
    const bytes = Buffer.from(text);
    expect(findHeadEnd(bytes, 0)).toEqual({ textEnd, headEnd });
    for (let length = 0; length < headEnd; length += 1) expect(findHeadEnd(bytes.subarray(0, length), 0)).toBeNull();
  });
});

test('bounds', () => {
  const fields = (count: number): string =>
    Array.from({ length: count }, (_unused, index) => `x-${index}: y`).join('\r\n');
  expect(malformed(`HTTP/1.1 200 OK\r\n${fields(headLimits.fields)}`)).toBe(false);
  expect(malformed(`HTTP/1.1 200 OK\r\n${fields(headLimits.fields + 1)}`)).toBe(true);
  expect(malformed(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(headLimits.lineBytes)}`)).toBe(true);
  expect(malformed(`HTTP/1.1 200 OK\r\nx: y\r\n${` ${'y'.repeat(50_000)}\r\n`.repeat(2)}z: 1`)).toBe(true);
});
