/** A download under way: a promise of its result that can be watched and stopped. */
import { DownloadInterrupt } from './download-interrupt.ts';
import type { DownloadProgress, ProgressListener, SpeedListener } from './progress.ts';
import type { ProgressReporter } from './progress-reporter.ts';

export class RunningDownload<Result> extends Promise<Result> {
  readonly #stopping: AbortController;
  readonly #reporter: ProgressReporter;

  /** @internal Made by `download`. */
  constructor(
    outcome: Promise<Result>,
    parts: { readonly stopping: AbortController; readonly reporter: ProgressReporter },
  ) {
    super((resolve) => resolve(outcome));
    this.#stopping = parts.stopping;
    this.#reporter = parts.reporter;
  }

  /** What is chained to it are promises like any other. */
  static override get [Symbol.species](): PromiseConstructor {
    return Promise;
  }

  /** The latest there is to know; null before anything is. */
  get progress(): DownloadProgress | null {
    return this.#reporter.latest;
  }

  /** Told from now on, instead of whoever was; null for nobody. */
  set onProgress(listener: ProgressListener | null) {
    this.#reporter.onProgress = listener;
  }

  get onProgress(): ProgressListener | null {
    return this.#reporter.onProgress;
  }

  set onSpeed(listener: SpeedListener | null) {
    this.#reporter.onSpeed = listener;
  }

  get onSpeed(): SpeedListener | null {
    return this.#reporter.onSpeed;
  }

  /** Stops it: the promise rejects with a {@link DownloadInterrupt} whose cause is the reason. Has no effect once it is done. */
  cancel(reason?: unknown): void {
    this.#stopping.abort(new DownloadInterrupt(reason));
  }
}
