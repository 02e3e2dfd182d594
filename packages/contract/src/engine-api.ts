/** One interface for an engine in this process and for one behind a Channel; callers cannot tell which they hold. */
import type { Delta } from './events.ts';
import type { MethodName, ParamsIn, Result } from './methods.ts';

export type Calls = {
  [M in MethodName]: (params: ParamsIn<M>, signal?: AbortSignal) => Promise<Result<M>>;
};

export interface EngineApi extends Calls {
  /**
   * Deltas from now on, in order. Subscribe first, then ask for a snapshot, then apply the deltas whose
   * sequence is above the snapshot's.
   * @returns stops the subscription
   */
  subscribe(listener: (delta: Delta) => void): () => void;
}
