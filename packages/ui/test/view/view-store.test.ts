/** What the window remembers of what it shows. */
import { describe, expect, it } from 'vitest';
import { selectOnly } from '../../src/list/selection.ts';
import { createViewStore, reveal, showOrder } from '../../src/view/view-store.ts';

describe('showOrder', () => {
  it('keeps the same state for the same order, so that nothing is drawn again', () => {
    const view = createViewStore();
    showOrder(view, ['a', 'b']);
    const before = view.getState();
    showOrder(view, ['a', 'b']);
    expect(view.getState()).toBe(before);
  });

  it('takes what is no longer shown out of the selection', () => {
    const view = createViewStore();
    showOrder(view, ['a', 'b']);
    view.setState({ selection: selectOnly('b') });
    showOrder(view, ['a']);
    expect(view.getState().selection).toMatchObject({ selected: new Set(), focused: 'a' });
  });
});

describe('reveal', () => {
  it('brings what is listed into sight, out of any filter, and selects nothing', () => {
    const view = createViewStore();
    view.setState({ filter: 'finished', search: 'x' });
    showOrder(view, ['a', 'b']);
    reveal(view, 'b');
    expect(view.getState()).toMatchObject({ filter: 'all', search: '', awaited: null });
    expect(view.getState().selection).toMatchObject({ focused: 'b', selected: new Set() });
  });

  it('waits for what is not listed yet, and does so once', () => {
    const view = createViewStore();
    showOrder(view, ['a']);
    reveal(view, 'new');
    showOrder(view, ['a', 'b']);
    expect(view.getState().selection.focused).toBeNull();
    showOrder(view, ['a', 'b', 'new']);
    expect(view.getState()).toMatchObject({ awaited: null, selection: { focused: 'new' } });
  });
});
