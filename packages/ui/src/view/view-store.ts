/** State of this window alone: filter, search, sort, selection, open dialogs. */
import type { DownloadId, QueueId } from '@sluice/contract';
import type { FoundLinks } from '../add/found-links.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { queueOrder, type Filter, type Sort } from '../list/order/list-query.ts';
import { defaultDetailsPx, type DetailsDock } from '../details/details-size.ts';
import type { Density, HideableColumn } from '../list/list-look.ts';
import { fitTo, nothingSelected, type Order, type Selection } from '../list/selection.ts';

/** At most one dialog is open. */
export type OpenDialog =
  | { readonly kind: 'none' }
  /** `replaces` is a failed download whose link should go to another folder; `found` is what files say of the links. */
  | { readonly kind: 'add'; readonly text: string; readonly replaces?: DownloadId; readonly found?: FoundLinks }
  | { readonly kind: 'remove'; readonly ids: Order }
  | { readonly kind: 'cancel'; readonly ids: Order }
  | { readonly kind: 'limits'; readonly ids: Order }
  | { readonly kind: 'changeRequest'; readonly id: DownloadId; readonly asks: 'link' | 'login' }
  /** A null id is a queue that is to be made. */
  | { readonly kind: 'queue'; readonly id: QueueId | null }
  | { readonly kind: 'adopt' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'palette' }
  | { readonly kind: 'help' };

/** Where the context menu is open, in window coordinates. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

export interface ViewState {
  readonly filter: Filter;
  /** Only what is in this queue; null for all. */
  readonly queueId: QueueId | null;
  readonly search: string;
  readonly sort: Sort;
  readonly selection: Selection;
  /** The ids the list shows, in order. */
  readonly order: Order;
  /** Just added, and to be brought into sight when the list has it. */
  readonly awaited: DownloadId | null;
  /** Removed here, and on their way out of the engine's list unless undone. */
  readonly hidden: ReadonlySet<DownloadId>;
  readonly detailsOpen: boolean;
  readonly detailsDock: DetailsDock;
  /** Height below the list, width beside it. */
  readonly detailsPx: number;
  readonly density: Density;
  readonly hiddenColumns: readonly HideableColumn[];
  readonly dialog: OpenDialog;
  readonly menu: MenuPlace | null;
}

export type ViewStore = StoreApi<ViewState>;

export function createViewStore(): ViewStore {
  return createStore<ViewState>(() => ({
    filter: 'all',
    queueId: null,
    search: '',
    sort: queueOrder,
    selection: nothingSelected,
    order: [],
    awaited: null,
    hidden: new Set(),
    detailsOpen: false,
    detailsDock: 'bottom',
    detailsPx: defaultDetailsPx,
    density: 'comfortable',
    hiddenColumns: [],
    dialog: { kind: 'none' },
    menu: null,
  }));
}

/** Shows another order and keeps the selection to what it still contains. */
export function showOrder(view: ViewStore, order: Order): void {
  view.setState((state) => {
    if (sameOrder(state.order, order)) return state;
    const selection = fitTo(state.selection, state.order, order);
    const hasCome = state.awaited !== null && order.includes(state.awaited);
    return hasCome
      ? { order, selection: { ...selection, focused: state.awaited }, awaited: null }
      : { order, selection };
  });
}

/**
 * Brings a download into sight, at once or when the list has it, out of whatever filter would hide it.
 *
 * @param queueId where it is, if that is known
 */
export function reveal(view: ViewStore, id: DownloadId, queueId: QueueId | null = null): void {
  view.setState(({ order, selection, queueId: shown }) => ({
    filter: 'all',
    queueId: shown === queueId ? shown : null,
    search: '',
    ...(order.includes(id) ? { selection: { ...selection, focused: id } } : { awaited: id }),
  }));
}

export function openDialog(view: ViewStore, dialog: OpenDialog): void {
  view.setState({ dialog, menu: null });
}

export function closeDialog(view: ViewStore): void {
  view.setState({ dialog: { kind: 'none' } });
}

function sameOrder(a: Order, b: Order): boolean {
  return a.length === b.length && a.every((id, index) => id === b[index]);
}
