/** Lists of links: how lines are read, and what stands below a link. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readGetRequest } from '../../src/commands/get/request.ts';
import { linksIn } from '../../src/arguments/link-list.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sluice-list-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function read(text: string, words: Parameters<typeof readGetRequest>[1] = {}, typed: readonly string[] = []) {
  writeFileSync(join(folder, 'list.txt'), text);
  return readGetRequest(typed, { inputFile: ['list.txt'], ...words }, folder);
}

test.each([
  ['', []],
  ['http://a/1\nhttp://a/2\n', ['http://a/1', 'http://a/2']],
  ['\uFEFFhttp://a/1\r\n\r\n  http://a/2  \r# not this\r\n', ['http://a/1', 'http://a/2']],
  ['http://a/#part', ['http://a/#part']],
  ['  http://a/?b=1\n  http://a/2\n', ['http://a/?b=1', 'http://a/2']],
])('the list %j holds %j', (text, links) => {
  expect(linksIn(text).map(({ url }) => url)).toEqual(links);
});

describe('a list', () => {
  test('comes after the links that were typed, and its brackets are no patterns', () => {
    expect(read('http://a/2\nhttp://a/[1-2]\n', {}, ['http://a/1'])).toMatchObject({
      value: { downloads: [{ url: 'http://a/1' }, { url: 'http://a/2' }, { url: 'http://a/[1-2]' }] },
    });
  });

  test('says of one link what holds for it alone; the rest comes from the command line', () => {
    const list = 'http://a/1\n  out=one.bin\n\tdir=sub\n  split=2\n  header=B: 2\n# so\nhttp://a/2\n';
    expect(read(list, { dir: 'all', connections: '8', header: ['A: 1'] })).toMatchObject({
      value: {
        downloads: [
          { name: 'one.bin', folder: join(folder, 'sub'), maxConnections: 2, headers: { A: '1', B: '2' } },
          { folder: join(folder, 'all'), maxConnections: 8, headers: { A: '1' } },
        ],
      },
    });
  });

  test('names further links to the same file behind tabs', () => {
    expect(read('http://a/1\thttp://b/1\t http://c/1\n', { mirror: ['http://d/1'] })).toMatchObject({
      value: { downloads: [{ url: 'http://a/1', request: { mirrors: ['http://d/1', 'http://b/1', 'http://c/1'] } }] },
    });
  });

  test.each([
    ['http://a/1\n  colour=red\n', { kind: 'list-option', name: 'colour', line: 2 }],
    ['http://a/1\n  out=a/b\n', { kind: 'name-has-path' }],
    ['http://a/1\n  checksum=nonsense\n', { kind: 'checksum' }],
    ['http://a/1\n  connections=many\n', { kind: 'connections' }],
    ['# nothing\n', { kind: 'no-link' }],
  ])('%j is refused', (text, usageError) => {
    expect(read(text)).toMatchObject({ kind: 'usage-error', usageError });
  });
});
