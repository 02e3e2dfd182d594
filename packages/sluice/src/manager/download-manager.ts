/** Keeps a folder's downloads: one for each name at a time, a bounded number at once, and none for files that exist. */
import { statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { SluiceError } from '@sluice/contract';
import { chooseFileName, sanitizeFileName } from '@sluice/engine';
import { download } from '../core/download.ts';
import { Caller } from '../core/caller.ts';
import { CrowdMeter, type CrowdProgress } from '../core/progress/crowd-progress.ts';
import { CrowdReporter } from '../core/progress/crowd-reporter.ts';
import { mergeOptions } from '../core/options/merge-options.ts';
import { optionError } from '../core/options/option-error.ts';
import { currentPlatform } from '../core/options/session.ts';
import { urlOfRequest } from '../request/describe-request.ts';
import type { RequestLike } from '../request/description.ts';
import { checkedManagerOptions, checkedStartOptions } from './check-manager.ts';
import { DownloadHandle } from './download-handle.ts';
import type { ManagerOptions, StartOptions } from './manager-options.ts';
import { PresentFile } from './present-file.ts';
import { Slots } from './slots.ts';

const defaultConcurrency = 4;

/**
 * Downloads into one folder.
 *
 * Unless told otherwise, a download that fails or is cancelled leaves nothing behind in it. Disposing of the manager
 * (`await using`) cancels what is still running and waits for its end.
 */
export class DownloadManager implements AsyncDisposable {
  /** Absolute. */
  readonly folder: string;
  readonly #options: ManagerOptions;
  readonly #slots: Slots;
  readonly #meter = new CrowdMeter(null);
  readonly #stopping = new AbortController();
  readonly #caller = new Caller(this.#stopping, new AbortController().signal);
  readonly #reporter: CrowdReporter;
  /** By name, as the file system tells names apart. */
  readonly #byName = new Map<string, DownloadHandle>();

  /**
   * @param folder made with the first download where it does not exist
   * @param options for all its downloads; `download` takes more for one
   * @throws SluiceError `request-invalid` (facts: `name`) for options that make no sense
   */
  constructor(folder: string, options: ManagerOptions = {}) {
    if (typeof folder !== 'string' || folder === '') throw optionError('folder', 'folder must be a path');
    this.#options = checkedManagerOptions(options);
    const { concurrency = defaultConcurrency, onTotalProgress = null } = this.#options;
    if (!Number.isInteger(concurrency) || concurrency < 1)
      throw optionError('concurrency', 'concurrency must be 1 or more');
    this.folder = resolve(folder);
    this.#slots = new Slots(concurrency);
    this.#reporter = new CrowdReporter(this.#meter, { listener: onTotalProgress, caller: this.#caller, everyMs: 0 });
    this.#meter.onChange = () => this.#reporter.note();
  }

  /** All its downloads together, those that have ended included. */
  get progress(): CrowdProgress {
    return this.#meter.snapshot();
  }

  /** Every download that was asked for and has not ended, and those made but not started. */
  get handles(): readonly DownloadHandle[] {
    return [...this.#byName.values()].filter(
      (handle) => handle.isRunning || (!handle.isFinished && handle.error === null),
    );
  }

  /**
   * Downloads a link into the folder.
   * @param name of the file; without one, what the link itself suggests
   * @returns the handle of the download, which is under way (or waits for its turn, or for `start` if that was wanted);
   *   the running handle of that name when there is one; or a {@link PresentFile} when the file is there
   * @throws SluiceError `name-invalid`; whatever else is wrong is found in the handle
   */
  download(request: RequestLike, name?: string, options: StartOptions = {}): DownloadHandle | PresentFile {
    const settings = mergeOptions(this.#options, checkedStartOptions(options));
    const url = urlOfRequest(request);
    const fileName = name === undefined ? nameFor(url) : checkName(name);
    const key = keyOf(fileName);
    const running = this.#byName.get(key);
    if (running?.isRunning === true) return running;
    const destination = join(this.folder, fileName);
    if (settings.overwrite !== true && isFile(destination)) return new PresentFile(url, destination);
    const handle = this.#make(request, { url, destination }, settings);
    this.#byName.set(key, handle);
    if (settings.start !== false) handle.start();
    return handle;
  }

  /**
   * Cancels running downloads: all, or those for which the predicate holds.
   * @returns those that were cancelled
   */
  cancel(predicate: (handle: DownloadHandle) => boolean = () => true): readonly DownloadHandle[] {
    const chosen = this.handles.filter((handle) => handle.isRunning && predicate(handle));
    for (const handle of chosen) handle.cancel();
    return chosen;
  }

  /**
   * Settles when nothing runs any more.
   * @param options `raise: false`: failures are left to be found in the handles
   * @throws the error of the first download that failed since the last call
   */
  async wait({ raise = true }: { readonly raise?: boolean } = {}): Promise<void> {
    for (;;) {
      const running = [...this.#byName.values()].filter((handle) => handle.isRunning);
      if (running.length === 0) break;
      await Promise.all(running.map((handle) => handle.wait({ raise: false })));
    }
    const ended = [...this.#byName].filter(([, handle]) => handle.isFinished || handle.error !== null);
    for (const [key] of ended) this.#byName.delete(key);
    await this.#reporter.finish();
    if (!raise) return;
    for (const [, handle] of ended) handle.raiseIfError();
    await this.#caller.settle();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.cancel();
    await this.wait({ raise: false });
  }

  #make(
    request: RequestLike,
    place: { readonly url: string; readonly destination: string },
    settings: ManagerOptions & StartOptions,
  ): DownloadHandle {
    const { concurrency: _all, start: _now, onTotalProgress: _total, ...rest } = settings;
    const { limit, onProgress, onFinished, keepPartial = false, ...options } = rest;
    const [meter, slots] = [this.#meter, this.#slots];
    const handle: DownloadHandle = new DownloadHandle({
      ...place,
      onProgress: onProgress ?? null,
      onFinished: onFinished ?? null,
      async enter(signal) {
        await slots.enter(signal);
        meter.begin(handle);
      },
      leave: () => slots.leave(),
      download: (listener, signal) =>
        download(request, {
          ...options,
          file: place.destination,
          keepPartial,
          signal,
          onProgress(progress) {
            meter.note(handle, progress);
            return listener(progress);
          },
        }),
      finished: async ({ path }) => {
        await limit?.registerFile(path);
        await limit?.removeOld();
      },
      ended: () => {
        meter.end(handle, handle.isFinished ? 'downloaded' : 'failed', handle.result?.sizeBytes ?? 0);
        // From here on the file itself answers; failures are kept until a call waits for all.
        const key = keyOf(basename(place.destination));
        if (handle.isFinished && !handle.hasThrown && this.#byName.get(key) === handle) this.#byName.delete(key);
      },
    });
    return handle;
  }
}

function nameFor(url: string): string {
  return chooseFileName({ url, platform: currentPlatform() });
}

/** A name that would have to be changed to be safe is a slip, or worse: it is not changed in silence. */
function checkName(name: string): string {
  if (basename(name) === name && sanitizeFileName(name, currentPlatform()) === name) return name;
  throw new SluiceError('name-invalid', 'not a name for a file in the folder', { facts: { name: name.slice(0, 255) } });
}

function keyOf(name: string): string {
  return currentPlatform() === 'linux' ? name : name.toLowerCase().normalize('NFC');
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
