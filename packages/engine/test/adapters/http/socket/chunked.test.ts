import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SluiceError } from '../../../../src/errors.ts';
import { ChunkedDecoder } from '../../../../src/adapters/http/socket/chunked.ts';

interface Decoded {
  readonly payload: Buffer;
  readonly isDone: boolean;
  readonly readBytes: number;
}

/** Feeds the pieces one after the other, each in a buffer of its own as a socket would. */
function decode(pieces: readonly Buffer[]): Decoded | 'http-malformed' {
  const decoder = new ChunkedDecoder();
  const payload: Buffer[] = [];
  let readBytes = 0;
  try {
    for (const piece of pieces) {
      const raw = Buffer.from(piece);
      const taken = decoder.decode(raw, raw.length);
      payload.push(raw.subarray(0, taken.payloadBytes));
      readBytes += taken.readBytes;
    }
  } catch (error) {
    if (error instanceof SluiceError && error.code === 'http-malformed') return 'http-malformed';
    throw error;
  }
  return { payload: Buffer.concat(payload), isDone: decoder.isDone, readBytes };
}

function cutUp(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const offsets = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return offsets.slice(1).map((end, index) => bytes.subarray(offsets[index], end));
}

const chunk = fc.record({
  data: fc.uint8Array({ minLength: 1, maxLength: 300 }),
  zeros: fc.integer({ min: 0, max: 4 }),
  isUpper: fc.boolean(),
  extension: fc.constantFrom('', ';', ';a', ';a=b', ' ;a="x y"', '\t'),
});

function encode(
  chunks: ReadonlyArray<{ data: Uint8Array; zeros: number; isUpper: boolean; extension: string }>,
  tail: string,
): Buffer {
  const parts = chunks.flatMap(({ data, zeros, isUpper, extension }) => {
    const size = `${'0'.repeat(zeros)}${data.length.toString(16)}`;
    return [
      Buffer.from(`${isUpper ? size.toUpperCase() : size}${extension}\r\n`),
      Buffer.from(data),
      Buffer.from('\r\n'),
    ];
  });
  return Buffer.concat([...parts, Buffer.from(tail)]);
}

const tails = ['0\r\n\r\n', '000\r\n\r\n', '0;last\r\n\r\n', '0\r\nX-Trailer: yes\r\nY: z\r\n\r\n'];

test('every encoding of a body, cut up anywhere, gives the body and stops at its end', () => {
  fc.assert(
    fc.property(
      fc.array(chunk, { maxLength: 8 }),
      fc.constantFrom(...tails),
      fc.array(fc.nat(), { maxLength: 12 }),
      fc.string(),
      (chunks, tail, cuts, after) => {
        const encoded = encode(chunks, tail);
        const decoded = decode(cutUp(Buffer.concat([encoded, Buffer.from(after)]), cuts));
        const payload = Buffer.concat(chunks.map(({ data }) => data));
        expect(decoded).toEqual({ payload, isDone: true, readBytes: encoded.length });
      },
    ),
  );
});

test('no proper beginning of a body is a whole one', () => {
  fc.assert(
    fc.property(fc.array(chunk, { maxLength: 4 }), fc.constantFrom(...tails), fc.nat(), (chunks, tail, cut) => {
      const encoded = encode(chunks, tail);
      const decoded = decode([encoded.subarray(0, cut % encoded.length)]);
      expect(decoded).toMatchObject({ isDone: false });
    }),
  );
});

test('cutting up garbage differently never makes a different body of it', () => {
  const part = fc.constantFrom(
    '5',
    'a',
    '0',
    '\r\n',
    '\r',
    '\n',
    ';',
    ' ',
    'hello',
    '\0',
    'X: y',
    '-',
    '0\r\n\r\n',
    '5\r\nhello\r\n',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 20 }), fc.array(fc.nat(), { maxLength: 10 }), (parts, cuts) => {
      const bytes = Buffer.from(parts.join(''));
      expect(decode(cutUp(bytes, cuts))).toEqual(decode([bytes]));
    }),
    { numRuns: 500 },
  );
});

test.each([
  ['no size', '\r\n\r\n'],
  ['an empty size before an extension', ';a\r\n\r\n'],
  ['a sign', '+5\r\nhello\r\n'],
  ['a prefix', '0x5\r\nhello\r\n'],
  ['a size beyond 2^53', '20000000000000\r\n'],
  ['more digits than any size has', `${'0'.repeat(17)}5\r\nhello\r\n`],
  ['a bare LF after the size', '5\nhello\r\n'],
  ['a CR without LF after the size', '5\rhello\r\n'],
  ['a bare LF in an extension', '5;a\nhello\r\n'],
  ['data longer than its size', '5\r\nhello!\r\n'],
  ['an endless extension', `5;${'x'.repeat(20_000)}\r\nhello\r\n`],
  ['endless trailers', `0\r\n${'x: y\r\n'.repeat(20_000)}\r\n`],
  ['a NUL in a trailer', '0\r\nX: \0\r\n\r\n'],
])('refuses %s', (_name, text) => {
  expect(decode([Buffer.from(text)])).toBe('http-malformed');
});

test('F77 lines of chunks that end in LF alone are taken from a server whose head did so, and from no other', () => {
  const bytes = Buffer.from('5;x=y\nhello\n3\r\nabc\n0\nX-Trailer: yes\n\nrest');
  const strict = new ChunkedDecoder();
  expect(() => strict.decode(Buffer.from(bytes), bytes.length)).toThrow('bare LF');
  for (let cut = 0; cut < bytes.length; cut += 1) {
    const decoder = new ChunkedDecoder({ takesBareLineFeeds: true });
    const payload: Buffer[] = [];
    let readBytes = 0;
    for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
      const raw = Buffer.from(piece);
      const taken = decoder.decode(raw, raw.length);
      payload.push(raw.subarray(0, taken.payloadBytes));
      readBytes += taken.readBytes;
    }
    expect(Buffer.concat(payload).toString()).toBe('helloabc');
    expect([decoder.isDone, readBytes]).toEqual([true, bytes.length - 'rest'.length]);
  }
  const wrong = new ChunkedDecoder({ takesBareLineFeeds: true });
  expect(() => wrong.decode(Buffer.from('5\nhelloX\n'), 9)).toThrow('does not end where it says');
});
