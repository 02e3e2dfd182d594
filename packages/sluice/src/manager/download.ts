/** A download that stands alone: a link and a file, without a manager. */
import { resolve } from 'node:path';
import { download } from '../core/download.ts';
import { optionError } from '../core/options/option-error.ts';
import { urlOfRequest } from '../request/describe-request.ts';
import type { RequestLike } from '../request/description.ts';
import { checkedStartOptions } from './check-manager.ts';
import { DownloadHandle } from './download-handle.ts';
import type { ManagedOptions } from './manager-options.ts';

/** Options of a {@link Download}. `keepPartial` is true by default, as for `download`. */
export interface HandleOptions extends ManagedOptions {
  /** False: what an earlier one left of this file is thrown away. Default: it is taken up, behind a proof. */
  readonly resume?: boolean;
}

/**
 * One download with a handle: `start`, `pause`, `resume`, `cancel`, `wait`, and what they say of it. Unlike `download`,
 * it does nothing before `start`, and can be started again after a failure.
 */
export class Download extends DownloadHandle {
  /**
   * @param request a link, or a description of a request
   * @param file where the file is to be; a file that is there ends it with `file-exists` unless `overwrite` is true
   * @throws SluiceError `request-invalid` (facts: `name`) for a file or options that make no sense; what else is wrong is found by `wait`
   */
  constructor(request: RequestLike, file: string, options: HandleOptions = {}) {
    if (typeof file !== 'string' || file === '') throw optionError('file', 'file must be a path');
    const { onProgress = null, onFinished = null, ...rest } = checkedStartOptions(options);
    const { start: _start, ...said } = rest;
    const destination = resolve(file);
    super({
      url: urlOfRequest(request),
      destination,
      onProgress,
      onFinished,
      enter: async (signal) => signal.throwIfAborted(),
      leave() {},
      finished: async () => {},
      ended() {},
      download: (listener, signal) => download(request, { ...said, file: destination, onProgress: listener, signal }),
    });
  }
}
