import { describe, expect, test } from 'vitest';
import { parseSize, readOptions } from '../src/options.ts';

const known = ['http-1', 'throttled'];

describe('options', () => {
  test('none means everything, five rounds, 4 GB', () => {
    expect(readOptions([], known)).toEqual({
      kind: 'options',
      options: { only: [], quick: false, markdown: false, rounds: 5, sizeBytes: 4 * 1024 ** 3, workFolder: null },
    });
  });

  test('quick is small; what is said besides wins', () => {
    const parsed = readOptions(['--', '--quick', '--size', '1M', '--only', 'http-1', '--only', 'throttled'], known);
    expect(parsed).toMatchObject({
      kind: 'options',
      options: { quick: true, rounds: 2, sizeBytes: 1024 ** 2, only: ['http-1', 'throttled'] },
    });
  });

  test('several cases may be named at once', () => {
    expect(readOptions(['--only', 'http-1,throttled'], known)).toMatchObject({
      options: { only: ['http-1', 'throttled'] },
    });
  });

  test.each([
    [['--only', 'http-2'], 'http-2'],
    [['--rounds', '0'], '--rounds'],
    [['--rounds', 'many'], '--rounds'],
    [['--size', '4 apples'], '--size'],
    [['--size', '0'], '--size'],
    [['--fast'], '--fast'],
    [['stray'], 'stray'],
  ])('%j is a mistake that names what is wrong', (words, part) => {
    const parsed = readOptions(words, known);
    expect(parsed.kind).toBe('usage-error');
    expect(parsed.kind === 'usage-error' && parsed.sentence).toContain(part);
  });

  test('help is asked for', () => {
    expect(readOptions(['-h'], known)).toEqual({ kind: 'help' });
  });
});

test.each([
  ['1', 1],
  ['1k', 1024],
  ['1.5M', 1.5 * 1024 ** 2],
  ['4G', 4 * 1024 ** 3],
  ['', null],
  ['-1', null],
  ['1T', null],
])('the size %j is %s bytes', (text, bytes) => {
  expect(parseSize(text)).toBe(bytes);
});
