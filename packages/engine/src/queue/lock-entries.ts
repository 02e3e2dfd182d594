/** Lets one command at a time take the files of downloads away, and no run of theirs begin meanwhile. */
import type { Entry } from './entry.ts';

/**
 * From the call on no run of the entries starts, until `act` has settled.
 * @param act told when those who held any of them before are done: until then it may stop runs, and touch no file
 */
export async function lockEntries(
  entries: readonly Entry[],
  act: (isOurTurn: Promise<unknown>) => Promise<void>,
): Promise<void> {
  const isOurTurn = Promise.all(entries.flatMap(({ lockedUntil }) => lockedUntil ?? []));
  const over = Promise.withResolvers<void>();
  for (const entry of entries) entry.lockedUntil = over.promise;
  try {
    await act(isOurTurn);
  } finally {
    for (const entry of entries) if (entry.lockedUntil === over.promise) entry.lockedUntil = null;
    over.resolve();
  }
}
