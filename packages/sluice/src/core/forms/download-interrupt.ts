/** The error of a download that was stopped. */
import { SluiceError } from '@sluice/contract';

/** Code `aborted`. `cause` is the reason that the signal or the caller gave. */
export class DownloadInterrupt extends SluiceError {
  override readonly name = 'DownloadInterrupt';

  constructor(reason?: unknown) {
    super('aborted', 'the download was stopped', reason === undefined ? {} : { cause: reason });
  }
}
