/** Splitting a name loses nothing and tears no character apart. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitName } from '../../src/text/split-name.ts';

it('gives back the name', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (name) => {
      const { head, tail } = splitName(name);
      expect(head + tail).toBe(name);
    }),
  );
});

it('keeps the end of a long name together', () => {
  expect(splitName('a-very-long-name-of-a-release-2026.tar.xz')).toEqual({
    head: 'a-very-long-name-of-a-release-2',
    tail: '026.tar.xz',
  });
});

it('leaves a short name whole', () => {
  expect(splitName('short.zip')).toEqual({ head: 'short.zip', tail: '' });
});

it('does not cut through a family', () => {
  const { tail } = splitName(`holiday-pictures-of-the-👩‍👩‍👧‍👦.jpg`);
  expect(tail.startsWith('👩‍👩‍👧‍👦')).toBe(true);
});
