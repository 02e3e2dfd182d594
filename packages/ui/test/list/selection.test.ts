/** Selecting rows: one, a toggled one, a stretch, all, and what happens when rows go. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  clearSelected,
  extendTo,
  fitTo,
  moveFocus,
  nothingSelected,
  selectAll,
  selectOnly,
  toggle,
  type Selection,
} from '../../src/list/selection.ts';

const order = ['a', 'b', 'c', 'd', 'e'];
function ids(selection: Selection): string[] {
  return [...selection.selected].sort();
}

describe('selecting', () => {
  it('a stretch goes from the anchor, in either direction, and replaces the one before', () => {
    const down = extendTo(selectOnly('b'), order, 'd');
    expect(ids(down)).toEqual(['b', 'c', 'd']);
    const up = extendTo(down, order, 'a');
    expect(ids(up)).toEqual(['a', 'b']);
    expect(up).toMatchObject({ anchor: 'b', focused: 'a' });
  });

  it('a stretch without an anchor is the row itself', () => {
    expect(ids(extendTo(nothingSelected, order, 'c'))).toEqual(['c']);
  });

  it('toggling twice changes nothing that is selected', () => {
    fc.assert(
      fc.property(fc.subarray(order), fc.constantFrom(...order), (selected, id) => {
        const before: Selection = { selected: new Set(selected), anchor: null, focused: null };
        expect(ids(toggle(toggle(before, id), id))).toEqual(ids(before));
      }),
    );
  });

  it('all is all that is shown', () => {
    expect(ids(selectAll(nothingSelected, order))).toEqual(order);
    expect(selectAll(nothingSelected, order).focused).toBe('a');
  });

  it('clearing keeps the focus', () => {
    expect(clearSelected(selectOnly('c'))).toEqual({ selected: new Set(), anchor: 'c', focused: 'c' });
  });
});

describe('moveFocus', () => {
  it.each([
    [null, 1, 'a'],
    [null, -1, 'e'],
    ['a', 1, 'b'],
    ['a', -1, 'a'],
    ['e', 1, 'e'],
    ['b', 10, 'e'],
    ['c', Number.NEGATIVE_INFINITY, 'a'],
    ['c', Number.POSITIVE_INFINITY, 'e'],
    ['gone', 1, 'a'],
  ])('from %s by %d comes to %s', (focused, step, expected) => {
    expect(moveFocus({ ...nothingSelected, focused }, order, { step, mode: 'focus' }).focused).toBe(expected);
  });

  it('takes the selection along, extends it, or leaves it', () => {
    const from = selectOnly('b');
    expect(ids(moveFocus(from, order, { step: 1, mode: 'select' }))).toEqual(['c']);
    expect(ids(moveFocus(from, order, { step: 2, mode: 'extend' }))).toEqual(['b', 'c', 'd']);
    expect(ids(moveFocus(from, order, { step: 1, mode: 'focus' }))).toEqual(['b']);
  });

  it('does nothing in an empty list', () => {
    expect(moveFocus(nothingSelected, [], { step: 1, mode: 'select' })).toBe(nothingSelected);
  });
});

describe('fitTo', () => {
  it('never keeps selected what is not shown, nor focuses it', () => {
    const some = fc.subarray(order);
    fc.assert(
      fc.property(some, some, fc.option(fc.constantFrom(...order)), (selected, after, focused) => {
        const fitted = fitTo({ selected: new Set(selected), anchor: focused, focused }, order, after);
        for (const id of fitted.selected) expect(after).toContain(id);
        expect([...after, null]).toContain(fitted.focused);
        expect(ids(fitted)).toEqual(selected.filter((id) => after.includes(id)).sort());
      }),
    );
  });

  it('passes the focus of a vanished row to the one that took its place', () => {
    expect(fitTo(selectOnly('c'), order, ['a', 'b', 'd', 'e']).focused).toBe('d');
    expect(fitTo(selectOnly('e'), order, ['a', 'b']).focused).toBe('b');
    expect(fitTo(selectOnly('a'), order, []).focused).toBe(null);
  });

  it('is the same selection when all of it is still shown', () => {
    const selection = selectOnly('c');
    expect(fitTo(selection, order, ['c', 'x'])).toBe(selection);
  });
});
