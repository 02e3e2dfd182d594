/** Chooses which of several links to one file gets the next connection. */

export interface SourcePace {
  /** Connections it has now. */
  readonly open: number;
  /** What one of them brings on average; null while none has shown it. */
  readonly bytesPerMs: number | null;
}

/** A link whose connections are slower than another's by this factor gets no further ones. */
const unequalFactor = 4;

/**
 * @param sources in order of preference
 * @returns their indices, the best first: fewest connections before more, so that each server carries its share;
 *   those that are far slower than the fastest come last
 */
export function rankSources(sources: readonly SourcePace[]): readonly number[] {
  const best = Math.max(0, ...sources.map(({ bytesPerMs }) => bytesPerMs ?? 0));
  const isSlow = ({ bytesPerMs }: SourcePace): boolean => bytesPerMs !== null && bytesPerMs * unequalFactor < best;
  return [...sources.entries()]
    .toSorted(([, left], [, right]) => Number(isSlow(left)) - Number(isSlow(right)) || left.open - right.open)
    .map(([index]) => index);
}
