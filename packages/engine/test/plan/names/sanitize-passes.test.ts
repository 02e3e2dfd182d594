/** What one step of cleaning a name uncovers, a later pass finds; and characters that nobody sees do not come through. */
import { describe, expect, it } from 'vitest';
import { type Platform, sanitizeFileName } from '../../../src/plan/names/sanitize.ts';

const platforms: readonly Platform[] = ['linux', 'darwin', 'win32'];

describe.each(platforms)('on %s', (platform) => {
  it('cutting uncovers no extension that a desktop acts upon', () => {
    const name = sanitizeFileName(`${'x'.repeat(231)}.lnk${'y'.repeat(100)}`, platform);
    expect(name).not.toMatch(/\.lnk$/);
    expect(sanitizeFileName(name, platform)).toBe(name);
  });

  it('tag characters, which spell text that nobody sees, are left out', () => {
    const hidden = String.fromCodePoint(0xe0001, 0xe0041, 0xe0042, 0xe007f);
    expect(sanitizeFileName(`a${hidden}b.txt`, platform)).toBe('ab.txt');
    expect(sanitizeFileName(`setup.exe${hidden}`, platform)).toBe('setup.exe');
  });

  it.each([
    ['..', 'download'],
    ['...x', '_x'],
    ['a/b', 'a_b'],
    ['a\nb', 'a b'],
    ['a\u202Eb', 'ab'],
    ['a\u0007b', 'a_b'],
    [' a ', 'a'],
    ['desktop.ini', 'desktop.ini.download'],
    ['x.URL', 'x.URL.download'],
    ['x.url2', 'x.url2'],
  ])('%j becomes %j', (name, expected) => {
    expect(sanitizeFileName(name, platform)).toBe(expected);
  });
});

it.each([
  ['CON', '_CON'],
  ['con.txt', '_con.txt'],
  ['COM¹', '_COM¹'],
  ['lpt0 .x', '_lpt0 .x'],
  ['CLOCK$', '_CLOCK$'],
  ['console', 'console'],
  ['COM10', 'COM10'],
  ['a. .', 'a'],
])('on Windows %j becomes %j', (name, expected) => {
  expect(sanitizeFileName(name, 'win32')).toBe(expected);
});
