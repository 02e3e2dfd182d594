/** Tests which header fields are refused, and that the reason is said. */
import { describe, expect, test } from 'vitest';
import { checkHeaders, headerProblem } from '../../../src/plan/request/check-headers.ts';

describe('F96 header fields that cannot be sent are refused with a reason', () => {
  test.each([
    ['Range', 'bytes=0-', 'owned'],
    ['if-range', '"a"', 'owned'],
    ['ACCEPT-ENCODING', 'gzip', 'owned'],
    ['Host', 'h', 'owned'],
    ['Content-Length', '3', 'owned'],
    ['Transfer-Encoding', 'chunked', 'owned'],
    ['Connection', 'close', 'owned'],
    ['Upgrade', 'h2c', 'owned'],
    ['Expect', '100-continue', 'owned'],
    ['Proxy-Authorization', 'Basic eA==', 'owned'],
    ['If-None-Match', '"a"', 'owned'],
    ['X', 'a\r\nHost: evil', 'value'],
    ['X', 'a\nb', 'value'],
    ['X', 'a\0b', 'value'],
    ['Range', 'a\rb', 'value'],
    ['a b', 'x', 'name'],
    ['a:', 'x', 'name'],
    ['', 'x', 'name'],
    ['X\r\nHost', 'x', 'name'],
    ['Ränge', 'x', 'name'],
    ['X-Range', 'bytes=0-', null],
    ['Authorization', 'Bearer x', null],
    ['Cookie', 'a=b; c=d', null],
    ['__proto__', 'x', null],
  ])('%j: %j is %s', (name, value, problem) => {
    expect(headerProblem(name, value)).toBe(problem);
    const headers = Object.fromEntries([
      ['Accept', '*/*'],
      [name, value],
    ]);
    if (problem === null) expect(() => checkHeaders(headers)).not.toThrow();
    else {
      expect(() => checkHeaders(headers)).toThrow(
        expect.objectContaining({ code: 'header-refused', facts: { name: name.slice(0, 100), problem } }),
      );
    }
  });

  test('neither the value nor a name without an end is told', () => {
    try {
      checkHeaders({ [`${'n'.repeat(5000)} `]: 'secret' });
      expect.unreachable();
    } catch (error) {
      expect(JSON.stringify(error) + String(error)).not.toContain('secret');
      expect(JSON.stringify(error).length).toBeLessThan(500);
    }
  });
});
