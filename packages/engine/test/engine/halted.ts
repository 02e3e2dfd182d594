/** A download that was paused half-way: where most faults of a resumption begin. */
import { type Answer, createGate, type Origin, type ResourceTraits, type Script } from '@sluice/testkit/origin';
import type { TestEngine } from './harness.ts';

export const wholeBytes = 400_000;
export const haltedAtBytes = 200_000;
export const haltedSeed = 50;

export interface Halted {
  readonly id: string;
  readonly url: string;
}

/**
 * Serves `/file.bin`, fetches its first {@link haltedAtBytes} over one connection and pauses.
 * @param options `traits`: of what is served; `first`: how the first answer departs from the honest one;
 *   `resumed`: how all later ones do, their index counted from 0
 */
export async function haltHalfway(
  test: TestEngine,
  origin: Origin,
  options: { readonly traits?: ResourceTraits; readonly first?: Answer; readonly resumed?: Script } = {},
): Promise<Halted> {
  const never = createGate();
  origin.serve('/file.bin', { seed: haltedSeed, sizeBytes: wholeBytes, ...options.traits });
  origin.script('/file.bin', (request, index) => {
    if (index === 0) return { ...options.first, stall: { afterBytes: haltedAtBytes, until: never } };
    return options.resumed?.(request, index - 1) ?? {};
  });
  const url = origin.urlOf('/file.bin');
  const id = await test.add(url, { maxConnections: 1 });
  await test.until(id, ({ receivedBytes }) => receivedBytes >= haltedAtBytes);
  await test.engine.pause({ ids: [id] });
  return { id, url };
}
