/** Tests that no secret survives into the log, as a table and as a property. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { redact } from '../../src/log/redact.ts';

test.each<[text: string, shown: string]>([
  ['http://ana:pa55@host.test/f', 'http://***@host.test/f'],
  ['ftp://ana@host.test/f', 'ftp://***@host.test/f'],
  ['http://a:b@c:d@host.test/f', 'http://***@host.test/f'],
  ['http://host.test/@scope/f', 'http://host.test/@scope/f'],
  ['http:\\\\ana:pa55@host.test\\f', 'http:\\\\***@host.test\\f'],
  ['https://h.test/f?sig=abc&n=2', 'https://h.test/f?sig=***&n=***'],
  ['https://h.test/f?abcdef0123', 'https://h.test/f?***'],
  ['https://h.test/f?=x', 'https://h.test/f?***'],
  ['https://h.test/f#access_token=abc', 'https://h.test/f#***'],
  ['https://h.test/f?', 'https://h.test/f?'],
  ['got "https://h.test/f?t=1" and <http://u:p@h.test>', 'got "https://h.test/f?t=***" and <http://***@h.test>'],
  ['GET /f.iso?token=abc&x=1 HTTP/1.1', 'GET /f.iso?token=***&x=*** HTTP/1.1'],
  ['Authorization: Basic YTpi', 'Authorization: ***'],
  ['Proxy-Authorization: Bearer abc.def', 'Proxy-Authorization: ***'],
  ['Cookie: a=1; b=2\r\nAccept: */*', 'Cookie: ***\r\nAccept: */*'],
  ['set-cookie: sid=abc; Path=/', 'set-cookie: ***'],
  ['{"authorization":"Bearer \\"abc","n":1}', '{"authorization":***,"n":1}'],
  ["{ 'x-api-key': 'abc' }", "{ 'x-api-key': *** }"],
  ['password=hunter2 and more', 'password=*** and more'],
  ['refresh_token=abc; x', 'refresh_token=***; x'],
  ['access-token: abc def', 'access-token: ***'],
  ['the secret: none', 'the secret: ***'],
  ['sent Bearer abc.def.ghi', 'sent Bearer ***'],
  ['what? yes', 'what? yes'],
  ['disk full: 12 of 34 bytes at /home/ana/f.iso', 'disk full: 12 of 34 bytes at /home/ana/f.iso'],
])('%s', (text, shown) => {
  expect(redact(text)).toBe(shown);
});

const word = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019._~-')), minLength: 1, maxLength: 12 });
const secret = fc.string({ unit: fc.constantFrom(...Array.from('QRSTqrst5678%+')), minLength: 12, maxLength: 40 });
const carrier = fc.oneof(
  fc.tuple(word, secret).map(([host, hidden]) => `http://user:${hidden}@${host}.test/`),
  fc.tuple(word, word, secret).map(([host, name, hidden]) => `https://${host}.test/a?${name}=${hidden}&z=1`),
  fc.tuple(word, secret).map(([path, hidden]) => `/${path}?k=${hidden}`),
  fc
    .tuple(fc.constantFrom('Authorization', 'cookie', 'X-Auth-Token'), secret)
    .map(([name, hidden]) => `${name}: ${hidden}`),
);

test('no secret survives, wherever it stands, and a second pass changes nothing', () => {
  fc.assert(
    fc.property(word, carrier, word, (before, text, after) => {
      const shown = redact(`${before} ${text}\n${after}`);
      expect(shown).not.toMatch(/[QRSTqrst5678%+]{12}/);
      expect(shown).toContain(after);
      expect(redact(shown)).toBe(shown);
    }),
  );
});
