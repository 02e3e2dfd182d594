/** F110: the window is arranged as it was left, and no stored text can break it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { keepView, type ViewStorage } from '../../src/view/keep-view.ts';
import { createViewStore } from '../../src/view/view-store.ts';

function memoryStorage(text: string | null = null): ViewStorage & { readonly text: () => string | null } {
  let kept = text;
  return { getItem: () => kept, setItem: (_key, value) => void (kept = value), text: () => kept };
}

it('arranges the next window as this one was left', () => {
  const storage = memoryStorage();
  const first = createViewStore();
  keepView(first, storage);
  const arranged = {
    filter: 'failed',
    queueId: 'night',
    sort: { key: 'size', descending: true },
    detailsOpen: true,
    detailsDock: 'right',
    detailsPx: 400,
    density: 'compact',
    hiddenColumns: ['speed'],
  } as const;
  first.setState(arranged);
  const second = createViewStore();
  keepView(second, storage);
  expect(second.getState()).toMatchObject(arranged);
});

it('keeps nothing of what belongs to the moment', () => {
  const storage = memoryStorage();
  const view = createViewStore();
  keepView(view, storage);
  view.setState({ search: 'x', dialog: { kind: 'help' } });
  expect(storage.text()).toBeNull();
});

it('reads each part by itself', () => {
  const view = createViewStore();
  keepView(view, memoryStorage('{"filter":"of tomorrow","detailsOpen":true,"sort":{"key":"colour"}}'));
  expect(view.getState()).toMatchObject({ filter: 'all', detailsOpen: true, sort: { key: 'position' } });
  const other = createViewStore();
  keepView(other, memoryStorage('{"detailsPx":99999,"detailsDock":"top","hiddenColumns":["name"]}'));
  expect(other.getState()).toMatchObject({ detailsPx: 900, detailsDock: 'bottom', hiddenColumns: [] });
});

it('is not broken by any stored text, nor by a storage that refuses', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const view = createViewStore();
      keepView(view, memoryStorage(text));
      expect(['all', 'active', 'queued', 'stopped', 'failed', 'finished']).toContain(view.getState().filter);
    }),
  );
  const view = createViewStore();
  function refuse(): never {
    throw new Error('no storage');
  }
  keepView(view, { getItem: refuse, setItem: refuse });
  view.setState({ detailsOpen: true });
  expect(view.getState().detailsOpen).toBe(true);
});

it('stops keeping', () => {
  const storage = memoryStorage();
  const view = createViewStore();
  keepView(view, storage)();
  view.setState({ detailsOpen: true });
  expect(storage.text()).toBeNull();
});
