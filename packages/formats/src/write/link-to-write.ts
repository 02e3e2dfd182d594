/** One download, as a writer gets it. */
import type { NewDownload } from '@sluice/contract';

export interface LinkToWrite {
  readonly download: NewDownload;
  readonly sizeBytes: number | null;
}
