/** Gathers deltas and hands them on once an animation frame, so that a burst costs one render. */
import type { Delta } from '@sluice/contract';

/** A hidden window gets no animation frames; its deltas must not pile up until it is shown again. */
const hiddenIntervalMs = 500;

/** Runs `task` later, once. @returns forgets it */
export type Schedule = (task: () => void) => () => void;

export interface DeltaBatch {
  push(delta: Delta): void;
  /** Drops what is gathered: a snapshot that includes it has come, or the connection is gone. */
  clear(): void;
}

export function createDeltaBatch(apply: (deltas: readonly Delta[]) => void, schedule: Schedule): DeltaBatch {
  let gathered: Delta[] = [];
  let forget: (() => void) | undefined;

  function flush(): void {
    forget = undefined;
    const deltas = gathered;
    gathered = [];
    apply(deltas);
  }

  return {
    push: (delta) => {
      gathered.push(delta);
      forget ??= schedule(flush);
    },
    clear: () => {
      gathered = [];
      forget?.();
      forget = undefined;
    },
  };
}

/** The next animation frame, or half a second later, whichever comes first. */
export function nextFrame(task: () => void): () => void {
  let frame = 0;
  let timer = 0;
  function forget(): void {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  }
  function run(): void {
    forget();
    task();
  }
  frame = requestAnimationFrame(run);
  timer = window.setTimeout(run, hiddenIntervalMs);
  return forget;
}
