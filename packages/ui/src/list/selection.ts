/** The rules of selecting rows: one, a toggled one, a stretch, all; pure, over ids in the order shown. */
import type { DownloadId } from '@sluice/contract';

export interface Selection {
  readonly selected: ReadonlySet<DownloadId>;
  /** Where a stretch begins. */
  readonly anchor: DownloadId | null;
  /** The row the keyboard acts on. */
  readonly focused: DownloadId | null;
}

export type Order = readonly DownloadId[];

export const nothingSelected: Selection = { selected: new Set(), anchor: null, focused: null };

export function selectOnly(id: DownloadId): Selection {
  return { selected: new Set([id]), anchor: id, focused: id };
}

/** Adds or takes away one row and leaves the others. */
export function toggle(selection: Selection, id: DownloadId): Selection {
  const selected = new Set(selection.selected);
  if (!selected.delete(id)) selected.add(id);
  return { selected, anchor: id, focused: id };
}

/** Selects from the anchor to `id`, both included, instead of what was selected. */
export function extendTo(selection: Selection, order: Order, id: DownloadId): Selection {
  const to = order.indexOf(id);
  if (to === -1) return selection;
  const anchored = selection.anchor === null ? -1 : order.indexOf(selection.anchor);
  const from = anchored === -1 ? to : anchored;
  const stretch = order.slice(Math.min(from, to), Math.max(from, to) + 1);
  return { selected: new Set(stretch), anchor: order[from] ?? id, focused: id };
}

export function selectAll(selection: Selection, order: Order): Selection {
  return { ...selection, selected: new Set(order), focused: selection.focused ?? order[0] ?? null };
}

export function clearSelected(selection: Selection): Selection {
  return { selected: new Set(), anchor: selection.focused, focused: selection.focused };
}

/** How the arrow keys treat the selection: it follows the focus, grows with it, or stays. */
export type MoveMode = 'select' | 'extend' | 'focus';

/** Moves the focus by `step` rows, stopping at the ends; without a focus it starts at the near end. */
export function moveFocus(
  selection: Selection,
  order: Order,
  { step, mode }: { readonly step: number; readonly mode: MoveMode },
): Selection {
  if (order.length === 0) return selection;
  const current = selection.focused === null ? -1 : order.indexOf(selection.focused);
  const start = current === -1 ? (step > 0 ? -1 : order.length) : current;
  const target = order[Math.min(Math.max(start + step, 0), order.length - 1)];
  if (target === undefined) return selection;
  if (mode === 'extend') return extendTo(selection, order, target);
  if (mode === 'focus') return { ...selection, focused: target };
  return selectOnly(target);
}

/**
 * Fits the selection to rows that came and went: what is no longer shown is not selected, because nobody
 * should act on what they cannot see; a vanished focus passes to the row that took its place.
 */
export function fitTo(selection: Selection, before: Order, after: Order): Selection {
  const shown = new Set(after);
  const selected = [...selection.selected].filter((id) => shown.has(id));
  const focusKept = selection.focused === null || shown.has(selection.focused);
  if (focusKept && selected.length === selection.selected.size) return selection;
  return {
    selected: new Set(selected),
    anchor: selection.anchor !== null && shown.has(selection.anchor) ? selection.anchor : null,
    focused: focusKept ? selection.focused : successor(selection.focused, before, after),
  };
}

function successor(lost: DownloadId | null, before: Order, after: Order): DownloadId | null {
  const index = lost === null ? -1 : before.indexOf(lost);
  return after[Math.min(Math.max(index, 0), after.length - 1)] ?? null;
}
