/** What a manager answers for a file that is there already: as good as a download that has ended well. */
import { statSync } from 'node:fs';
import type { FileResult } from '../core/results.ts';

/** A file that needs no download. It answers what a {@link DownloadHandle} answers, so that callers need not tell them apart. */
export class PresentFile {
  readonly kind = 'present';
  readonly url: string;
  readonly destination: string;
  readonly isRunning = false;
  readonly isFinished = true;
  readonly isCanceled = false;
  readonly error = null;

  /** @internal Made by a manager. */
  constructor(url: string, destination: string) {
    this.url = url;
    this.destination = destination;
  }

  async wait(_options?: { readonly raise?: boolean }): Promise<FileResult> {
    const { size: sizeBytes } = statSync(this.destination);
    return {
      kind: 'file',
      path: this.destination,
      sizeBytes,
      resumedFromBytes: sizeBytes,
      verifiedBy: null,
      digests: {},
      finalUrl: this.url,
      response: null,
    };
  }

  /** There is nothing to do. */
  start(): this {
    return this;
  }

  /** There is nothing to stop. */
  cancel(): void {}

  /** There is no error. */
  raiseIfError(): void {}
}
