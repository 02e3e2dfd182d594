/** Writes checkpoints to the journal while the connections work, and a last one when they have stopped for any reason. */
import type { Clock } from '../../ports/clock.ts';
import type { SegmentBoard } from '../connections/segment-board.ts';
import type { WorkingFile } from './working-file.ts';

/**
 * How much received data a killed process may lose: what is in memory is written at each step, and recorded in the same
 * one. Below the 50 ms that are promised, to leave time for the writes. A fast connection fills its buffer sooner.
 */
const recordEveryMs = 40;
/** A power cut before this leaves a partial that nothing vouches for; what is whole by then needs no sync for it. */
const anchorAfterMs = 100;
/** How much work a power cut may cost. */
const syncEveryMs = 2000;

/**
 * @param work gets a signal that aborts with `signal`, or when the disk refuses a checkpoint
 * @throws what `work` threw, or the error of a checkpoint
 */
export async function keepCheckpoints(
  subject: { readonly working: WorkingFile; readonly board: SegmentBoard; readonly clock: Clock },
  work: (signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const { working, board, clock } = subject;
  const diskTrouble = new AbortController();
  const stops = [
    repeat(
      clock,
      {
        everyMs: recordEveryMs,
        step: async () => {
          await board.flush();
          if (working.hasUnrecorded) await working.record();
        },
      },
      diskTrouble,
    ),
    once(clock, { afterMs: anchorAfterMs, step: () => working.anchor() }, diskTrouble),
    repeat(clock, { everyMs: syncEveryMs, step: () => working.checkpoint() }, diskTrouble),
  ];
  try {
    await work(AbortSignal.any([signal, diskTrouble.signal]));
  } finally {
    for (const stop of stops) stop();
    await working.checkpoint();
  }
}

/** Runs `step` at intervals, never twice at once; its first failure aborts `trouble`. */
function repeat(
  clock: Clock,
  task: { readonly everyMs: number; readonly step: () => Promise<void> },
  trouble: AbortController,
): () => void {
  let busy = false;
  return clock.every(task.everyMs, () => {
    if (busy) return;
    busy = true;
    task.step().then(
      () => {
        busy = false;
      },
      (error: unknown) => trouble.abort(error),
    );
  });
}

/** Runs `step` a single time, unless it is stopped before. */
function once(
  clock: Clock,
  task: { readonly afterMs: number; readonly step: () => Promise<void> },
  trouble: AbortController,
): () => void {
  const stop = clock.every(task.afterMs, () => {
    stop();
    task.step().catch((error: unknown) => trouble.abort(error));
  });
  return stop;
}
