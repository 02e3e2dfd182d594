/** Parts the origin plays in several journeys. */
import { type Gate, type Origin, createGate } from '@sluice/testkit/origin';

export const mebibyte = 1024 * 1024;

/** Asked for again before the first new byte, to prove that it is still the same file; never more. */
export const proofBytes = 64 * 1024;

/** No byte from `position` on is sent until the gate opens; a download is then half done for as long as it takes. */
export function holdBack(origin: Origin, path: string, position: number): Gate {
  const gate = createGate();
  origin.script(path, ({ asked }) => ({
    stall: { afterBytes: Math.max(0, position - (asked?.start ?? 0)), until: gate },
  }));
  return gate;
}

/** Where the requests from `firstIndex` on began to read; null for one that asked for everything. */
export function rangeStartsSince(origin: Origin, path: string, firstIndex: number): (number | null)[] {
  return origin
    .requestsOf(path)
    .slice(firstIndex)
    .map(({ asked }) => asked?.start ?? null);
}
