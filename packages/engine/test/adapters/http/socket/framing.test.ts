import { expect, test } from 'vitest';
import { SluiceError } from '../../../../src/errors.ts';
import { decideFraming } from '../../../../src/adapters/http/socket/framing.ts';
import { parseResponseHead } from '../../../../src/adapters/http/socket/response-head.ts';

function decide(...lines: readonly string[]): string {
  try {
    const { framing, isPersistent } = decideFraming(parseResponseHead(lines.join('\r\n')));
    const length = framing.kind === 'length' ? ` ${framing.lengthBytes}` : '';
    return `${framing.kind}${length}, ${isPersistent ? 'kept' : 'closed'}`;
  } catch (error) {
    return error instanceof SluiceError ? error.code : String(error);
  }
}

test.each([
  [['Content-Length: 5'], 'length 5, kept'],
  [['Content-Length: 0'], 'length 0, kept'],
  [['Content-Length: 005'], 'length 5, kept'],
  [['Content-Length: 9007199254740991'], 'length 9007199254740991, kept'],
  [['Content-Length: 9007199254740992'], 'http-malformed'],
  [['Content-Length: 5', 'Connection: close'], 'length 5, closed'],
  [['Content-Length: 5', 'Connection: Keep-Alive, Close'], 'length 5, closed'],
  [['Content-Length: 5', 'Content-Length: 5'], 'length 5, kept'],
  [['Content-Length: 5, 5'], 'length 5, kept'],
  [['Content-Length: 5', 'Content-Length: 6'], 'http-malformed'],
  [['Content-Length: 5, 6'], 'http-malformed'],
  [['Content-Length: 5,'], 'http-malformed'],
  [['Content-Length:'], 'http-malformed'],
  [['Content-Length: +5'], 'http-malformed'],
  [['Content-Length: 0x5'], 'http-malformed'],
  [['Content-Length: 5.0'], 'http-malformed'],
  [['Content-Length: 1e3'], 'http-malformed'],
  [['Content-Length: 5 5'], 'http-malformed'],
  [['Transfer-Encoding: chunked'], 'chunked, kept'],
  [['Transfer-Encoding: Chunked'], 'chunked, kept'],
  [['Transfer-Encoding: chunked', 'Content-Length: 5'], 'chunked, closed'],
  [['Transfer-Encoding: chunked', 'Content-Length: banana'], 'chunked, closed'],
  [['Transfer-Encoding: gzip, chunked'], 'http-malformed'],
  [['Transfer-Encoding: chunked, gzip'], 'http-malformed'],
  [['Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'], 'http-malformed'],
  [['Transfer-Encoding: identity'], 'http-malformed'],
  [['Transfer-Encoding: xchunked'], 'http-malformed'],
  [['Transfer-Encoding:'], 'http-malformed'],
  [[], 'close, closed'],
])('F16, F19: %j is %s', (lines, expected) => {
  expect(decide('HTTP/1.1 200 OK', ...lines)).toBe(expected);
});

test('F77 a connection whose lines end in LF alone carries no second answer', () => {
  const { framing, isPersistent } = decideFraming(parseResponseHead('HTTP/1.1 200 OK\nContent-Length: 5'));
  expect([framing.kind, isPersistent]).toEqual(['length', false]);
});

test('a status without a body, and a server of HTTP/1.0', () => {
  expect(decide('HTTP/1.1 204 No Content', 'Content-Length: 5')).toBe('length 0, kept');
  expect(decide('HTTP/1.1 304 Not Modified', 'Content-Length: 5')).toBe('length 0, kept');
  expect(decide('HTTP/1.1 304 Not Modified', 'Transfer-Encoding: chunked')).toBe('length 0, kept');
  expect(decide('HTTP/1.0 200 OK', 'Content-Length: 5', 'Connection: keep-alive')).toBe('length 5, closed');
  expect(decide('HTTP/1.0 200 OK', 'Transfer-Encoding: chunked')).toBe('chunked, closed');
});
