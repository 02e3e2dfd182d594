/** An engine for rpc tests: answers what the test scripts, and emits deltas when told. */
import { defaultSettings, methods, SluiceError, type Calls, type Delta, type EngineApi } from '../../src/index.ts';

export interface ScriptedEngine extends EngineApi {
  emit(delta: Delta): void;
  /** Subscriptions alive now. */
  listenerCount(): number;
}

export function scriptedEngine(script: Partial<Calls> = {}): ScriptedEngine {
  const listeners = new Set<(delta: Delta) => void>();
  const refusals = Object.fromEntries(
    Object.keys(methods).map((name) => [name, () => Promise.reject(new SluiceError('unsupported'))]),
    // One entry for each method; a rejection is an answer of any type.
  ) as unknown as Calls;
  return {
    ...refusals,
    readSettings: () => Promise.resolve(defaultSettings),
    ...script,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit: (delta) => {
      for (const listener of listeners) listener(delta);
    },
    listenerCount: () => listeners.size,
  };
}
