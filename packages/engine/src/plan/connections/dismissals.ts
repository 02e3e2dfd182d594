/** Chooses which connections go when more are open than pay. */

/** A connection this many times slower than the fastest is its own fault, not the server's measure. */
const crawlFactor = 8;
/** A mirror this many times slower than the fastest has shown nothing about what the link itself would give. */
const slowMirrorFactor = 2;

export interface OpenConnection {
  /** What it has brought so far, on average. */
  readonly bytesPerMs: number;
  readonly isToMirror: boolean;
}

export interface Dismissals {
  /** Indices of the slowest, slowest first. */
  readonly indices: readonly number[];
  /** Those of them that show a mirror too slow to help. */
  readonly slowMirrors: readonly number[];
  /** One of them brought so little beside the fastest that it alone kept the level from paying. */
  readonly hasCrawler: boolean;
}

/** The slowest go, and with them whatever made them slow. */
export function chooseDismissals(open: readonly OpenConnection[], surplus: number): Dismissals {
  if (surplus <= 0) return { indices: [], slowMirrors: [], hasCrawler: false };
  const slowestFirst = [...open.entries()].toSorted(([, left], [, right]) => left.bytesPerMs - right.bytesPerMs);
  const going = slowestFirst.slice(0, surplus);
  const slowest = slowestFirst[0]?.[1].bytesPerMs ?? 0;
  const fastest = slowestFirst.at(-1)?.[1].bytesPerMs ?? 0;
  const isSlowMirror = (one: OpenConnection): boolean => one.isToMirror && one.bytesPerMs * slowMirrorFactor < fastest;
  return {
    indices: going.map(([index]) => index),
    slowMirrors: going.filter(([, one]) => isSlowMirror(one)).map(([index]) => index),
    hasCrawler: slowest * crawlFactor < fastest,
  };
}
