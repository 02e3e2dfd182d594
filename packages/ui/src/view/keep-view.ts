/** Keeps how the window is arranged, so that it is the same after a reload or a restart. */
import { z } from 'zod';
import { defaultDetailsPx, detailsDocks, fitDetails } from '../details/details-size.ts';
import { densities, hideableColumns } from '../list/list-look.ts';
import { filters, queueOrder, sortKeys } from '../list/order/list-query.ts';
import type { ViewState, ViewStore } from './view-store.ts';

/** Each part is read by itself: one that is damaged, or of a newer Sluice, costs no other. */
const keptSchema = z.object({
  filter: z.enum(filters).catch('all'),
  queueId: z.string().nullable().catch(null),
  sort: z.object({ key: z.enum(sortKeys), descending: z.boolean() }).catch(queueOrder),
  detailsOpen: z.boolean().catch(false),
  detailsDock: z.enum(detailsDocks).catch('bottom'),
  detailsPx: z.number().transform(fitDetails).catch(defaultDetailsPx),
  density: z.enum(densities).catch('comfortable'),
  hiddenColumns: z.array(z.enum(hideableColumns)).catch([]),
});
type Kept = z.infer<typeof keptSchema>;

const storageKey = 'sluice.view';

/** What this needs of `localStorage`. */
export type ViewStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** Arranges the window as it was left, and keeps every change from now on. @returns stops keeping */
export function keepView(view: ViewStore, storage: ViewStorage): () => void {
  const before = readKept(storage);
  if (before !== null) view.setState(before);
  return view.subscribe((state, previous) => {
    const kept = keptOf(state);
    if (sameArrangement(kept, keptOf(previous))) return;
    try {
      storage.setItem(storageKey, JSON.stringify(kept));
    } catch {
      // A browser that stores nothing for this page shows the window as new the next time.
    }
  });
}

function readKept(storage: ViewStorage): Kept | null {
  try {
    return keptSchema.parse(JSON.parse(storage.getItem(storageKey) ?? 'null'));
  } catch {
    return null;
  }
}

function keptOf({ filter, queueId, sort, detailsOpen, detailsDock, detailsPx, density, hiddenColumns }: ViewState) {
  return { filter, queueId, sort, detailsOpen, detailsDock, detailsPx, density, hiddenColumns };
}

/** Each part is replaced and never changed in place. */
function sameArrangement(a: object, b: object): boolean {
  const parts = new Map(Object.entries(b));
  return Object.entries(a).every(([name, part]) => parts.get(name) === part);
}
