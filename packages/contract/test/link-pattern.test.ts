/** Patterns in links: what they stand for, and what is left alone. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expandPattern, fillName } from '../src/link-pattern.ts';

function links(text: string): readonly string[] {
  const read = expandPattern(text);
  return read.kind === 'links' ? read.links.map(({ url }) => url) : [read.kind];
}

describe('expandPattern', () => {
  test.each([
    ['a[1-3]', ['a1', 'a2', 'a3']],
    ['a[8-11].jpg', ['a8.jpg', 'a9.jpg', 'a10.jpg', 'a11.jpg']],
    ['a[008-010]', ['a008', 'a009', 'a010']],
    ['[1-9:4]', ['1', '5', '9']],
    ['[1-8:4]', ['1', '5']],
    ['[0-0]', ['0']],
    ['[a-c]', ['a', 'b', 'c']],
    ['[A-E:2]', ['A', 'C', 'E']],
    ['{one,two}', ['one', 'two']],
    ['a{,b}', ['a', 'ab']],
    ['{a,b}[1-2]', ['a1', 'a2', 'b1', 'b2']],
  ])('%s stands for %j', (text, expected) => {
    expect(links(text)).toEqual(expected);
  });

  test.each([
    'http://[::1]/a',
    'http://[fe80::1%25eth-0]:80/a',
    'http://a/file[1].jpg',
    'http://a/{id}',
    'http://a/[a-z0-9]',
    'http://a/?q=[]',
    'http://a/?json={"a":1}',
  ])('%s is left as it is', (text) => {
    expect(links(text)).toEqual([text]);
  });

  test('an address beside a pattern', () => {
    expect(links('http://[::1]:8080/[1-2]')).toEqual(['http://[::1]:8080/1', 'http://[::1]:8080/2']);
  });

  test('a backslash keeps a bracket', () => {
    expect(links('a\\[1-2\\]\\{b,c\\}')).toEqual(['a[1-2]{b,c}']);
  });

  test.each(['[3-1]', '[c-a]', '[a-Z]', '[1-z]', '[1-9:0]'])('%s is no range', (range) => {
    expect(expandPattern(`http://a/${range}`)).toEqual({ kind: 'bad-range', range });
  });

  test.each(['[0-100000]', '[1-1000][1-101]', '[1-9999999999999999999]', '[1-999999999]'])(
    '%s is too much and takes no time',
    (text) => {
      expect(expandPattern(text).kind).not.toBe('links');
    },
  );

  test('text without brackets and backslashes is left as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll(/[[\]{}\\]/g, '');
        expect(links(plain)).toEqual([plain]);
      }),
    );
  });

  test('a range has as many links as its bounds and step say, each of another number', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.integer({ min: 1, max: 50 }), (from, more, step) => {
        const found = links(`[${from}-${from + more}:${step}]`);
        expect(new Set(found).size).toBe(Math.floor(more / step) + 1);
        expect(Number(found.at(-1))).toBeLessThanOrEqual(from + more);
      }),
    );
  });
});

test('a name is filled with what the patterns stood for', () => {
  expect(fillName('#2-#1 #3 #x.jpg', ['a', 'b'])).toBe('b-a #3 #x.jpg');
});
