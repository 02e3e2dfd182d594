/** Decides what a further connection's part has to show before its bytes may join those of the run. */
import type { Resource } from '../response/resource.ts';
import { compareVersions, hasStrongTag, isRetagged, repeatsVersion } from '../response/validators.ts';

/**
 * - `at-once`: its validators tie it to what is there.
 * - `behind-overlap`: bytes on disk right before it must equal the ones it begins with.
 * - `never`: a run's first request decides about it, which compares at several places.
 */
export type JoinRule = 'at-once' | 'behind-overlap' | 'never';

/** @param seen what the answer alone says: merged with what was known it would be compared with itself */
export function joinRule(known: Resource, seen: Resource): JoinRule {
  const match = compareVersions(known, seen);
  if (match === 'same') return 'at-once';
  if (match === 'changed' || isRetagged(known, seen)) return 'never';
  if (hasStrongTag(known)) return 'behind-overlap';
  return repeatsVersion(known, seen) ? 'at-once' : 'behind-overlap';
}
