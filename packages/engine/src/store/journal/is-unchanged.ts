/** Tells from the outside whether a partial is as it was left. */
import type { Seen } from './journal-content.ts';

/**
 * Fewer blocks are holes where bytes were. More may be the disk's doing: some count them a while after the sync.
 * @param before null when it was not looked at
 */
export function isUnchanged(before: Seen | null, now: Seen): boolean {
  if (before === null) return false;
  return (
    before.sizeBytes === now.sizeBytes &&
    before.modifiedAtMs === now.modifiedAtMs &&
    (now.allocatedBytes ?? 0) >= (before.allocatedBytes ?? 0)
  );
}
