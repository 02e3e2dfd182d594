/** Chooses which connections go when more are open than pay. */

/** A connection this many times slower than the fastest is its own fault, not the server's measure. */
const crawlFactor = 8;

export interface Dismissals {
  /** Indices of the slowest, slowest first. */
  readonly indices: readonly number[];
  /** One of them brought so little beside the fastest that it alone kept the level from paying. */
  readonly hasCrawler: boolean;
}

/**
 * The slowest go, and with them whatever made them slow.
 * @param bytesPerMs what each open connection has brought so far, on average
 */
export function chooseDismissals(bytesPerMs: readonly number[], surplus: number): Dismissals {
  if (surplus <= 0) return { indices: [], hasCrawler: false };
  const slowestFirst = [...bytesPerMs.entries()].toSorted(([, left], [, right]) => left - right);
  const indices = slowestFirst.slice(0, surplus).map(([index]) => index);
  const [slowest, fastest] = [slowestFirst[0]?.[1] ?? 0, slowestFirst.at(-1)?.[1] ?? 0];
  return { indices, hasCrawler: slowest * crawlFactor < fastest };
}
