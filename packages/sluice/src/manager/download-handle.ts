/** One download of a manager: to be started, watched, awaited and cancelled, and started again after a failure. */
import { SluiceError } from '@sluice/contract';
import { CallerFailure } from '../core/caller.ts';
import { DownloadInterrupt } from '../core/forms/download-interrupt.ts';
import type { DownloadProgress } from '../core/progress/progress.ts';
import type { FileResult } from '../core/results.ts';
import type { RunningDownload } from '../core/forms/running-download.ts';

/** How a handle does its work; its manager knows. */
export interface HandleDeps {
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
  /** Settles last, after every listener was called. */
  readonly ended: (handle: DownloadHandle) => void;
}

type HandleState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly stopping: AbortController; readonly ended: Promise<void> }
  | { readonly kind: 'finished'; readonly result: FileResult }
  | { readonly kind: 'failed'; readonly error: SluiceError };

/**
 * A download that can be started, watched, paused, cancelled and started again: made by a {@link DownloadManager}, or by
 * itself as a {@link Download}.
 */
export class DownloadHandle {
  readonly kind = 'download';
  readonly url: string;
  /** Where the file is going to be; absolute. */
  readonly destination: string;
  /** May be changed or removed at any time. */
  onProgress: ((progress: DownloadProgress, handle: DownloadHandle) => unknown) | null;
  /** Called once it has ended, however that was. May be changed until then. */
  onFinished: ((handle: DownloadHandle) => unknown) | null;
  readonly #deps: HandleDeps;
  #state: HandleState = { kind: 'idle' };
  #progress: DownloadProgress | null = null;
  #running: RunningDownload<FileResult> | null = null;
  #isPaused = false;
  /** What a function of the program's own threw. */
  #thrown: CallerFailure | null = null;

  /** @internal Made by a manager. */
  constructor(deps: HandleDeps) {
    this.#deps = deps;
    this.url = deps.url;
    this.destination = deps.destination;
    this.onProgress = deps.onProgress;
    this.onFinished = deps.onFinished;
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

  /**
   * Why it failed; a {@link DownloadInterrupt} when it was cancelled; null otherwise. When a function of the program's
   * own stopped it: code `aborted`, with what that threw as the `cause`.
   */
  get error(): SluiceError | null {
    return this.#state.kind === 'failed' ? this.#state.error : null;
  }

  /** @internal A function of the program's own threw. */
  get hasThrown(): boolean {
    return this.#thrown !== null;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** What it came to; null until it is finished. */
  get result(): FileResult | null {
    return this.#state.kind === 'finished' ? this.#state.result : null;
  }

  /** Null before there is any. */
  get progress(): DownloadProgress | null {
    return this.#progress;
  }

  /** Starts it, or starts it again after a failure or a cancellation. Has no effect while it runs or once it is finished. */
  start(): this {
    if (this.#state.kind === 'running' || this.#state.kind === 'finished') return this;
    const stopping = new AbortController();
    this.#thrown = null;
    this.#state = { kind: 'running', stopping, ended: this.#run(stopping.signal) };
    return this;
  }

  /** Reads nothing more until {@link resume}; before its start it holds for that. The turn among others is kept. */
  pause(): void {
    this.#isPaused = true;
    this.#running?.pause();
  }

  /** Goes on after {@link pause}. */
  resume(): void {
    this.#isPaused = false;
    this.#running?.resume();
  }

  /** Ends it; `wait` tells when nothing is left of it. */
  cancel(reason?: unknown): void {
    if (this.#state.kind === 'running') this.#state.stopping.abort(reason);
  }

  /**
   * Settles when it has ended.
   * @param options `raise: false`: a failure gives null instead of an exception
   * @throws what {@link raiseIfError} throws then
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

  /** @throws what a function of the program's own threw, even though the file may be whole; else {@link error}, if it is not null */
  raiseIfError(): void {
    if (this.#thrown !== null) throw this.#thrown.thrown;
    if (this.error !== null) throw this.error;
  }

  /** Never rejects. */
  async #run(signal: AbortSignal): Promise<void> {
    this.#state = await this.#fetch(signal);
    try {
      await this.onFinished?.(this);
    } catch (error) {
      // What the download came to stays as it is: a whole file is one, whatever is made of it.
      this.#thrown ??= new CallerFailure(error);
    }
    this.#deps.ended(this);
  }

  async #fetch(signal: AbortSignal): Promise<HandleState> {
    const { enter, leave, download, finished } = this.#deps;
    try {
      await enter(signal);
    } catch (error) {
      return { kind: 'failed', error: new DownloadInterrupt(error) };
    }
    try {
      const stopping = new AbortController();
      const either = AbortSignal.any([signal, stopping.signal]);
      this.#running = download((progress) => this.#note(progress, stopping), either);
      if (this.#isPaused) this.#running.pause();
      const result = await this.#running;
      try {
        await finished(result);
      } catch (error) {
        this.#thrown ??= new CallerFailure(error);
      }
      return { kind: 'finished', result };
    } catch (error) {
      if (!(error instanceof SluiceError)) this.#thrown ??= new CallerFailure(error);
      return { kind: 'failed', error: this.#thrown === null ? asError(error) : stoppedBy(this.#thrown) };
    } finally {
      this.#running = null;
      leave();
    }
  }

  /** What the listener throws ends the download; one that has all its bytes is finished all the same. */
  async #note(progress: DownloadProgress, stopping: AbortController): Promise<void> {
    this.#progress = progress;
    try {
      await this.onProgress?.(progress, this);
    } catch (error) {
      this.#thrown ??= new CallerFailure(error);
      stopping.abort(this.#thrown);
    }
  }
}

function stoppedBy({ thrown }: CallerFailure): SluiceError {
  return new SluiceError('aborted', 'a function of the program stopped the download', { cause: thrown });
}

function asError(error: unknown): SluiceError {
  if (error instanceof SluiceError) return error;
  return new SluiceError('internal', error instanceof Error ? error.message : String(error), { cause: error });
}
