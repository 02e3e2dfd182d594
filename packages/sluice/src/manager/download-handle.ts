/** One download of a manager: to be started, watched, awaited and cancelled, and started again after a failure. */
import { SluiceError } from '@sluice/contract';
import { DownloadInterrupt } from '../core/download-interrupt.ts';
import type { DownloadProgress } from '../core/progress.ts';
import type { FileResult } from '../core/results.ts';
import type { RunningDownload } from '../core/running-download.ts';

/** How a handle does its work; its manager knows. */
export interface HandleParts {
  readonly url: string;
  readonly destination: string;
  readonly onProgress: ((progress: DownloadProgress, handle: DownloadHandle) => unknown) | null;
  readonly onFinished: ((handle: DownloadHandle) => unknown) | null;
  /** Settles when it may begin. */
  readonly enter: (signal: AbortSignal) => Promise<void>;
  readonly leave: () => void;
  readonly download: (
    onProgress: (progress: DownloadProgress) => unknown,
    signal: AbortSignal,
  ) => RunningDownload<FileResult>;
  readonly finished: (result: FileResult) => Promise<void>;
}

type HandleState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly stopping: AbortController; readonly ended: Promise<void> }
  | { readonly kind: 'finished'; readonly result: FileResult }
  | { readonly kind: 'failed'; readonly error: SluiceError };

/** A download that a {@link DownloadManager} has made. */
export class DownloadHandle {
  readonly kind = 'download';
  readonly url: string;
  /** Where the file is going to be; absolute. */
  readonly destination: string;
  /** May be changed or removed at any time. */
  onProgress: ((progress: DownloadProgress, handle: DownloadHandle) => unknown) | null;
  /** Called once it has ended, however that was. May be changed until then. */
  onFinished: ((handle: DownloadHandle) => unknown) | null;
  readonly #parts: HandleParts;
  #state: HandleState = { kind: 'idle' };
  #progress: DownloadProgress | null = null;

  /** @internal Made by a manager. */
  constructor(parts: HandleParts) {
    this.#parts = parts;
    this.url = parts.url;
    this.destination = parts.destination;
    this.onProgress = parts.onProgress;
    this.onFinished = parts.onFinished;
  }

  /** From the start until the end, a wait for its turn included. */
  get isRunning(): boolean {
    return this.#state.kind === 'running';
  }

  get isFinished(): boolean {
    return this.#state.kind === 'finished';
  }

  get isCanceled(): boolean {
    return this.error instanceof DownloadInterrupt;
  }

  /** Why it failed; a {@link DownloadInterrupt} when it was cancelled; null otherwise. */
  get error(): SluiceError | null {
    return this.#state.kind === 'failed' ? this.#state.error : null;
  }

  /** Null before there is any. */
  get progress(): DownloadProgress | null {
    return this.#progress;
  }

  /** Starts it, or starts it again after a failure or a cancellation. Has no effect while it runs or once it is finished. */
  start(): this {
    if (this.#state.kind === 'running' || this.#state.kind === 'finished') return this;
    const stopping = new AbortController();
    this.#state = { kind: 'running', stopping, ended: this.#run(stopping.signal) };
    return this;
  }

  /** Ends it; `wait` tells when nothing is left of it. */
  cancel(reason?: unknown): void {
    if (this.#state.kind === 'running') this.#state.stopping.abort(reason);
  }

  /**
   * Settles when it has ended.
   * @param options `raise: false`: a failure gives null instead of an exception
   * @throws what {@link error} is then
   */
  async wait(options?: { readonly raise?: true }): Promise<FileResult>;
  async wait(options: { readonly raise?: boolean }): Promise<FileResult | null>;
  async wait({ raise = true }: { readonly raise?: boolean } = {}): Promise<FileResult | null> {
    if (this.#state.kind === 'running') await this.#state.ended;
    if (raise) this.raiseIfError();
    if (this.#state.kind === 'finished') return this.#state.result;
    if (raise && this.#state.kind === 'idle') throw new SluiceError('request-invalid', 'it was never started');
    return null;
  }

  /** @throws what {@link error} is, if it is not null */
  raiseIfError(): void {
    if (this.error !== null) throw this.error;
  }

  /** Never rejects. */
  async #run(signal: AbortSignal): Promise<void> {
    const end = await this.#fetch(signal);
    this.#state = end;
    try {
      await this.onFinished?.(this);
    } catch (error) {
      // Nobody else is there to be told; the download itself keeps what it came to unless that was a success.
      if (end.kind === 'finished') this.#state = { kind: 'failed', error: asError(error) };
    }
  }

  async #fetch(signal: AbortSignal): Promise<HandleState> {
    const { enter, leave, download, finished } = this.#parts;
    try {
      await enter(signal);
    } catch (error) {
      return { kind: 'failed', error: new DownloadInterrupt(error) };
    }
    try {
      const result = await download((progress) => this.#note(progress), signal);
      await finished(result);
      return { kind: 'finished', result };
    } catch (error) {
      return { kind: 'failed', error: asError(error) };
    } finally {
      leave();
    }
  }

  async #note(progress: DownloadProgress): Promise<void> {
    this.#progress = progress;
    await this.onProgress?.(progress, this);
  }
}

/** What a callback of the caller's throws is its cause. */
function asError(error: unknown): SluiceError {
  if (error instanceof SluiceError) return error;
  return new SluiceError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}
