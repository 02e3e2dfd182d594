/** Moving a selection in the queue. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queueMove, queueOf, type MoveDirection } from '../../src/commands/queue-move.ts';
import { oneOfEach } from '../download.ts';

const queue = ['a', 'b', 'c', 'd', 'e'];
const directions: MoveDirection[] = ['top', 'up', 'down', 'bottom'];

/** What the engine does with a move. */
function moved(before: readonly string[], selected: readonly string[], direction: MoveDirection): string[] {
  const move = queueMove(before, new Set(selected), direction);
  if (move === undefined) return [...before];
  const rest = before.filter((id) => !move.ids.includes(id));
  const at = move.beforeId === null ? rest.length : rest.indexOf(move.beforeId);
  return [...rest.slice(0, at), ...move.ids, ...rest.slice(at)];
}

describe('queueMove', () => {
  it.each([
    ['up', ['c'], 'acbde'],
    ['down', ['c'], 'abdce'],
    ['top', ['c'], 'cabde'],
    ['bottom', ['c'], 'abdec'],
    ['up', ['a'], 'abcde'],
    ['down', ['e'], 'abcde'],
    ['up', ['b', 'c'], 'bcade'],
    ['down', ['b', 'c'], 'adbce'],
    ['up', ['b', 'd'], 'bdace'],
    ['down', ['b', 'd'], 'acebd'],
    ['top', ['d', 'b'], 'bdace'],
    ['up', ['a', 'c'], 'acbde'],
  ] as const)('%s with %j gives %s', (direction, selected, expected) => {
    expect(moved(queue, selected, direction).join('')).toBe(expected.split('').join(''));
  });

  it('says nothing when nothing would move', () => {
    expect(queueMove(queue, new Set(['a', 'b']), 'up')).toBeUndefined();
    expect(queueMove(queue, new Set(['d', 'e']), 'bottom')).toBeUndefined();
    expect(queueMove(queue, new Set(queue), 'down')).toBeUndefined();
    expect(queueMove(queue, new Set(), 'top')).toBeUndefined();
  });

  it('keeps everything, keeps the others in order, and leaves the moved together', () => {
    fc.assert(
      fc.property(fc.subarray(queue, { minLength: 1 }), fc.constantFrom(...directions), (selected, direction) => {
        const after = moved(queue, selected, direction);
        expect([...after].sort()).toEqual(queue);
        expect(after.filter((id) => !selected.includes(id))).toEqual(queue.filter((id) => !selected.includes(id)));
        expect(after.filter((id) => selected.includes(id))).toEqual(selected);
      }),
    );
  });
});

it('the queue leaves out what is over', () => {
  expect(queueOf(oneOfEach())).toEqual(['d1', 'd2', 'd3', 'd4', 'd5']);
});
