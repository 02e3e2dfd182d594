/** A download under way: a promise of its result that can be watched, paused and stopped. */
import type { PauseGate } from '@sluice/engine';
import { DownloadInterrupt } from './download-interrupt.ts';
import type { DownloadProgress, ProgressListener, SpeedListener } from '../progress/progress.ts';
import type { ProgressReporter } from '../progress/progress-reporter.ts';

export interface RunningDeps {
  readonly stopping: AbortController;
  readonly reporter: ProgressReporter;
  readonly gate: PauseGate;
}

/** What `download` returns: await it for the result. */
export class RunningDownload<Result> extends Promise<Result> {
  readonly #deps: RunningDeps;

  /** @internal Made by `download`. */
  constructor(outcome: Promise<Result>, deps: RunningDeps) {
    super((resolve) => resolve(outcome));
    this.#deps = deps;
  }

  /** What is chained to it are promises like any other. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** The latest there is to know; null before anything is. */
  get progress(): DownloadProgress | null {
    return this.#deps.reporter.latest;
  }

  /** The listener from now on, in place of the one before; null for none. */
  set onProgress(listener: ProgressListener | null) {
    this.#deps.reporter.onProgress = listener;
  }

  get onProgress(): ProgressListener | null {
    return this.#deps.reporter.onProgress;
  }

  set onSpeed(listener: SpeedListener | null) {
    this.#deps.reporter.onSpeed = listener;
  }

  get onSpeed(): SpeedListener | null {
    return this.#deps.reporter.onSpeed;
  }

  get isPaused(): boolean {
    return this.#deps.gate.isPaused;
  }

  /**
   * Reads nothing more until {@link resume}: the connections stay, and the servers wait. A server that closes one
   * meanwhile is asked for the rest afterwards. `timeoutMs` keeps counting. Has no effect once it is done.
   */
  pause(): void {
    this.#deps.gate.pause();
  }

  /** Goes on after {@link pause}. */
  resume(): void {
    this.#deps.gate.resume();
  }

  /** Stops it: the promise rejects with a {@link DownloadInterrupt} whose cause is the reason. Has no effect once it is done. */
  cancel(reason?: unknown): void {
    this.#deps.stopping.abort(new DownloadInterrupt(reason));
  }
}
