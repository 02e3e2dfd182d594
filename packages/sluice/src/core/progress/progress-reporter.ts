/** Tells listeners of progress no faster than they can take it, and lets them be changed on the way. */
import { type DirectProgress, remainingMs } from '@sluice/engine';
import type { Caller } from '../caller.ts';
import type { DownloadProgress, ProgressListener, SpeedListener } from './progress.ts';

export interface ReporterOptions {
  readonly everyMs: number;
  readonly totalSize: number | null;
  /** Calls the listeners: what one of them throws ends the download. */
  readonly caller: Caller;
}

export class ProgressReporter {
  onProgress: ProgressListener | null;
  onSpeed: SpeedListener | null;
  readonly #options: ReporterOptions;
  #latest: DownloadProgress | null = null;
  #toldAtMs = Number.NEGATIVE_INFINITY;
  #telling: Promise<void> | null = null;

  constructor(
    listeners: { readonly onProgress?: ProgressListener | null; readonly onSpeed?: SpeedListener | null },
    options: ReporterOptions,
  ) {
    this.onProgress = listeners.onProgress ?? null;
    this.onSpeed = listeners.onSpeed ?? null;
    this.#options = options;
  }

  get latest(): DownloadProgress | null {
    return this.#latest;
  }

  note(measured: DirectProgress): void {
    this.#latest = this.#describe(measured);
    const nowMs = performance.now();
    if (this.#telling !== null || nowMs - this.#toldAtMs < this.#options.everyMs) return;
    this.#toldAtMs = nowMs;
    this.#telling = this.#tell(this.#latest).finally(() => {
      this.#telling = null;
    });
  }

  /** Tells of the last state, whatever was told before. Settles when listeners are done with it. */
  async finish(isDone: boolean): Promise<void> {
    await this.#telling;
    if (this.#latest === null) return;
    if (isDone)
      this.#latest = { ...this.#latest, totalBytes: this.#latest.receivedBytes, percent: 100, remainingMs: 0 };
    await this.#tell(this.#latest);
  }

  async #tell(progress: DownloadProgress): Promise<void> {
    try {
      await this.#options.caller.ask(() => this.onProgress?.(progress));
      await this.#options.caller.ask(() => this.onSpeed?.(progress.bytesPerSecond));
    } catch {
      // The download has been stopped for it already, and says so.
    }
  }

  #describe({ receivedBytes, totalBytes: known, bytesPerSecond, resumedFromBytes }: DirectProgress): DownloadProgress {
    const hinted = this.#options.totalSize;
    // A hint that proves too small is none.
    const totalBytes = known ?? (hinted !== null && hinted >= receivedBytes ? hinted : null);
    const share = totalBytes === null ? null : totalBytes === 0 ? 1 : receivedBytes / totalBytes;
    return {
      receivedBytes,
      totalBytes,
      percent: share === null ? null : Math.min(100, share * 100),
      bytesPerSecond,
      remainingMs: remainingMs({ totalBytes, receivedBytes, bytesPerSecond }),
      resumedFromBytes,
    };
  }
}
