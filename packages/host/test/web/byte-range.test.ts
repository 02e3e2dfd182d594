/** Tests how Range headers are read, as a table. */
import { expect, test } from 'vitest';
import { type RangeAnswer, readRange } from '../../src/web/byte-range.ts';

const whole: RangeAnswer = { kind: 'whole' };
const unsatisfiable: RangeAnswer = { kind: 'unsatisfiable' };
function part(start: number, end: number): RangeAnswer {
  return { kind: 'part', start, end };
}

test.each<[header: string | undefined, answer: RangeAnswer]>([
  [undefined, whole],
  ['bytes=0-9', part(0, 10)],
  ['bytes=0-', part(0, 100)],
  ['bytes=90-500', part(90, 100)],
  ['bytes=-10', part(90, 100)],
  ['bytes=-500', part(0, 100)],
  ['bytes=100-', unsatisfiable],
  ['bytes=-0', unsatisfiable],
  ['bytes=9-3', whole],
  ['bytes=0-1,3-4', whole],
  ['bytes=-', whole],
  ['items=0-9', whole],
  ['bytes=a-b', whole],
])('%s of 100 bytes', (header, answer) => {
  expect(readRange(header, 100)).toEqual(answer);
});

test('an empty file has no satisfiable range', () => {
  expect(readRange('bytes=0-', 0)).toEqual(unsatisfiable);
});
