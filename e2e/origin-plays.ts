/** Parts the origin plays in several journeys. */
import { type Gate, type Origin, createGate } from '@sluice/testkit/origin';

export const mebibyte = 1024 * 1024;

/** Each answer stops after so many bytes until the gate opens; a download is then half done for as long as it takes. */
export function holdBack(origin: Origin, path: string, afterBytes: number): Gate {
  const gate = createGate();
  origin.script(path, () => ({ stall: { afterBytes, until: gate } }));
  return gate;
}

/** Where the requests from `firstIndex` on began to read; null for one that asked for everything. */
export function rangeStartsSince(origin: Origin, path: string, firstIndex: number): (number | null)[] {
  return origin
    .requestsOf(path)
    .slice(firstIndex)
    .map(({ asked }) => asked?.start ?? null);
}
