/** Sums up samples: medians, because a shared machine makes means of its worst moments. */

/** NaN for no samples. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  if (sorted.length % 2 === 1) return upper;
  return ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** The order of contenders in a round: each round starts with another one, so that nobody always runs first. */
export function rotated<T>(items: readonly T[], round: number): readonly T[] {
  if (items.length === 0) return items;
  const start = round % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}
