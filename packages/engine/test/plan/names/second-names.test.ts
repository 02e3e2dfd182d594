/** Names of second partials: always the same for one name, and never too long for a disk. */
import { expect, it } from 'vitest';
import { secondNames } from '../../../src/plan/names/second-names.ts';
import { asksForEnd } from '../../../src/plan/ranges/suffix-range.ts';

it('are the name with an ending, in a fixed order', () => {
  expect(secondNames('a.iso')).toEqual(['a.iso.new', 'a.iso.new2', 'a.iso.new3']);
});

it('leave room for the ending of a journal', () => {
  for (const name of secondNames('ä'.repeat(200))) {
    expect(Buffer.byteLength(`${name}.sluice-journal`)).toBeLessThanOrEqual(255);
  }
  expect(secondNames('x'.repeat(255))[0]?.length).toBe(255 - '.sluice-journal'.length - '.new2'.length + '.new'.length);
});

it.each([
  [null, false],
  [undefined, false],
  [0, false],
  [1, true],
])('%s bytes ask for an end: %s', (suffixBytes, expected) => {
  expect(asksForEnd(suffixBytes)).toBe(expected);
});
