/** What goes with the reading of a stream besides its bytes. */
import type { Digester } from '../digests.ts';

/** What goes with the reading: how a failure is told, and what is to happen after the last byte. */
export interface Reading {
  readonly digester: Digester;
  readonly explain: (error: unknown) => unknown;
  /** @throws what the program's own functions threw */
  readonly finished: (isDone: boolean) => Promise<void>;
}
