/** Keeps the replica up to date for as long as the window lives: notices a lost host, tries again, and follows anew. */
import { followEngine, methods, SluiceError, type Calls, type EngineApi, type MethodName } from '@sluice/contract';
import { createDeltaBatch, nextFrame, type Schedule } from './delta-batch.ts';
import type { Replica } from './replica.ts';

/** An engine as hosts hand it over. One behind a Channel also tells when that Channel has closed. */
export type LinkedEngine = EngineApi & { readonly closed?: Promise<void> };

export interface EngineLinkOptions {
  readonly engine: LinkedEngine;
  /** Opens a new connection after a loss. Without it the same engine is asked again. */
  readonly reconnect?: (() => Promise<LinkedEngine>) | undefined;
  readonly replica: Replica;
  readonly nextBatch?: Schedule;
  /** Runs a task after `delayMs`. @returns forgets it */
  readonly later?: (task: () => void, delayMs: number) => () => void;
}

export interface EngineLink {
  /** Always the engine of the moment; calls reject with `disconnected` while there is none. */
  readonly engine: EngineApi;
  /** Ends the pause before the next attempt. */
  retryNow(): void;
  close(): void;
}

const retryDelaysMs = [500, 1000, 2000, 4000] as const;
const longestRetryDelayMs = 5000;

export function createEngineLink(options: EngineLinkOptions): EngineLink {
  const { replica, reconnect, later = laterByTimer } = options;
  const batch = createDeltaBatch((deltas) => replica.applyDeltas(deltas), options.nextBatch ?? nextFrame);
  let current = options.engine;
  let attempt = 0;
  let closed = false;
  let stopFollowing: (() => void) | undefined;
  let forgetRetry: (() => void) | undefined;
  const api = facade(() => current, lose);

  function follow(): void {
    const followed = current;
    stopFollowing = followEngine(followed, {
      onSnapshot: (snapshot) => {
        attempt = 0;
        batch.clear();
        replica.applySnapshot(snapshot);
      },
      onDelta: (delta) => batch.push(delta),
      onError: () => lose(followed),
    });
    void followed.closed?.then(() => lose(followed));
  }

  function lose(lost: LinkedEngine): void {
    if (closed || lost !== current || stopFollowing === undefined) return;
    stopFollowing();
    stopFollowing = undefined;
    batch.clear();
    replica.setConnection('lost');
    scheduleRetry();
  }

  function scheduleRetry(): void {
    forgetRetry = later(() => void retry(), retryDelaysMs[attempt] ?? longestRetryDelayMs);
    attempt += 1;
  }

  async function retry(): Promise<void> {
    forgetRetry = undefined;
    try {
      current = reconnect === undefined ? current : await reconnect();
    } catch {
      // Why it failed does not matter to the person waiting; the banner already says so and offers a retry.
      if (!closed) scheduleRetry();
      return;
    }
    if (!closed) follow();
  }

  follow();
  return {
    engine: api,
    retryNow: () => {
      if (forgetRetry === undefined) return;
      forgetRetry();
      attempt = 0;
      void retry();
    },
    close: () => {
      closed = true;
      stopFollowing?.();
      forgetRetry?.();
      batch.clear();
    },
  };
}

/** Passes each call to the engine of the moment, and reports the one whose call found it gone. */
function facade(current: () => LinkedEngine, onLost: (engine: LinkedEngine) => void): EngineApi {
  async function call(name: MethodName, params: unknown, signal?: AbortSignal): Promise<unknown> {
    const engine = current();
    // The pairing of name and params is checked where the facade is called, by the type of `Calls`.
    const method = engine[name] as (params: unknown, signal?: AbortSignal) => Promise<unknown>;
    try {
      return await method.call(engine, params, signal);
    } catch (error) {
      if (error instanceof SluiceError && error.code === 'disconnected') onLost(engine);
      throw error;
    }
  }
  const calls = Object.fromEntries(
    Object.keys(methods).map((name) => [
      name,
      (params: unknown, signal?: AbortSignal) => call(name as MethodName, params, signal),
    ]),
  ) as Calls;
  return { ...calls, subscribe: (listener) => current().subscribe(listener) };
}

function laterByTimer(task: () => void, delayMs: number): () => void {
  const timer = setTimeout(task, delayMs);
  return () => clearTimeout(timer);
}
