import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGetRequest } from '../../src/arguments/get-request.ts';
import { linksIn } from '../../src/arguments/link-list.ts';

test.each([
  ['', []],
  ['http://a/1\nhttp://a/2\n', ['http://a/1', 'http://a/2']],
  ['\uFEFFhttp://a/1\r\n\r\n  http://a/2  \r# not this\r\n', ['http://a/1', 'http://a/2']],
  ['http://a/#part', ['http://a/#part']],
])('the list %j holds %j', (text, links) => {
  expect(linksIn(text)).toEqual(links);
});

test('links of a list follow those that were typed; a list that is not there is a mistake', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-list-'));
  try {
    writeFileSync(join(folder, 'list.txt'), 'http://a/2\nhttp://a/3\n');
    expect(readGetRequest(['http://a/1'], { input: 'list.txt' }, folder)).toMatchObject({
      value: { links: ['http://a/1', 'http://a/2', 'http://a/3'] },
    });
    expect(readGetRequest(['http://a/1'], { input: 'gone.txt' }, folder)).toEqual({
      kind: 'mistake',
      mistake: { kind: 'request', option: '--input' },
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
