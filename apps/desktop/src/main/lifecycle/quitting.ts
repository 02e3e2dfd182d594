/** Ends the application as a join: what runs is checkpointed first, and nothing keeps it longer than two seconds. */
import { stopDeadlines } from '@sluice/contract';
import { app } from 'electron';

/** The host bounds itself; this is for the case that it does not. */
const { processMs: deadlineMs } = stopDeadlines;

export interface Quitting {
  readonly underWay: () => boolean;
  /** Ends the application once `close` is done. Every way to quit comes here. */
  begin(): void;
}

function within(promise: Promise<void>, limitMs: number): Promise<void> {
  const { promise: bounded, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, limitMs);
  void promise.then(resolve, resolve).finally(() => clearTimeout(timer));
  return bounded;
}

/** @param close checkpoints and lets go of everything; whatever it leaves undone is safe on disk */
export function joinOnQuit(close: () => Promise<void>): Quitting {
  let phase: 'running' | 'closing' | 'closed' = 'running';

  async function join(): Promise<void> {
    phase = 'closing';
    await within(close(), deadlineMs);
    phase = 'closed';
    app.quit();
  }

  app.on('before-quit', (event) => {
    if (phase === 'closed') return;
    event.preventDefault();
    if (phase === 'running') void join();
  });
  return { underWay: () => phase !== 'running', begin: () => app.quit() };
}
